"""A clean file and why one is refused: all that most of the service needs to know of files, and soon loaded."""

import re
from dataclasses import dataclass, field

from core.messages import Point

REFUSALS = (
    "file_kind", "file_too_large", "file_damaged", "file_animated", "file_pages", "file_too_long", "file_locked",
    "file_office", "file_archive", "file_markup",
)  # fmt: skip
# How a file begins that is drawn page by page; some servers put blank lines in front, and every viewer opens it.
_DOCUMENT = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]{0,64}%PDF-")


@dataclass(frozen=True, slots=True)
class Clean:
    """A file that holds pixels, sound or words and nothing else; `kind` is its media type.

    `removed`: the kinds of trace left out. `place`: where the file said it was made, to be offered to who sent it.
    """

    data: bytes = field(repr=False)
    kind: str
    extension: str
    removed: tuple[str, ...]
    place: Point | None = field(default=None, repr=False)


def is_document(data: bytes) -> bool:
    """Whether a file begins as one that is drawn page by page, which may take long; nothing of it is read."""
    return _DOCUMENT.match(data) is not None
