"""JPEG: the coded pixels go on under a head of our own where they are proved sound, else they are drawn anew."""

import simplejpeg

from core.errors import Refused
from core.limits import DEFAULT, Limits
from core.scrub import jpeg_lossless, pixels
from core.scrub.file_traces import FormatResult
from core.scrub.jpeg_parts import JpegParts, parts_of

_BEARABLE = ("extraneous bytes", "Could not determine subsampling")
_SPACES = {1: "GRAY", 3: "RGB", 4: "CMYK"}  # by the number of components
_MODES = {1: "L", 3: "RGB", 4: "CMYK"}


def clean(data: bytes, limits: Limits = DEFAULT) -> FormatResult:
    """The picture, and what was left out; raises Refused, and whatever Pillow does about broken bytes."""
    parts = parts_of(data, limits)
    kept = None
    lossy = pixels.speaks_otherwise(parts.profile, _MODES[len(parts.components)]) or jpeg_lossless.speaks(parts)
    if parts.plain and not lossy:
        kept = jpeg_lossless.upright(parts) or jpeg_lossless.recoded(parts, limits)
    return FormatResult(kept or _drawn(parts), frozenset(parts.traces), parts.exif.place)


def _drawn(parts: JpegParts) -> bytes:
    """From pixels that decode without a complaint; Pillow alone would be silent about all but a cut."""
    rebuilt = parts.rebuilt()
    space = _SPACES[len(parts.components)]
    try:
        simplejpeg.decode_jpeg(rebuilt, space, min_height=1, min_width=1, min_factor=8, strict=True)
    except ValueError as complaint:
        _bearable(complaint, parts)
    image = pixels.decoded(rebuilt, "JPEG")
    turned = pixels.upright(image, parts.exif.orientation)
    del image  # sixty megapixels are not held twice
    return pixels.as_jpeg(pixels.srgb(turned, parts.profile))


def _bearable(complaint: ValueError, parts: JpegParts) -> None:
    """Raises Refused unless Pillow may draw the file although the strict decoder does not like it.

    Bytes behind the last pixel of a scan are no damage: some phones leave them there, and so do hiders. TurboJPEG knows
    only the usual subsamplings. In a file without an end, nothing but strict decoding tells whether all is there.
    """
    if not parts.ended or not any(words in str(complaint) for words in _BEARABLE):
        raise Refused("file_damaged") from None
