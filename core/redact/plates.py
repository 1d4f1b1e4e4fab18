"""Number plates, as they are written and as they are spelt on the telephone."""

import re
from collections.abc import Iterator

from core.redact.page import Page
from core.redact.traces import Span, Trace
from core.redact.words import ME

_REGIONS = (
    "a|aa|ab|ad|ae|ag|b|ba|bb|bd|be|bg|bh|bk|bl|bm|bn|bp|d|da|db|dc|dd|de|dg|dh|dk|dl|dm|dn|dp|dr|ds|dt|e|ea|eb|"
    "ed|f|g|h|k|kb|kh|kt|ku|l|m|n|p|pa|pb|pg|ps|pt|r|s|t|w|z"
)
_EMBASSY = r"c[cd][ .\-]?\d{2,3}[ .\-]\d{2,4}"
_PLATE = re.compile(rf"(?<![\w-])(?:(?:{_REGIONS})[ .\-]?\d(?: ?\d){{0,3}}[ .\-]?[a-z]{{1,3}}|{_EMBASSY})(?!\w)")
_NO_PLATE = re.compile(
    r"\b(?:blok|block|tower|gedung|unit|lantai|lt|jalur|koridor|kav|kavling|gang|gg|ruang|gate|terminal|rute|"
    r"line|seksi|pintu|kelas|type|tipe|no|zona|peron|"
    r"menara|rw|rt|sektor|lorong|lot|halte|kode|tiang|pju|gardu|jl|jalan|pergub|kepgub|perda|pasal|level|vitamin|"
    r"dan|atau|and|or)\.? ?$"
)
_LEAST_SPELT = 9  # shorter ones are plates as they are written
_LETTERS = (
    r"(?:a|be|ce|se|de|e|ef|ge|ha|i|je|ka|el|em|en|o|pe|ki|er|es|te|u|fe|ve|we|eks|ye|zet|bravo|alfa|alpha|charlie|"
    r"delta|echo|foxtrot|golf|hotel|india|juliet|kilo|lima|mike|november|oscar|papa|quebec|romeo|sierra|tango|uniform|"
    r"victor|whiskey|x-ray|yankee|zulu|[a-z])"
)
_SPELT_CUES = frozenset(("plat", "pelat", "plate", "nopol", "pol", "polisi", "platnya", "nopolnya"))
_FIGURE = r"(?:nol|kosong|satu|dua|tiga|empat|lima|enam|tujuh|tuju|delapan|lapan|sembilan|\d)"
# Spelt as one says it on the telephone; only after a word for a plate.
_SPELT = re.compile(
    rf"\b(?:plat|pelat|plate|nopol|no\.? ?pol|nomor polisi)(?: ?nya)?(?: (?:{ME}|nomor|nomer|no|nya|itu|motor|mobil|"
    rf"adalah))*[ :=]{{1,3}}(?P<code>{_LETTERS}(?:[ \-]{_LETTERS})?(?:[ \-]?{_FIGURE}){{1,4}}(?:[ "
    rf"\-]{_LETTERS}){{1,3}})\b"
)


def plates(page: Page) -> Iterator[Span]:
    """Plates of whosever vehicle."""
    for found in _SPELT.finditer(page.low) if not _SPELT_CUES.isdisjoint(page.words) else ():
        if len(found["code"].replace(" ", "")) >= _LEAST_SPELT:
            yield Span(*found.span("code"), Trace.PLATE, certain=True)
    for found in page.near_digits(_PLATE, page.low):
        window = page.low[max(0, found.start() - 30) : found.start()]
        if not _NO_PLATE.search(window):
            yield Span(*found.span(), Trace.PLATE, certain=True)
