"""Colleagues who are named in an internal note, as @name: they find the report in a list, until they open it."""

import re
from collections.abc import Iterator, Sequence

from core.casework.reading import sight_of
from core.model import Mention, Number, Report, Staff
from core.ports import Sought, Tx
from core.record import Turn

MOST = 20  # that are shown


def named_in(text: str, colleagues: Sequence[Staff]) -> Iterator[Staff]:
    """Whose whole name stands behind an @, in capitals or not."""
    for each in colleagues:
        if re.search(rf"(?<!\w)@{re.escape(each.name)}(?!\w|[.@'+-]\w)", text, re.IGNORECASE):
            yield each


def mention(turn: Turn, staff: Staff, report: Report, text: str) -> None:
    """Those of the same office who read reports; what was said stays in the report's history alone."""
    if "@" not in text:
        return
    near = [each for each in turn.tx.accounts.all() if each.active and each.agency == staff.agency and each != staff]
    for each in named_in(text, [each for each in near if sight_of(each) is not None]):
        turn.tx.mentions.put(Mention(each.id, report.number, turn.now))


def mentioned(tx: Tx, staff: Staff) -> Sequence[Mention]:
    """Newest first; of reports that they may still read."""
    found, sight = tx.mentions.of(staff.id), sight_of(staff)
    if not found or sight is None:
        return ()
    seen: frozenset[Number] = frozenset(
        tx.queues.numbers(sight, Sought(open=None, numbers=tuple(each.number for each in found)))
    )
    return [each for each in found if each.number in seen][:MOST]
