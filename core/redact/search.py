"""Finds until nothing is left to find, so that a closed text stays as it is when it is closed again."""

from collections.abc import Callable, Iterable

from core.redact import homes, names, online, papers, phones, plates, remarks
from core.redact.page import CLOSED, Page, read
from core.redact.traces import Span, close

Finder = Callable[[Page], Iterable[Span]]

# In order of trust: where two find the same words, the earlier one has them.
FINDERS: tuple[Finder, ...] = (
    online.mails,
    online.profiles,
    papers.papers,
    papers.accounts,
    phones.phones,
    phones.spelt,
    online.spelt_mails,
    phones.shortened,
    plates.plates,
    remarks.remarks,
    homes.homes,
    names.introduced,
    names.related,
    names.signed,
    names.said,
    online.handles,
)


class _Round:
    """One reading of a page; nothing is found twice, and nothing across what is closed."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._taken = bytearray(len(page.text))
        self.found: list[Span] = []

    def take(self, spans: Iterable[Span]) -> None:
        for span in spans:
            free = self._taken.find(1, span.start, span.end) == -1
            if free and CLOSED not in self._page.text[span.start : span.end]:
                self._taken[span.start : span.end] = b"\x01" * (span.end - span.start)
                self.found.append(span)


def _round(page: Page) -> list[Span]:
    reading = _Round(page)
    for finder in FINDERS:
        reading.take(finder(page))
    reading.take(names.again(page, reading.found))
    return sorted(reading.found, key=lambda s: s.start)


def find(text: str) -> tuple[Span, ...]:
    """The traces of the writer in `text`, in order, none over another."""
    page = read(text)
    found: list[Span] = []
    # What is closed changes what its neighbours look like: read again what will be read again.
    while fresh := _round(page):
        found += map(page.original, fresh)
        page = page.without(fresh)
    return tuple(sorted(found, key=lambda s: s.start))


def closed(text: str, lang: str = "id") -> str:
    """`text` with every trace closed, the doubtful ones too."""
    return close(text, find(text), lang)
