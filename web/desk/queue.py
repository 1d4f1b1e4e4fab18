"""/petugas: the reports of one's office by deadline or by words, with what is late, due today and waiting for one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.responses import Response

from core import casework, search_terms
from core.casework import Candidates, Queue, SearchPage, Turn, Wanted, Which
from core.casework.queue import categories_for
from core.model import Mention, SavedView, Status
from core.search_terms import SearchTerms
from web.desk import frame
from web.desk.filters import asked_in, choices, link, query_of
from web.desk.routes import HANDLERS, Page
from web.desk.session import ROOT, Visit

MAP = f"{ROOT}/peta"
TABS = (Which.OPEN, Which.MINE, Which.LATE, Which.TODAY, Which.ENDED, Which.ALL)


def shown(visit: Visit, found: Queue, now: datetime) -> dict[str, object]:
    """What the list shows, and its place among lists."""
    wanted = asked_in(visit)
    return {
        "queue": found,
        "now": now,
        "query": query_of(wanted, hal=found.page),
        "before": link(wanted, hal=found.page - 1) if found.page > 1 else "",
        "after": link(wanted, hal=found.page + 1) if found.page < found.pages else "",
        "tabs": [(which, link(wanted, daftar=which.value, hal=1), found.counts[which]) for which in TABS],
        "wanted": wanted,
    }


@dataclass(frozen=True, slots=True)
class Searched:
    """What was typed, as it was understood, and what the index proposes for it."""

    typed: str
    asked: SearchTerms
    candidates: Candidates


async def searched(visit: Visit, typed: str) -> Searched:
    """Of a report's own number the index is not asked."""
    asked = search_terms.terms_of(typed)
    by_words = asked.number is None and not asked.empty
    return Searched(typed, asked, await visit.desk.search(asked) if by_words else Candidates())


def _hits(visit: Visit, sought: Searched, found: SearchPage, now: datetime) -> dict[str, object]:
    wanted, typed = asked_in(visit), sought.typed
    return {
        "queue": found,
        "found": found,
        "empty": sought.asked.empty,
        "now": now,
        "before": link(wanted, cari=typed, hal=found.page - 1) if found.page > 1 else "",
        "after": link(wanted, cari=typed, hal=found.page + 1) if found.more else "",
        "everywhere": link(Wanted(Which.ALL), cari=typed) if wanted.narrowed or wanted.which is not Which.ALL else "",
        "wanted": wanted,
    }


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around the rows: one's own filters, and where one was named."""

    views: Sequence[SavedView]
    mentions: Sequence[Mention]


def _around(turn: Turn, name: str) -> _Around:
    return _Around(casework.views(turn.tx, name), casework.mentioned(turn.tx, name))


async def _queue(visit: Visit) -> Response:
    typed, wanted, name = visit.asked("cari"), asked_in(visit), visit.staff.name
    if not typed:
        around, listed, now = await visit.desk.read(
            lambda turn: (_around(turn, name), casework.queue(turn, name, wanted), turn.now)
        )
        return _page(visit, around, shown(visit, listed, now))
    sought = await searched(visit, typed)
    around, found, now = await visit.desk.read(
        lambda turn: (
            _around(turn, name),
            casework.search(turn, name, wanted, sought.asked, sought.candidates),
            turn.now,
        )
    )
    return _page(visit, around, _hits(visit, sought, found, now))


def _page(visit: Visit, around: _Around, rows: dict[str, object]) -> Response:
    """The whole page around the rows."""
    staff, wanted, typed = visit.staff, asked_in(visit), visit.asked("cari")
    return frame.sent(
        visit,
        frame.part(
            visit,
            "queue.html",
            here=ROOT,
            live=True,
            typed=typed,
            mark="" if typed else frame.mark(visit, "rows.html", **rows),
            offer=choices(staff.role, visit.lang, wanted.area),
            categories=categories_for(staff),
            statuses=tuple(Status),
            reads=staff.role in HANDLERS,
            views=[(view.name, f"{ROOT}?{view.filter}" if view.filter else ROOT, view.filter) for view in around.views],
            mentions=around.mentions,
            own=query_of(wanted),
            on_map=link(wanted, page=MAP, hal=1),
            without_office=link(wanted, kantor="", hal=1) if wanted.agency else "",
            **rows,
        ),
    )


PAGES = (Page("", _queue, title="desk_queue"),)
