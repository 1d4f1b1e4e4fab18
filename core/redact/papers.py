"""Numbers of papers and accounts that are known by their structure; of all others the words around them tell."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from stdnum import iban, luhn
from stdnum.id import npwp

from core.redact.page import Page
from core.redact.phones import ENDLESS
from core.redact.traces import Span, Trace

_PROVINCES: Final = frozenset(
    f"{n:02d}"
    for low, high in ((11, 19), (21, 21), (31, 36), (51, 53), (61, 65), (71, 76), (81, 82), (91, 97))
    for n in range(low, high + 1)
)
_SIXTEEN: Final = re.compile(r"(?<![\d+])(?:\d[ .\-]{0,2}){15}\d(?!\d)")
_NPWP: Final = re.compile(r"(?<![\d.])\d{2}[. ]\d{3}[. ]\d{3}[. ]\d[\-. ]\d{3}[. ]\d{3}(?![\d])")
_FIFTEEN: Final = re.compile(r"(?<![\d.,+])\d{15}(?!\d)")
_HEALTH_CARD: Final = re.compile(r"(?<![\d.,\-/])000\d(?:[ .\-]?\d){9}(?!\d)")
_IBAN: Final = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])")
_BIRTH_DAYS: Final = frozenset((*range(1, 32), *range(41, 72)))  # a woman's day is told with 40 added
_MONTHS: Final = frozenset(range(1, 13))
_LEAST: Final = 12  # digits, of a health card
_LONG: Final = re.compile(r"[0-9](?:[ .\-]{0,2}[0-9]){14}")
_CARD_STARTS: Final = frozenset("3456")


def _digits(written: str) -> str:
    return "".join(c for c in written if c.isdigit())


def _is_nik(digits: str) -> bool:
    return digits[:2] in _PROVINCES and int(digits[6:8]) in _BIRTH_DAYS and int(digits[8:10]) in _MONTHS


def _is_card(digits: str) -> bool:
    return digits[0] in _CARD_STARTS and bool(luhn.is_valid(digits))


def _sixteens(low: str, fits: Callable[[str], bool]) -> Iterator[re.Match[str]]:
    """Sixteen digits that fit; the row may begin anywhere among other numbers."""
    at = 0
    while found := _SIXTEEN.search(low, at):
        at = found.start() + 1
        if fits(_digits(found.group())):
            yield found
            at = found.end()
        elif endless := ENDLESS.match(low, found.start()):
            at = endless.end()


def papers(page: Page) -> Iterator[Span]:
    """NIK and KK, NPWP, and the number of a health card."""
    if page.digits < _LEAST:
        return
    low = page.low
    found = [*page.near_digits(_HEALTH_CARD, low), *page.near_digits(_NPWP, low)]
    if _LONG.search(low):
        found += _sixteens(low, _is_nik)
        found += (each for each in page.near_digits(_FIFTEEN, low) if npwp.is_valid(each.group()))
    yield from (Span(*each.span(), Trace.NIK, certain=True) for each in found)


def accounts(page: Page) -> Iterator[Span]:
    """Cards, and accounts of other countries."""
    if page.digits < _LEAST:
        return
    found = list(_sixteens(page.low, _is_card)) if _LONG.search(page.low) else []
    found += (each for each in page.near_digits(_IBAN, page.text) if iban.is_valid(each.group()))
    yield from (Span(*each.span(), Trace.BANK_ACCOUNT, certain=True) for each in found)
