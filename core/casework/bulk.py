"""Several reports at once: chosen in a list, each moved in a turn of its own, or taken away as a table."""

from collections.abc import Sequence
from dataclasses import replace

from core.casework.actors import Actor, account
from core.casework.acts import do
from core.casework.queue import Wanted, query_of
from core.casework.searching import Candidates, theirs
from core.casework.viewing import visibility_of
from core.messages import WireId
from core.model import Act, AuditEntry, Number, Report
from core.ports import ReportQuery
from core.record import Turn
from core.search_terms import SearchTerms, fits
from core.workflow import Order

CHOSEN = 50
ACTS = (Act.START, Act.COORDINATE, Act.NOTE)
"""What can be done to several with one form: what needs a look at each of them is not here."""
TAKEN = 5000


def chosen(turn: Turn, name: str, numbers: Sequence[Number]) -> Sequence[Report]:
    """Those of them that somebody may read, in the order of their deadlines. Raises Refused."""
    visibility = visibility_of(account(turn.tx, name))
    if visibility is None or not numbers:
        return ()
    return turn.tx.queues.reports(visibility, ReportQuery(open=None, numbers=tuple(numbers[:CHOSEN])))


def do_once(turn: Turn, actor: Actor, number: Number, order: Order, form: str) -> None:
    """As `do`, unless this very form said the same before: it was pressed twice, or loaded again. Raises as `do`."""
    said = WireId(f"{actor.name} {form} {number} {order.act} {order.to} {order.text}")
    if not form or turn.tx.inbox.record_if_new("desk", said, turn.now):
        do(turn, actor, number, order)


def taken(
    turn: Turn, name: str, wanted: Wanted, asked: SearchTerms, candidates: Candidates, *, most: int = TAKEN
) -> Sequence[Report]:
    """The list as it is narrowed, or what a search finds, to be taken away: the first of it. Raises Refused."""
    staff = account(turn.tx, name)
    visibility = visibility_of(staff)
    if visibility is None:
        return ()
    queues, query = turn.tx.queues, query_of(turn, wanted, staff)
    if asked.empty:
        return queues.reports(visibility, replace(query, most=most))
    numbers = candidates.numbers if asked.number is None else (asked.number,)
    found = theirs(queues, visibility, query, numbers, most)[:most]
    opened = queues.reports(visibility, replace(query, numbers=tuple(found), most=most)) if found else ()
    return [each for each in opened if fits(each, asked)]


def take(turn: Turn, actor: Actor, reports: Sequence[Report]) -> None:
    """Stands in the trail before anything leaves: that it was taken, and each restricted one by its number."""
    add = turn.tx.audit.add
    add(AuditEntry(turn.now, actor.name, "export", via=actor.via))
    for report in reports:
        if report.restricted:
            add(AuditEntry(turn.now, actor.name, "export", report.number, actor.via))
