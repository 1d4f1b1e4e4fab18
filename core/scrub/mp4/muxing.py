"""A film written from its tracks and nothing else: no time, name, language or word, and no byte that no sample owns."""

from collections.abc import Iterator
from itertools import groupby
from math import ceil

from core.scrub.mp4.sample_entries import box
from core.scrub.mp4.tracks import Mp4Track

_CLOCK = 1_000  # of the whole film: units a second
_ONE = 1 << 16
_CHUNK = 0.5  # seconds of one track in a row
_LANGUAGE = b"\x55\xc4"  # "und"
_BRANDS = {
    ".mp4": b"isom\0\0\2\0isomiso2mp41",
    ".m4a": b"M4A \0\0\0\0M4A isom",
    ".3gp": b"3gp6\0\0\1\0isom3gp6",
}


def film(tracks: list[Mp4Track], bodies: list[list[bytes]], extension: str) -> bytes:
    """`bodies`: of each track its samples as they are to be kept."""
    brand = box(b"ftyp", _BRANDS[extension])
    rows = sorted(_pieces(tracks), key=lambda row: (row[0], row[1]))
    head = _head(tracks, bodies, rows, 0)
    head = _head(tracks, bodies, rows, len(brand) + len(head) + 8)
    sound = b"".join(b"".join(bodies[number][first:last]) for _, number, first, last in rows)
    return b"".join((brand, head, (8 + len(sound)).to_bytes(4), b"mdat", sound))


_Chunk = tuple[float, int, int, int]  # when, which track, from which sample to before which


def _pieces(tracks: list[Mp4Track]) -> Iterator[_Chunk]:
    for number, track in enumerate(tracks):
        begun, clock, first = 0, 0, 0
        for index, last in enumerate(track.samples.lasts):
            if clock - begun >= _CHUNK * track.scale and index > first:
                yield begun / track.scale, number, first, index
                begun, first = clock, index
            clock += last
        yield begun / track.scale, number, first, len(track.samples.lasts)


def _head(tracks: list[Mp4Track], bodies: list[list[bytes]], rows: list[_Chunk], at: int) -> bytes:
    starts: list[list[int]] = [[] for _ in tracks]
    counts: list[list[int]] = [[] for _ in tracks]
    for _, number, first, last in rows:
        starts[number].append(at)
        counts[number].append(last - first)
        at += sum(map(len, bodies[number][first:last]))
    longest = max(map(_shown, tracks))
    clock = box(
        b"mvhd", bytes(12), _CLOCK.to_bytes(4), longest.to_bytes(4),
        b"\0\1\0\0\1\0", bytes(10), _matrix((1, 0, 0, 1), 0, 0),
        bytes(24), (len(tracks) + 1).to_bytes(4),
    )  # fmt: skip
    made = (
        _track(number + 1, track, [len(sample) for sample in bodies[number]], starts[number], counts[number])
        for number, track in enumerate(tracks)
    )
    return box(b"moov", clock, *made)


def _shown(track: Mp4Track) -> int:
    """How long a track lasts on the film's clock, with the nothing before it."""
    return ceil((track.delay + _long(track)) * _CLOCK)


def _long(track: Mp4Track) -> float:
    whole = (track.samples.end() - track.skip) / track.scale
    return min(track.long, whole) if track.long else whole


def _matrix(turn: tuple[int, ...], width: int, height: int) -> bytes:
    """Turned, and moved back to where it is seen."""
    a, b, c, d = turn
    x = width * (a < 0) + height * (c < 0)
    y = width * (b < 0) + height * (d < 0)
    words = (a * _ONE, b * _ONE, 0, c * _ONE, d * _ONE, 0, x * _ONE, y * _ONE, 1 << 30)
    return b"".join(word.to_bytes(4, signed=True) for word in words)


def _track(number: int, track: Mp4Track, sizes: list[int], starts: list[int], counts: list[int]) -> bytes:
    width, height = track.coding.width, track.coding.height
    head = box(
        b"tkhd", b"\0\0\0\3", bytes(8), number.to_bytes(4), bytes(4), _shown(track).to_bytes(4), bytes(12),
        b"\0\0" if track.picture else b"\1\0", bytes(2), _matrix(track.turn, width, height),
        (width * _ONE).to_bytes(4), (height * _ONE).to_bytes(4),
    )  # fmt: skip
    long = sum(track.samples.lasts)
    clock = box(b"mdhd", bytes(12), track.scale.to_bytes(4), long.to_bytes(4), _LANGUAGE, bytes(2))
    kind = box(b"hdlr", bytes(8), b"vide" if track.picture else b"soun", bytes(13))
    way = box(b"vmhd", b"\0\0\0\1", bytes(8)) if track.picture else box(b"smhd", bytes(8))
    here = box(b"dinf", box(b"dref", bytes(7), b"\1", box(b"url ", b"\0\0\0\1")))
    inner = box(b"minf", way, here, _table(track, sizes, starts, counts))
    return box(b"trak", head, *_edits(track), box(b"mdia", clock, kind, inner))


def _edits(track: Mp4Track) -> Iterator[bytes]:
    """Only where sound and picture would part without it, or more would be shown."""
    rows = []
    if track.delay >= 1 / _CLOCK:
        rows.append((round(track.delay * _CLOCK), -1))
    if rows or track.skip or track.long:
        rows.append((ceil(_long(track) * _CLOCK), track.skip))
        told = b"".join(long.to_bytes(4) + start.to_bytes(4, signed=True) + b"\0\1\0\0" for long, start in rows)
        yield box(b"edts", box(b"elst", bytes(4), len(rows).to_bytes(4), told))


def _table(track: Mp4Track, sizes: list[int], starts: list[int], counts: list[int]) -> bytes:
    samples = track.samples
    parts = [
        box(b"stsd", bytes(4), b"\0\0\0\1", track.coding.entry),
        box(b"stts", bytes(4), _runs(samples.lasts)),
    ]
    if any(samples.shifts):
        parts.append(box(b"ctts", bytes([min(samples.shifts) < 0, 0, 0, 0]), _runs(samples.shifts)))
    if samples.keys is not None:
        keys = [key + 1 for key in sorted(samples.keys)]
        parts.append(box(b"stss", bytes(4), _words([len(keys), *keys])))
    rows = [(index + 1, count) for index, count in enumerate(counts) if not index or counts[index - 1] != count]
    told = [word for first, count in rows for word in (first, count, 1)]
    parts.append(box(b"stsc", bytes(4), _words([len(rows), *told])))
    same = sizes[0] if min(sizes) == max(sizes) else 0
    parts.append(box(b"stsz", bytes(4), _words([same, len(sizes), *([] if same else sizes)])))
    parts.append(box(b"stco", bytes(4), _words([len(starts), *starts])))
    return box(b"stbl", *parts)


def _runs(values: list[int]) -> bytes:
    rows = [(len(list(group)), value) for value, group in groupby(values)]
    return len(rows).to_bytes(4) + b"".join(
        count.to_bytes(4) + (value & 0xFFFF_FFFF).to_bytes(4) for count, value in rows
    )


def _words(values: list[int]) -> bytes:
    return b"".join(value.to_bytes(4) for value in values)
