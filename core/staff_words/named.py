"""What the city itself may be reached by: such numbers and addresses are taken out of a text before it is looked at."""

import re
from functools import lru_cache

from core.staff_words.letters import folded

OUT = "\ufffc"
"""Stands where one of them stood."""
_GAP = r"[ .\-()/]{0,2}"


def without(read: str, named: tuple[str, ...]) -> str:
    """The text with OUT for each of them; what goes on behind one, as "/x" or ".example", makes it another."""
    pattern = _pattern(named)
    return read if pattern is None else pattern.sub(OUT, read)


@lru_cache(maxsize=8)
def _pattern(named: tuple[str, ...]) -> re.Pattern[str] | None:
    ways = [_ways(folded(each)) for each in named if any(c.isalnum() for c in each)]
    if not ways:
        return None
    return re.compile(
        rf"(?<![\w@./\-+])(?:{'|'.join(sorted(ways, key=len, reverse=True))})(?![\w@\-]|[./:?#&+,]\w|/[^\s])"
    )


def _ways(entry: str) -> str:
    digits = re.sub(r"[ .\-()/]", "", entry)
    if digits.lstrip("+").isdigit():
        return re.escape(digits[:1]) + "".join(_GAP + re.escape(digit) for digit in digits[1:])
    scheme = "" if "@" in entry else r"(?:https?://)?(?:www\.)?"
    return scheme + re.escape(re.sub(r"^(?:https?://)?(?:www\.)?", "", entry).rstrip("/")) + "/?"
