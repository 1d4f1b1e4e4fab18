"""JPEG: the coded pixels go on under a head of our own where they are proved sound, else they are drawn anew."""

import simplejpeg

from core.errors import Refused
from core.limits import DEFAULT, Limits
from core.scrub import jpeg_ending, jpeg_lossless, pixels
from core.scrub.file_traces import FormatResult
from core.scrub.jpeg_parts import JpegParts, parts_of

_BEARABLE = ("extraneous bytes", "Could not determine subsampling")
# Where words may stand among the pixels: by steps that no other program takes, so that none comes out as it was coded.
_QUALITY_OF_NO_SOURCE = 87
_MODES = {1: "L", 3: "RGB", 4: "CMYK"}


def clean(data: bytes, limits: Limits = DEFAULT) -> FormatResult:
    """The picture, and what was left out; raises Refused, and whatever Pillow does about broken bytes."""
    parts = parts_of(data, limits)
    kept, closed = None, parts.ended
    whole = closed or jpeg_ending.close(parts)
    lossy = pixels.speaks_otherwise(parts.profile, _MODES[len(parts.components)]) or jpeg_lossless.speaks(parts)
    lossy = lossy or (not closed and jpeg_lossless.may_speak(parts))
    if whole and parts.plain and not lossy:
        kept = jpeg_lossless.upright(parts) or jpeg_lossless.recoded(parts, limits)
    if whole and not kept:
        _needs_no_guess(parts)
    drawn = kept or _drawn(parts, pixels.QUALITY if closed else _QUALITY_OF_NO_SOURCE)
    return FormatResult(drawn, frozenset(parts.traces), parts.exif.place)


def _drawn(parts: JpegParts, quality: int) -> bytes:
    image = pixels.decoded(parts.rebuilt(), "JPEG")
    turned = pixels.upright(image, parts.exif.orientation)
    del image  # sixty megapixels are not held twice
    return pixels.as_jpeg(pixels.srgb(turned, parts.profile), quality)


def _needs_no_guess(parts: JpegParts) -> None:
    """Raises Refused unless it decodes without a complaint: Pillow alone would be silent about all but a cut.

    Bytes behind the last pixel of a scan are no damage: some phones leave them there, and so do hiders. TurboJPEG knows
    only the usual subsamplings.
    """
    space = jpeg_ending.SPACES[len(parts.components)]
    try:
        simplejpeg.decode_jpeg(parts.rebuilt(), space, min_height=1, min_width=1, min_factor=8, strict=True)
    except ValueError as complaint:
        if not any(words in str(complaint) for words in _BEARABLE):
            raise Refused("file_damaged") from None
