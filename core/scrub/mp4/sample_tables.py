"""Where each sample stands, how long it lasts and when it is shown: the tables of a track as plain lists.

Layout: ISO 14496-12 section 8.6 to 8.8. Every list is checked against the file before it is believed.
"""

import struct
from dataclasses import dataclass, field
from itertools import accumulate, repeat
from operator import add

from core.errors import Refused
from core.scrub.isobmff import Box, body, children

_WORD = 4


@dataclass(slots=True)
class SampleTable:
    """One entry a sample; times in the track's own units. `keys`: those that need no other, or None: all of them."""

    places: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    lasts: list[int] = field(default_factory=list)
    shifts: list[int] = field(default_factory=list)  # from decoding to showing
    keys: set[int] | None = None

    def shown(self) -> list[int]:
        """When each is shown."""
        return list(map(add, accumulate(self.lasts, initial=0), self.shifts))

    def end(self) -> int:
        """When the last one shown is over."""
        return max(map(add, self.shown(), self.lasts), default=0)

    def part(self, first: int, last: int) -> "SampleTable":
        """Only those from `first` to before `last`."""
        keys = None if self.keys is None else {key - first for key in self.keys if first <= key < last}
        places, sizes = self.places[first:last], self.sizes[first:last]
        return SampleTable(places, sizes, self.lasts[first:last], self.shifts[first:last], keys)


def read(data: bytes, table: Box, most: int) -> SampleTable:
    """Of a box stbl; `most` samples at most. Raises Refused, struct.error."""
    parts = children(data, table)
    sizes = _sizes(data, parts, most)
    places = _places(data, parts, sizes)
    lasts = _runs(body(data, parts.get(b"stts")), len(sizes), "I")
    shifts = _runs(body(data, parts[b"ctts"]), len(sizes), "i") if b"ctts" in parts else [0] * len(sizes)
    keys = None
    if b"stss" in parts:
        keys = {number - 1 for number in _words(body(data, parts[b"stss"]), 4, 8)}
    return SampleTable(places, sizes, lasts, shifts, keys)


def _words(table: bytes, count_at: int, at: int, width: str = "I") -> tuple[int, ...]:
    count = int.from_bytes(table[count_at : count_at + _WORD])
    if count * struct.calcsize(">" + width) > len(table) - at:
        raise Refused("file_damaged")
    return struct.unpack_from(f">{count}{width}", table, at)


def _sizes(data: bytes, parts: dict[bytes, Box], most: int) -> list[int]:
    if b"stsz" not in parts:
        raise Refused("file_kind")  # stz2: nobody writes it
    table = body(data, parts[b"stsz"])
    same, count = struct.unpack_from(">II", table, 4)
    if count > most:
        raise Refused("file_too_large")
    sizes = [same] * count if same else list(_words(table, 8, 12))
    if sum(sizes) > len(data):
        raise Refused("file_damaged")  # one piece of the file told many times over
    return sizes


def _places(data: bytes, parts: dict[bytes, Box], sizes: list[int]) -> list[int]:
    if not sizes:
        return []
    wide = b"co64" in parts
    chunks = _words(body(data, parts.get(b"co64") or parts.get(b"stco")), 4, 8, "Q" if wide else "I")
    places, number = list[int](), 0
    for first, end, many in _chunk_runs(body(data, parts.get(b"stsc")), len(chunks)):
        for at in chunks[first:end]:
            places += accumulate(sizes[number : number + many - 1], initial=at)
            number += many
            if number >= len(sizes):
                break
    if len(places) < len(sizes) or any(map(_beyond, places, sizes, repeat(len(data)))):
        raise Refused("file_damaged")
    return places[: len(sizes)]


def _chunk_runs(table: bytes, chunks: int) -> list[tuple[int, int, int]]:
    """From which chunk to before which there are how many samples in each."""
    count = int.from_bytes(table[4:8])
    if 12 * count > len(table):
        raise Refused("file_damaged")
    runs = [struct.unpack_from(">III", table, 8 + 12 * row) for row in range(count)]
    firsts = [run[0] for run in runs]
    if sorted(set(firsts)) != firsts or not all(run[0] and run[1] for run in runs):
        raise Refused("file_damaged")
    if any(run[2] != 1 for run in runs):
        raise Refused("file_kind")  # the coding changes on the way
    ends = [first - 1 for first in firsts[1:]] + [chunks]
    return [(first - 1, end, run[1]) for first, end, run in zip(firsts, ends[: len(runs)], runs, strict=True)]


def _beyond(place: int, size: int, end: int) -> bool:
    return place + size > end


def _runs(table: bytes, count: int, width: str) -> list[int]:
    """A list told as runs; where it is too short its last value goes on."""
    rows = int.from_bytes(table[4:8])
    if 8 * rows > len(table) - 8:
        raise Refused("file_damaged")
    values: list[int] = []
    value = 0
    for many, value in struct.iter_unpack(f">I{width}", table[8 : 8 + 8 * rows]):
        values += [value] * min(many, count - len(values))
    return values + [value] * (count - len(values))
