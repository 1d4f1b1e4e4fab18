"""/petugas/periksa/{number}: a result beside what it should have mended, and the two ways to decide."""

from starlette.responses import Response

from core import casework, workflow
from core.model import Act
from web.desk import frame
from web.desk.refused_form import NOTHING_TRIED, Tried
from web.desk.session import ROOT, Visit

FROM = "periksa"
DONE = f"{ROOT}/{FROM}"
"""Of a form that stands here: what it says of where it stood, and where its act leads to."""


async def page(visit: Visit) -> Response:
    """As it stands now."""
    return await shown(visit, NOTHING_TRIED)


async def shown(visit: Visit, tried: Tried, status: int = 200) -> Response:
    """Raises Refused where there is no such report, or where it is not theirs to check."""
    actor, number = visit.actor, visit.number
    seen, now = await visit.desk.run(lambda turn: (casework.to_check(turn, actor, number), turn.now))
    compared = await visit.desk.read(lambda turn: casework.comparison(turn, actor, seen))
    report = seen.report
    return frame.page(
        visit,
        "comparison.html",
        status=status,
        here=f"{DONE}/{report.number}",
        seen=seen,
        report=report,
        compared=compared,
        address=f"{ROOT}/laporan/{report.number}",
        came=FROM,
        now=now,
        tried=tried,
        validate=Act.VALIDATE,
        reject=Act.REJECT_RESULT,
        step=workflow.next_step(report),
    )
