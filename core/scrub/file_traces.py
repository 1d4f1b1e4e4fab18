"""Names for what was taken out of a file, so that it can be told without what it said; and what a format makes."""

from dataclasses import dataclass, field
from enum import StrEnum

from core.messages import Point


class FileTrace(StrEnum):
    """A kind of trace that a file carried."""

    GPS = "gps"
    CAMERA = "camera"
    TIME = "time"
    COMMENT = "comment"
    THUMBNAIL = "thumbnail"
    PROFILE = "profile"
    TRAILER = "trailer"
    TEXT = "text"
    SOFTWARE = "software"
    ATTACHMENT = "attachment"
    SCRIPT = "script"
    HIDDEN = "hidden"  # what a reader of words cannot see
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class FormatResult:
    """What a format's module makes of a file. `place`: where the file said it was made, read before it is gone.

    `kind` and `extension`: only where the row's own do not say it (a picture without loss comes out as PNG).
    """

    data: bytes = field(repr=False)
    traces: frozenset[FileTrace]
    place: Point | None = field(default=None, repr=False)
    kind: str = ""
    extension: str = ""
