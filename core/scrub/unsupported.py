"""Files that we do not take, known by content, so that each refusal can say what to send instead."""

import re
from dataclasses import dataclass

_HEAD = 4096
_ISO = 0x8001  # where a disc image says what it is


@dataclass(frozen=True, slots=True)
class _Signature:
    """How a kind of file begins, and the phrase that answers it."""

    magic: bytes
    phrase: str
    at: int = 0


_OFFICE, _ARCHIVE, _KIND = "file_office", "file_archive", "file_kind"
_SIGNATURES = (
    _Signature(b"{\\rtf", _OFFICE),
    _Signature(b"Rar!\x1a\x07", _ARCHIVE),
    _Signature(b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    _Signature(b"\x1f\x8b", _ARCHIVE),
    _Signature(b"\x1f\x9d", _ARCHIVE),
    _Signature(b"BZh", _ARCHIVE),
    _Signature(b"\xfd7zXZ\0", _ARCHIVE),
    _Signature(b"\x28\xb5\x2f\xfd", _ARCHIVE),
    _Signature(b"\x04\x22\x4d\x18", _ARCHIVE),
    _Signature(b"MSCF", _ARCHIVE),
    _Signature(b"xar!", _ARCHIVE),
    _Signature(b"!<arch>", _ARCHIVE),
    *(_Signature(b"-lh%d-" % method, _ARCHIVE, at=2) for method in range(8)),
    _Signature(b"ustar", _ARCHIVE, at=257),
    _Signature(b"CD001", _ARCHIVE, at=_ISO),
    _Signature(b"\x7fELF", _KIND),
    _Signature(b"#!", _KIND),
    _Signature(b"#EXTM3U", _KIND),  # a list of other files
    _Signature(b"BEGIN:V", _KIND),  # a contact, a calendar
    _Signature(b"-----BEGIN ", _KIND),
    _Signature(b"%!", _KIND),
    _Signature(b"ftypavif", _KIND, at=4),
    _Signature(b"fLaC", _KIND),
)
_ZIP = (b"PK\3\4", b"PK\5\6", b"PK\7\x08")
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_IN_OFFICE = (b"[Content_Types].xml", b"mimetypeapplication/", b"Index/Document.iwa", b"Index/Metadata.iwa")

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_MARKUP = re.compile(
    r"""\A\s*<[a-z!?/] | \A\s*\{\s*["}] | \A\s*\[\s*[\[{"] | <!doctype | <!-- | <\?(?:xml|php|xpacket|=) | <!\[cdata\[
    | <(?:script|style|svg|iframe|html|img|body)\b | </[a-z][\w:-]*\s*> | <[a-z][\w:-]*(?:\s[^<>]*)?/> | \bxmlns\b
    | <[a-z][\w:-]*\s[^<>]*= | <[a-z][\w:-]*>[^<]*<[a-z][\w:-]*> | "\w+"\s*:\s*(?:["\[{]|[\d-][^"]*"\w+"\s*:)
    | "\s*[}\]]\s*\Z""",
    re.IGNORECASE | re.VERBOSE,
)
# Words of files that other programs write, wherever they stand: a head that was cut or bent must not make them prose.
_FOREIGN = re.compile(
    r"""%PDF- | \b\d+\ \d+\ obj\b | \bend(?:obj|stream)\b | \bstartxref\b | <<\s*/ | %%EOF
    | ^%%\w+: | \\(?:rtf|ansi|pard)\b | \{\\[a-z]+ | \\[a-z]+\d*\\[a-z] | ^<<$ | /[A-Z]\w+\s*\(
    | ^\#EXT(?:M3U|INF) | ^(?:BEGIN|END):V | -----(?:BEGIN|END)\ | \A\#! | \AFrom\ | ^(?:FN|TEL|VCARD)[:;]
    | ^(?:Received|Return-Path|Delivered-To|Message-ID|MIME-Version|Content-Type|DKIM-Signature|X-[\w-]+):""",
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)


def phrase_for(data: bytes) -> str:
    """What to say to a file of no kind that we take."""
    if data.startswith(_ZIP):
        return _packed(data)
    if data.startswith(_OLE2):
        return "file_locked" if _LOCKED_OFFICE in data else _OFFICE
    known = next((row.phrase for row in _SIGNATURES if data.startswith(row.magic, row.at)), None)
    return known or ("file_markup" if _begins_as_markup(data) else _KIND)


def is_markup(text: str) -> bool:
    """Whether words are written for a machine: HTML, SVG, XML, JSON."""
    return _MARKUP.search(text) is not None


def is_unsupported(data: bytes) -> bool:
    """Whether a file begins as one that we know and do not take."""
    return data.startswith((*_ZIP, _OLE2)) or any(data.startswith(row.magic, row.at) for row in _SIGNATURES)


def is_foreign(text: str) -> bool:
    """Whether words are the shell of something else: a document, a list of files, a contact, a whole mail."""
    return is_unsupported(text[:_HEAD].lstrip().encode("utf-8", "replace")) or _FOREIGN.search(text) is not None


def _packed(data: bytes) -> str:
    """An office document is a ZIP with a table of its parts; bit 0 of the flags says that a part is locked."""
    if len(data) > 7 and data[6] & 1:  # noqa: PLR2004 -- APPNOTE 4.4.4
        return "file_locked"
    return _OFFICE if any(name in data for name in _IN_OFFICE) else _ARCHIVE


def _begins_as_markup(data: bytes) -> bool:
    """In the first words, in whatever width they are written."""
    head = data[:_HEAD]
    if head.startswith(_MARKS[1:]) or (b"\0" in head[:4] and head[:4].strip(b"\0")):
        head = head.replace(b"\0", b"")
    for mark in _MARKS:
        head = head.removeprefix(mark)
    return is_markup(head.decode("latin-1"))
