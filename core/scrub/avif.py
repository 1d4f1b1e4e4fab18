"""AVIF, still: measured, decoded by one thread and drawn anew."""

import io

from PIL import AvifImagePlugin, ExifTags, Image

from core.errors import Refused
from core.limits import DEFAULT, Limits
from core.scrub import pixels
from core.scrub.exif import Exif, read
from core.scrub.traces import Made, Trace

AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # the walls stand around one


def clean(data: bytes, limits: Limits = DEFAULT) -> Made:
    """Raises Refused, and whatever Pillow does about broken bytes."""
    image = Image.open(io.BytesIO(data), formats=["AVIF"])
    if getattr(image, "is_animated", False):
        raise Refused("file_animated")
    if image.width * image.height > limits.pixels:
        raise Refused("file_too_large")
    found, traces = _exif(image)
    image.load()
    return pixels.made(image, found, frozenset(traces), image.info.get("icc_profile"))


def _exif(image: Image.Image) -> tuple[Exif, set[Trace]]:
    """The container's own turn counts more than EXIF's; Pillow has put it there."""
    block = image.info.get("exif", b"")
    found = read(block.removeprefix(b"Exif\0\0")) if block else Exif()
    traces = set(found.traces)
    for name, trace in (("icc_profile", Trace.PROFILE), ("xmp", Trace.TEXT)):
        if name in image.info:
            traces.add(trace)
    turn = image.getexif().get(ExifTags.Base.Orientation, 1)
    return Exif(turn if isinstance(turn, int) else 1, found.traces, found.place), traces
