"""MPEG-4 part 2, as older phones film: only the parts that carry pictures, so that no user data stays.

Layout: ISO 14496-2, table 6-3.
"""

import re

from core.errors import Refused

_START = re.compile(rb"\x00\x00\x01(.)", re.DOTALL)
_OBJECT, _LAYER = range(0x20), range(0x20, 0x30)
_SEQUENCE, _GROUP, _VISUAL, _PICTURE = 0xB0, 0xB3, 0xB5, 0xB6
_KEPT = frozenset({*_OBJECT, *_LAYER, _SEQUENCE, _GROUP, _VISUAL, _PICTURE})


def bare(data: bytes) -> bytes:
    """Without user data and anything unknown; raises Refused where it begins with no part."""
    if not data.startswith(b"\0\0\1"):
        raise Refused("file_damaged")
    starts = [found.start() for found in _START.finditer(data)]
    if all(data[start + 3] in _KEPT for start in starts):
        return data
    parts = zip(starts, [*starts[1:], len(data)], strict=True)
    return b"".join(data[start:end] for start, end in parts if data[start + 3] in _KEPT)
