"""The two tracks that are taken: the first film and the first sound that we know; cut to what is seen and heard."""

from bisect import bisect_right
from dataclasses import dataclass, field

from core.errors import Refused
from core.limits import Limits
from core.scrub.isobmff import Box, body, boxes, children
from core.scrub.mp4 import fragments, sample_entries, sample_tables
from core.scrub.mp4.fragments import FragmentedTrack
from core.scrub.mp4.sample_entries import SampleEntry
from core.scrub.mp4.sample_tables import SampleTable

_ONE = 1 << 16
_STRAIGHT = (1, 0, 0, 1)
_RUN_UP = 4  # packets of sound before the first that is heard, which a decoder needs to get going
_MOST_DELAY = 30  # seconds of nothing before a track begins
_MOST_EDITS = 32
_STILLS = (b"jpeg", b"png ", b"mjpg", b"tiff", b"gif ")


@dataclass(slots=True)
class Mp4Track:
    """`turn`: the matrix that turns the picture, as -1, 0, 1. `skip`: units of time before what is shown.

    `long`: seconds shown, or 0 where nothing says it. `delay`: seconds before it begins.
    """

    picture: bool
    scale: int
    coding: SampleEntry
    samples: SampleTable = field(repr=False)
    turn: tuple[int, ...] = _STRAIGHT
    skip: int = 0
    long: float = 0
    delay: float = 0

    @property
    def seconds(self) -> float:
        """Of all its samples."""
        return sum(self.samples.lasts) / self.scale


@dataclass(slots=True)
class _TrackBoxes:
    """The boxes of a track that are asked."""

    head: bytes
    media: dict[bytes, Box]
    stream: dict[bytes, Box]
    table: dict[bytes, Box]
    edits: bytes
    entries: list[Box]

    @property
    def number(self) -> int:
        at = 20 if self.head[0] else 12
        return int.from_bytes(self.head[at : at + 4])


def read(data: bytes, top: list[Box], movie: Box, limits: Limits) -> tuple[list[Mp4Track], int]:
    """At most one of each kind, and how many tracks there were. Raises Refused, struct.error, IndexError."""
    inside = children(data, movie)
    clock = body(data, inside.get(b"mvhd"))
    scale = int.from_bytes(clock[20:24] if clock[0] else clock[12:16])
    loose = fragments.read(data, top, movie, limits.samples) if b"mvex" in inside else {}
    taken: dict[bool, Mp4Track] = {}
    count = 0
    for box in boxes(data, movie.start, movie.end):
        if box.kind == b"trak":
            count += 1
            _take(data, box, taken, limits, scale=scale or 1, loose=loose)
    if not taken:
        raise Refused("file_kind")
    return [taken[picture] for picture in (True, False) if picture in taken], count


def _take(
    data: bytes,
    box: Box,
    taken: dict[bool, Mp4Track],
    limits: Limits,
    *,
    scale: int,
    loose: dict[int, FragmentedTrack],
) -> None:
    parts = _parts(data, box)
    if parts is None:
        return
    kind = body(data, parts.media.get(b"hdlr"))[8:12]
    if any(sample_entries.locked(data, entry) for entry in parts.entries):
        raise Refused("file_locked")
    picture = kind == b"vide"
    if kind not in {b"vide", b"soun"} or picture in taken or not parts.entries:
        return
    if not sample_entries.known(parts.entries[0]):
        if _is_cover(data, parts):
            return
        raise Refused("file_kind")
    track = _track(data, parts, picture=picture, loose=loose, limits=limits)
    if track.samples.sizes:
        _edit(track, parts.edits, scale)
        taken[picture] = track


def _parts(data: bytes, box: Box) -> _TrackBoxes | None:
    """None where something is missing without which it is no track of anything."""
    inside = children(data, box)
    media = children(data, inside[b"mdia"]) if b"mdia" in inside else {}
    stream = children(data, media[b"minf"]) if b"minf" in media else {}
    table = children(data, stream[b"stbl"]) if b"stbl" in stream else {}
    if b"stsd" not in table or b"tkhd" not in inside:
        return None
    edits = children(data, inside[b"edts"]).get(b"elst") if b"edts" in inside else None
    entries = list(boxes(data, table[b"stsd"].start + 8, table[b"stsd"].end))
    return _TrackBoxes(body(data, inside[b"tkhd"]), media, stream, table, body(data, edits) if edits else b"", entries)


def _is_cover(data: bytes, parts: _TrackBoxes) -> bool:
    """One still picture, as players show beside a song."""
    count = int.from_bytes(body(data, parts.table.get(b"stsz"))[8:12])
    return parts.entries[0].kind in _STILLS and count == 1


def _track(
    data: bytes, parts: _TrackBoxes, *, picture: bool, loose: dict[int, FragmentedTrack], limits: Limits
) -> Mp4Track:
    clock = body(data, parts.media.get(b"mdhd"))
    scale = int.from_bytes(clock[20:24] if clock[0] else clock[12:16])
    if not scale or _elsewhere(data, parts):
        raise Refused("file_damaged")
    made = sample_entries.read(data, parts.entries[0], limits)
    samples = sample_tables.read(data, parts.stream[b"stbl"], limits.samples)
    delay = 0.0
    if not samples.sizes and parts.number in loose:
        found = loose[parts.number]
        samples, delay = found.samples, (found.start or 0) / scale
    if not picture or (samples.keys is not None and len(samples.keys) == len(samples.sizes)):
        samples.keys = None
    return Mp4Track(picture, scale, made, samples, _turn(parts.head) if picture else _STRAIGHT, delay=delay)


def _elsewhere(data: bytes, parts: _TrackBoxes) -> bool:
    """Whether the samples are said to lie in another file."""
    places = children(data, parts.stream[b"dinf"]).get(b"dref") if b"dinf" in parts.stream else None
    if places is None:
        return False
    return any(not data[place.start + 3] & 1 for place in boxes(data, places.start + 8, places.end))


def _turn(head: bytes) -> tuple[int, ...]:
    """How the picture is turned or mirrored; what is neither is shown straight."""
    at = 52 if head[0] else 40
    words = [int.from_bytes(head[at + i : at + i + 4], signed=True) for i in (0, 4, 12, 16)]
    turn = tuple((word > _ONE // 2) - (word < -_ONE // 2) for word in words)
    upright, sideways = (turn[0] and turn[3]), (turn[1] and turn[2])
    return turn if bool(upright) != bool(sideways) and turn.count(0) == 2 else _STRAIGHT  # noqa: PLR2004 -- two of four


def _edit(track: Mp4Track, table: bytes, scale: int) -> None:
    """Follows the list of edits, and leaves out what it hides: a cut film still holds what was cut."""
    rows = _rows(table)
    while rows and rows[0][1] < 0:
        track.delay += rows.pop(0)[0] / scale
    if track.delay > _MOST_DELAY:
        raise Refused("file_damaged")
    if len(rows) > 1:
        raise Refused("file_kind")
    if rows:
        track.skip = rows[0][1]
        track.long = rows[0][0] / scale
        _cut(track)


def _rows(table: bytes) -> list[tuple[int, int]]:
    """How long, in the film's units; from when, in the track's, or -1 for nothing."""
    if not table:
        return []
    size = 20 if table[0] else 12
    half = (size - 4) // 2
    rows: list[tuple[int, int]] = []
    for at in range(8, 8 + size * int.from_bytes(table[4:8]), size):
        if at + size > len(table) or len(rows) > _MOST_EDITS:
            raise Refused("file_damaged")
        start = int.from_bytes(table[at + half : at + 2 * half], signed=True)
        rows.append((int.from_bytes(table[at : at + half]), start))
    return rows


def _cut(track: Mp4Track) -> None:
    """Keeps the samples from the last key before what is shown to the last that is shown."""
    samples = track.samples
    shown = samples.shown()
    end = track.skip + (track.long + 0.01) * track.scale if track.long else float("inf")
    last = max((index for index, time in enumerate(shown) if time < end), default=-1) + 1
    first = _first(track, shown)
    if first >= last:
        raise Refused("file_damaged")
    track.skip -= sum(samples.lasts[:first])
    track.samples = samples.part(first, last)


def _first(track: Mp4Track, shown: list[int]) -> int:
    if not track.picture:
        return max(0, bisect_right(shown, track.skip) - 1 - _RUN_UP)
    keys = range(len(shown)) if track.samples.keys is None else sorted(track.samples.keys)
    return max((key for key in keys if key < len(shown) and shown[key] <= track.skip), default=0)
