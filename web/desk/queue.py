"""/petugas: the reports of one's office by deadline or by words, with what is late, due today and waiting for one."""

from dataclasses import dataclass

from starlette.responses import Response

from core import casework, words
from core.casework import Candidates, Wanted, Which
from core.casework.queue import categories_for
from core.model import Status
from core.words import Asked
from web.desk import frame
from web.desk.filters import asked_in, choices, link, query_of
from web.desk.looks import phase
from web.desk.routes import HANDLERS, Page
from web.desk.session import ROOT, Visit

_TABS = (Which.OPEN, Which.MINE, Which.LATE, Which.TODAY, Which.ENDED, Which.ALL)


async def shown(visit: Visit) -> dict[str, object]:
    """What the list shows, and its place among lists."""
    wanted, name = asked_in(visit), visit.staff.name
    found, now = await visit.desk.look(lambda turn: (casework.queue(turn, name, wanted), turn.now))
    return {
        "queue": found,
        "now": now,
        "phase": phase,
        "query": query_of(wanted, hal=found.page),
        "before": link(wanted, hal=found.page - 1) if found.page > 1 else "",
        "after": link(wanted, hal=found.page + 1) if found.page < found.pages else "",
        "tabs": [(which, link(wanted, daftar=which.value, hal=1), found.counts[which]) for which in _TABS],
        "wanted": wanted,
    }


@dataclass(frozen=True, slots=True)
class Searched:
    """What was typed, as it was understood, and what the index proposes for it."""

    typed: str
    asked: Asked
    candidates: Candidates


async def searched(visit: Visit, typed: str) -> Searched:
    """Of a report's own number the index is not asked."""
    asked = words.asked(typed)
    by_words = asked.number is None and not asked.empty
    return Searched(typed, asked, await visit.desk.search(asked) if by_words else Candidates())


async def _found(visit: Visit, typed: str) -> dict[str, object]:
    wanted, name, sought = asked_in(visit), visit.staff.name, await searched(visit, typed)
    found, now = await visit.desk.look(
        lambda turn: (casework.search(turn, name, wanted, sought.asked, sought.candidates), turn.now)
    )
    return {
        "queue": found,
        "found": found,
        "empty": sought.asked.empty,
        "now": now,
        "phase": phase,
        "before": link(wanted, cari=typed, hal=found.page - 1) if found.page > 1 else "",
        "after": link(wanted, cari=typed, hal=found.page + 1) if found.more else "",
        "everywhere": link(Wanted(Which.ALL), cari=typed) if wanted.narrowed or wanted.which is not Which.ALL else "",
        "wanted": wanted,
    }


async def _queue(visit: Visit) -> Response:
    typed = visit.asked("cari")
    rows = await _found(visit, typed) if typed else await shown(visit)
    return await page(visit, typed, rows)


async def page(visit: Visit, typed: str, rows: dict[str, object], **more: object) -> Response:
    """The whole page around the rows."""
    staff = visit.staff
    views, mentions = await visit.desk.look(
        lambda turn: (casework.views(turn.tx, staff), casework.mentioned(turn.tx, staff))
    )
    wanted = asked_in(visit)
    return frame.sent(
        visit,
        frame.part(
            visit,
            "queue.html",
            here=ROOT,
            live=True,
            typed=typed,
            mark="" if typed else frame.mark(visit, "rows.html", **rows),
            offer=choices(staff.role),
            categories=categories_for(staff),
            statuses=tuple(Status),
            reads=staff.role in HANDLERS,
            views=[(view.name, f"{ROOT}?{view.filter}" if view.filter else ROOT, view.filter) for view in views],
            mentions=mentions,
            own=query_of(wanted),
            without_office=link(wanted, kantor="", hal=1) if wanted.agency else "",
            **rows,
            **more,
        ),
    )


PAGES = (Page("", _queue, title="desk_queue"),)
