"""Which parts of a mail are files that its writer sent: all are judged by their bytes, and what is none needs no word.

Nobody knows that a mark of their signature, a pixel, a certificate or a calendar entry went with their mail.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from bots.mail import hypertext, tnef
from bots.mail.armor import is_sealed
from bots.mail.charset import words
from bots.mail.mime_parts import Leaf
from bots.mail.picture_size import size_of
from bots.mail.trim import trim

MOST = 10
_TINY = 2_048  # bytes: an inline picture below this is a tracking pixel or a signature's mark
_LOW = 100  # pixels: an inline picture lower or narrower is a mark, since nobody's camera makes one
_SMALL = 32_768  # an inline picture below this that no camera makes is an ornament
_MOST_WORDS = 20_000  # encoded bytes of an attached text that are looked at
_PHOTO = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n|RIFF.{4}WEBP|.{4}ftyp", re.DOTALL)
_BINARY = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n|GIF8[79]a|%PDF-1|PK\x03\x04|OggS\x00|\x1aE\xdf\xa3|RIFF.{4}(?:WEBP|WAVE)|#!AMR|ID3[\x02-\x04]"
    rb"|.{4}ftyp|II\*\x00|MM\x00\*|\xff[\xe2\xe3\xf2\xf3\xfa\xfb\xf1\xf9]",
    re.DOTALL,
)
_LOOKED_AT = 200  # encoded bytes of a text, to see whether it is one
_BODIES = frozenset({"text/plain", "text/html"})
_BESIDE = frozenset(
    {
        *("application/applefile", "application/ics", "application/pgp-encrypted", "application/pgp-keys"),
        *("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"),
        *("text/calendar", "text/directory", "text/vcard", "text/x-amp-html", "text/x-vcalendar", "text/x-vcard"),
        *("text/x-moz-deleted", "text/rfc822-headers"),
    }
)
# Kinds of text that are no words of a mail, even where nobody attached them.
_FILES = frozenset(
    {
        *("text/cache-manifest", "text/comma-separated-values", "text/css", "text/csv", "text/javascript", "text/rtf"),
        *("text/tab-separated-values", "text/uri-list", "text/x-csv", "text/xml"),
    }
)
_SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})  # the whole mail is in it
# The same by their bytes, whatever they are called: a contact, a calendar, a signature, a half of a Macintosh file.
_BESIDE_BYTES = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,20}(?:BEGIN:VC(?:ARD|ALENDAR)|-----BEGIN PGP (?:SIGNATURE|PUBLIC KEY))"
    rb"|\x00\x05\x16[\x00\x07]"
    rb"|\x30[\x80-\x84].{0,4}\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02",  # CMS signed data
    re.DOTALL,
)


# A chat that somebody exported: WhatsApp attaches it.
_CHAT = re.compile(
    rb"(?:\xef\xbb\xbf|\xe2\x80\x8e)*\[?\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},? \d{1,2}[.:]\d\d[^\n]{0,12}(?:\]| -) "
)


@dataclass(frozen=True, slots=True)
class Files:
    """What was sent, at most MOST; `missing`: phrase keys of what is said of the others."""

    data: tuple[bytes, ...] = field(default=(), repr=False)
    missing: tuple[str, ...] = ()


def is_text(part: Leaf) -> bool:
    """Whether a part is words of the mail, and no file that is only called so."""
    words = part.kind in _BODIES or (
        part.kind.startswith("text/") and not part.named and part.kind not in _BESIDE | _FILES
    )
    return words and not part.attached and not _BINARY.match(part.data(_LOOKED_AT))


def with_words(parts: Sequence[Leaf]) -> tuple[Leaf, ...]:
    """The parts; an attached text is words of the mail where nothing else says any, and so is a chat."""
    own = [part for part in parts if not part.message]
    told = not all(_says_nothing(part, part.data()) for part in own if is_text(part))
    texts = [part for part in own if _is_attached_text(part)]
    read = [part for part in texts if _CHAT.match(part.data(_LOOKED_AT)) or (len(texts) == 1 and not told)]
    return tuple(replace(part, attached=False, named=False) if part in read else part for part in parts)


def _is_attached_text(part: Leaf) -> bool:
    plain = part.attached and part.kind == "text/plain" and len(part.body) <= _MOST_WORDS
    return plain and not _BINARY.match(part.data(_LOOKED_AT)) and not _BESIDE_BYTES.match(part.data(_LOOKED_AT))


def files_of(parts: Sequence[Leaf], pages: Iterable[hypertext.Page]) -> Files:
    """The files among the parts; `pages`: all of the mail, which say what stands in a signature or a quote."""
    shown, passed_over = set[str](), set[str]()
    for page in pages:
        shown |= page.shown
        passed_over |= page.passed_over
    lost = ("file_lost",) if any(map(_is_lost, parts)) else ()
    open_ones = [part for part in parts if not is_sealed(part.data(_LOOKED_AT))]
    if len(open_ones) < len(parts):
        lost = (*lost, "file_kind")
    found = tuple(islice(_sent(open_ones, passed_over - shown), MOST + 1))
    return Files(found[:MOST], (*lost, "file_many") if len(found) > MOST else lost)


def _sent(parts: Iterable[Leaf], passed_over: Collection[str]) -> Iterator[bytes]:
    for part in parts:
        if is_text(part) or _is_beside(part) or part.content_id in passed_over:
            continue
        data = part.data()
        if tnef.is_packed(data):
            yield from (each for each in tnef.unpacked(data) if not _BESIDE_BYTES.match(each))
        elif data.strip() and not _is_ornament(part, data) and not _says_nothing(part, data):
            yield data


def _is_lost(part: Leaf) -> bool:
    """Whether somebody attached it, and nothing of it came."""
    if part.kind == "message/partial":  # some of its bytes are in another mail
        return True
    named = part.attached and not part.kind.startswith(("text/", "message/")) and part.kind not in _BESIDE
    return named and len(part.body) < _TINY and not part.data().strip()


def _is_beside(part: Leaf) -> bool:
    another_form = part.kind.startswith("text/") and part.group != 0 and not part.attached
    kept_by_wire = part.kind.startswith("message/")
    return part.kind in _BESIDE or another_form or kept_by_wire


def _is_ornament(part: Leaf, data: bytes) -> bool:
    if _BESIDE_BYTES.match(data) and part.kind not in _SEALED:
        return True
    if part.attached or not part.kind.startswith("image/"):
        return False
    drawn = size_of(data)
    low = drawn is not None and min(drawn) < _LOW
    return low or len(data) < (_SMALL if _PHOTO.match(data) is None else _TINY)


def _says_nothing(part: Leaf, data: bytes) -> bool:
    """Exchange makes an attachment of what an iPhone writes below a picture: often no more than its own name."""
    if part.kind not in _BODIES or len(data) > _MOST_WORDS or b"\0" in data:
        return False
    text = words(data, part.charset)
    return not trim(hypertext.read(text).text if part.kind == "text/html" else text)
