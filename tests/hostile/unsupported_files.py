"""Files that are to be refused, each with the phrase that says what to send instead."""

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
from dataclasses import dataclass, field

from tests.hostile.files import CANARY, archive, picture, png, saved, scene
from tests.hostile.pdf_files import locked, pages, paper, stream
from tests.hostile.recorded import recorded
from tests.hostile.sound_files import ID3

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Unsupported:
    """A file, and how it is to be refused."""

    name: str
    data: bytes = field(repr=False)
    phrase: str


def packed(*names: str, stored: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        if stored:
            made.writestr("mimetype", stored, compress_type=zipfile.ZIP_STORED)
        for name in names:
            made.writestr(name, CANARY)
    return out.getvalue()


def _locked_archive() -> bytes:
    data = bytearray(archive())
    data[6] |= 1
    return bytes(data)


def _tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as made:
        member = tarfile.TarInfo("kenari.txt")
        member.size = len(CANARY)
        made.addfile(member, io.BytesIO(CANARY))
    return out.getvalue()


def unsupported() -> list[Unsupported]:
    return [Unsupported(f"{phrase}: {name}", data, phrase) for phrase, rows in _rows().items() for name, data in rows]


def _rows() -> dict[str, list[tuple[str, bytes]]]:
    return {
        "file_office": [
            ("docx", packed("[Content_Types].xml", "word/document.xml")),
            ("xlsx", packed("[Content_Types].xml", "xl/workbook.xml")),
            ("pptx", packed("ppt/presentation.xml", "[Content_Types].xml")),
            ("odt", packed("content.xml", stored="application/vnd.oasis.opendocument.text")),
            ("epub", packed("a.xhtml", stored="application/epub+zip")),
            ("pages", packed("Index/Document.iwa")),
            ("doc", _OLE2 + bytes(504) + CANARY),
            ("rtf", b"{\\rtf1\\ansi{\\info{\\author " + CANARY + b"}}\\pard halo\\par}"),
        ],
        "file_archive": [
            ("zip", archive()),
            ("empty zip", b"PK\5\6" + bytes(18)),
            ("rar", b"Rar!\x1a\x07\x01\0" + bytes(12) + CANARY),
            ("old rar", b"Rar!\x1a\x07\0" + bytes(12) + CANARY),
            ("7z", b"7z\xbc\xaf\x27\x1c\0\4" + CANARY),
            ("gz", gzip.compress(CANARY)),
            ("bz2", bz2.compress(CANARY)),
            ("xz", lzma.compress(CANARY)),
            ("zst", b"\x28\xb5\x2f\xfd\x20\x05" + bytes(12) + CANARY),
            ("lz4", b"\x04\x22\x4d\x18\x64\x40\xa7" + bytes(12) + CANARY),
            ("cab", b"MSCF" + bytes(32) + CANARY),
            ("tar", _tar()),
            ("ar", b"!<arch>\nkenari/         0           0     0     100644  25        `\n" + bytes(12) + CANARY),
            ("iso", bytes(0x8001) + b"CD001" + bytes(2042)),
        ],
        "file_markup": [
            ("svg", b"<svg xmlns='http://www.w3.org/2000/svg'><text>" + CANARY + b"</text></svg>"),
            ("html", b"<!DOCTYPE html><html><head><meta name='author' content='" + CANARY + b"'></head><body>halo"),
            ("html behind words", b"Halo\n<script>alert(1)</script>"),
            ("wide html", "<html><script>".encode("utf-16")),
            ("html without a mark", "  <html>".encode("utf-16-le")),
            ("xml", b"\xef\xbb\xbf<?xml version='1.0'?><gpx/>"),
            ("json", b'{"lat": -6.2, "name": "' + CANARY + b'"}'),
            ("json lines", b'[{"a": 1}]'),
            ("hidden between", "<scr\u200bipt>alert(1)</scr\u200bipt>".encode()),
            ("a handler", b"x <b onmouseover = alert(1)> y"),
            (
                "pdf that a program lays out",
                paper(stream(b"<xdp/>"), catalog=b"/NeedsRendering true /AcroForm << /Fields [] /XFA 5 0 R >>"),
            ),
            ("php", b"halo <?php echo 1;"),
        ],
        "file_locked": [
            ("pdf", locked()),
            ("zip", _locked_archive()),
            ("office", _OLE2 + bytes(504) + "EncryptedPackage".encode("utf-16-le")),
        ],
        "file_pages": [("pdf of many pages", pages(61))],
        "file_damaged": [
            ("nothing", b""),
            ("blanks", b" \n\t"),
            ("noughts", bytes(1000)),
            ("pdf without pages", paper().replace(b"/Count 1 /Kids [3 0 R]", b"/Count 0 /Kids []     ")),
            ("pdf cut at its head", b"%PDF-1.7\n1 0 obj\n<< /Author (" + CANARY + b") >>\nendobj\n"),
            ("pdf of no size", paper().replace(b"[0 0 64 48]", b"[0 0 999999999 1]", 1)),
        ],
        "file_kind": [
            ("program", b"MZ" + bytes(62) + CANARY),
            ("elf", b"\x7fELF\2\1\1" + bytes(57)),
            ("script", b"#!/bin/sh\necho halo"),
            ("list of files", b"#EXTM3U\nfile:///etc/passwd\n"),
            ("contact", b"BEGIN:VCARD\nFN:" + CANARY + b"\nEND:VCARD"),
            ("mail", b"Received: from a\nFrom: b\n\nhalo"),
            ("key", b"-----BEGIN PRIVATE KEY-----\nAAAA"),
            ("postscript", b"%!PS-Adobe-3.0\n" + CANARY),
            ("database", b"SQLite format 3\0" + bytes(84)),
            ("font", b"\0\1\0\0\0\x0c\0\x80" + bytes(100)),
            ("pdf behind words", b"halo\n" + paper()),
            ("jpeg behind a nought", b"\0" + picture()),
            ("png behind a nought", b"\0" + png()),
            ("flash", b"FWS\x09" + struct.pack("<I", 100) + bytes(92)),
            ("avif", saved(scene(), "AVIF")),
            ("avif by its second name", saved(scene(), "AVIF").replace(b"ftypavif", b"ftypmif1", 1)),
            ("avif that moves", saved(scene(), "AVIF", save_all=True, append_images=[scene().rotate(90)])),
            ("avif with words", saved(scene(), "AVIF", xmp=b"<?xpacket?><x:xmpmeta/>")),
            ("flac", recorded("flac", "", "flac")),
            ("flac behind tags", ID3 + recorded("flac", "", "flac")),
            ("class file", b"\xca\xfe\xba\xbe\0\0\0\x34" + bytes(12) + CANARY),
        ],
    }
