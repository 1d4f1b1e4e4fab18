"""Reads from EXIF only which way is up, where it was, and which kinds of trace are there: no library parses the rest.

Never raises: whatever cannot be read counts as upright with a trace of kind `other`. Layout: TIFF 6.0, EXIF 2.32.
"""

from dataclasses import dataclass, field
from typing import Literal

from core.messages import Point
from core.scrub.file_traces import FileTrace

_ORIENTATION, _EXIF, _GPS = 0x0112, 0x8769, 0x8825
_LATITUDE, _LONGITUDE = 2, 4  # in the GPS directory; the tag before each says which half of the earth
_RATIONAL = 5
_POLE, _DATE_LINE = 90.0, 180.0
_SCALES = (1, 60, 3600)  # degrees, minutes, seconds
_ENTRY = 12
_MARK = 42
_SIZES = {1: 1, 3: 2, 4: 4}  # BYTE, SHORT, LONG: how wide a whole number may be written
_TRACES = {
    tag: trace
    for trace, tags in {
        # make, model, program, computer, maker's note, serial numbers, lens
        FileTrace.CAMERA: (0x010F, 0x0110, 0x0131, 0x013C, 0x927C, 0xA431, 0xA433, 0xA434, 0xA435),
        # of the file, of the picture, of its digits; offsets, parts of a second
        FileTrace.TIME: (0x0132, 0x9003, 0x9004, 0x9010, 0x9011, 0x9012, 0x9290, 0x9291, 0x9292),
        # description, artist, XMP, copyright, IPTC, comment, owner
        FileTrace.TEXT: (0x010E, 0x013B, 0x02BC, 0x8298, 0x83BB, 0x9286, 0xA430),
        FileTrace.GPS: (_GPS,),
    }.items()
    for tag in tags
}


@dataclass(frozen=True, slots=True)
class Exif:
    """What is wanted of an EXIF block; `orientation` is 1 to 8."""

    orientation: int = 1
    traces: frozenset[FileTrace] = frozenset()
    place: Point | None = field(default=None, repr=False)

    def first(self, second: "Exif") -> "Exif":
        """Of several blocks the first counts; `self` is what stood before, or nothing."""
        if not self.traces:
            return second
        return Exif(self.orientation, self.traces | second.traces, self.place or second.place)


@dataclass(frozen=True, slots=True)
class TiffReader:
    """Numbers and directories of a TIFF block, wherever it points."""

    data: bytes
    little: bool

    @property
    def order(self) -> Literal["little", "big"]:
        """Of the bytes in a number."""
        return "little" if self.little else "big"

    def number(self, at: int, size: int) -> int:
        """Zero or too small behind the end."""
        return int.from_bytes(self.data[at : at + size], self.order)

    def directory(self, at: int) -> tuple[dict[int, int], int]:
        """Where each tag's entry stands, and where the next directory does (0: none)."""
        if not 0 < at < len(self.data) - 2:
            return {}, 0
        fits = (len(self.data) - at - 2) // _ENTRY
        count = min(self.number(at, 2), fits)
        starts = [at + 2 + _ENTRY * i for i in range(count)]
        return {self.number(start, 2): start for start in starts}, self.number(at + 2 + _ENTRY * count, 4)

    def value(self, entries: dict[int, int], tag: int) -> int:
        """A whole number; 0 where there is none."""
        entry = entries.get(tag)
        return 0 if entry is None else self.number(entry + 8, _SIZES.get(self.number(entry + 2, 2), 0))

    def orientation(self, entries: dict[int, int]) -> int:
        """1 where there is none."""
        value = self.value(entries, _ORIENTATION)
        return value if 1 <= value <= 8 else 1  # noqa: PLR2004 -- the eight ways of EXIF

    def place(self, at: int) -> Point | None:
        """What the GPS directory there says, if that is on earth; both zero is what cameras say that know nothing."""
        entries, _ = self.directory(at)
        latitude, longitude = self._degrees(entries, _LATITUDE, _POLE), self._degrees(entries, _LONGITUDE, _DATE_LINE)
        if latitude is None or longitude is None or latitude == longitude == 0:
            return None
        return Point(latitude, longitude)

    def _degrees(self, entries: dict[int, int], tag: int, most: float) -> float | None:
        half, angle = entries.get(tag - 1), entries.get(tag)
        if half is None or angle is None or self.number(angle + 2, 2) != _RATIONAL:
            return None
        count, start = min(self.number(angle + 4, 4), len(_SCALES)), self.number(angle + 8, 4)
        pairs = [(self.number(at, 4), self.number(at + 4, 4)) for at in range(start, start + 8 * count, 8)]
        if not pairs or any(not below for _, below in pairs):
            return None
        degrees = sum(above / below / scale for (above, below), scale in zip(pairs, _SCALES, strict=False))
        sign = -1 if self.data[half + 8 : half + 9] in {b"S", b"W"} else 1
        return round(sign * degrees, 7) if degrees <= most else None


def read(block: bytes) -> Exif:
    """Of a TIFF block as APP1 (behind `Exif` and two zeros) and PNG's eXIf hold it."""
    tiff = TiffReader(block, little=block[:2] == b"II")
    if block[:2] not in {b"II", b"MM"} or tiff.number(2, 2) != _MARK:
        return Exif(traces=frozenset({FileTrace.OTHER}))
    main, thumbnail = tiff.directory(tiff.number(4, 4))
    inner, _ = tiff.directory(tiff.number(main[_EXIF] + 8, 4)) if _EXIF in main else ({}, 0)
    traces = {_TRACES.get(tag, FileTrace.OTHER) for tag in (*main, *inner) if tag not in {_ORIENTATION, _EXIF}}
    if thumbnail:
        traces.add(FileTrace.THUMBNAIL)
    turned = tiff.orientation(main)
    place = tiff.place(tiff.number(main[_GPS] + 8, 4)) if _GPS in main else None
    return Exif(turned, frozenset(traces or {FileTrace.OTHER}), place)
