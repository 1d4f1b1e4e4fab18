"""Finds until nothing is left to find, so that a closed text stays as it is when it is closed again."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from core.redact import (
    bylines,
    circumstances,
    homes,
    names,
    networks,
    online,
    papers,
    phones,
    plates,
    records,
    remarks,
    selves,
    subjects,
    views,
)
from core.redact.page import CLOSED, Page, read
from core.redact.traces import Span, Trace, close

Finder = Callable[[Page], Iterable[Span]]

# In order of trust: where two find the same words, the earlier one has them.
FINDERS: tuple[Finder, ...] = (
    online.mails,
    networks.profiles,
    papers.papers,
    papers.accounts,
    records.records,
    phones.phones,
    phones.spelt,
    online.spelt_mails,
    phones.shortened,
    plates.plates,
    remarks.remarks,
    views.views,
    selves.kin,
    circumstances.circumstances,
    selves.selves,
    homes.homes,
    names.shown,
    names.introduced,
    names.related,
    names.signed,
    names.said,
    bylines.beside,
    bylines.opening,
    bylines.capital,
    bylines.last_line,
    bylines.called,
    bylines.dashed,
    bylines.segments,
    bylines.closing,
    networks.handles,
)

# People need three or four rounds; each is as long as the text, so there must be an end to them.
_MOST_ROUNDS = 16
# In words that the writer quotes these are another person's.
_SAID_OF_THEMSELVES = frozenset({Trace.NAME_SELF, Trace.PLATE, Trace.THIRD_PARTY})
_OPEN = re.compile(rf"[^\W{CLOSED}](?:[^{CLOSED}]*[^\s{CLOSED}])?")


class _Round:
    """One reading of a page; nothing is found twice, and nothing across what is closed."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._taken = bytearray(len(page.text))
        self._theirs = tuple(subjects.quoted(page))
        self.found: list[Span] = []

    def take(self, spans: Iterable[Span]) -> None:
        for span in spans:
            free = self._taken.find(1, span.start, span.end) == -1
            theirs = span.kind in _SAID_OF_THEMSELVES and any(a <= span.start < b for a, b in self._theirs)
            if free and not theirs and CLOSED not in self._page.text[span.start : span.end]:
                self._taken[span.start : span.end] = b"\x01" * (span.end - span.start)
                self.found.append(span)


def _round(page: Page) -> list[Span]:
    reading = _Round(page)
    for finder in FINDERS:
        reading.take(finder(page))
    reading.take(names.again(page, reading.found))
    return sorted(reading.found, key=lambda s: s.start)


@lru_cache(maxsize=4)  # a turn asks several times about the same words, and nobody's words shall stay for long
def find(text: str) -> tuple[Span, ...]:
    """The traces of the writer in `text`, in order, none over another."""
    page = read(text)
    found: list[Span] = []
    # What is closed changes what its neighbours look like: read again what will be read again.
    for _ in range(_MOST_ROUNDS):
        fresh = _round(page)
        if not fresh:
            break
        found += map(page.original, fresh)
        page = page.without(fresh)
    else:
        found += map(page.original, _rest(page))
    return tuple(sorted(found, key=lambda s: s.start))


def _rest(page: Page) -> Iterator[Span]:
    """All that is still open: a chain made to be read for ever is closed as a whole."""
    for run in _OPEN.finditer(page.text):
        yield Span(*run.span(), Trace.THIRD_PARTY, certain=False)


def closed(text: str, lang: str = "id", kept: tuple[str, ...] = ()) -> str:
    """`text` with every trace closed, the doubtful ones too, but for those whose very words the writer insists on."""
    spans = find(text)
    if kept:
        spans = tuple(span for span in spans if span.certain or text[span.start : span.end] not in kept)
    return close(text, spans, lang)
