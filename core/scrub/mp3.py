"""MP3: its frames in a row, with zeros wherever no sound is stored, for there encoders and tools write their names.

Layout: ISO 11172-3 section 2.4.1, 13818-3. A frame's sound may begin in frames before it: what lies between the sound
of one and of the next is read by no decoder, and can be known without decoding any.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.errors import Refused
from core.limits import Limits
from core.scrub import audio_tags
from core.scrub.file_traces import FileTrace, FormatResult

_RATES = (44_100, 48_000, 32_000)
_KBITS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBITS_LOW = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_MONO = 3
_HEADER = re.compile(rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb][^\x00-\x0f\xf0-\xff]")
_NEEDED, _NEEDED_OTHERWISE = 2, 3  # frames in a row, to believe that it is sound: where it is expected, elsewhere
_SEARCHED, _SEARCHED_UNNAMED = 1 << 17, 1 << 12  # bytes in which the first frame is looked for
_INFO = (b"Xing", b"Info")
_VBRI_AT = 36
_LENGTH = b"Info\0\0\0\3"  # and numbers of frames and bytes: what a player needs where the bit rate varies
_LENGTH_SIZE = 16
_MOST_FRAMES = 400_000


@dataclass(frozen=True, slots=True)
class FrameHeader:
    """What four bytes say; `side` is the size of what stands between them and the sound."""

    first: bool  # MPEG-1
    rate: int
    mono: bool
    size: int
    summed: bool

    def agrees(self, other: "FrameHeader") -> bool:
        """Whether both are of one make: a stream changes its bit rate alone."""
        return (self.first, self.rate, self.mono) == (other.first, other.rate, other.mono)

    @property
    def side(self) -> int:
        """Bytes of side information."""
        return (17 if self.mono else 32) if self.first else (9 if self.mono else 17)

    @property
    def sound_at(self) -> int:
        """Where sound is stored."""
        return 4 + 2 * self.summed + self.side


@dataclass(slots=True)
class _Mp3Frames:
    heads: list[FrameHeader] = field(default_factory=list)
    frames: list[bytes] = field(default_factory=list)
    traces: set[FileTrace] = field(default_factory=set)


def head(data: bytes, at: int) -> FrameHeader | None:
    """Of a frame of layer III."""
    if len(data) < at + 4 or data[at] != 0xFF or data[at + 1] & 0xE6 != 0xE2:  # noqa: PLR2004 -- sync and layer
        return None
    version, bits, rate = data[at + 1] >> 3 & 3, data[at + 2] >> 4, data[at + 2] >> 2 & 3
    if version == 1 or not 0 < bits < 15 or rate == 3:  # noqa: PLR2004 -- what no frame says
        return None
    first = version == 3  # noqa: PLR2004 -- MPEG-1; 2 is MPEG-2, 0 is 2.5
    hertz = _RATES[rate] >> (0, 1, 2)[(3, 2, 0).index(version)]
    kbits = (_KBITS if first else _KBITS_LOW)[bits]
    size = (144_000 if first else 72_000) * kbits // hertz + (data[at + 2] >> 1 & 1)
    return FrameHeader(first, hertz, data[at + 3] >> 6 == _MONO, size, not data[at + 1] & 1)


def is_mp3(data: bytes) -> bool:
    """Whether frames begin behind tags, or soon after."""
    return _begin(data, _SEARCHED) is not None


def is_cut_mp3(data: bytes) -> bool:
    """Whether frames begin soon, in a file that says nothing else: what was cut out of a stream begins anywhere."""
    return _begin(data, _SEARCHED_UNNAMED) is not None


def _begin(data: bytes, most: int) -> int | None:
    at, end = audio_tags.behind(data), audio_tags.before(data)
    found = _search(data, at, min(end, at + most), end, None)
    return found[0] if found else None


def clean(data: bytes, limits: Limits) -> FormatResult:
    """Raises Refused; a last frame that was cut is filled up with nothing."""
    stream = _stream(data)
    if not stream.frames:
        raise Refused("file_damaged")
    if sum((1_152 if told.first else 576) / told.rate for told in stream.heads) > limits.voice_seconds:
        raise Refused("file_too_long")
    return FormatResult(_written(stream), frozenset(stream.traces))


def _stream(data: bytes) -> _Mp3Frames:
    stream, at, end = _Mp3Frames(), audio_tags.behind(data), audio_tags.before(data)
    if at:
        stream.traces.add(FileTrace.TEXT)
    if end < len(data):
        stream.traces.add(FileTrace.TRAILER)
    for place, told in _found(data, at, end):
        frame = data[place : min(place + told.size, end)].ljust(told.size, b"\0")
        if place != at:
            stream.traces.add(FileTrace.OTHER)
        at = place + told.size
        if not stream.frames and _is_info(frame, told):
            stream.traces |= _told_by(frame, told)
            continue
        stream.heads.append(told)
        stream.frames.append(frame)
        if len(stream.frames) > _MOST_FRAMES:
            raise Refused("file_too_large")
    if at < end:
        stream.traces.add(FileTrace.TRAILER)
    return stream


def _is_info(frame: bytes, told: FrameHeader) -> bool:
    """A first frame without sound, that says how the rest was made."""
    at = told.sound_at
    return frame[at : at + 4] in _INFO or frame[at - 2 : at + 2] in _INFO or frame[_VBRI_AT : _VBRI_AT + 4] == b"VBRI"


def _told_by(frame: bytes, told: FrameHeader) -> set[FileTrace]:
    """What a first frame says beside the length of the sound."""
    said = frame[told.sound_at :]
    plain = said.startswith(_LENGTH) and not said[_LENGTH_SIZE:].strip(b"\0")
    return set() if plain else {FileTrace.CAMERA}


def _found(data: bytes, at: int, end: int) -> Iterator[tuple[int, FrameHeader]]:
    """Frames one after the other; behind a gap, or of another make, only where several follow each other."""
    like: FrameHeader | None = None
    while True:
        now = head(data, at)
        if not (now and like and now.agrees(like) and at + now.sound_at <= end):
            found = _search(data, audio_tags.behind(data, at), end, end, like)
            if found is None:
                return
            at, now = found
        yield at, now
        at, like = at + now.size, now


def _search(data: bytes, at: int, most: int, end: int, like: FrameHeader | None) -> tuple[int, FrameHeader] | None:
    """The next frame that others follow, or the end; it begins before `most`."""
    start = at
    while found := _HEADER.search(data, at, most):
        at = found.start()
        now = head(data, at)
        expected = at == start if like is None else now and now.agrees(like)
        if now and _goes_on(data, at, end, now, _NEEDED if expected else _NEEDED_OTHERWISE):
            return at, now
        at += 1
    return None


def _goes_on(data: bytes, at: int, end: int, first: FrameHeader, needed: int) -> bool:
    if at + first.size > end:
        return False
    for _ in range(needed):
        if at >= end:
            return True
        now = head(data, at)
        if now is None or not now.agrees(first):
            return False
        at += now.size
    return True


def _written(stream: _Mp3Frames) -> bytes:
    """Headers without spare bits, and the sound with zeros in its gaps."""
    sound = bytearray()
    starts, spans = list[int](), list[tuple[int, int]]()
    for told, frame in zip(stream.heads, stream.frames, strict=True):
        side = int.from_bytes(frame[told.sound_at - told.side : told.sound_at])
        back, bits = _pointers(side, told)
        starts.append(len(sound))
        spans.append((max(0, (len(sound) - back) * 8), (len(sound) - back) * 8 + bits))
        sound += frame[told.sound_at :]
    _empty_gaps(sound, spans)
    made = bytearray()
    for told, frame, start in zip(stream.heads, stream.frames, starts, strict=True):
        made += _front(told, frame)
        made += sound[start : start + told.size - told.sound_at]
    return _length(stream, len(made)) + made


def _length(stream: _Mp3Frames, size: int) -> bytes:
    """A first frame that tells how long the sound is, where players would guess it from the first frames' bit rate."""
    first, like = stream.frames[0], stream.heads[0]
    varies = len({frame[2] >> 4 for frame in stream.frames}) > 1 and all(told.agrees(like) for told in stream.heads)
    for bits in range(1, 15) if varies else ():
        start = bytes((0xFF, first[1] | 1, bits << 4 | first[2] & 0x0C, first[3] & 0xC0))
        told = head(start, 0)
        if told is not None and told.size >= told.sound_at + _LENGTH_SIZE:
            counted = len(stream.frames).to_bytes(4) + (size + told.size).to_bytes(4)
            return (start + bytes(told.side) + _LENGTH + counted).ljust(told.size, b"\0")
    return b""


def _pointers(side: int, told: FrameHeader) -> tuple[int, int]:
    """Bytes before the frame at which its sound begins, and how many bits it has."""
    whole = told.side * 8
    back = side >> whole - (9 if told.first else 8)
    channels = 1 if told.mono else 2
    if told.first:
        at, step, count = whole - (18 if told.mono else 20), 59, 2 * channels
    else:
        at, step, count = whole - (9 if told.mono else 10), 63, channels
    return back, sum(side >> at - step * part - 12 & 0xFFF for part in range(count))


def _empty_gaps(sound: bytearray, spans: list[tuple[int, int]]) -> None:
    at = 0
    for start, end in [*spans, (len(sound) * 8, len(sound) * 8)]:
        if start > at:
            first, last = at // 8, start // 8
            if at % 8:
                sound[first] &= 0xFF << 8 - at % 8 & 0xFF
                first += 1
            sound[first:last] = bytes(last - first)
        at = max(at, min(end, len(sound) * 8))


def _front(told: FrameHeader, frame: bytes) -> bytes:
    """Header, sum and side information; private, copyright and emphasis bits are zero."""
    header = frame[:2] + bytes((frame[2] & 0xFE, frame[3] & 0xF0))
    side = int.from_bytes(frame[told.sound_at - told.side : told.sound_at])
    spare = (5 if told.mono else 3) if told.first else (1 if told.mono else 2)
    side &= ~((1 << spare) - 1 << told.side * 8 - (9 if told.first else 8) - spare)
    kept = side.to_bytes(told.side)
    return header + (_sum(header[2:] + kept) if told.summed else b"") + kept


def _sum(data: bytes) -> bytes:
    value = 0xFFFF
    for byte in data:
        value ^= byte << 8
        for _ in range(8):
            value = (value << 1 ^ 0x8005 if value & 0x8000 else value << 1) & 0xFFFF
    return value.to_bytes(2)
