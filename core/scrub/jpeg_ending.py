"""JPEG without an end: where its pixels stop, so that nothing that stands behind them goes on.

Some phones write panoramas so, with data of their own right behind the last pixel; and files are cut on their way.
"""

import re

import simplejpeg

from core.errors import Refused
from core.scrub.file_traces import FileTrace
from core.scrub.jpeg_lossless import words_in
from core.scrub.jpeg_parts import JpegParts

SPACES = {1: "GRAY", 3: "RGB", 4: "CMYK"}  # by the number of components
_PRINT = 4
_RESTARTS, _RESTART = b"\xff\xdd", re.compile(rb"\xff[\xd0-\xd7]")
_SURPLUS = re.compile(r"(\d+) extraneous bytes before marker")
_ENDS_EARLY = ("premature end of data segment", *(f"found marker 0xd9 instead of RST{turn}" for turn in range(8)))
_MOST_FALSE_SCANS = 4
_PREFETCHED = 24  # bytes that the decoder may have read and not needed, zeros behind 0xFF counted
_BLANK = 128  # what it leaves where coded pixels are missing
_ENOUGH = 0.75  # of its lines, for a picture to be shown


def close(parts: JpegParts) -> bool:
    """Ends the last scan with its last pixel; False where some are missing.

    Raises Refused where less than three quarters of the picture are there, or what is there is not sound.
    """
    surplus = _last_sound_scan(parts)
    if surplus is not None:
        _shorten(parts, _last_needed(parts, len(parts.coded[-1]) - surplus))
    words = words_in(parts.coded[-1])
    _shorten(parts, words)
    parts.ended = surplus is not None and words is None
    if not parts.ended and not _shows_enough(parts):
        raise Refused("file_damaged")
    return parts.ended


def _last_sound_scan(parts: JpegParts) -> int | None:
    """Makes it the last one, and tells its surplus; the last ones may be something else that only looks like scans."""
    for _ in parts.coded[:_MOST_FALSE_SCANS]:
        del parts.kept[parts.last_scan_at + 1 :]
        if not any(part[:2] == _RESTARTS for part in parts.kept):
            _shorten(parts, next((found.start() for found in _RESTART.finditer(parts.coded[-1])), None))
        complaint = _complaint(parts, len(parts.coded[-1]))
        if len(parts.coded) == 1 or not complaint or complaint.endswith(_ENDS_EARLY) or _SURPLUS.search(complaint):
            return _surplus(complaint)
        parts.traces.add(FileTrace.TRAILER)
        parts.coded.pop()
        parts.kept.pop()
    raise Refused("file_damaged")


def _shorten(parts: JpegParts, size: int | None) -> None:
    if size is not None and size < len(parts.coded[-1]):
        parts.traces.add(FileTrace.TRAILER)
        parts.coded[-1] = parts.kept[-1] = parts.coded[-1][:size]


def _complaint(parts: JpegParts, size: int) -> str:
    """The decoder's first about so many bytes of the last scan, or nothing."""
    try:
        simplejpeg.decode_jpeg(
            parts.rebuilt(size), SPACES[len(parts.components)], min_height=1, min_width=1, min_factor=8, strict=True
        )
    except ValueError as complaint:
        return str(complaint)
    return ""


def _surplus(complaint: str) -> int | None:
    """Bytes behind the last pixel that the decoder did not touch; None where pixels are missing or broken."""
    found = _SURPLUS.search(complaint)
    return int(found[1]) if found else None if complaint else 0


def _last_needed(parts: JpegParts, most: int) -> int:
    """How many bytes of the last scan its pixels need; `most` are about enough."""
    low, high = max(0, most - _PREFETCHED), most
    if not _needs_more(parts, low) or _needs_more(parts, high):  # marks in the trailer have misled it
        low, high = 0, len(parts.coded[-1])
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _needs_more(parts, middle) else (low, middle)
    return high


def _needs_more(parts: JpegParts, size: int) -> bool:
    return _surplus(_complaint(parts, size)) is None


def _shows_enough(parts: JpegParts) -> bool:
    complaint = _complaint(parts, len(parts.coded[-1]))
    if not complaint.endswith(_ENDS_EARLY) or len(parts.components) == _PRINT:
        return False
    seen = simplejpeg.decode_jpeg(parts.rebuilt(), "GRAY", min_height=1, min_width=1, min_factor=8, strict=False)
    shown = (seen != _BLANK).any(axis=(1, 2)).nonzero()[0]
    return shown.size > 0 and int(shown[-1]) + 1 >= _ENOUGH * len(seen)
