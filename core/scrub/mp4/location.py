"""Where a film says it was made, and which kinds of trace stand beside it: read before all of it is left out.

Layout: QuickTime user data and metadata keys, ISO 6709; 3GPP TS 26.244 section 8.10 (loci).
"""

import re
import struct

from core.messages import Point

_ISO_6709 = re.compile(rb"([+-]\d{2}(?:\.\d{1,10})?)([+-]\d{3}(?:\.\d{1,10})?)(?:[+-]\d+(?:\.\d+)?)?(?:CRS[^/]*)?/?")
_NEAR = 400  # bytes behind a name in which its value stands
_NAMES = (b"\xa9xyz", b"location.ISO6709")
_FIXED = 65_536


def place(head: bytes) -> Point | None:
    """Of the box moov; None where it says none that is on earth."""
    return _words(head) or _numbers(head)


def _words(head: bytes) -> Point | None:
    for name in _NAMES:
        at = head.find(name)
        if at < 0:
            continue
        # The name of a metadata key stands apart from its value; there is one list of keys, and one of values.
        found = _ISO_6709.search(head, at, at + _NEAR if name == _NAMES[0] else len(head))
        if found:
            return _point(float(found[1]), float(found[2]))
    return None


def _numbers(head: bytes) -> Point | None:
    at = head.find(b"loci")
    if at < 0:
        return None
    name = at + 10  # behind kind, version and language
    wide = head[name : name + 2] in {b"\xfe\xff", b"\xff\xfe"}
    end = head.find(b"\0\0" if wide else b"\0", name, name + _NEAR)
    end += 2 if wide else 1
    if end <= name or len(head) < end + 9:
        return None
    longitude, latitude = struct.unpack_from(">ii", head, end + 1)
    return _point(latitude / _FIXED, longitude / _FIXED)


def _point(latitude: float, longitude: float) -> Point | None:
    on_earth = abs(latitude) <= 90 and abs(longitude) <= 180  # noqa: PLR2004 -- degrees
    return Point(latitude, longitude) if on_earth and (latitude or longitude) else None
