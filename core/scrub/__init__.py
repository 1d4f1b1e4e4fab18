"""Scrub: bytes of a citizen's file in, clean bytes or a refusal out, so that nothing is left but what is to be seen.

One module a format, one row each in FORMATS. `limits` has what a file may cost, `proof` reads every result once more.
"""

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

from PIL import Image

from core.errors import Refused
from core.scrub import jpeg, png, proof
from core.scrub.limits import MOST_BYTES, MOST_CLEAN_BYTES
from core.scrub.traces import Trace

__all__ = [
    "FORMATS",
    "MOST_BYTES",
    "MOST_CLEAN_BYTES",
    "REFUSALS",
    "Clean",
    "Format",
    "Trace",
    "proved",
    "scrub",
    "scrub_as",
]

REFUSALS = ("file_kind", "file_too_large", "file_damaged", "file_animated")

# What Pillow, zlib and struct raise about bytes that are not what they claim to be.
_COMPLAINTS = (
    ArithmeticError, AttributeError, EOFError, IndexError, KeyError, MemoryError, OSError, RuntimeError, SyntaxError,
    TypeError, ValueError, struct.error, zlib.error, Image.DecompressionBombError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clean:
    """A file that holds pixels and nothing else; `kind` is its media type, `removed` the kinds of trace left out."""

    data: bytes = field(repr=False)
    kind: str
    extension: str
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file that we take, known by how it begins."""

    magic: bytes
    kind: str
    extension: str
    clean: Callable[[bytes], tuple[bytes, frozenset[Trace]]]
    bare: Callable[[bytes], bool]  # the proof


FORMATS = (
    Format(b"\xff\xd8\xff", "image/jpeg", ".jpg", jpeg.clean, proof.jpeg_is_bare),
    Format(png.SIGNATURE, "image/png", ".png", png.clean, proof.png_is_bare),
)


def scrub(data: bytes) -> Clean:
    """Raises Refused with one of REFUSALS, and nothing else; the same bytes in give the same bytes out."""
    form = next((row for row in FORMATS if data.startswith(row.magic)), None)
    if form is None:
        raise Refused("file_kind")
    if len(data) > MOST_BYTES:
        raise Refused("file_too_large")
    return scrub_as(form, data)


def scrub_as(form: Format, data: bytes) -> Clean:
    """A file of a known format; what its module makes of it is taken only where the proof holds."""
    try:
        drawn, traces = form.clean(data)
    except _COMPLAINTS:
        raise Refused("file_damaged") from None
    if len(drawn) > MOST_CLEAN_BYTES:
        raise Refused("file_too_large")
    if not form.bare(drawn):
        raise Refused("file_damaged")
    return Clean(drawn, form.kind, form.extension, tuple(sorted(traces)))


def proved(clean: Clean) -> bool:
    """Whether a result from elsewhere is what it says: of a kind that we write, and bare."""
    form = next((row for row in FORMATS if row.kind == clean.kind and row.extension == clean.extension), None)
    return form is not None and len(clean.data) <= MOST_CLEAN_BYTES and form.bare(clean.data)
