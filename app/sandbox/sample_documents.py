"""Small documents for the rehearsal: one page with everything that makes a drawing library load something late."""

import zlib
from collections.abc import Iterator

_FONTS = (b"Helvetica", b"Times-Roman", b"Courier", b"Symbol", b"ZapfDingbats", b"SomeFace", b"SimSun")
_DRAWING = (
    b"q 0.2 0.4 0.6 rg 10 10 80 40 re f 2 w 1 0 0 RG 10 60 m 40 90 80 20 120 70 c S Q "
    b"q /G gs 0 1 0 rg 30 30 60 60 re f Q q 40 0 0 40 130 20 cm /I Do Q q /S sh Q "
)


def samples() -> Iterator[bytes]:
    """A page of shapes, letters, a picture, a gradient and a form field; and words in each coding."""
    yield _pdf()
    for coding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        yield "Café di Jalan Sabang, lampu mati.\r\n".encode(coding)


def _pdf() -> bytes:
    letters = b"".join(b"BT /F%d 12 Tf 10 %d Td (Resi 123) Tj ET " % (n, 110 + 14 * n) for n in range(len(_FONTS)))
    fonts = b"".join(
        b"/F%d << /Type /Font /Subtype /%b /BaseFont /%b >> " % (n, b"TrueType" if n > 4 else b"Type1", name)  # noqa: PLR2004 -- the first five are built in
        for n, name in enumerate(_FONTS)
    )
    resources = (
        b"<< /Font << %b>> /XObject << /I 5 0 R >> /ExtGState << /G << /ca 0.5 /BM /Multiply >> >>"
        b" /Shading << /S << /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 200 0] /Function"
        b" << /FunctionType 2 /Domain [0 1] /C0 [1 0 0] /C1 [0 0 1] /N 1 >> >> >> >>" % fonts
    )
    field = b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (Resi) /DA (/F0 12 Tf 0 g) /Rect [10 220 150 240] >>"
    return _file(
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] /NeedAppearances true"
        b" /DR << /Font << %b>> >> >> >>" % fonts,
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 260] /Contents 4 0 R /Annots [6 0 R] /Resources %b >>"
        % resources,
        _stream(b"", _DRAWING + letters),
        _stream(
            b"/Type /XObject /Subtype /Image /Width 4 /Height 4 /ColorSpace /DeviceRGB /BitsPerComponent 8",
            bytes(range(0, 240, 5)),
        ),
        field,
    )


def _stream(entries: bytes, body: bytes) -> bytes:
    small = zlib.compress(body)
    return b"<< %b /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (entries, len(small), small)


def _file(*objects: bytes) -> bytes:
    out, starts = bytearray(b"%PDF-1.7\n"), []
    for name, body in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (name, body)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    size = len(objects) + 1
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    return bytes(out) + b"xref\n0 %d\n0000000000 65535 f \n%b%b" % (size, table, end)
