"""A number as an operator writes it: digits alone, of which Python would read only so many."""

_MOST_DIGITS = 18


def whole(text: str) -> int | None:
    """None: it is no whole number that anything here could mean."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else None
