"""Scrub: bytes of a citizen's file in, clean bytes or a refusal out, so that nothing is left but what is to be seen.

One module a format, one row each in `formats`. `limits` has what a file may cost, `proof` reads every result once more.
"""

from typing import TYPE_CHECKING

from core.limits import Limits
from core.scrub.clean_file import REFUSALS, Clean, is_document
from core.scrub.file_traces import FileTrace, FormatResult

if TYPE_CHECKING:
    from core.scrub.formats import FORMATS, Format, proved, scrub, scrub_as, unproved

__all__ = [
    "FORMATS",
    "REFUSALS",
    "Clean",
    "FileTrace",
    "Format",
    "FormatResult",
    "Limits",
    "is_document",
    "proved",
    "scrub",
    "scrub_as",
    "unproved",
]


def __getattr__(name: str) -> object:
    """What opens files is loaded with the libraries for all of them, and so by those alone who open one."""
    if name in {"FORMATS", "Format", "proved", "scrub", "scrub_as", "unproved"}:
        from core.scrub import formats  # noqa: PLC0415 - see above

        return getattr(formats, name)
    raise AttributeError(name)
