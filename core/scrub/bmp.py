"""BMP: measured, decoded and drawn anew as PNG or JPEG."""

from core.errors import Refused
from core.limits import DEFAULT, Limits
from core.scrub import pixels
from core.scrub.exif import Exif
from core.scrub.file_traces import FileTrace, FormatResult

MAGIC = b"BM"
_FILE_HEAD, _OLD_HEAD = 14, 12
_HEADS = frozenset({_OLD_HEAD, 40, 52, 56, 64, 108, 124})
_PLAIN, _RUNS, _MASKS = 0, frozenset({1, 2}), frozenset({3, 6})
_MOST_RUNS = 4_000_000  # pixels of the packed kind, which are unpacked one by one
_SIGNED = 1 << 31
_SIZE_TOLD = slice(2, 6)


def known(data: bytes) -> bool:
    """Two letters are little to go by: one of the heads that there are follows."""
    return int.from_bytes(data[14:18], "little") in _HEADS


def clean(data: bytes, limits: Limits = DEFAULT) -> FormatResult:
    """Raises Refused, and whatever Pillow does about broken bytes."""
    _measure(data, limits)
    image = pixels.decoded(data, "BMP")
    told = int.from_bytes(data[_SIZE_TOLD], "little")
    traces = {FileTrace.TRAILER} if 0 < told < len(data) else set()
    return pixels.made(image, Exif(), frozenset(traces))


def _measure(data: bytes, limits: Limits) -> None:
    head = data[_FILE_HEAD:]
    wide = 2 if int.from_bytes(head[:4], "little") == _OLD_HEAD else 4
    width, height = (int.from_bytes(head[at : at + wide], "little") for at in (4, 4 + wide))
    if height & _SIGNED:
        height = (1 << 32) - height  # written from the top
    packing = int.from_bytes(head[16:20], "little") if wide > 2 else _PLAIN  # noqa: PLR2004 -- the old head has none
    pixels.measure(width, height, limits)
    if packing in _RUNS and width * height > _MOST_RUNS:
        raise Refused("file_too_large")
    if packing not in {_PLAIN, *_RUNS, *_MASKS}:
        raise Refused("file_kind")
