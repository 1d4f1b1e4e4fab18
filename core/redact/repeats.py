"""A name that was closed is closed wherever it comes again."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from core.redact.page import Page
from core.redact.traces import Span, Trace

_MOST: Final = 8  # names of one page that are looked for again
_LEAST: Final = 3  # letters of one
_NO_PERSON: Final = re.compile(r"\b(?:jl|jln|jalan|gang|gg|pt|cv|toko)\.? $")
_REACH: Final = 12  # characters before it that say that it is a street or a shop


def repeats(page: Page, found: Sequence[Span]) -> Iterator[Span]:
    """The same full names once more elsewhere in the text."""
    names = {page.text[s.start : s.end] for s in found if s.kind is Trace.NAME_SELF and s.certain}
    looked_for = sorted((name for name in names if len(name) >= _LEAST), key=lambda name: (-len(name), name))
    for name in looked_for[:_MOST]:
        for again in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", page.text):
            if not _NO_PERSON.search(page.low, max(0, again.start() - _REACH), again.start()):
                yield Span(*again.span(), Trace.NAME_SELF, certain=True)
