"""Reads a film that we made as a stranger would: every box and field in its place, every byte owned by a sample.

Shares no code with `mp4`, on purpose. Layout: ISO 14496-12, 14496-14, 14496-15.
"""

# ruff: noqa: PLR2004 -- a proof is made of the very numbers that the format says

from dataclasses import dataclass, field
from itertools import pairwise

from core.scrub import codec_proof
from core.scrub.codec_proof import SampleCheck
from core.scrub.proof_cursor import ProofCursor, Unproved, need, proof

_BRANDS = {
    b"isom\x00\x00\x02\x00isomiso2mp41": frozenset(
        {b"avc1", b"avc3", b"hvc1", b"hev1", b"mp4v", b"mp4a", b"Opus", b"alac"}
    ),
    b"M4A \x00\x00\x00\x00M4A isom": frozenset({b"mp4a", b"Opus", b"alac"}),
    b"3gp6\x00\x00\x01\x00isom3gp6": frozenset(
        {b"avc1", b"avc3", b"hvc1", b"hev1", b"mp4v", b"s263", b"mp4a", b"samr", b"sawb", b"Opus", b"alac"}
    ),
}
_ONE = (1).to_bytes(4)
_ZERO, _PLUS, _MINUS = bytes(4), b"\0\1\0\0", b"\xff\xff\0\0"
_TURNS = frozenset({_ZERO, _PLUS, _MINUS})
_STRAIGHT = _PLUS + bytes(12) + _PLUS + bytes(12) + b"\x40\0\0\0"
_VISUAL_TAIL = b"\0\x48\0\0\0\x48\0\0" + bytes(4) + b"\0\1" + bytes(32) + b"\0\x18\xff\xff"


@dataclass(slots=True)
class _ProvedTrack:
    """What is collected of one: a check of samples, and where they stand."""

    kind: bytes
    coding: bytes
    check: SampleCheck
    sizes: list[int] = field(default_factory=list)
    spans: list[tuple[int, int, int, int]] = field(default_factory=list)  # from, to, first sample, behind the last


def _box(inside: ProofCursor, kind: bytes) -> ProofCursor:
    size = inside.number()
    inside.fixed(kind)
    return inside.part(size - 8)


def _comes(inside: ProofCursor, kind: bytes) -> bool:
    return inside.next(8)[4:] == kind


def _file(file: ProofCursor, brand: bytes) -> None:
    head = _box(file, b"ftyp")
    told = head.fixed(*(row for row in _BRANDS if row.startswith(brand)))
    head.ends()
    movie = _box(file, b"moov")
    count = _clock(_box(movie, b"mvhd"))
    tracks = [_track(_box(movie, b"trak"), number + 1) for number in range(count)]
    movie.ends()
    kinds = [track.kind for track in tracks]
    need(holds=kinds in ([b"soun"], [b"vide"], [b"vide", b"soun"]) and (brand != b"M4A " or kinds == [b"soun"]))
    need(holds=all(track.coding in _BRANDS[told] for track in tracks))
    sound = _box(file, b"mdat")
    _samples(sound, tracks)


def _clock(head: ProofCursor) -> int:
    head.fixed(bytes(12) + (1000).to_bytes(4))
    head.take(4)
    head.fixed(b"\0\1\0\0\1\0" + bytes(10) + _STRAIGHT + bytes(24))
    return head.number() - 1


def _track(trak: ProofCursor, number: int) -> _ProvedTrack:
    width, height = _track_head(_box(trak, b"tkhd"), number)
    if _comes(trak, b"edts"):
        _edits(_box(trak, b"edts"))
    media = _box(trak, b"mdia")
    trak.ends()
    clock = _box(media, b"mdhd")
    clock.fixed(bytes(12))
    need(holds=clock.number() > 0)
    clock.take(4)
    clock.fixed(b"\x55\xc4\0\0")
    clock.ends()
    name = _box(media, b"hdlr")
    kind = name.fixed(bytes(8) + b"vide", bytes(8) + b"soun")[8:]
    name.fixed(bytes(13))
    name.ends()
    inner = _box(media, b"minf")
    media.ends()
    if kind == b"vide":
        need(holds=width > 0 < height)
        inner.fixed(b"\0\0\0\x14vmhd\0\0\0\1" + bytes(8))
    else:
        need(holds=width == 0 == height)
        inner.fixed(b"\0\0\0\x10smhd" + bytes(8))
    inner.fixed(b"\0\0\0\x24dinf\0\0\0\x1cdref" + bytes(7) + b"\1\0\0\0\x0curl \0\0\0\1")
    table = _box(inner, b"stbl")
    inner.ends()
    return _table(table, kind, width, height)


def _track_head(head: ProofCursor, number: int) -> tuple[int, int]:
    head.fixed(b"\0\0\0\3" + bytes(8) + number.to_bytes(4) + bytes(4))
    head.take(4)
    head.fixed(bytes(12))
    volume = head.fixed(b"\0\0\0\0", b"\1\0\0\0")
    matrix = head.take(36)
    width, height = head.number(), head.number()
    head.ends()
    need(holds=width & 0xFFFF == 0 == height & 0xFFFF)
    width, height = width >> 16, height >> 16
    need(holds=(volume == b"\1\0\0\0") == (width == 0))
    if matrix != _STRAIGHT:
        need(holds=matrix == _turned(matrix, width, height))
    return width, height


def _turned(matrix: bytes, width: int, height: int) -> bytes:
    """The matrix that such a turn must have."""
    a, b, c, d = (matrix[at : at + 4] for at in (0, 4, 12, 16))
    need(holds={a, b, c, d} <= _TURNS and (a == d == _ZERO) != (b == c == _ZERO) and [a, b, c, d].count(_ZERO) == 2)
    x = width * (a == _MINUS) + height * (c == _MINUS)
    y = width * (b == _MINUS) + height * (d == _MINUS)
    return a + b + _ZERO + c + d + _ZERO + (x << 16).to_bytes(4) + (y << 16).to_bytes(4) + b"\x40\0\0\0"


def _edits(box: ProofCursor) -> None:
    table = _box(box, b"elst")
    box.ends()
    table.fixed(bytes(4))
    count = table.number()
    need(holds=count in {1, 2})
    for row in range(count):
        table.take(4)
        if count == 2 and row == 0:
            table.fixed(b"\xff\xff\xff\xff")
        else:
            table.take(4)
        table.fixed(b"\0\1\0\0")
    table.ends()


def _table(table: ProofCursor, kind: bytes, width: int, height: int) -> _ProvedTrack:
    described = _box(table, b"stsd")
    described.fixed(bytes(4) + _ONE)
    size = described.number()
    entry = described.part(size - 4)
    described.ends()
    coding = entry.take(4)
    if kind == b"vide":
        entry.fixed(bytes(6) + b"\0\1" + bytes(16) + width.to_bytes(2) + height.to_bytes(2) + _VISUAL_TAIL)
    else:
        entry.fixed(bytes(6) + b"\0\1" + bytes(8))
        entry.take(2)
        entry.fixed(b"\0\x10" + bytes(4))
        entry.take(2)
        entry.fixed(b"\0\0")
    track = _ProvedTrack(kind, coding, codec_proof.described(kind, coding, entry))
    entry.ends()
    _lists(table, track)
    table.ends()
    return track


def _runs(box: ProofCursor, *, signed: bool = False) -> int:
    """How many samples a list of runs speaks of."""
    box.fixed(bytes(4), *([b"\1\0\0\0"] if signed else []))
    words = box.numbers(2 * box.number())
    box.ends()
    need(holds=all(one != other for one, other in pairwise(words[1::2])))
    return sum(words[::2])


def _list(table: ProofCursor, kind: bytes, wide: int = 1) -> list[int]:
    """Numbers in rows of so many, behind how many rows there are."""
    box = _box(table, kind)
    box.fixed(bytes(4))
    found = box.numbers(wide * box.number())
    box.ends()
    return found


def _lists(table: ProofCursor, track: _ProvedTrack) -> None:
    counts = {_runs(_box(table, b"stts"))}
    if _comes(table, b"ctts"):
        counts.add(_runs(_box(table, b"ctts"), signed=True))
    keys = _list(table, b"stss") if _comes(table, b"stss") else []
    rows = _list(table, b"stsc", 3)
    sizes = _box(table, b"stsz")
    sizes.fixed(bytes(4))
    same, count = sizes.number(), sizes.number()
    track.sizes = [same] * count if same and count <= sizes.end else sizes.numbers(count)
    sizes.ends()
    counts.add(count)
    need(holds=counts == {len(track.sizes)} and keys == sorted(set(keys)))
    need(holds=not keys or 1 <= keys[0] <= keys[-1] <= count)
    _spans(track, rows, _list(table, b"stco"))


def _spans(track: _ProvedTrack, rows: list[int], starts: list[int]) -> None:
    need(holds=set(rows[2::3]) == {1} and rows[0] == 1)
    firsts, counts = rows[::3], rows[1::3]
    need(holds=all(one < other for one, other in pairwise(firsts)) and firsts[-1] <= len(starts))
    sample = 0
    for count, first, behind in zip(counts, firsts, [*firsts[1:], len(starts) + 1], strict=True):
        for start in starts[first - 1 : behind - 1]:
            track.spans.append((start, start + sum(track.sizes[sample : sample + count]), sample, sample + count))
            sample += count
    need(holds=sample == len(track.sizes) and len(track.spans) == len(starts))


def _samples(sound: ProofCursor, tracks: list[_ProvedTrack]) -> None:
    """Every byte belongs to exactly one sample, and every sample is what its track says."""
    spans = sorted(
        (start, end, first, last, number)
        for number, track in enumerate(tracks)
        for start, end, first, last in track.spans
    )
    for start, end, first, last, number in spans:
        need(holds=start == sound.at and end > start)
        track = tracks[number]
        for size in track.sizes[first:last]:
            need(holds=sound.at + size <= sound.end)
            if not track.check(sound.data, sound.at, sound.at + size):
                raise Unproved
            sound.at += size
    sound.ends()


film_is_bare = proof(lambda file: _file(file, b"isom"))
song_is_bare = proof(lambda file: _file(file, b"M4A "))
phone_film_is_bare = proof(lambda file: _file(file, b"3gp6"))
