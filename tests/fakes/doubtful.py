"""A story with a number of which readers doubt whose it is: looked for, since what they doubt changes as they learn."""

from typing import Final

from core.redact import doubtful, find

NUMBER: Final = "0812 3456 7890"
_BEFORE: Final = ("info ke ", "lapor ke ", "tanya ", "", "hubungi ", "nomor ", "call ", "petugas ", "ketua rt ")


def with_a_doubtful_number(story: str) -> str:
    """The story, and behind it the number as somebody writes it who may have meant another's."""
    told = (f"{story}, {words}{NUMBER}" for words in _BEFORE)
    return next(text for text in told if [text[each.start : each.end] for each in doubtful(find(text))] == [NUMBER])
