"""/petugas/pertanyaan: who asks citizens much, by office and account, and which reports were asked often."""

from starlette.responses import Response

from core import casework
from core.model import Right
from web.desk import frame
from web.desk.routes import CHECKERS, Page
from web.desk.session import ROOT, Visit

HERE = f"{ROOT}/pertanyaan"


async def _page(visit: Visit) -> Response:
    name = visit.staff.name
    found = await visit.desk.read(lambda turn: casework.question_counts(turn, name))
    return frame.page(
        visit,
        "asking.html",
        here=HERE,
        every=visit.staff.may(Right.CITY),
        found=found,
        often=casework.OFTEN,
        total=sum(each.questions for each in found.agencies),
    )


PAGES = (Page("/pertanyaan", _page, roles=CHECKERS),)
