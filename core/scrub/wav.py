"""WAV: what the samples are, in sixteen bytes, and the samples; no list, cue, broadcast or junk chunk.

Samples are bytes as they are, and where a file is bent, words that stood beside them may be taken for samples. Those of
eight bits look like letters anyway, so they are written with sixteen, and nothing is lost. In wider ones no sound makes
words; but soft sound, whose upper bytes are zero, can look like letters of two bytes each: then these lose their lowest
bits, which nobody hears.

Layout: Microsoft RIFF, and its extensible format.
"""

from core.errors import Refused
from core.limits import Limits
from core.scrub.embedded_text import has_text, samples_have_text, wide_text
from core.scrub.file_traces import FileTrace, FormatResult

_PLAIN, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_WIDTHS = {_PLAIN: (8, 16, 24, 32), _FLOAT: (32, 64)}
_OTHER_HALF = bytes.fromhex("000000001000800000aa00389b71")  # of the name of each plain kind, behind its number
_MOST_CHUNKS = 1_000
_UNKNOWN = (0, 0xFFFF_FFFF)  # sizes that a writer leaves who did not come to the end
_MIDDLE = 0x80  # of a byte, and the lower half of a sample whose upper half is all that is known
_BLUNT = bytes(
    min(b"#<[{", key=lambda level: abs(level - byte)) for byte in range(256)
)  # none of these stands in words
_TRACES = {
    b"LIST": FileTrace.TEXT,
    b"bext": FileTrace.TEXT,
    b"iXML": FileTrace.TEXT,
    b"id3 ": FileTrace.TEXT,
    b"ID3 ": FileTrace.TEXT,
}


def is_wave(data: bytes) -> bool:
    """Whether a RIFF holds sound."""
    return data[8:12] == b"WAVE"


def clean(data: bytes, limits: Limits) -> FormatResult:
    """Raises Refused; of a recording that was cut, what is there."""
    described, sound, traces = _chunks(data)
    kind, channels, rate, width = _described(described)
    block = channels * width // 8
    sound = sound[: len(sound) // block * block]
    if not sound:
        raise Refused("file_damaged")
    if len(sound) > limits.voice_seconds * rate * block:
        raise Refused("file_too_long")
    if width == 8:  # noqa: PLR2004 -- bits
        width, sound = 16, _widened(sound)
    return FormatResult(_written(kind, channels, rate, width, _wordless(kind, width, sound)), frozenset(traces))


def _chunks(data: bytes) -> tuple[bytes, bytes, set[FileTrace]]:
    """How the samples are told, the samples, and what else stood there."""
    described, sound, traces, at = b"", b"", set[FileTrace](), 12
    end = _end(data)
    for _ in range(_MOST_CHUNKS):
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if len(data) - at < 8:  # noqa: PLR2004 -- the head of a chunk
            break
        if kind == b"fmt " and not described:
            described = data[at + 8 : at + 8 + size]
        elif kind == b"data" and not sound:
            size = min(size, end - at - 8) if end > at + 8 else size
            sound = data[at + 8 : at + 8 + size]
        else:
            traces.add(_TRACES.get(kind, FileTrace.OTHER))
        at += 8 + size + size % 2
    if at < len(data):
        traces.add(FileTrace.TRAILER)
    return described, sound, traces


def _end(data: bytes) -> int:
    """Where the file says that it ends: no sample is behind, whatever its chunk says."""
    size = int.from_bytes(data[4:8], "little")
    return len(data) if size in _UNKNOWN else min(len(data), 8 + size)


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


def _widened(sound: bytes) -> bytes:
    """Samples of eight bits with sixteen: in the upper half, where the middle is zero."""
    wide = bytearray([_MIDDLE]) * (2 * len(sound))
    wide[1::2] = sound.translate(bytes(byte ^ _MIDDLE for byte in range(256)))
    return bytes(wide)


def _wordless(kind: int, width: int, sound: bytes) -> bytes:
    """Raises Refused where samples make words."""
    if (kind, width) != (_PLAIN, 16):
        speaks = has_text(sound)
    else:
        made = bytearray(sound)
        for at, end in wide_text(sound):
            if at % 2 == 0:
                made[at:end:2] = sound[at:end:2].translate(_BLUNT)
        sound = bytes(made)
        speaks = samples_have_text(sound)
    if speaks:
        raise Refused("file_damaged")
    return sound
