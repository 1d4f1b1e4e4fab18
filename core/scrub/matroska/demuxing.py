"""The blocks of a WebM or Matroska file, and what its tracks say of them; everything else is passed over."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from core.errors import Refused
from core.scrub.file_traces import FileTrace
from core.scrub.matroska import elements

_OPEN = frozenset({elements.SEGMENT, elements.CLUSTER})  # their end may be left untold
_CUT = frozenset({elements.GROUP, elements.SIMPLE})  # may be cut in the middle, at the end of a recording
_TRACES = {0x1254C367: FileTrace.TEXT, 0x1941A469: FileTrace.OTHER, 0x1043A770: FileTrace.TEXT}
_INFO_TRACES = {  # dates, programs, titles
    0x4461: FileTrace.TIME,
    0x4D80: FileTrace.CAMERA,
    0x5741: FileTrace.CAMERA,
    0x7BA9: FileTrace.TEXT,
    0x73A4: FileTrace.TEXT,
}
_MILLISECOND = 1_000_000
_MOST = 400_000  # elements
_KEY, _LACED = 0x80, 0x06


Block = tuple[int, int, bool, bytes]
"""Time, number of the track, whether it needs no other, and the frame."""


@dataclass(frozen=True, slots=True)
class _EbmlElement:
    number: int
    start: int
    end: int


@dataclass(slots=True)
class MatroskaTrack:
    """What is asked of one; `locked`: packed or encrypted."""

    number: int = 0
    kind: int = 0
    codec: bytes = b""
    private: bytes = b""
    width: int = 0
    height: int = 0
    locked: bool = False


@dataclass(slots=True)
class MatroskaFilm:
    """What was found so far."""

    tracks: list[MatroskaTrack] = field(default_factory=list)
    scale: int = _MILLISECOND
    clock: int = 0  # of the cluster that is read
    blocks: list[Block] = field(default_factory=list)  # time, track, key, frame
    traces: set[FileTrace] = field(default_factory=set)


def read(data: bytes) -> MatroskaFilm:
    """Of the head and the first segment; whatever comes behind is left out."""
    film, at = MatroskaFilm(), 0
    for number in (elements.HEAD, elements.SEGMENT):
        element = next(_elements(data, at, len(data)), None)
        if element is None or element.number != number:
            raise Refused("file_damaged")
        if number == elements.SEGMENT:
            _segment(data, element, film)
        at = element.end
    if at < len(data):
        film.traces.add(FileTrace.TRAILER)
    return film


def _segment(data: bytes, segment: _EbmlElement, film: MatroskaFilm) -> None:
    """Clusters are opened as they come: one whose end is untold ends where the next begins."""
    at = segment.start
    while at < segment.end:
        element = next(_elements(data, at, segment.end), None)
        if element is None:
            return
        at = element.start if element.number == elements.CLUSTER else element.end
        way = _WAYS.get(element.number)
        if way is not None:
            way(data[element.start : element.end], film)
        elif element.number in _TRACES:
            film.traces.add(_TRACES[element.number])
        if len(film.blocks) > _MOST:
            raise Refused("file_too_large")


def _elements(data: bytes, at: int, end: int) -> Iterator[_EbmlElement]:
    for _ in range(_MOST):
        if at >= end:
            return
        number, start = _coded(data, at, keep=True)
        size, start = _coded(data, start, keep=False)
        stop = start + size if size >= 0 else end
        if (size < 0 and number not in _OPEN) or (stop > end and number not in _OPEN | _CUT):
            raise Refused("file_damaged")
        if stop > end and number in _CUT:
            return
        yield _EbmlElement(number, start, min(stop, end))
        at = stop
    raise Refused("file_too_large")


def _inside(body: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and body of each element."""
    return ((element.number, body[element.start : element.end]) for element in _elements(body, 0, len(body)))


def _coded(data: bytes, at: int, *, keep: bool) -> tuple[int, int]:
    """A number of one to eight bytes; -1: untold. `keep`: with the bit that tells its length, as names have it."""
    more = 8 - data[at].bit_length()
    if more > 7 or at + more >= len(data):  # noqa: PLR2004 -- eight bytes at most
        raise Refused("file_damaged")
    value = int.from_bytes(data[at : at + more + 1])
    bare = value & (1 << 7 * (more + 1)) - 1
    if keep:
        return value, at + more + 1
    return -1 if bare == (1 << 7 * (more + 1)) - 1 else bare, at + more + 1


def _clock(body: bytes, film: MatroskaFilm) -> None:
    film.clock = int.from_bytes(body)


def _info(info: bytes, film: MatroskaFilm) -> None:
    for number, body in _inside(info):
        if number == elements.SCALE:
            film.scale = int.from_bytes(body)
        elif number in _INFO_TRACES:
            film.traces.add(_INFO_TRACES[number])
    if not 0 < film.scale <= 1000 * _MILLISECOND:
        raise Refused("file_damaged")


def _tracks(tracks: bytes, film: MatroskaFilm) -> None:
    for number, entry in _inside(tracks):
        if number == elements.ENTRY:
            said = dict(_inside(entry))
            size = dict(_inside(said.get(elements.VIDEO, b"")))
            own, kind = (int.from_bytes(said.get(name, b"")) for name in (elements.NUMBER, elements.KIND))
            width, height = (int.from_bytes(size.get(name, b"")) for name in (elements.WIDTH, elements.HEIGHT))
            codec, private = said.get(elements.CODEC, b"").rstrip(b"\0"), said.get(elements.PRIVATE, b"")
            film.tracks.append(MatroskaTrack(own, kind, codec, private, width, height, elements.ENCODINGS in said))


def _simple(block: bytes, film: MatroskaFilm) -> None:
    _add(film, block, None)


def _group(group: bytes, film: MatroskaFilm) -> None:
    parts = dict(_inside(group))
    if parts.get(elements.BLOCK):
        _add(film, parts[elements.BLOCK], elements.REFERENCE not in parts)


def _add(film: MatroskaFilm, block: bytes, key: bool | None) -> None:  # noqa: FBT001 -- None: the block says it
    number, at = _coded(block, 0, keep=False)
    shift, flags = int.from_bytes(block[at : at + 2], signed=True), block[at + 2]
    if flags & _LACED:
        raise Refused("file_kind")  # several frames in one block: no recorder writes it
    film.blocks.append((film.clock + shift, number, bool(flags & _KEY) if key is None else key, block[at + 3 :]))


_WAYS: dict[int, Callable[[bytes, MatroskaFilm], None]] = {
    elements.INFO: _info,
    elements.TRACKS: _tracks,
    elements.TIME: _clock,
    elements.SIMPLE: _simple,
    elements.GROUP: _group,
}
