"""How parent and child speak: length-prefixed requests and answers, so that garbage is known as garbage."""

import math
import struct
from dataclasses import dataclass, field
from typing import Final

from core import scrub
from core.errors import Refused
from core.image_similarity import SIGNS
from core.messages import PerceptualHash, Point
from core.scrub import REFUSALS, Clean, FileTrace, Limits
from core.scrub.hash_regions import REGIONS

REQUEST: Final = struct.Struct(">Q")  # bytes of the file in the room
ANSWER: Final = struct.Struct(">BHQ")  # what it is, bytes of the note that follows, bytes of the file in the room
MOST_NOTE: Final = 256
BORN: Final = struct.Struct(">I")  # number of a child, with a handle of it; 0 without one: there is none to be had
HANDED: Final = 3  # to a zygote: where its child reads from, where it writes to, the room

HELLO, CLEAN, REFUSED, HASHED = 1, 2, 3, 4
"""Kinds of answer: sealed, names of restrictions · a clean file, its kind, traces and @place · refused, the phrase ·
what a picture looks like, a hash behind the other in the room."""
HASH_ONLY: Final = 1 << 63  # set in a request: the file is clean, and only what it looks like is asked

_PLACE: Final = "@"
_HASH: Final = 2 * SIGNS
_HASHES: Final = len(REGIONS)
_DEFAULT: Final = Limits()


class Garbage(Exception):
    """The child answered something that it would never say by itself."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the child says."""

    kind: int
    note: bytes
    data: bytes = field(default=b"", repr=False)


def told(clean: Clean) -> Answer:
    """A clean file as the child hands it back."""
    place = () if clean.place is None else (f"{_PLACE}{clean.place.latitude!r},{clean.place.longitude!r}",)
    return Answer(CLEAN, " ".join((clean.kind, *clean.removed, *place)).encode(), clean.data)


def believed(answer: Answer, limits: Limits = _DEFAULT) -> Clean:
    """The clean file in an answer, proved once more on this side; raises Refused as the child says, or Garbage."""
    kind, *words = answer.note.decode("ascii", "replace").split(" ")
    if answer.kind == REFUSED and kind in REFUSALS:
        raise Refused(kind)
    places = [word for word in words if word.startswith(_PLACE)]
    removed = tuple(word for word in words if not word.startswith(_PLACE))
    extension = next((row.extension for row in scrub.FORMATS if row.kind == kind), "")
    clean = Clean(answer.data, kind, extension, removed, _place(places))
    if answer.kind != CLEAN or not set(removed) <= set(FileTrace) or not scrub.proved(clean, limits):
        raise Garbage
    return clean


def seen(answer: Answer, exact: bytes) -> PerceptualHash | None:
    """What a picture looks like; None where the child could not tell. Raises Garbage."""
    if answer.kind == REFUSED:
        return None
    hashes = tuple(answer.data[at : at + _HASH] for at in range(0, len(answer.data), _HASH))
    if answer.kind != HASHED or len(answer.data) != _HASHES * _HASH:
        raise Garbage
    return PerceptualHash(hashes, exact)


def _place(words: list[str]) -> Point | None:
    if not words:
        return None
    try:
        latitude, longitude = map(float, words[0].removeprefix(_PLACE).split(","))
    except ValueError:
        raise Garbage from None
    on_earth = math.isfinite(latitude) and abs(latitude) <= 90 and math.isfinite(longitude) and abs(longitude) <= 180  # noqa: PLR2004 -- degrees
    if len(words) > 1 or not on_earth:
        raise Garbage
    return Point(latitude, longitude)
