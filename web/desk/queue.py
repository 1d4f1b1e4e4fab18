"""/petugas: the reports of one's office by deadline, with what is late, due today and waiting for oneself."""

from enum import Enum
from typing import TypeVar
from urllib.parse import urlencode

from starlette.responses import Response

from core import casework, workflow
from core.casework import Wanted, Which
from core.model import AgencyId, CategoryId, Status
from web.desk import frame
from web.desk.looks import phase
from web.desk.routes import HANDLERS, Page
from web.desk.session import ROOT, Visit

_TABS = (Which.OPEN, Which.MINE, Which.LATE, Which.TODAY, Which.ENDED, Which.ALL)
E = TypeVar("E", bound=Enum)


def _wanted(visit: Visit) -> Wanted:
    """What cannot be read is left out."""
    office = AgencyId(visit.asked("kantor"))
    return Wanted(
        which=_one(Which, visit.asked("daftar")) or Which.OPEN,
        status=_one(Status, visit.asked("status")),
        category=CategoryId(visit.asked("jenis")) or None,
        agency=office if workflow.known(office) else None,
        page=visit.asked_page(),
    )


def _one(of: type[E], asked: str) -> E | None:
    return next((each for each in of if each.value == asked), None)


def _link(wanted: Wanted, **other: str | int) -> str:
    """The list with the same filters but one."""
    asked: dict[str, str | int] = {
        "daftar": wanted.which.value,
        "status": wanted.status.value if wanted.status else "",
        "jenis": wanted.category or "",
        "kantor": wanted.agency or "",
    }
    kept = {name: value for name, value in (asked | other).items() if value not in {"", Which.OPEN.value, 1}}
    return f"{ROOT}?{urlencode(kept)}" if kept else ROOT


async def shown(visit: Visit) -> dict[str, object]:
    """What the list shows, and its place among lists."""
    wanted, name = _wanted(visit), visit.staff.name
    found, now = await visit.desk.look(lambda turn: (casework.queue(turn, name, wanted), turn.now))
    return {
        "queue": found,
        "now": now,
        "phase": phase,
        "query": _link(wanted, hal=found.page).partition("?")[2],
        "before": _link(wanted, hal=found.page - 1) if found.page > 1 else "",
        "after": _link(wanted, hal=found.page + 1) if found.page < found.pages else "",
        "tabs": [(which, _link(wanted, daftar=which.value, hal=1), found.counts[which]) for which in _TABS],
        "wanted": wanted,
    }


async def _queue(visit: Visit) -> Response:
    rows, wanted = await shown(visit), _wanted(visit)
    return frame.sent(
        visit,
        frame.part(
            visit,
            "queue.html",
            here=ROOT,
            live=True,
            mark=frame.mark(visit, "rows.html", **rows),
            statuses=tuple(Status),
            without_office=_link(wanted, kantor="", hal=1) if wanted.agency else "",
            reads=visit.staff.role in HANDLERS,
            **rows,
        ),
    )


PAGES = (Page("", _queue, title="desk_queue"),)
