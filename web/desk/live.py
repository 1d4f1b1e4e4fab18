"""Parts of pages that renew themselves: the list, and who else is at a report; quiet while nothing changed.

A part carries a mark of what it shows. It asks with that mark, and 204 tells that it would look the same.
"""

from http import HTTPStatus

from starlette.responses import Response

from core import casework
from web.desk import frame, queue, report
from web.desk.filters import asked_in
from web.desk.routes import HANDLERS, Page
from web.desk.session import Visit


def renewed(visit: Visit, template: str, **shown: object) -> Response:
    """The part, or 204 where the browser shows it already."""
    mark = frame.mark(visit, template, **shown)
    if visit.asked("tanda") == mark:
        return Response(status_code=HTTPStatus.NO_CONTENT)
    return frame.sent(visit, frame.part(visit, template, mark=mark, **shown))


async def _rows(visit: Visit) -> Response:
    wanted, name = asked_in(visit), visit.staff.name
    found, now = await visit.desk.read(lambda turn: (casework.queue(turn, name, wanted), turn.now))
    return renewed(visit, "rows.html", **queue.shown(visit, found, now))


async def _together(visit: Visit) -> Response:
    actor, number = visit.actor, visit.number
    steps, now = await visit.desk.read(lambda turn: (casework.steps(turn.tx, actor, number), turn.now))
    others = visit.desk.together.here(number, actor.name, now)
    version = visit.asked("versi")
    shown = report.together(number, others, version, changed=version != str(steps))
    return renewed(visit, "together.html", **shown)


PAGES = (
    Page("/daftar", _rows, roles=HANDLERS, quiet=True),
    Page("/laporan/{number}/bersama", _together, roles=HANDLERS, quiet=True, beside=True),
)
