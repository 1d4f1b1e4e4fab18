"""JPEG without an end: about where its pixels stop, so that what stands behind them is left out.

A few bytes may be left that the decoder had fetched with the last pixel: those who code the pixels anew drop them.
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
_FIRST_RESTART = 0xD0
_SURPLUS = re.compile(r"(\d+) extraneous bytes before marker")
_ENDS_EARLY = ("premature end of data segment", *(f"found marker 0xd9 instead of RST{turn}" for turn in range(8)))
_MOST_FALSE_SCANS = 4
_MOST_CUTS = 6
_BLANK = 128  # what it leaves where coded pixels are missing
_ENOUGH = 0.75  # of its lines, for a picture to be shown


def close(parts: JpegParts) -> bool:
    """Ends the last scan soon behind its last pixel; False where some are missing.

    Raises Refused where less than three quarters of the picture are there, or what is there is not sound.
    """
    surplus = _last_sound_scan(parts)
    for _ in range(_MOST_CUTS):  # it counts up to the next mark, and zeros behind 0xFF not as we do
        if not surplus:
            break
        _shorten(parts, len(parts.coded[-1]) - surplus)
        surplus = _surplus(_complaint(parts))
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
        _shorten(parts, _false_restart(parts))
        complaint = _complaint(parts)
        if len(parts.coded) == 1 or not complaint or complaint.endswith(_ENDS_EARLY) or _SURPLUS.search(complaint):
            return _surplus(complaint)
        parts.traces.add(FileTrace.TRAILER)
        parts.coded.pop()
        parts.kept.pop()
    raise Refused("file_damaged")


def _false_restart(parts: JpegParts) -> int | None:
    """Where a mark stands among the coded pixels that is not the next one in turn, or that this file does not use."""
    restarts = any(part[:2] == _RESTARTS for part in parts.kept)
    for turn, found in enumerate(_RESTART.finditer(parts.coded[-1])):
        if not restarts or found[0][1] != _FIRST_RESTART + turn % 8:
            return found.start()
    return None


def _shorten(parts: JpegParts, size: int | None) -> None:
    if size is not None and size < len(parts.coded[-1]):
        parts.traces.add(FileTrace.TRAILER)
        parts.coded[-1] = parts.kept[-1] = parts.coded[-1][:size]


def _complaint(parts: JpegParts) -> str:
    """The decoder's first, or nothing."""
    try:
        simplejpeg.decode_jpeg(
            parts.rebuilt(), SPACES[len(parts.components)], min_height=1, min_width=1, min_factor=8, strict=True
        )
    except ValueError as complaint:
        return str(complaint)
    return ""


def _surplus(complaint: str) -> int | None:
    """Bytes behind the last pixel that the decoder did not touch; None where pixels are missing or broken."""
    found = _SURPLUS.search(complaint)
    return int(found[1]) if found else None if complaint else 0


def _shows_enough(parts: JpegParts) -> bool:
    complaint = _complaint(parts)
    if not complaint.endswith(_ENDS_EARLY) or len(parts.components) == _PRINT:
        return False
    seen = simplejpeg.decode_jpeg(parts.rebuilt(), "GRAY", min_height=1, min_width=1, min_factor=8, strict=False)
    shown = (seen != _BLANK).any(axis=(1, 2)).nonzero()[0]
    return shown.size > 0 and int(shown[-1]) + 1 >= _ENOUGH * len(seen)
