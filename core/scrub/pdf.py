"""PDF: each page is drawn anew and only the drawing goes on; text, forms, layers, scripts, attachments stay behind."""

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2  # type: ignore[import-untyped,unused-ignore]
import simplejpeg
from pypdfium2 import raw

from core.errors import Refused
from core.limits import DEFAULT, Limits
from core.scrub import pdf_streams
from core.scrub.file_traces import FileTrace, FormatResult

_POINTS = 72  # a PDF unit is 1/72 inch
_SHARP = 130  # dots an inch: small print can be read, and a page takes some ten milliseconds
_PAGE_PIXELS = 4_500_000  # of one page, an A3 plan at full sharpness; larger sheets are drawn smaller
_MOST_POINTS = 14_400
_QUALITY = 80
_ENDED = b"%%EOF"
_NOT_ENCRYPTED = -1  # pdfium's word for it
_ENCRYPT = b"/Encrypt"  # stands in clear, else nobody could know how to read the rest
_TRACES = (
    (re.compile(rb"/Author\b|/Title\b|/Subject\b|/Keywords\b|/Metadata\b"), FileTrace.TEXT),
    (re.compile(rb"/CreationDate\b|/ModDate\b"), FileTrace.TIME),
    (re.compile(rb"/Producer\b|/Creator\b"), FileTrace.SOFTWARE),
    (re.compile(rb"/EmbeddedFiles\b|/EmbeddedFile\b|/FileAttachment\b"), FileTrace.ATTACHMENT),
    (re.compile(rb"/JavaScript\b|/JS\b|/Launch\b|/XFA\b"), FileTrace.SCRIPT),
    (re.compile(rb"/Annots\b|/OCProperties\b|/ActualText\b|/StructTreeRoot\b"), FileTrace.OTHER),
)


@dataclass(frozen=True, slots=True)
class _DrawnPage:
    """One page drawn; `points` is its size on paper."""

    jpeg: bytes = field(repr=False)
    pixels: tuple[int, int]
    points: tuple[int, int]


def _nothing(*_: object) -> None:
    """Answers pdfium when it asks this machine for fonts."""


def _zero(*_: object) -> int:
    return 0


def _no_fonts() -> raw.FPDF_SYSFONTINFO:
    """Fonts of this machine are never looked for: the same file is drawn the same everywhere, and opens nothing."""
    answers = raw.FPDF_SYSFONTINFO()
    answers.version = 1
    for name, kind in answers._fields_:
        if name != "version":
            setattr(answers, name, kind(_zero if name in _NUMBERS else _nothing))
    return answers


_NUMBERS = frozenset({"GetFontData", "GetFaceName", "GetFontCharset"})
_NO_FONTS = _no_fonts()  # kept for as long as pdfium may ask
raw.FPDF_SetSystemFontInfo(ctypes.byref(_NO_FONTS))


def clean(data: bytes, limits: Limits = DEFAULT) -> FormatResult:
    """Pages of pixels; raises Refused, and what pdfium complains of as RuntimeError."""
    document = _measured(data, limits)
    try:
        _fill_in(document)
        if not 0 < len(document) <= limits.pages:
            raise Refused("file_pages" if len(document) else "file_damaged")
        pages = list(_drawn(document, limits))
    finally:
        document.close()
    return FormatResult(_written(pages), _traces(data))


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:  # its error code may be that of an earlier file
        raise Refused("file_locked" if _ENCRYPT in data else "file_damaged") from None


def _measured(data: bytes, limits: Limits) -> pypdfium2.PdfDocument:
    """Opened once nothing in it is too much; what an owner's password alone encrypts is counted decrypted."""
    pdf_streams.measure(data, limits.inflated_bytes)
    document = _opened(data)
    if raw.FPDF_GetSecurityHandlerRevision(document) == _NOT_ENCRYPTED:
        return document
    try:
        copy = _decrypted(document, limits.inflated_bytes)
    finally:
        document.close()
    pdf_streams.measure(copy, limits.inflated_bytes)
    return _opened(copy)


def _decrypted(document: pypdfium2.PdfDocument, most: int) -> bytes:
    """The same file without its encryption, its streams still packed; raises Refused where it has over `most` bytes."""
    copy = bytearray()

    def keep(_: object, piece: int, size: int) -> int:
        if len(copy) + size > most:
            return 0
        copy.extend(ctypes.string_at(piece, size))
        return 1

    writer = raw.FPDF_FILEWRITE(version=1)
    writer.WriteBlock = type(writer.WriteBlock)(keep)
    if not raw.FPDF_SaveAsCopy(document, ctypes.byref(writer), raw.FPDF_REMOVE_SECURITY):
        raise Refused("file_too_large")
    return bytes(copy)


def _fill_in(document: pypdfium2.PdfDocument) -> None:
    """What was written into a form is seen; one that a program must lay out first shows nothing of itself."""
    match document.get_formtype():
        case raw.FORMTYPE_ACRO_FORM | raw.FORMTYPE_XFA_FOREGROUND:
            how = raw.FPDF_FORMFILLINFO(version=2)
            document.formenv = pypdfium2.PdfFormEnv(raw.FPDFDOC_InitFormFillEnvironment(document, how), how)
        case raw.FORMTYPE_XFA_FULL:
            raise Refused("file_markup")
        case _:
            pass


def _drawn(document: pypdfium2.PdfDocument, limits: Limits) -> Iterator[_DrawnPage]:
    size = 0
    for number in range(len(document)):
        page = document[number]
        drawn = _page(page)
        page.close()
        size += len(drawn.jpeg)
        if size > limits.clean_bytes:
            raise Refused("file_too_large")
        yield drawn


def _page(page: pypdfium2.PdfPage) -> _DrawnPage:
    width, height = page.get_size()
    if not (math.isfinite(width * height) and 0 < width <= _MOST_POINTS and 0 < height <= _MOST_POINTS):
        raise Refused("file_damaged")
    scale = min(_SHARP / _POINTS, math.sqrt(_PAGE_PIXELS / (width * height)))
    picture = page.render(scale=scale, force_bitmap_format=raw.FPDFBitmap_BGRx)
    jpeg = simplejpeg.encode_jpeg(picture.to_numpy(), _QUALITY, "BGRX", "420")
    pixels = (picture.width, picture.height)
    picture.close()
    return _DrawnPage(bytes(jpeg), pixels, (max(1, round(width)), max(1, round(height))))


def _traces(data: bytes) -> frozenset[FileTrace]:
    """Kinds that can be seen without opening what is packed; told, never relied on."""
    found = {trace for pattern, trace in _TRACES if pattern.search(data)}
    if data.rstrip(b"\r\n \0")[-len(_ENDED) :] != _ENDED:
        found.add(FileTrace.TRAILER)
    return frozenset(found)


def _written(pages: list[_DrawnPage]) -> bytes:
    """A catalogue and its pages, each one picture: no dates, no names, nothing that differs from run to run."""
    kids = b" ".join(b"%d 0 R" % (3 + 3 * number) for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(pages), kids),
    ]
    for number, page in enumerate(pages):
        objects += _objects(page, 3 + 3 * number)
    out, starts = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for name, body in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (name, body)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    size = len(objects) + 1
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    return bytes(out) + b"xref\n0 %d\n0000000000 65535 f \n%b%b" % (size, table, end)


def _objects(page: _DrawnPage, name: int) -> Iterator[bytes]:
    yield (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources << /XObject << /I %d 0 R >> >>"
        b" /Contents %d 0 R >>" % (*page.points, name + 2, name + 1)
    )
    drawing = b"q %d 0 0 %d 0 0 cm /I Do Q\n" % page.points
    yield b"<< /Length %d >>\nstream\n%bendstream" % (len(drawing), drawing)
    yield (
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8"
        b" /Filter /DCTDecode /Length %d >>\nstream\n%b\nendstream" % (*page.pixels, len(page.jpeg), page.jpeg)
    )
