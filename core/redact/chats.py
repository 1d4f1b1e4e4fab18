"""Chats that somebody pastes or exports: who speaks in them is a name, and when is no number of anybody."""

import re
from collections.abc import Iterator
from typing import Final

from core.dictionary import WORDS
from core.redact import tagger
from core.redact.page import Page
from core.redact.traces import Span, Trace

_DAY: Final = r"(?:\d{1,4}[/.\-]\d{1,2}(?:[/.\-]\d{1,4})?|\d{1,2} [A-Za-z]{3,9} \d{4})"
_TIME: Final = r"\d{1,2}[.:]\d\d(?:[.:]\d\d)?(?: ?[AaPp]\.? ?[Mm]\.?)?"
# As WhatsApp and Telegram write it, in the languages and on the telephones of those who write to us.
_STAMP: Final = re.compile(
    rf"\[(?:{_DAY},? {_TIME}|{_TIME},? {_DAY})\]|^{_DAY},? {_TIME} -(?= )", re.MULTILINE | re.ASCII
)
_BEHIND: Final = re.compile(r" ?(?:~ ?)?((?!(?:jl|jln|jalan|gang|gg)\b)[^\s:\[][^:\n\[]{0,60}):", re.IGNORECASE)
_BEFORE: Final = re.compile(r"([^\n:,\[]{1,60}), ")
_WORD: Final = re.compile(r"[^\W\d_]+")


def traces(page: Page) -> Iterator[Span]:
    """Those of the words, and each speaker whose name is no plain word."""
    stamps = [found.span() for found in _STAMP.finditer(page.text)] if page.digits else []
    for start, end in stamps:
        line = page.text.rfind("\n", 0, start) + 1
        found = _BEFORE.fullmatch(page.text, line, start) or _BEHIND.match(page.text, end)
        if found and set(_WORD.findall(found[1].lower())) - WORDS:
            yield Span(*found.span(1), Trace.NAME_SELF, certain=True)
    for span in tagger.traces(page):
        if not any(start <= span.start and span.end <= end for start, end in stamps):
            yield span
