"""What a JPEG is made of: its segments walked and sorted, so that only what carries pixels is ever used again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.errors import Refused
from core.limits import Limits
from core.scrub import pixels
from core.scrub.exif import Exif, read
from core.scrub.file_traces import FileTrace

APP0, SOI, EOI, SOS, SOF0, DQT, DHT = 0xE0, 0xD8, 0xD9, 0xDA, 0xC0, 0xDB, 0xC4
PLAIN_JFIF = b"JFIF\0\1\1\0\0\1\0\1\0\0"
_BROKEN = 0x00  # no marker: what is said to be a segment goes beyond the file
_APP1, _APP2, _APP13, _APP14, _COM, _DRI, _DAC = 0xE1, 0xE2, 0xED, 0xEE, 0xFE, 0xDD, 0xCC
_SEQUENTIAL = frozenset({SOF0, 0xC1, 0xC9})  # baseline, extended, arithmetic
_FRAMES = _SEQUENTIAL | {0xC2, 0xCA}  # progressive
_OTHER_FRAMES = frozenset({0xC3, 0xC5, 0xC6, 0xC7, 0xCB, 0xCD, 0xCE, 0xCF})
_BARE = frozenset({0x01, SOI, *range(0xD0, 0xD8)})  # no length follows
_NEXT = re.compile(rb"\xff([^\x00\xff])")
_NEXT_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")

_EXIF, _ICC, _ADOBE, _JFIF = b"Exif\0\0", b"ICC_PROFILE\0", b"Adobe", b"JFIF\0"
_PLAIN_ADOBE = b"Adobe\0\x64\0\0\0\0"  # and one byte behind it: how the colours are coded
_ADOBE_CODE = 11
_ADOBE_YCC = 1
_GREY, _COLOURS, _PRINT = 1, 3, 4  # numbers of components
_COUNTED = (b"\1\2\3", b"\0\1\2")  # names of components that say nothing; `RGB` would say RGB
_TABLES = frozenset({DQT, DHT, _DRI, _DAC})
_TRACES = {_APP1: FileTrace.TEXT, _APP13: FileTrace.TEXT, _COM: FileTrace.COMMENT}  # XMP, IPTC
_STEPS = 64  # of a quantisation table
_LENGTHS = 16  # of the codes in a Huffman table


@dataclass(frozen=True, slots=True, repr=False)
class _JpegSegment:
    marker: int
    body: bytes
    scan: memoryview = field(default=memoryview(b""))  # the coded pixels behind a SOS
    junk: bool = False  # stray bytes stood before it


@dataclass(slots=True)
class JpegParts:
    """What is taken from a file: the segments that carry pixels, and what helps to read them."""

    kept: list[bytes | memoryview] = field(default_factory=list)
    traces: set[FileTrace] = field(default_factory=set)
    frame: int = 0
    width: int = 0
    height: int = 0
    components: tuple[tuple[int, int], ...] = ()  # of each: how it is sampled, and its quantisation table
    names: bytes = b""  # of the components
    quants: dict[int, bytes] = field(default_factory=dict)
    codes: dict[int, bytes] = field(default_factory=dict)
    odd: bool = False  # tables that change on the way, restarts, steps of 16 bits: nothing that can be kept as it is
    scans: int = 0
    first_scan: bytes = b""
    coded: list[memoryview] = field(default_factory=list)  # pixels of each scan
    ended: bool = False
    jfif: bool = False
    adobe: int | None = None
    exif: Exif = field(default_factory=Exif)
    profiles: dict[int, bytes] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether the first scan has all pixels, so that no other can be missing."""
        return self.frame in _SEQUENTIAL and self.first_scan[:1] == bytes([len(self.components)])

    @property
    def profile(self) -> bytes | None:
        """The colour profile, put together."""
        return b"".join(body for _, body in sorted(self.profiles.items())) or None

    @property
    def plain(self) -> bool:
        """Whether it is grey or YCbCr to every reader, without a mark that would have to say so."""
        if len(self.components) != _COLOURS:
            return len(self.components) == _GREY
        return self.jfif or self.adobe == _ADOBE_YCC or (self.adobe is None and self.names in _COUNTED)

    @property
    def last_scan_at(self) -> int:
        """Where in `kept` the coded pixels of the last scan are."""
        return max(at for at, part in enumerate(self.kept) if isinstance(part, memoryview))

    def rebuilt(self) -> bytes:
        """The same picture from the parts that carry pixels alone."""
        head = [b"\xff\xd8"]
        if self.jfif:
            head.append(segment(APP0, PLAIN_JFIF))
        if self.adobe is not None:
            head.append(segment(_APP14, _PLAIN_ADOBE + bytes([self.adobe])))
        return b"".join((*head, *self.kept, b"\xff\xd9"))


def segment(marker: int, body: bytes) -> bytes:
    """A marker with its length and body."""
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2) + body


def parts_of(data: bytes, limits: Limits) -> JpegParts:
    """Raises Refused."""
    parts = JpegParts()
    for count, part in enumerate(_segments(data)):
        if count > limits.chunks or parts.scans > limits.scans:
            raise Refused("file_damaged")
        if parts.scans and _is_behind(parts, part.marker):
            parts.traces.add(FileTrace.TRAILER)
            break
        if part.junk:
            parts.traces.add(FileTrace.OTHER)
        if part.marker == _BROKEN:
            raise Refused("file_damaged")
        if part.marker != SOI:
            _take(parts, part, limits)
    if not parts.scans:
        raise Refused("file_damaged")
    return parts


def _is_behind(parts: JpegParts, marker: int) -> bool:
    """Whether what follows a scan belongs to something else: some phones put it there without an end before it."""
    strange = marker in {_BROKEN, SOI} or marker in _FRAMES | _OTHER_FRAMES
    return strange or (parts.whole and (marker in _TABLES or marker == SOS))


def _segments(data: bytes) -> Iterator[_JpegSegment]:
    view, at = memoryview(data), 2
    while found := _NEXT.search(data, at):
        junk = bool(data[at : found.start()].strip(b"\xff"))
        marker, at = found[1][0], found.end()
        if marker == EOI:
            yield _JpegSegment(marker, data[at:], junk=junk)
            return
        if marker == SOI:
            yield _JpegSegment(marker, b"", junk=junk)
        if marker in _BARE:
            continue
        end = at + int.from_bytes(data[at : at + 2])
        if end < at + 2 or end > len(data):
            yield _JpegSegment(_BROKEN, b"", junk=junk)
            return
        body, scan, at = data[at + 2 : end], view[:0], end
        if marker == SOS:
            after = _NEXT_AFTER_SCAN.search(data, at)
            end = after.start() if after else len(data)
            scan, at = view[at:end], end
        yield _JpegSegment(marker, body, scan, junk)


def _take(parts: JpegParts, part: _JpegSegment, limits: Limits) -> None:
    match part.marker:
        case marker if marker in _FRAMES:
            _take_frame(parts, part, limits)
        case marker if marker in _OTHER_FRAMES:
            raise Refused("file_kind")
        case marker if marker == SOS:
            _take_scan(parts, part)
        case marker if marker in _TABLES:
            _take_table(parts, marker, part.body)
            parts.kept.append(segment(marker, part.body))
        case marker if marker == EOI:
            parts.ended = True
            if part.body:
                parts.traces.add(FileTrace.TRAILER)
        case _:
            _take_app(parts, part.marker, part.body)


def _take_frame(parts: JpegParts, part: _JpegSegment, limits: Limits) -> None:
    body = part.body
    if parts.frame or len(body) < 6 or len(body) != 6 + 3 * body[5]:  # noqa: PLR2004 -- fixed part of a frame header
        raise Refused("file_damaged")
    height, width = int.from_bytes(body[1:3]), int.from_bytes(body[3:5])
    pixels.measure(width, height, limits)
    if body[5] not in {_GREY, _COLOURS, _PRINT}:
        raise Refused("file_damaged")
    if body[0] != 8:  # noqa: PLR2004 -- bits a sample; twelve are for hospitals
        raise Refused("file_kind")
    parts.frame, parts.height, parts.width = part.marker, height, width
    parts.names, parts.components = body[6::3], tuple(zip(body[7::3], body[8::3], strict=True))
    parts.kept.append(segment(part.marker, body))


def _take_scan(parts: JpegParts, part: _JpegSegment) -> None:
    if not parts.frame or not part.body:
        raise Refused("file_damaged")
    parts.scans += 1
    parts.first_scan = parts.first_scan or part.body
    parts.coded.append(part.scan)
    parts.kept += (segment(SOS, part.body), part.scan)


def _take_quantisation(parts: JpegParts, body: bytes) -> None:
    """Broken and 16-bit tables are left to a decoder."""
    tables = [body[at : at + 1 + _STEPS] for at in range(0, len(body), 1 + _STEPS)]
    parts.odd |= len(body) % (1 + _STEPS) > 0 or any(table[0] > 3 or table[0] in parts.quants for table in tables)  # noqa: PLR2004 -- T.81, B.2.4.1
    parts.quants |= {table[0]: table[1:] for table in tables}


def _take_codes(parts: JpegParts, body: bytes) -> None:
    at = 0
    while at < len(body):
        end = at + 1 + _LENGTHS + sum(body[at + 1 : at + 1 + _LENGTHS])
        parts.odd |= end > len(body) or body[at] in parts.codes
        parts.codes[body[at]] = body[at + 1 : end]
        at = end


def _take_table(parts: JpegParts, marker: int, body: bytes) -> None:
    if marker == DQT:
        _take_quantisation(parts, body)
    elif marker == DHT:
        _take_codes(parts, body)
    else:
        parts.odd = True


def _take_app(parts: JpegParts, marker: int, body: bytes) -> None:
    """Reads of everything else what is needed to see the pixels right; none of it is kept."""
    if marker == APP0 and body.startswith(_JFIF):
        parts.jfif = True
        if len(body) > len(PLAIN_JFIF):
            parts.traces.add(FileTrace.THUMBNAIL if any(body[12:14]) else FileTrace.OTHER)
    elif marker == _APP1 and body.startswith(_EXIF):
        parts.exif = parts.exif.first(read(body[len(_EXIF) :]))
        parts.traces |= parts.exif.traces
    elif marker == _APP2 and body.startswith(_ICC):
        parts.profiles.setdefault(int.from_bytes(body[12:13]), body[14:])
        parts.traces.add(FileTrace.PROFILE)
    elif marker == _APP14 and body.startswith(_ADOBE):
        parts.adobe = body[_ADOBE_CODE] if len(body) > _ADOBE_CODE else 0
        if len(body) > _ADOBE_CODE + 1:
            parts.traces.add(FileTrace.OTHER)
    else:
        parts.traces.add(_TRACES.get(marker, FileTrace.OTHER))
