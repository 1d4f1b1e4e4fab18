"""A place that a phone shares by mail: a contact that is a link to a map and nobody's (.loc.vcf), read as text."""

import re
from collections.abc import Iterable
from typing import Final

from bots.mail.mime_parts import Leaf
from core import areas

_READ: Final = 20_000  # encoded bytes
_CARD: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,20}BEGIN:VCARD\b", re.IGNORECASE)
_FOLD: Final = re.compile(r"\r?\n[ \t]")
_LINK: Final = re.compile(
    r"^[^:\n]{0,60}url[^:\n]{0,60}:(https?://(?:maps\.[a-z.]{3,20}|[a-z.]{3,20}/maps|[a-z.]{0,9}openstreetmap\.org)\b.{1,900})",
    re.IGNORECASE | re.MULTILINE,
)
_SOMEBODYS: Final = re.compile(r"^(?:[\w-]{1,20}\.)?EMAIL\b", re.IGNORECASE | re.MULTILINE)


def shared(parts: Iterable[Leaf]) -> str:
    """The first such place in or near the city, as a link to it; empty where none was attached."""
    return next((found for part in parts if not part.message and (found := _link_in(part))), "")


def _link_in(part: Leaf) -> str:
    data = part.data(_READ)
    if not _CARD.match(data):
        return ""
    card = _FOLD.sub("", data.decode("utf-8", "replace")).replace("\\,", ",")
    link = _LINK.search(card)
    point = areas.point_in(link[1]) if link is not None and not _SOMEBODYS.search(card) else None
    return f"geo:{point.latitude},{point.longitude}" if point is not None else ""
