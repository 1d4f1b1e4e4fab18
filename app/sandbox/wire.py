"""How parent and child speak: length-prefixed requests and answers, so that garbage is known as garbage."""

import struct
from dataclasses import dataclass, field
from typing import Final

from core.errors import Refused
from core.scrub import FORMATS, REFUSALS, Clean, Trace, proved

REQUEST: Final = struct.Struct(">Q")  # bytes of the file that follows
ANSWER: Final = struct.Struct(">BHQ")  # what it is, bytes of the note, bytes of the file
MOST_NOTE: Final = 256

HELLO, CLEAN, REFUSED = 1, 2, 3
"""Kinds of answer: sealed, the note names the walls · a clean file, the note kind and traces · refused, the phrase."""


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
    return Answer(CLEAN, " ".join((clean.kind, *clean.removed)).encode(), clean.data)


def believed(answer: Answer) -> Clean:
    """The clean file in an answer, proved once more on this side; raises Refused as the child says, or Garbage."""
    kind, *removed = answer.note.decode("ascii", "replace").split(" ")
    if answer.kind == REFUSED and kind in REFUSALS:
        raise Refused(kind)
    extension = next((row.extension for row in FORMATS if row.kind == kind), "")
    clean = Clean(answer.data, kind, extension, tuple(removed))
    if answer.kind != CLEAN or not set(removed) <= set(Trace) or not proved(clean):
        raise Garbage
    return clean
