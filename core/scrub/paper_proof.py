"""Reads a PDF or a text that we made as a stranger would, and says whether anything but pages or words is in it.

Shares no code with the writers, as `proof` does for pictures.
"""

import re
import unicodedata
from collections.abc import Callable

_NUMBER = rb"([1-9][0-9]{0,9})"
_CATALOG = re.compile(rb"%PDF-1\.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n")
_PAGES = re.compile(rb"2 0 obj\n<< /Type /Pages /Count %b /Kids \[([0-9R ]+)\] >>\nendobj\n" % _NUMBER)
_PAGE = re.compile(
    rb"%b 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox \[0 0 %b %b\]"
    rb" /Resources << /XObject << /I %b 0 R >> >> /Contents %b 0 R >>\nendobj\n" % ((_NUMBER,) * 5)
)
_DRAWING = re.compile(
    rb"%b 0 obj\n<< /Length %b >>\nstream\n(q %b 0 0 %b 0 0 cm /I Do Q\n)endstream\nendobj\n" % ((_NUMBER,) * 4)
)
_IMAGE = re.compile(
    rb"%b 0 obj\n<< /Type /XObject /Subtype /Image /Width %b /Height %b /ColorSpace /DeviceRGB"
    rb" /BitsPerComponent 8 /Filter /DCTDecode /Length %b >>\nstream\n" % ((_NUMBER,) * 4)
)
_IMAGE_END = b"\nendstream\nendobj\n"
_JPEG_FRAME = b"\xff\xc0\x00\x11\x08"
_END = re.compile(rb"xref\n0 %b\n0000000000 65535 f \n((?:[0-9]{10} 00000 n \n)+)trailer\n"
                  rb"<< /Size %b /Root 1 0 R >>\nstartxref\n%b\n%%%%EOF\n" % ((_NUMBER,) * 3))  # fmt: skip
_MOST_POINTS = 14_400  # what a PDF page may measure

_SEEN = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf",
                   "Po", "Sm", "Sc", "Sk", "So"})  # fmt: skip
_BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]")
_TRAILING = re.compile(r" $|\A\n|\n\n\Z", re.MULTILINE)
_FOR_MACHINES = re.compile(r"\A\s*<[a-z!?/]|<!doctype|<\?xml|<(?:script|svg|html|body|iframe|style)\b", re.IGNORECASE)


class _Dirty(Exception):
    """Something is there that must not be, or something is missing."""


class _Reader:
    """Reads on from where it stands, and notes where objects begin."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0
        self.starts: list[int] = []

    def take(self, form: re.Pattern[bytes]) -> tuple[bytes, ...]:
        found = form.match(self.data, self.at)
        if found is None:
            raise _Dirty
        self.at = found.end()
        return found.groups()

    def numbers(self, form: re.Pattern[bytes]) -> list[int]:
        self.starts.append(self.at)
        return [int(group) for group in self.take(form) if group.isdigit()]

    def bytes(self, size: int) -> bytes:
        taken = self.data[self.at : self.at + size]
        self.at += size
        return taken


def pdf_is_bare(data: bytes, picture_is_bare: Callable[[bytes], bool]) -> bool:
    """Whether it is pages of one picture each, in the one form that we write, and nothing behind."""
    try:
        _read_pdf(data, picture_is_bare)
    except (_Dirty, IndexError, ValueError):
        return False
    return True


def _read_pdf(data: bytes, picture_is_bare: Callable[[bytes], bool]) -> None:
    reader = _Reader(data)
    reader.take(_CATALOG)
    reader.starts += [data.index(b"1 0 obj"), reader.at]
    count, kids = reader.take(_PAGES)
    pages = int(count)
    _need(holds=kids == b" ".join(b"%d 0 R" % (3 + 3 * page) for page in range(pages)))
    for page in range(pages):
        _read_page(reader, 3 + 3 * page, picture_is_bare)
    start = reader.at
    size, rows, size_again, start_again = reader.take(_END)
    _need(holds=int(size) == int(size_again) == 3 * (1 + pages) and int(start_again) == start)
    _need(holds=[int(row[:10]) for row in rows.splitlines()] == reader.starts and reader.at == len(data))


def _read_page(reader: _Reader, name: int, picture_is_bare: Callable[[bytes], bool]) -> None:
    page, width, height, image, drawing = reader.numbers(_PAGE)
    _need(holds=(page, drawing, image) == (name, name + 1, name + 2) and max(width, height) <= _MOST_POINTS)
    reader.starts.append(reader.at)
    number, length, words, wide, high = reader.take(_DRAWING)
    _need(holds=(int(number), int(length)) == (name + 1, len(words)))
    _need(holds=(int(wide), int(high)) == (width, height))
    number_of_image, across, down, size = reader.numbers(_IMAGE)
    jpeg = reader.bytes(size)
    _need(holds=number_of_image == name + 2 and len(jpeg) == size and reader.bytes(len(_IMAGE_END)) == _IMAGE_END)
    _need(holds=picture_is_bare(jpeg) and jpeg.count(_JPEG_FRAME) == 1)
    measures = jpeg[jpeg.index(_JPEG_FRAME) + 5 :][:5]
    _need(holds=(down, across, 3) == (int.from_bytes(measures[:2]), int.from_bytes(measures[2:4]), measures[4]))


def text_is_bare(data: bytes) -> bool:
    """Whether it is UTF-8 that can be seen: letters, marks, digits, signs, single spaces, line feeds."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    seen = all(unicodedata.category(letter) in _SEEN for letter in set(text) - {" ", "\n"})
    lines = text.endswith("\n") and bool(text.strip()) and _TRAILING.search(text) is None
    composed = unicodedata.is_normalized("NFC", text)
    return seen and lines and composed and _BLANK.search(text) is None and _FOR_MACHINES.search(text) is None


def _need(*, holds: bool) -> None:
    if not holds:
        raise _Dirty
