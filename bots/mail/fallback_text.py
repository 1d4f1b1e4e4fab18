"""What can be had of a mail that cannot be read right: its words, with whatever clings to them.

No part is taken apart, so that files are lost and marks of the wire may stand between the words; a person reads it.
"""

import binascii
import re
from typing import Final

_LONGEST: Final = 100_000  # bytes of a mail that are looked at
_MARK: Final = b"\xef\xbb\xbf"
_HEAD: Final = re.compile(rb"\r?\n\r?\n")
_PROGRAM: Final = re.compile(
    rb"^(?:auto-submitted:(?![ \t]*no\b)|(?:x-)?precedence:[ \t]*(?:bulk|junk|list|auto)|list-"
    rb"|x-auto-?re(?!sponse-suppress)|x-failed-recipients:|x-x?arf:|content-type:[ \t]*multipart/report)",
    re.IGNORECASE | re.MULTILINE,
)
_FIELD: Final = rb"^%s:[ \t]*([^\r\n]{0,400})"
_TAG: Final = re.compile(r"<[^<>]{0,2000}>")
_WIRE: Final = re.compile(r"^(?:--|content-|mime-version|this is a multi-part)[^\n]*\n?", re.IGNORECASE | re.MULTILINE)
_BASE64: Final = re.compile(rb"^(?:[A-Za-z0-9+/=]{60,}\r?\n){1,2000}[A-Za-z0-9+/=]*", re.MULTILINE)


def parted(raw: bytes) -> tuple[bytes, bytes]:
    """Head and body, as far as they are looked at."""
    head, *body = _HEAD.split(raw[:_LONGEST].removeprefix(_MARK), maxsplit=1)
    return head, body[0] if body else b""


def is_from_program(head: bytes) -> bool:
    """Whether a line of the head says that nobody wrote it: it must not be answered even now."""
    return _PROGRAM.search(head) is not None


def field(head: bytes, name: bytes) -> str:
    """A line of the head, as it stands there."""
    found = re.search(_FIELD % name, head, re.IGNORECASE | re.MULTILINE)
    return found[1].decode("utf-8", "replace").strip() if found else ""


def words(body: bytes) -> str:
    """Everything that may be read in a body, its tags and marks left out."""
    text = _BASE64.sub(_unpacked, body).decode("utf-8", "replace").replace("\r", "").replace("\x00", " ")
    return _TAG.sub(" ", _WIRE.sub("", text)).strip()


def _unpacked(found: re.Match[bytes]) -> bytes:
    packed = b"".join(found[0].split()).rstrip(b"=")
    try:
        opened = binascii.a2b_base64(packed[: len(packed) // 4 * 4])
    except binascii.Error:
        return b"\n"
    return opened + b"\n" if _is_text(opened) else b"\n"


def _is_text(data: bytes) -> bool:
    """Not a picture: nearly all of it prints."""
    return sum(byte < 32 and byte not in b"\r\n\t" for byte in data) * 50 < len(data)  # noqa: PLR2004 - control signs
