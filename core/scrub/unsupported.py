"""Files that we do not take, known by content, so that each refusal can say what to send instead."""

import re

_HEAD = 4096

# The phrase that answers a kind of file, where its magic bytes stand, and which they are.
_SIGNATURES: tuple[tuple[str, int, tuple[bytes, ...]], ...] = (
    ("file_office", 0, (b"{\\rtf",)),
    (
        "file_archive",
        0,
        (
            *(b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"\x1f\x9d", b"BZh", b"\xfd7zXZ\0"),
            *(b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18", b"MSCF", b"xar!", b"!<arch>"),
        ),
    ),
    ("file_archive", 2, tuple(b"-lh%d-" % method for method in range(8))),
    ("file_archive", 257, (b"ustar",)),
    ("file_archive", 0x8001, (b"CD001",)),  # an image of a disc
    # programs, a list of other files, a contact or calendar, a key, PostScript, and what nobody's phone makes
    ("file_kind", 0, (b"\x7fELF", b"#!", b"#EXTM3U", b"BEGIN:V", b"-----BEGIN ", b"%!", b"fLaC")),
    ("file_kind", 4, (b"ftypavif", b"ftypavis")),
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

# The head of a mail that says from whom it is, whatever else is missing in it.
_MAIL_HEAD = re.compile(r"\s{0,9}(?:[A-Za-z][\w-]{1,60}:[^\n]{0,999}\r?\n(?:[ \t][^\n]{0,999}\r?\n)*){2,60}")
_FROM = re.compile(r"^from:(.*)", re.IGNORECASE | re.MULTILINE)
_BESIDE_FROM = re.compile(r"^(?:to|cc|subject|date|sent|reply-to):", re.IGNORECASE | re.MULTILINE)


def phrase_for(data: bytes) -> str:
    """What to say to a file of no kind that we take; one of which nothing arrived is asked for once more."""
    if not data.strip(b"\0 \t\r\n"):
        return "file_damaged"
    if data.startswith(_ZIP):
        return _packed(data)
    if data.startswith(_OLE2):
        return "file_locked" if _LOCKED_OFFICE in data else "file_office"
    return _signed(data) or ("file_markup" if _begins_as_markup(data) else "file_kind")


def is_markup(text: str) -> bool:
    """Whether words are written for a machine: HTML, SVG, XML, JSON."""
    return _MARKUP.search(text) is not None


def is_unsupported(data: bytes) -> bool:
    """Whether a file begins as one that we know and do not take."""
    return data.startswith((*_ZIP, _OLE2)) or _signed(data) is not None


def is_foreign(text: str) -> bool:
    """Whether words are the shell of something else: a document, a list of files, a contact, a whole mail."""
    head = text[:_HEAD].lstrip()
    return is_unsupported(head.encode("utf-8", "replace")) or _is_mail(head) or _FOREIGN.search(text) is not None


def _is_mail(head: str) -> bool:
    fields = found[0] if (found := _MAIL_HEAD.match(head)) else ""
    sender, beside = _FROM.search(fields), _BESIDE_FROM.findall(fields)
    return sender is not None and bool(beside) and ("@" in sender[1] or len(beside) > 1)


def _signed(data: bytes) -> str | None:
    return next((phrase for phrase, at, magics in _SIGNATURES if data.startswith(magics, at)), None)


def _packed(data: bytes) -> str:
    """An office document is a ZIP with a table of its parts; bit 0 of the flags says that a part is locked."""
    if len(data) > 7 and data[6] & 1:  # noqa: PLR2004 -- APPNOTE 4.4.4
        return "file_locked"
    return "file_office" if any(name in data for name in _IN_OFFICE) else "file_archive"


def _begins_as_markup(data: bytes) -> bool:
    """In the first words, in whatever width they are written."""
    head = data[:_HEAD]
    if head.startswith(_MARKS[1:]) or (b"\0" in head[:4] and head[:4].strip(b"\0")):
        head = head.replace(b"\0", b"")
    for mark in _MARKS:
        head = head.removeprefix(mark)
    return is_markup(head.decode("latin-1"))
