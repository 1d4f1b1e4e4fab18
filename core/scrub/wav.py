"""WAV: what the samples are, in sixteen bytes, and the samples; no list, cue, broadcast or junk chunk.

Layout: Microsoft RIFF, and its extensible format.
"""

from core.errors import Refused
from core.scrub.limits import Limits
from core.scrub.traces import Made, Trace

_PLAIN, _FLOAT, _A_LAW, _MU_LAW, _EXTENSIBLE = 1, 3, 6, 7, 0xFFFE
_WIDTHS = {_PLAIN: (8, 16, 24, 32), _FLOAT: (32, 64), _A_LAW: (8,), _MU_LAW: (8,)}
_OTHER_HALF = bytes.fromhex("000000001000800000aa00389b71")  # of the name of each plain kind, behind its number
_MOST_CHUNKS = 1_000
_TRACES = {b"LIST": Trace.TEXT, b"bext": Trace.TEXT, b"iXML": Trace.TEXT, b"id3 ": Trace.TEXT, b"ID3 ": Trace.TEXT}


def is_wave(data: bytes) -> bool:
    """Whether a RIFF holds sound."""
    return data[8:12] == b"WAVE"


def clean(data: bytes, limits: Limits) -> Made:
    """Raises Refused; of a recording that was cut, what is there."""
    described, sound, traces, at = b"", None, set[Trace](), 12
    for _ in range(_MOST_CHUNKS):
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if len(data) - at < 8:  # noqa: PLR2004 -- the head of a chunk
            break
        if kind == b"fmt " and not described:
            described = data[at + 8 : at + 8 + size]
        elif kind == b"data" and sound is None:
            sound = data[at + 8 : at + 8 + size]
        else:
            traces.add(_TRACES.get(kind, Trace.OTHER))
        at += 8 + size + size % 2
    if at < len(data):
        traces.add(Trace.TRAILER)
    kind_number, channels, rate, width = _described(described)
    block = channels * width // 8
    sound = (sound or b"")[: len(sound or b"") // block * block]
    if not sound:
        raise Refused("file_damaged")
    if len(sound) > limits.voice_seconds * rate * block:
        raise Refused("file_too_long")
    return Made(_written(kind_number, channels, rate, width, sound), frozenset(traces))


def _described(told: bytes) -> tuple[int, int, int, int]:
    if len(told) < 16:  # noqa: PLR2004 -- its fixed part
        raise Refused("file_damaged")
    kind, channels = (int.from_bytes(told[at : at + 2], "little") for at in (0, 2))
    rate, width = int.from_bytes(told[4:8], "little"), int.from_bytes(told[14:16], "little")
    if kind == _EXTENSIBLE and told[26:40] == _OTHER_HALF:
        kind = int.from_bytes(told[24:26], "little")
    if width not in _WIDTHS.get(kind, ()):
        raise Refused("file_kind")
    if not 0 < channels <= 8 or not 1000 <= rate <= 384_000:  # noqa: PLR2004 -- nothing that can be heard is outside
        raise Refused("file_damaged")
    return kind, channels, rate, width


def _written(kind: int, channels: int, rate: int, width: int, sound: bytes) -> bytes:
    block = channels * width // 8
    pad = bytes(len(sound) % 2)
    return b"".join((
        b"RIFF", (36 + len(sound) + len(pad)).to_bytes(4, "little"), b"WAVEfmt \x10\0\0\0",
        kind.to_bytes(2, "little"), channels.to_bytes(2, "little"), rate.to_bytes(4, "little"),
        (rate * block).to_bytes(4, "little"), block.to_bytes(2, "little"), width.to_bytes(2, "little"),
        b"data", len(sound).to_bytes(4, "little"), sound, pad,
    ))  # fmt: skip
