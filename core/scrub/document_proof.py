"""Reads a PDF or a text that we made as a stranger would, and says whether anything but pages or words is in it.

Shares no code with the writers, as `proof` does for pictures.
"""

import re
import unicodedata

from core.scrub.picture_proof import jpeg_is_bare
from core.scrub.proof_cursor import ProofCursor, need, proof, silent

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


def _pdf(file: ProofCursor) -> None:
    """Pages of one picture each, in the one form that we write."""
    file.written(_CATALOG)
    starts = [file.data.index(b"1 0 obj"), file.at]
    count, kids = file.written(_PAGES)
    pages = int(count)
    need(holds=kids == b" ".join(b"%d 0 R" % (3 + 3 * page) for page in range(pages)))
    for page in range(pages):
        starts += _page(file, 3 + 3 * page)
    start = file.at
    size, rows, *ends = file.written(_END)
    need(holds=int(size) == 3 * (1 + pages) and list(map(int, ends)) == [int(size), start])
    need(holds=[int(row[:10]) for row in rows.splitlines()] == starts)


def _page(file: ProofCursor, name: int) -> list[int]:
    """Where its three objects begin."""
    starts = [file.at]
    page, width, height, image, drawing = map(int, file.written(_PAGE))
    need(holds=(page, drawing, image) == (name, name + 1, name + 2) and max(width, height) <= _MOST_POINTS)
    starts.append(file.at)
    number, length, words, wide, high = file.written(_DRAWING)
    need(holds=(int(number), int(length)) == (name + 1, len(words)))
    need(holds=(int(wide), int(high)) == (width, height))
    starts.append(file.at)
    number_of_image, across, down, size = map(int, file.written(_IMAGE))
    jpeg = file.take(size)
    file.fixed(_IMAGE_END)
    need(holds=number_of_image == name + 2 and jpeg_is_bare(jpeg) and jpeg.count(_JPEG_FRAME) == 1)
    measures = jpeg[jpeg.index(_JPEG_FRAME) + 5 :][:5]
    need(holds=(down, across, 3) == (int.from_bytes(measures[:2]), int.from_bytes(measures[2:4]), measures[4]))
    return starts


pdf_is_bare = proof(_pdf, silent)


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
