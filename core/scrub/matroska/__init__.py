"""WebM and Matroska: the blocks of one film and one sound under elements of our own; sound alone comes out as Ogg.

Layout: RFC 8794 (EBML), RFC 9559 (Matroska). `elements` has numbers, `demuxing` finds blocks, `muxing` makes files.
"""

from core.errors import Refused
from core.limits import Limits
from core.scrub import ogg, opus, vorbis
from core.scrub.file_traces import FileTrace, FormatResult
from core.scrub.matroska import demuxing, muxing
from core.scrub.matroska.demuxing import MatroskaTrack

__all__ = ["MAGIC", "clean"]

MAGIC = b"\x1a\x45\xdf\xa3"
_MILLISECOND = 1_000_000


def clean(data: bytes, limits: Limits) -> FormatResult:
    """Raises Refused, IndexError."""
    film = demuxing.read(data)
    picture = next((track for track in film.tracks if track.kind == 1), None)
    sound = next((track for track in film.tracks if track.kind == 2), None)  # noqa: PLR2004 -- sound
    if any(track.locked for track in (picture, sound) if track):
        raise Refused("file_locked")
    taken = {track.number: place + 1 for place, track in enumerate(track for track in (picture, sound) if track)}
    if len(taken) < len(film.tracks):
        film.traces.add(FileTrace.OTHER)
    blocks = [
        (time * film.scale // _MILLISECOND, taken[number], key, frame)
        for time, number, key, frame in film.blocks
        if number in taken
    ]
    if not blocks or len(blocks) > limits.samples:
        raise Refused("file_too_large" if blocks else "file_damaged")
    begun = min(block[0] for block in blocks)
    if max(block[0] for block in blocks) - begun > 1000 * (limits.seconds if picture else limits.voice_seconds):
        raise Refused("file_too_long")
    if picture is None and sound is not None:
        made = _speech(sound, [frame for *_, frame in blocks])
        return FormatResult(made, frozenset(film.traces), kind="audio/ogg", extension=".ogg")
    return FormatResult(muxing.film(picture, sound, blocks, begun, limits), frozenset(film.traces))


def _speech(track: MatroskaTrack, frames: list[bytes]) -> bytes:
    if track.codec == b"A_OPUS":
        return ogg.of_opus(opus.head(track.private), frames)
    if track.codec == b"A_VORBIS":
        return ogg.of_vorbis(vorbis.setup(muxing.unlaced(track.private)), frames)
    raise Refused("file_kind")
