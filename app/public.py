"""The city's own public numbers and addresses: all that words of staff may send a citizen to."""

import re

from core.messages import Problem

DEFAULT = (
    "110,112,113,115,117,118,119,122,123,129,1500771,1708,14045,081317617622,"
    "jakarta.go.id,crm.jakarta.go.id,jaki.jakarta.go.id,siapdik.jakarta.go.id,pelayanan.jakarta.go.id"
)
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
        notes.append(Problem("STAFF_MAY_NAME", what, "Write them as 112,1708,crm.jakarta.go.id."))
    return sound
