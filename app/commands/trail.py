"""`resi audit`: whether the trail of what staff did is whole, and what stands in it."""

from collections.abc import Callable

from app.runtime import opened_runtime
from app.settings import Settings
from core import casework
from core.errors import Refused
from core.model import Right

Print = Callable[[str], None]


def verify(settings: Settings, say: Print) -> int:
    """0 with the number of rows where the chain holds, else 1 with the first row that does not."""
    with opened_runtime(settings) as opened:
        verified = opened.store.audit.verify()
    if verified.bad is None:
        say(f"{verified.rows} rows, the chain holds.")
        return 0
    say(f"Row {verified.bad} does not hold: it was changed, removed or moved.")
    return 1


def listed(settings: Settings, name: str, most: int, say: Print) -> None:
    """For auditors alone. Raises Refused."""
    with opened_runtime(settings) as opened:
        staff = opened.store.run(lambda tx: casework.account(tx, name))
        if not staff.may(Right.AUDIT):
            raise Refused("case_not_yours")
        entries = opened.store.audit.entries(most)
    for each in entries:
        at = each.at.astimezone(settings.zone).isoformat(timespec="minutes")
        say(f"{at} {each.who} {each.act} {each.number or '-'} {each.via}")
