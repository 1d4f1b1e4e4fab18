"""The city's own public numbers and addresses: all that words of staff may send a citizen to."""

import re

from core.city.profile import CITY
from core.messages import Problem

DEFAULT = ",".join(CITY.may_name)
_NUMBER = re.compile(r"\+?[0-9][0-9 .\-()]{1,20}")
_ADDRESS = re.compile(
    r"(?:https?://)?(?:[\w.+\-]{1,64}@)?(?:[a-z0-9](?:[a-z0-9\-]{0,62})\.)+[a-z]{2,24}(?:/[\w./\-]{0,100})?",
    re.IGNORECASE,
)


def named(value: str, notes: list[Problem]) -> tuple[str, ...]:
    """Each entry that is a number or an address; what is neither stands among the problems."""
    entries = tuple(entry for entry in (part.strip() for part in value.split(",")) if entry)
    sound = tuple(entry for entry in entries if _NUMBER.fullmatch(entry) or _ADDRESS.fullmatch(entry))
    if sound != entries:
        what = "holds something that is neither a number nor an address"
        notes.append(Problem("STAFF_MAY_NAME", what, "Write them by commas, as 112,city.example."))
    return sound
