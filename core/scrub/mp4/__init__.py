"""MP4, MOV, 3GP, M4A: the samples of one film and one sound, described anew; every other box stays behind.

`isobmff` reads boxes, `sample_tables` and `fragments` find samples, `sample_entries` says what is kept of each,
`tracks` chooses and cuts, `location` reads where it was filmed, `muxing` makes the new file.
"""

from core.errors import Refused
from core.limits import Limits
from core.scrub import amr
from core.scrub.file_traces import FileTrace, FormatResult
from core.scrub.isobmff import Box, top
from core.scrub.mp4 import location, muxing, tracks
from core.scrub.mp4.tracks import Mp4Track

__all__ = ["FILM", "OLD", "PHONE", "SOUND", "clean", "is_film"]

OLD = (b"moov", b"mdat", b"wide", b"free", b"skip")  # QuickTime began with any of these
FILM, SOUND, PHONE = ("video/mp4", ".mp4"), ("audio/mp4", ".m4a"), ("video/3gpp", ".3gp")
_SPEECH = {amr.NARROW.magic: ("audio/amr", ".amr"), amr.WIDE.magic: ("audio/amr", ".amr")}
_PICTURES = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"})
_MARKS = (
    (FileTrace.GPS, (b"\xa9xyz", b"location.ISO6709", b"loci")),
    (
        FileTrace.CAMERA,
        (b"\xa9mak", b"\xa9mod", b"\xa9swr", b"\xa9too", b"quicktime.make", b"quicktime.model", b"com.android"),
    ),
    (FileTrace.TIME, (b"\xa9day", b"creationdate", b"creation_time")),
    (FileTrace.THUMBNAIL, (b"covr",)),
    (FileTrace.COMMENT, (b"\xa9cmt", b"desc", b"\xa9des")),
    (FileTrace.TEXT, (b"udta", b"meta", b"uuid")),
)


def is_film(data: bytes) -> bool:
    """Whether it is neither words nor one of the pictures that are kept in boxes too."""
    return data[:1] == b"\0" and (data[4:8] != b"ftyp" or data[8:12] not in _PICTURES)


def clean(data: bytes, limits: Limits) -> FormatResult:
    """Raises Refused, and IndexError or struct.error about tables that end early."""
    outer, whole = top(data)
    movies = [box for box in outer if box.kind == b"moov"]
    if len(movies) != 1:
        raise Refused("file_damaged")
    head = data[movies[0].start : movies[0].end]
    taken, count = tracks.read(data, outer, movies[0], limits)
    for track in taken:
        alone = len(taken) == 1 and not track.picture
        if track.seconds > (limits.voice_seconds if alone else limits.seconds):
            raise Refused("file_too_long")
    _together(taken)
    bodies = [_bare(data, track) for track in taken]
    traces = _traces(data, outer, head, taken, count, whole=whole)
    made, kind, extension = _written(taken, bodies)
    return FormatResult(made, frozenset(traces), location.place(head), kind, extension)


def _together(taken: list[Mp4Track]) -> None:
    """Fragments may begin at any time of day: only what parts the tracks counts."""
    first = min(track.delay for track in taken)
    for track in taken:
        track.delay -= first


def _bare(data: bytes, track: Mp4Track) -> list[bytes]:
    bare = track.coding.bare
    samples = track.samples
    return [bare(data[at : at + size]) for at, size in zip(samples.places, samples.sizes, strict=True)]


def _written(taken: list[Mp4Track], bodies: list[list[bytes]]) -> tuple[bytes, str, str]:
    """The new file and what it is: speech alone needs no boxes."""
    only = taken[0].coding.raw if len(taken) == 1 else None
    if only is not None:
        return only.magic + b"".join(bodies[0]), *_SPEECH[only.magic]
    brief = any(track.coding.brief for track in taken)
    kind = PHONE if brief else FILM if taken[0].picture else SOUND
    return muxing.film(taken, bodies, kind[1]), *kind


def _traces(
    data: bytes, outer: list[Box], head: bytes, taken: list[Mp4Track], count: int, *, whole: bool
) -> set[FileTrace]:
    beside = b"".join(
        data[box.start - 4 : box.end] for box in outer if box.kind not in {b"moov", b"mdat", b"ftyp", b"moof"}
    )
    said = head + beside
    traces = {trace for trace, marks in _MARKS if any(mark in said for mark in marks)}
    at = head.find(b"mvhd")
    if any(head[at + 8 : at + 16]):
        traces.add(FileTrace.TIME)
    used = sum(sum(track.samples.sizes) for track in taken)
    held = sum(box.end - box.start for box in outer if box.kind == b"mdat")
    if beside or count > len(taken) or held != used:
        traces.add(FileTrace.OTHER)
    if not whole:
        traces.add(FileTrace.TRAILER)
    return traces
