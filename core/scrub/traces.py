"""Names for what was taken out of a file, so that it can be told without telling what it said."""

from enum import StrEnum


class Trace(StrEnum):
    """A kind of trace that a file carried."""

    GPS = "gps"
    CAMERA = "camera"
    TIME = "time"
    COMMENT = "comment"
    THUMBNAIL = "thumbnail"
    PROFILE = "profile"
    TRAILER = "trailer"
    TEXT = "text"
    OTHER = "other"
