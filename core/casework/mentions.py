"""Colleagues who are named in an internal note, as @name: they find the report in a list, until they open it."""

import re
from collections.abc import Iterator, Sequence

from core.casework.actors import account
from core.casework.viewing import visibility_of
from core.model import Mention, Report, Staff
from core.ports import UnitOfWork
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
    near = [each for each in turn.tx.accounts.all() if each.whole and each.agency == staff.agency and each != staff]
    for each in named_in(text, [each for each in near if visibility_of(each) is not None]):
        turn.tx.mentions.put(Mention(each.id, report.number, turn.now))


def mentioned(tx: UnitOfWork, name: str) -> Sequence[Mention]:
    """Newest first; of reports that somebody may still read. Raises Refused."""
    staff = account(tx, name)
    visibility = visibility_of(staff)
    return tx.mentions.of(staff.id, visibility)[:MOST] if visibility is not None else ()
