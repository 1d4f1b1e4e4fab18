"""/petugas/hitung: how long a text for a citizen is, counted by the very rule that it is checked and sent by."""

from starlette.responses import Response

from core import workflow
from core.phrases import gsm7
from web.desk import frame
from web.desk.routes import HANDLERS, Page
from web.desk.session import Visit


async def _count(visit: Visit) -> Response:
    """Of what is being typed; nothing of it is kept, or said again."""
    text = workflow.sayable(visit.form.text("text"))
    return frame.sent(
        visit,
        frame.part(
            visit,
            "count.html",
            length=gsm7.septets(text) or 0,
            most=workflow.TOLD_LONGEST,
            segments=gsm7.segments(text),
        ),
    )


PAGES = (Page("/hitung", _count, "POST", roles=HANDLERS, beside=True),)
