"""What was tried in vain in somebody's name: in the trail, without an address, and told to them at the next login.

A name that nobody has costs the same statements and the same seal, so that neither answer nor clock tells of it.
However many tries there are, an hour leaves few rows of an account: at the first, the second, the fourth, the eighth.
"""

from datetime import timedelta
from enum import StrEnum

from core.model import AuditEntry
from core.record import Turn

_HOUR = timedelta(hours=1)


class Miss(StrEnum):
    """What it was, as the trail has it."""

    LOGIN = "login-failed"  # a wrong password or code
    PAGE = "page-refused"  # one that is not for them, or a report that is not


def missed(turn: Turn, name: str, what: Miss) -> None:
    """One more; nothing is kept for a name that nobody has."""
    tx = turn.tx
    tx.accounts.count_miss(name, page=what is Miss.PAGE)
    whose = f"{name} {turn.now:%Y%m%d%H}"
    tx.inbox.count(what.value, whose, turn.now)
    times, _ = tx.inbox.counted(what.value, whose, turn.now, _HOUR)
    if times & (times - 1):
        return
    staff = tx.accounts.by_name(name)
    entry = AuditEntry(turn.now, name, f"{what.value} {times}", via="desk")
    (tx.audit.add_nothing if staff is None or not staff.active else tx.audit.add)(entry)
