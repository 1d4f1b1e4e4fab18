"""What is written as a number of a person or an account of theirs is, whosever it may be: by its grammar alone."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from core.encoder import CLOSED
from core.redact import networks, online, papers, phones, plates
from core.redact.page import Page
from core.redact.traces import Span, Trace

_FINDERS: Final[Sequence[Callable[[Page], Iterable[Span]]]] = (
    online.mails,
    networks.profiles,
    papers.papers,
    papers.accounts,
    phones.phones,
    phones.spelt,
    online.spelt_mails,
    plates.plates,
    networks.handles,
)
"""In order of trust: where two find the same words, the earlier one has them."""

KINDS: Final = (Trace.PHONE, Trace.NIK, Trace.EMAIL, Trace.BANK_ACCOUNT, Trace.PLATE, Trace.URL_PROFILE)


def candidates(page: Page) -> list[Span]:
    """In order, none over another, and none across what is closed."""
    taken = bytearray(len(page.text))
    found: list[Span] = []
    for finder in _FINDERS:
        for span in finder(page):
            if taken.find(1, span.start, span.end) == -1 and CLOSED not in page.text[span.start : span.end]:
                taken[span.start : span.end] = b"\x01" * (span.end - span.start)
                found.append(span)
    return sorted(found, key=lambda span: span.start)
