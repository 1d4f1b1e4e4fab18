"""Search by words: an index proposes, the database says what somebody may read of it, the report itself proves it.

Nothing that a reader gets depends on reports that they may not read, but how far back the commonest words reach; nor
does the time that it takes, or words could be tried until one took longer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core import workflow
from core.casework.actors import account
from core.casework.queue import PAGE, QueueRow, Wanted, query_of, when
from core.casework.viewing import visibility_of
from core.model import Number
from core.ports import Queues, ReportQuery, Visibility
from core.record import Turn
from core.search_terms import SearchTerms, fits

MOST = 10_000  # candidates that are looked at for one search
CHUNKS = (500, 4500)  # of the whole city's, each of which is looked up: the rest where the first do not fill a page
OWN_CHUNKS = (500, 9500)  # an office's: the first are looked up, with the rest its own list is gone through once
_NOBODYS = tuple(Number(f"-{at}") for at in range(MOST))


@dataclass(frozen=True, slots=True)
class Candidates:
    """Reports of the whole city that may say what is sought, newest first; `ready`: all were looked through."""

    numbers: Sequence[Number] = ()
    ready: bool = True


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of a search, newest first; there is no total, for nobody counts further than they read."""

    rows: tuple[QueueRow, ...]
    page: int
    more: bool
    ready: bool


def search(
    turn: Turn,
    name: str,
    wanted: Wanted,
    asked: SearchTerms,
    candidates: Candidates,
) -> SearchPage:
    """Those who read no reports find none. Raises Refused. It reads alone."""
    staff = account(turn.tx, name)
    visibility = visibility_of(staff)
    if visibility is None:
        return SearchPage((), 1, more=False, ready=True)
    query, page = query_of(turn, wanted, staff), max(wanted.page, 1)
    numbers = candidates.numbers if asked.number is None else (asked.number,)
    seen = theirs(turn.tx.queues, visibility, query, numbers, page * PAGE + 1)
    shown = seen[(page - 1) * PAGE : page * PAGE]
    # What is narrowed by words alone stays narrowed by the rest: category and area of a restricted one are seen here.
    opened = turn.tx.queues.reports(visibility, replace(query, numbers=tuple(shown))) if shown else ()
    place: Mapping[Number, int] = {number: at for at, number in enumerate(shown)}
    proved = sorted((each for each in opened if fits(each, asked)), key=lambda each: place[each.number])
    rows = tuple(QueueRow(each, when(turn, each), workflow.awaits(each, staff)) for each in proved)
    return SearchPage(rows, page, more=len(seen) > page * PAGE, ready=candidates.ready)


def theirs(
    queues: Queues, visibility: Visibility, query: ReportQuery, numbers: Sequence[Number], enough: int
) -> list[Number]:
    """The candidates that somebody may see, in their order, until there are enough: asked for once, or twice.

    Each time as many are asked for as can be, however few there are: only what is seen tells whether there is a second.
    """
    found: list[Number] = []
    start = 0
    for size in CHUNKS if visibility.every else OWN_CHUNKS:
        chunk = numbers[start : start + size]
        if len(found) >= enough:
            break
        sought = (*chunk, *_NOBODYS[: size - len(chunk)])
        visible = frozenset(queues.numbers(visibility, replace(query, numbers=sought)))
        found += [number for number in chunk if number in visible]
        start += size
    return found
