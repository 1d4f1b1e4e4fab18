"""Finds until nothing is left to find, so that a closed text stays as it is when it is closed again."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from core.encoder import CLOSED
from core.redact import chats, coarse, repeats
from core.redact.page import Page, read
from core.redact.traces import Span, Trace

Finder = Callable[[Page], Iterable[Span]]

FINDERS: tuple[Finder, ...] = (chats.traces,)
"""In order of trust: where two find the same words, the earlier one has them."""

# People need two or three rounds; each is as long as the text, so there must be an end to them.
_MOST_ROUNDS = 16
_MOST_READ = 300_000  # characters in all rounds together
_OPEN = re.compile(rf"[^\W{CLOSED}](?:[^{CLOSED}]*[^\s{CLOSED}])?")


@dataclass(frozen=True, slots=True)
class Read:
    """What was found in a text; `faults`: what finders raised, and so the coarsest rule has closed what they left."""

    spans: tuple[Span, ...]
    faults: tuple[Exception, ...] = ()


class _Round:
    """One reading of a page; nothing is found twice, and nothing across what is closed."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._taken = bytearray(len(page.text))
        self.found: list[Span] = []
        self.faults: list[Exception] = []

    def take(self, finder: Finder) -> None:
        """One that raises keeps what it found until then, and the others still find."""
        try:
            self._take(finder(self._page))
        except Exception as fault:  # noqa: BLE001 - whatever it is, the report is filed with all of it closed
            self.faults.append(fault)

    def _take(self, spans: Iterable[Span]) -> None:
        for span in spans:
            free = self._taken.find(1, span.start, span.end) == -1
            if free and CLOSED not in self._page.text[span.start : span.end]:
                self._taken[span.start : span.end] = b"\x01" * (span.end - span.start)
                self.found.append(span)


def _round(page: Page, finders: Iterable[Finder]) -> _Round:
    reading = _Round(page)
    for finder in finders:
        reading.take(finder)
    reading.take(lambda _: repeats.repeats(page, reading.found))
    return reading


def read_by(text: str, finders: Sequence[Finder]) -> Read:
    """What these finders find, each of which may raise; no more is asked of a text that one of them failed on."""
    page = read(text)
    found: list[Span] = []
    faults: list[Exception] = []
    # What is closed changes what its neighbours look like: read again what will be read again.
    for _ in range(min(_MOST_ROUNDS, 1 + _MOST_READ // max(len(text), 1))):
        reading = _round(page, finders)
        fresh, faults = sorted(reading.found, key=lambda s: s.start), reading.faults
        found += map(page.original, fresh)
        page = page.without(fresh)
        if faults:
            found += coarse.spans_of(page)
        if faults or not fresh:
            break
    else:
        found += map(page.original, _rest(page))
    return Read(tuple(sorted(found, key=lambda s: s.start)), tuple(faults))


def _rest(page: Page) -> Iterator[Span]:
    """All that is still open: a chain made to be read for ever is closed as a whole."""
    for run in _OPEN.finditer(page.text):
        yield Span(*run.span(), Trace.THIRD_PARTY, certain=False)
