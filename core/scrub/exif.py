"""Reads from EXIF only which way is up and which kinds of trace are there, so that no library parses the rest.

Never raises: whatever cannot be read counts as upright with a trace of kind `other`. Layout: TIFF 6.0, EXIF 2.32.
"""

from dataclasses import dataclass

from core.scrub.traces import Trace

_ORIENTATION, _EXIF, _GPS = 0x0112, 0x8769, 0x8825
_ENTRY = 12
_MARK = 42
_SIZES = {1: 1, 3: 2, 4: 4}  # BYTE, SHORT, LONG: how wide an orientation may be written
_TRACES = {
    0x010E: Trace.TEXT,  # ImageDescription
    0x010F: Trace.CAMERA,  # Make
    0x0110: Trace.CAMERA,  # Model
    0x0131: Trace.CAMERA,  # Software
    0x0132: Trace.TIME,  # DateTime
    0x013B: Trace.TEXT,  # Artist
    0x013C: Trace.CAMERA,  # HostComputer
    0x02BC: Trace.TEXT,  # XMP
    0x8298: Trace.TEXT,  # Copyright
    0x83BB: Trace.TEXT,  # IPTC
    0x8825: Trace.GPS,
    0x9003: Trace.TIME,  # DateTimeOriginal
    0x9004: Trace.TIME,  # DateTimeDigitized
    0x9010: Trace.TIME,  # OffsetTime
    0x9011: Trace.TIME,
    0x9012: Trace.TIME,
    0x927C: Trace.CAMERA,  # MakerNote
    0x9286: Trace.TEXT,  # UserComment
    0x9290: Trace.TIME,  # SubSecTime
    0x9291: Trace.TIME,
    0x9292: Trace.TIME,
    0xA420: Trace.OTHER,  # ImageUniqueID
    0xA430: Trace.TEXT,  # CameraOwnerName
    0xA431: Trace.CAMERA,  # BodySerialNumber
    0xA433: Trace.CAMERA,  # LensMake
    0xA434: Trace.CAMERA,  # LensModel
    0xA435: Trace.CAMERA,  # LensSerialNumber
}


@dataclass(frozen=True, slots=True)
class Exif:
    """What is wanted of an EXIF block; `orientation` is 1 to 8."""

    orientation: int = 1
    traces: frozenset[Trace] = frozenset()


@dataclass(frozen=True, slots=True)
class _Tiff:
    data: bytes
    little: bool

    def number(self, at: int, size: int) -> int:
        return int.from_bytes(self.data[at : at + size], "little" if self.little else "big")

    def directory(self, at: int) -> tuple[dict[int, int], int]:
        """Where each tag's entry stands, and where the next directory does (0: none)."""
        if not 0 < at < len(self.data) - 2:
            return {}, 0
        fits = (len(self.data) - at - 2) // _ENTRY
        count = min(self.number(at, 2), fits)
        starts = [at + 2 + _ENTRY * i for i in range(count)]
        return {self.number(start, 2): start for start in starts}, self.number(at + 2 + _ENTRY * count, 4)

    def orientation(self, entry: int) -> int:
        size = _SIZES.get(self.number(entry + 2, 2), 0)
        value = self.number(entry + 8, size)
        return value if 1 <= value <= 8 else 1  # noqa: PLR2004 -- the eight ways of EXIF


def read(block: bytes) -> Exif:
    """Of a TIFF block as APP1 (behind `Exif` and two zeros) and PNG's eXIf hold it."""
    tiff = _Tiff(block, little=block[:2] == b"II")
    if block[:2] not in {b"II", b"MM"} or tiff.number(2, 2) != _MARK:
        return Exif(traces=frozenset({Trace.OTHER}))
    main, thumbnail = tiff.directory(tiff.number(4, 4))
    inner, _ = tiff.directory(tiff.number(main[_EXIF] + 8, 4)) if _EXIF in main else ({}, 0)
    traces = {_TRACES.get(tag, Trace.OTHER) for tag in (*main, *inner) if tag not in {_ORIENTATION, _EXIF}}
    if thumbnail:
        traces.add(Trace.THUMBNAIL)
    turned = tiff.orientation(main[_ORIENTATION]) if _ORIENTATION in main else 1
    return Exif(turned, frozenset(traces or {Trace.OTHER}))
