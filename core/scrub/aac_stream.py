"""AAC as a bare stream (ADTS): every frame under a header made anew, and nothing between frames.

Layout: ISO 14496-3 section 1.A.2.
"""

from collections.abc import Iterator

from core.errors import Refused
from core.limits import Limits
from core.scrub import aac_config, audio_tags
from core.scrub.file_traces import FileTrace, FormatResult

_HEAD, _CHECKED = 7, 9
_LOW_COMPLEXITY = 1
_SAMPLES = 1_024
_FULL = 0x7FF  # "the rate varies"


def is_adts(data: bytes) -> bool:
    """Whether behind tags at least one frame stands, and no other thing behind it."""
    at = audio_tags.behind(data)
    size = _size(data, at)
    return size > 0 and (at + size >= len(data) or _size(data, at + size) > 0)


def clean(data: bytes, limits: Limits) -> FormatResult:
    """Raises Refused; a last frame that was cut is left out."""
    start, traces = audio_tags.behind(data), set[FileTrace]()
    made, end, first, count = [], start, data[start : start + 4], 0
    for at, size in _frames(data, start):
        if not _alike(first, data[at : at + 4]):
            break
        made.append(_written(data[at : at + size]))
        end, count = at + size, count + 1
    if not made:
        raise Refused("file_damaged")
    rate = aac_config.RATES[first[2] >> 2 & 15]
    if count * _SAMPLES > limits.voice_seconds * rate:
        raise Refused("file_too_long")
    if start:
        traces.add(FileTrace.TEXT)
    if end != len(data):
        traces.add(FileTrace.TRAILER)
    return FormatResult(b"".join(made), frozenset(traces))


def _frames(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    while size := _size(data, at):
        if at + size > len(data):
            return
        yield at, size
        at += size


def _size(data: bytes, at: int) -> int:
    """Of the frame that begins there, or 0."""
    head = data[at : at + _HEAD]
    if len(head) < _HEAD or head[0] != 0xFF or head[1] & 0xF6 != 0xF0 or head[2] >> 2 & 15 >= len(aac_config.RATES):  # noqa: PLR2004 -- sync, layer 0
        return 0
    size = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    return size if size > _HEAD else 0


def _alike(one: bytes, other: bytes) -> bool:
    """Version, profile, rate and channels never change on the way."""
    return (one[1] ^ other[1]) & 0xF8 == 0 and (one[2] ^ other[2]) & 0xFD == 0 and (one[3] ^ other[3]) & 0xC0 == 0


def _written(frame: bytes) -> bytes:
    layout = (frame[2] & 1) << 2 | frame[3] >> 6
    if frame[6] & 3 or frame[2] >> 6 != _LOW_COMPLEXITY or not layout:
        raise Refused("file_kind")  # several blocks in a frame, other profiles, channels told by words
    sound = aac_config.quiet(frame[_HEAD if frame[1] & 1 else _CHECKED :])
    size = _HEAD + len(sound)
    first = frame[2] & 0xFC | layout >> 2
    rest = (layout & 3) << 30 | size << 13 | _FULL << 2
    return b"\xff\xf1" + bytes([first]) + rest.to_bytes(4) + sound
