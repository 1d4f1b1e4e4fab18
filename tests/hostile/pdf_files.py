"""PDF files with a canary in every carrier that we know, written by hand; each shows the scene of `files`."""

import zlib
from collections.abc import Callable

from tests.hostile.encrypted_pdf import encrypted
from tests.hostile.files import CANARY, WIDE, Hostile, archive, scene, small_picture

DRAWING = (
    b"0.353 0.471 0.588 rg 0 0 64 48 re f 0.863 0.157 0.157 rg 0 32 24 16 re f "
    b"0.157 0.784 0.235 rg 40 32 24 16 re f 0.118 0.157 0.824 rg 0 0 32 16 re f\n"
)
_HEX = CANARY.hex().encode()
_OCTAL = b"".join(b"\\%03o" % letter for letter in CANARY)


def file_of(*objects: bytes, trailer: bytes = b"", start: bytes = b"%PDF-1.7\n") -> bytes:
    out, starts = bytearray(start), []
    for name, body in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (name, body)
    table = b"".join(b"%010d 00000 n \n" % at for at in starts)
    size = len(objects) + 1
    end = b"trailer\n<< /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, len(out))
    return bytes(out) + b"xref\n0 %d\n0000000000 65535 f \n%b%b" % (size, table, end)


def stream(body: bytes, entries: bytes = b"", *, packed: bool = True) -> bytes:
    if packed:
        body, entries = zlib.compress(body), entries + b" /Filter /FlateDecode"
    return b"<< %b /Length %d >>\nstream\n%b\nendstream" % (entries, len(body), body)


def paper(
    *more: bytes, catalog: bytes = b"", page: bytes = b"", resources: bytes = b"", drawing: bytes = b"",
    trailer: bytes = b"", packed: bool = True,
) -> bytes:  # fmt: skip
    """One page; further objects are numbered from 5 on."""
    return file_of(
        b"<< /Type /Catalog /Pages 2 0 R %b >>" % catalog,
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 64 48] /Contents 4 0 R /Resources << /Font << /F"
        b" << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> %b >> %b >>" % (resources, page),
        stream(DRAWING + drawing, packed=packed),
        *more,
        trailer=trailer,
    )


def pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (3 + number) for number in range(count))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 64 48] /Contents %d 0 R >>" % (3 + count)
    head = (b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count %d /Kids [%b] >>" % (count, kids))
    return file_of(*head, *[page] * count, stream(DRAWING))


def said(text: bytes) -> bytes:
    return b"q BT /F 4 Tf 2 20 Td %b Tj ET Q\n" % text


def _info() -> bytes:
    entries = b" ".join(b"/%b (%b)" % (key, CANARY) for key in (b"Author", b"Title", b"Producer", b"Budi"))
    dates = b"/CreationDate (D:20240506070809+07'00') /Subject <%b> /Keywords <FEFF%b>" % (_HEX, WIDE.hex().encode())
    return paper(b"<< %b %b >>" % (entries, dates), trailer=b"/Info 5 0 R")


def _xmp(*, packed: bool) -> bytes:
    body = b"<?xpacket?><x:xmpmeta xmlns:x='adobe:ns:meta/'><dc:creator>%b</dc:creator></x:xmpmeta>" % CANARY
    return paper(stream(body, b"/Type /Metadata /Subtype /XML", packed=packed), catalog=b"/Metadata 5 0 R")


def _attachment() -> bytes:
    names = b"/Names << /EmbeddedFiles << /Names [(%b) 5 0 R] >> >>" % CANARY
    spec = b"<< /Type /Filespec /F (%b) /EF << /F 6 0 R >> >>" % CANARY
    return paper(spec, stream(archive() + CANARY, b"/Type /EmbeddedFile"), catalog=names)


def _script() -> bytes:
    action = b"<< /S /JavaScript /JS (app.alert\\('%b'\\)) >>" % CANARY
    return paper(action, catalog=b"/OpenAction 5 0 R /Names << /JavaScript << /Names [(a) 5 0 R] >> >>")


def _annotation(kind: bytes, entries: bytes = b"") -> bytes:
    note = b"<< /Type /Annot /Subtype /%b /Rect [0 0 1 1] /F 2 /Contents (%b) /T (%b) %b >>" % (
        kind, CANARY, CANARY, entries,
    )  # fmt: skip
    return paper(note, page=b"/Annots [5 0 R]")


def _field() -> bytes:
    field = b"<< /Type /Annot /Subtype /Widget /FT /Tx /F 2 /T (%b) /V (%b) /TU (%b) /Rect [0 0 9 9] >>"
    return paper(field % (CANARY, CANARY, CANARY), page=b"/Annots [5 0 R]", catalog=b"/AcroForm << /Fields [5 0 R] >>")


def _layer() -> bytes:
    group = b"<< /Type /OCG /Name (%b) >>" % CANARY
    order = b"/OCProperties << /OCGs [5 0 R] /D << /OFF [5 0 R] >> >>"
    drawing = b"/OC /L BDC\n%bEMC\n" % said(b"(%b)" % CANARY)
    return paper(group, catalog=order, resources=b"/Properties << /L 5 0 R >>", drawing=drawing)


def _picture() -> bytes:
    image = stream(
        small_picture(), b"/Type /XObject /Subtype /Image /Width 16 /Height 12 /ColorSpace /DeviceRGB"
        b" /BitsPerComponent 8 /Filter /DCTDecode", packed=False,
    )  # fmt: skip
    return paper(image, resources=b"/XObject << /I 5 0 R >>", drawing=b"q 0.1 0 0 0.1 63 47 cm /I Do Q\n")


def _revision() -> bytes:
    """An older content of the page stands before the one that is shown."""
    old = paper(drawing=said(b"(%b)" % CANARY), packed=False)
    at = len(old)
    body = b"4 0 obj\n%b\nendobj\n" % stream(DRAWING)
    prev = int(old.rpartition(b"startxref\n")[2].split(b"\n")[0])
    table = b"xref\n4 1\n%010d 00000 n \ntrailer\n<< /Size 5 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    return old + body + table % (at, prev, at + len(body))


def _object_stream() -> bytes:
    """Info inside a packed stream of objects, found by a packed table."""
    inner = b"<< /Type /Catalog /Pages 2 0 R >> << /Author (%b) >>" % CANARY
    head = b"1 0 5 %d " % inner.index(b" << /Author")
    bodies = {
        2: b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 64 48] /Contents 4 0 R >>",
        4: stream(DRAWING),
        6: stream(head + inner, b"/Type /ObjStm /N 2 /First %d" % len(head)),
    }
    out, rows = bytearray(b"%PDF-1.7\n"), {1: (2, 6, 0), 5: (2, 6, 1), 0: (0, 0, 255)}
    for name, body in bodies.items():
        rows[name] = (1, len(out), 0)
        out += b"%d 0 obj\n%b\nendobj\n" % (name, body)
    rows[7] = (1, len(out), 0)
    table = b"".join(bytes((kind,)) + at.to_bytes(4) + bytes((more,)) for _, (kind, at, more) in sorted(rows.items()))
    entries = b"/Type /XRef /Size 8 /W [1 4 1] /Root 1 0 R /Info 5 0 R"
    return bytes(out) + b"7 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (stream(table, entries), len(out))


def _bare_of(name: str) -> bytes:
    marks = {
        "comment": (b"%PDF-1.7\n", b"%PDF-1.7\n%" + CANARY + b"\n"),
        "behind the end": (b"%%EOF\n", b"%%EOF\n" + CANARY),
        "an archive behind the end": (b"%%EOF\n", b"%%EOF\n" + archive() + CANARY),
        "between objects": (b"2 0 obj", CANARY + b"\n2 0 obj"),
    }
    return paper().replace(*marks[name], 1)


_PDF: tuple[tuple[str, Callable[[], bytes], tuple[str, ...]], ...] = (
    ("plain", paper, ()),
    ("unpacked", lambda: paper(packed=False), ()),
    ("three pages", lambda: pages(3), ()),
    ("Info", _info, ("text", "time", "software")),
    ("XMP", lambda: _xmp(packed=False), ("text",)),
    ("packed XMP", lambda: _xmp(packed=True), ("text",)),
    ("attachment", _attachment, ("attachment",)),
    ("script", _script, ("script",)),
    ("note", lambda: _annotation(b"Text"), ("other",)),
    ("attachment in a note", lambda: _annotation(b"FileAttachment", b"/FS << /F (%b) >>" % CANARY), ("attachment",)),
    ("address", lambda: _annotation(b"Link", b"/A << /S /URI /URI (https://a.id/%b) >>" % CANARY), ("other",)),
    ("form field", _field, ("other",)),
    ("layer that is off", _layer, ("other",)),
    ("unseen words", lambda: paper(drawing=b"BT 3 Tr ET " + said(b"3 Tr (%b)" % CANARY)), ()),
    ("white words in hexadecimal", lambda: paper(drawing=b"1 g " + said(b"<%b>" % _HEX) + DRAWING), ()),
    ("words below a box", lambda: paper(drawing=said(b"(%b)" % _OCTAL) + DRAWING), ()),
    ("words beside the page", lambda: paper(drawing=b"BT /F 4 Tf 900 900 Td (%b) Tj ET " % CANARY), ()),
    ("ActualText", lambda: paper(drawing=b"/Span << /ActualText (%b) >> BDC EMC\n" % CANARY), ()),
    ("picture with traces", _picture, ()),
    ("older revision", _revision, ()),
    ("object stream", _object_stream, ()),
    ("unused object", lambda: paper(stream(CANARY)), ()),
    ("names", lambda: paper(b"<< /%b (a) >>" % CANARY.replace(b".", b""), catalog=b"/Dests 5 0 R"), ()),
    ("outline", lambda: paper(b"<< /First 6 0 R /Last 6 0 R >>", b"<< /Title (%b) /Parent 5 0 R >>" % CANARY,
                              catalog=b"/Outlines 5 0 R"), ()),
    ("labels", lambda: paper(catalog=b"/PageLabels << /Nums [0 << /P (%b) >>] >>" % CANARY), ()),
    ("language", lambda: paper(catalog=b"/Lang (%b)" % CANARY), ()),
    ("piece of a program", lambda: paper(page=b"/PieceInfo << /App << /Private (%b) >> >>" % CANARY), ()),
    ("thumbnail", lambda: paper(
        stream(CANARY.ljust(48), b"/Width 4 /Height 4 /ColorSpace /DeviceRGB /BitsPerComponent 8"),
        page=b"/Thumb 5 0 R"), ()),
    ("identity", lambda: paper(trailer=b"/ID [<%b> <%b>]" % (_HEX, _HEX)), ()),
    ("font name", lambda: paper(
        b"<< /Type /Font /Subtype /TrueType /BaseFont /%b >>" % CANARY.replace(b".", b"x"),
        resources=b"/X << /Y 5 0 R >>"), ()),
    ("structure", lambda: paper(
        b"<< /Type /StructTreeRoot /K << /S /P /Alt (%b) /E (%b) >> >>" % (CANARY, CANARY),
        catalog=b"/StructTreeRoot 5 0 R"), ("other",)),
    ("XFA", lambda: paper(
        stream(b"<xdp><data>%b</data></xdp>" % CANARY), catalog=b"/AcroForm << /Fields [] /XFA 5 0 R >>"), ("script",)),
    ("signature", lambda: paper(
        b"<< /Type /Sig /Name (%b) /Reason (%b) /ContactInfo (%b) >>" % (CANARY, CANARY, CANARY),
        catalog=b"/Perms << /DocMDP 5 0 R >>"), ()),
    ("comment", lambda: _bare_of("comment"), ()),
    ("between objects", lambda: _bare_of("between objects"), ()),
    ("behind the end", lambda: _bare_of("behind the end"), ("trailer",)),
    ("an archive behind the end", lambda: _bare_of("an archive behind the end"), ("trailer",)),
    ("encrypted by its owner", lambda: encrypted(_info(), 4), ("text",)),
    ("encrypted by its owner, with an attachment", lambda: encrypted(_attachment(), 6), ("attachment",)),
    ("behind a packed stream", lambda: paper(
        b"<< /Length 0 >>\nstream\nendstream %b" % CANARY), ()),
)  # fmt: skip


def pdfs() -> list[Hostile]:
    return [Hostile(f"pdf: {name}", make(), scene(), frozenset(told)) for name, make, told in _PDF]


# To be refused


def locked() -> bytes:
    """By the standard handler, revision 3; nothing of it could be read with or without a password."""
    keys = b"<%b>" % (b"41" * 32)
    crypt = b"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O %b /U %b >>" % (keys, keys)
    return paper(crypt, trailer=b"/Encrypt 5 0 R /ID [<00> <00>]")


def bomb(size: int = 200_000_000) -> bytes:
    """Packed so that each byte holds a thousand."""
    engine = zlib.compressobj(9)
    body = b"".join(engine.compress(bytes(1_000_000)) for _ in range(size // 1_000_000)) + engine.flush()
    return paper(b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (len(body), body))


def bomb_in_a_bomb() -> bytes:
    """Two hundred megabytes, packed twice over."""
    engine = zlib.compressobj(9)
    body = b"".join(engine.compress(bytes(1_000_000)) for _ in range(200)) + engine.flush()
    twice = zlib.compress(body, 9)
    return paper(b"<< /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n%b\nendstream" % (len(twice), twice))


def slow_bomb(codes: int = 2_000_000) -> bytes:
    """LZW whose every code is longer than the one before."""
    bits, held, out, known, width = 0, 0, bytearray(), 258, 9
    for code in _growing(codes):
        held, bits = held << width | code, bits + width
        while bits >= 8:
            bits -= 8
            out.append(held >> bits & 0xFF)
        held &= (1 << bits) - 1
        known = 257 if code == 256 else known + 1
        width = max(9, min(12, (known + 1).bit_length()))
    return paper(b"<< /Filter /LZWDecode /Length %d >>\nstream\n%b\nendstream" % (len(out), bytes(out)))


def _growing(codes: int) -> list[int]:
    once = [256, 0, *range(258, 4094)]
    return (once * (codes // len(once) + 1))[:codes]
