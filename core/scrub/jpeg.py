"""JPEG: rebuilt from the parts that carry pixels, decoded strictly, drawn anew; no byte of the old file goes on."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import simplejpeg
from PIL import Image

from core.errors import Refused
from core.scrub import pixels
from core.scrub.exif import Exif, read
from core.scrub.limits import MOST_CHUNKS, MOST_PIXELS, MOST_SCANS
from core.scrub.traces import Trace

_QUALITY = 90
_SUBSAMPLING = "420"
_PILLOW_420 = 2  # Pillow's number for the same

_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_APP0, _APP1, _APP2, _APP13, _APP14, _COM = 0xE0, 0xE1, 0xE2, 0xED, 0xEE, 0xFE
_TABLES = frozenset({0xDB, 0xC4, 0xDD})  # DQT, DHT, DRI
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})  # baseline, extended, progressive: what phones write and browsers show
_SEQUENTIAL = frozenset({0xC0, 0xC1})
_OTHER_FRAMES = frozenset({0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
_BARE = frozenset({0x01, _SOI, *range(0xD0, 0xD8)})  # no length follows
_NEXT = re.compile(rb"\xff([^\x00\xff])")
_NEXT_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")

_EXIF, _ICC, _ADOBE, _JFIF = b"Exif\0\0", b"ICC_PROFILE\0", b"Adobe", b"JFIF\0"
_PLAIN_JFIF = b"JFIF\0\1\1\0\0\1\0\1\0\0"
_PLAIN_ADOBE = b"Adobe\0\x64\0\0\0\0"  # and one byte behind it: how the colours are coded
_ADOBE_CODE = 11
_BEARABLE = ("extraneous bytes", "Could not determine subsampling")
_SPACES = {1: "GRAY", 3: "RGB", 4: "CMYK"}  # by the number of components


@dataclass(frozen=True, slots=True)
class _Segment:
    marker: int
    body: bytes
    scan: bytes = b""  # the coded pixels behind a SOS
    junk: bool = False  # stray bytes stood before it


@dataclass(slots=True)
class _Parts:
    """What is taken from a file: the segments that carry pixels, and what helps to read them."""

    kept: list[bytes] = field(default_factory=list)
    traces: set[Trace] = field(default_factory=set)
    frame: int = 0
    width: int = 0
    height: int = 0
    components: int = 0
    scans: int = 0
    first_scan: int = 0  # components in it
    ended: bool = False
    jfif: bool = False
    adobe: int | None = None
    exif: Exif | None = None
    profile: dict[int, bytes] = field(default_factory=dict)

    @property
    def orientation(self) -> int:
        return self.exif.orientation if self.exif else 1

    def rebuilt(self) -> bytes:
        head = [b"\xff\xd8"]
        if self.jfif:
            head.append(_segment(_APP0, _PLAIN_JFIF))
        if self.adobe is not None:
            head.append(_segment(_APP14, _PLAIN_ADOBE + bytes([self.adobe])))
        return b"".join((*head, *self.kept, b"\xff\xd9"))


def clean(data: bytes) -> tuple[bytes, frozenset[Trace]]:
    """The picture drawn anew, and what was left out; raises Refused, and whatever Pillow does about broken bytes."""
    parts = _parts(data)
    profile = b"".join(body for _, body in sorted(parts.profile.items())) or None
    rebuilt = parts.rebuilt()
    drawn = _fast(rebuilt, parts) if profile is None and parts.orientation == 1 else None
    if drawn is None:
        image = pixels.upright(_image(rebuilt, parts), parts.orientation)
        drawn = pixels.written(pixels.srgb(image, profile), "JPEG", quality=_QUALITY, subsampling=_PILLOW_420)
    return drawn, frozenset(parts.traces)


def _fast(rebuilt: bytes, parts: _Parts) -> bytes | None:
    """Without Pillow's detours, for the upright photograph without a profile that most files are."""
    space = _SPACES[parts.components]
    if space == "CMYK":
        return None
    try:
        grid = simplejpeg.decode_jpeg(rebuilt, space, strict=True)
    except ValueError as complaint:
        _bearable(complaint, parts)
        return None
    subsampling = "Gray" if space == "GRAY" else _SUBSAMPLING
    return bytes(simplejpeg.encode_jpeg(grid, _QUALITY, space, subsampling))


def _image(rebuilt: bytes, parts: _Parts) -> Image.Image:
    """Pixels that decode without a complaint; Pillow alone would be silent about all but a cut."""
    try:
        simplejpeg.decode_jpeg(rebuilt, _SPACES[parts.components], min_height=1, min_width=1, min_factor=8, strict=True)
    except ValueError as complaint:
        _bearable(complaint, parts)
    image = Image.open(io.BytesIO(rebuilt), formats=["JPEG"])
    image.load()
    return image


def _bearable(complaint: ValueError, parts: _Parts) -> None:
    """Raises Refused unless Pillow may draw the file although the strict decoder does not like it.

    Bytes behind the last pixel of a scan are no damage: some phones leave them there, and so do hiders. TurboJPEG knows
    only the usual subsamplings. In a file without an end, nothing but strict decoding tells whether all is there.
    """
    if not parts.ended or not any(words in str(complaint) for words in _BEARABLE):
        raise Refused("file_damaged") from None


def _parts(data: bytes) -> _Parts:
    parts = _Parts()
    for count, segment in enumerate(_segments(data)):
        if count > MOST_CHUNKS or parts.scans > MOST_SCANS:
            raise Refused("file_damaged")
        if segment.junk:
            parts.traces.add(Trace.OTHER)
        _take(parts, segment)
    if not parts.scans:
        raise Refused("file_damaged")
    if not parts.ended and (parts.frame not in _SEQUENTIAL or parts.first_scan != parts.components):
        raise Refused("file_damaged")  # nothing tells whether a later scan is missing
    return parts


def _segments(data: bytes) -> Iterator[_Segment]:
    at = 2
    while found := _NEXT.search(data, at):
        junk = bool(data[at : found.start()].strip(b"\xff"))
        marker, at = found[1][0], found.end()
        if marker == _EOI:
            yield _Segment(marker, data[at:], junk=junk)
            return
        if marker in _BARE:
            continue
        end = at + int.from_bytes(data[at : at + 2])
        if end < at + 2 or end > len(data):
            raise Refused("file_damaged")
        body, scan, at = data[at + 2 : end], b"", end
        if marker == _SOS:
            after = _NEXT_AFTER_SCAN.search(data, at)
            end = after.start() if after else len(data)
            scan, at = data[at:end], end
        yield _Segment(marker, body, scan, junk)


def _take(parts: _Parts, segment: _Segment) -> None:
    match segment.marker:
        case marker if marker in _FRAMES:
            _take_frame(parts, segment)
        case marker if marker in _OTHER_FRAMES:
            raise Refused("file_kind")
        case marker if marker == _SOS:
            _take_scan(parts, segment)
        case marker if marker in _TABLES:
            parts.kept.append(_segment(marker, segment.body))
        case marker if marker == _EOI:
            parts.ended = True
            if segment.body:
                parts.traces.add(Trace.TRAILER)
        case _:
            _take_app(parts, segment)


def _take_frame(parts: _Parts, segment: _Segment) -> None:
    body = segment.body
    if parts.frame or len(body) < 6 or len(body) != 6 + 3 * body[5]:  # noqa: PLR2004 -- fixed part of a frame header
        raise Refused("file_damaged")
    height, width = int.from_bytes(body[1:3]), int.from_bytes(body[3:5])
    if height * width > MOST_PIXELS:
        raise Refused("file_too_large")
    if not height or not width or body[5] not in _SPACES:
        raise Refused("file_damaged")
    if body[0] != 8:  # noqa: PLR2004 -- bits a sample; twelve are for hospitals
        raise Refused("file_kind")
    parts.frame, parts.height, parts.width, parts.components = segment.marker, height, width, body[5]
    parts.kept.append(_segment(segment.marker, body))


def _take_scan(parts: _Parts, segment: _Segment) -> None:
    if not parts.frame or not segment.body:
        raise Refused("file_damaged")
    parts.scans += 1
    parts.first_scan = parts.first_scan or segment.body[0]
    parts.kept += (_segment(_SOS, segment.body), segment.scan)


def _take_app(parts: _Parts, segment: _Segment) -> None:
    """Reads of everything else what is needed to see the pixels right; none of it is kept."""
    for marker, name, read_body in _READERS:
        if segment.marker == marker and segment.body.startswith(name):
            read_body(parts, segment.body)
            return
    parts.traces.add(_TRACES.get(segment.marker, Trace.OTHER))


def _read_jfif(parts: _Parts, body: bytes) -> None:
    parts.jfif = True
    if len(body) > len(_PLAIN_JFIF):
        parts.traces.add(Trace.THUMBNAIL if any(body[12:14]) else Trace.OTHER)


def _read_exif(parts: _Parts, body: bytes) -> None:
    found = read(body[len(_EXIF) :])
    parts.exif = parts.exif or found
    parts.traces |= found.traces


def _read_profile(parts: _Parts, body: bytes) -> None:
    parts.profile.setdefault(int.from_bytes(body[12:13]), body[14:])
    parts.traces.add(Trace.PROFILE)


def _read_adobe(parts: _Parts, body: bytes) -> None:
    parts.adobe = body[_ADOBE_CODE] if len(body) > _ADOBE_CODE else 0
    if len(body) > _ADOBE_CODE + 1:
        parts.traces.add(Trace.OTHER)


_READERS: tuple[tuple[int, bytes, Callable[[_Parts, bytes], None]], ...] = (
    (_APP0, _JFIF, _read_jfif),
    (_APP1, _EXIF, _read_exif),
    (_APP2, _ICC, _read_profile),
    (_APP14, _ADOBE, _read_adobe),
)
_TRACES = {_APP1: Trace.TEXT, _APP13: Trace.TEXT, _COM: Trace.COMMENT}  # XMP, IPTC


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2) + body
