"""Films in fragments, as browsers record them: the samples of every fragment, put behind each other in plain tables.

Layout: ISO 14496-12 section 8.8.
"""

import struct
from dataclasses import dataclass, field
from operator import add

from core.errors import Refused
from core.scrub.isobmff import Box, body, boxes, children
from core.scrub.mp4.sample_tables import SampleTable

_NO_KEY = 0x10000  # in the flags of a sample
_BASE, _FIRST_FLAGS = 1, 4
_OFFSET = 1
_COLUMNS = (0x100, 0x200, 0x400, 0x800)  # of a run: how long, how large, flags, shift


@dataclass(slots=True)
class FragmentedTrack:
    """Of one track: its samples, and when the first of them is decoded."""

    samples: SampleTable = field(default_factory=lambda: SampleTable(keys=set()))
    start: int | None = None
    clock: int = 0


@dataclass(frozen=True, slots=True)
class _TrackFragment:
    """What a fragment says of a track: its number, where places are counted from, and what every sample has."""

    number: int
    base: int
    common: tuple[int, ...]


def read(data: bytes, parts: list[Box], movie: Box, most: int) -> dict[int, FragmentedTrack]:
    """By number of the track. Raises Refused, struct.error."""
    found: dict[int, FragmentedTrack] = {}
    defaults = _defaults(data, movie)
    for part in parts:
        if part.kind != b"moof":
            continue
        for box in boxes(data, part.start, part.end):
            if box.kind == b"traf":
                tracks = children(data, box)
                head = _head(body(data, tracks.get(b"tfhd")), part.start - 8, defaults)
                one = found.setdefault(head.number, FragmentedTrack())
                if b"tfdt" in tracks:
                    _begins(one, int.from_bytes(body(data, tracks[b"tfdt"])[4:]))
                _runs(data, box, head, one, most)
    for one in found.values():
        ends = map(add, one.samples.places, one.samples.sizes)
        if sum(one.samples.sizes) > len(data) or max(ends, default=0) > len(data):
            raise Refused("file_damaged")
    return found


def _defaults(data: bytes, movie: Box) -> dict[int, tuple[int, ...]]:
    """How long, how large, flags: what a track says of every sample, in the film's head."""
    extends = children(data, movie).get(b"mvex")
    if extends is None:
        return {}
    rows = [body(data, box) for box in boxes(data, extends.start, extends.end) if box.kind == b"trex"]
    return {int.from_bytes(row[4:8]): struct.unpack_from(">III", row, 12) for row in rows}


def _head(told: bytes, base: int, defaults: dict[int, tuple[int, ...]]) -> _TrackFragment:
    flags, number = struct.unpack_from(">II", told)
    at = 8
    if flags & _BASE:
        base, at = int.from_bytes(told[at : at + 8]), at + 8
    if flags & 2:
        at += 4
    common = list(defaults.get(number, (0, 0, 0)))
    for index, bit in enumerate((8, 16, 32)):
        if flags & bit:
            common[index], at = struct.unpack_from(">I", told, at)[0], at + 4
    return _TrackFragment(number, base, tuple(common))


def _runs(data: bytes, box: Box, head: _TrackFragment, one: FragmentedTrack, most: int) -> None:
    after = head.base
    for run in boxes(data, box.start, box.end):
        if run.kind == b"trun":
            table = body(data, run)
            if len(one.samples.sizes) + int.from_bytes(table[4:8]) > most:
                raise Refused("file_too_large")
            after = _run(table, head, after, one)


def _begins(one: FragmentedTrack, time: int) -> None:
    """A fragment tells its time; a gap before it makes the last sample longer."""
    if one.start is None:
        one.start = one.clock = time
    elif time > one.clock and one.samples.lasts:
        one.samples.lasts[-1] += time - one.clock
        one.clock = time


def _run(table: bytes, head: _TrackFragment, after: int, one: FragmentedTrack) -> int:
    """Adds the samples of one run, which tells where it begins or goes on; gives the place behind them."""
    flags, count = struct.unpack_from(">II", table)
    at, place, first = 8, after, None
    if flags & _OFFSET:
        place, at = head.base + struct.unpack_from(">i", table, at)[0], at + 4
    if flags & _FIRST_FLAGS:
        first, at = struct.unpack_from(">I", table, at)[0], at + 4
    told = [index for index, bit in enumerate(_COLUMNS) if flags & bit]
    if 4 * len(told) * count > len(table) - at or place < 0:
        raise Refused("file_damaged")
    for index in range(count):
        row = [*head.common, 0]
        if index == 0 and first is not None:
            row[2] = first
        for column in told:
            row[column] = struct.unpack_from(">i" if column == 3 else ">I", table, at)[0]  # noqa: PLR2004 -- the shift
            at += 4
        _add(one, place, row)
        place += row[1]
    return place


def _add(one: FragmentedTrack, place: int, row: list[int]) -> None:
    samples = one.samples
    if not row[2] & _NO_KEY and samples.keys is not None:
        samples.keys.add(len(samples.sizes))
    samples.places.append(place)
    samples.sizes.append(row[1])
    samples.lasts.append(row[0])
    samples.shifts.append(row[3])
    one.clock += row[0]
