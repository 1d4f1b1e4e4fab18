"""A WebM written from its blocks and nothing else."""

from collections.abc import Iterator

from core.errors import Refused
from core.limits import Limits
from core.scrub import opus, pixels, vorbis
from core.scrub.matroska import elements
from core.scrub.matroska.demuxing import Block, MatroskaTrack

_PICTURES = {b"V_VP8", b"V_VP9"}
_MILLISECOND = 1_000_000
_SPAN = 5_000  # milliseconds of one cluster


def film(
    picture: MatroskaTrack | None, sound: MatroskaTrack | None, blocks: list[Block], begun: int, limits: Limits
) -> bytes:
    """`blocks` as they come, the track's number among those taken; `begun`: the time that is now nought."""
    entries = []
    if picture is not None:
        if picture.codec not in _PICTURES:
            raise Refused("file_kind")
        pixels.measure(picture.width, picture.height, limits)
        if max(picture.width, picture.height) >= 1 << 14:
            raise Refused("file_damaged")
        size = (
            _element(elements.WIDTH, _number(picture.width)),
            _element(elements.HEIGHT, _number(picture.height)),
        )
        entries.append(_entry(1, 1, picture.codec, _element(elements.VIDEO, *size)))
    bare = None
    if sound is not None:
        private, heard, bare = _sound(sound)
        entries.append(_entry(len(entries) + 1, 2, sound.codec, private, heard))
    info = _element(
        elements.INFO,
        _element(elements.SCALE, _number(_MILLISECOND)),
        _element(elements.LONG, _float(_long(blocks, begun))),
        _element(0x4D80, b"-"),
        _element(0x5741, b"-"),
    )
    clusters = b"".join(_clusters(blocks, begun, len(entries) if bare else 0))
    head = _element(
        elements.HEAD, _element(0x4286, b"\1"), _element(0x42F7, b"\1"),
        _element(0x42F2, b"\4"), _element(0x42F3, b"\x08"),
        _element(0x4282, b"webm"), _element(0x4287, b"\4"), _element(0x4285, b"\2"),
    )  # fmt: skip
    return head + _element(elements.SEGMENT, info, _element(elements.TRACKS, *entries), clusters)


def _long(blocks: list[Block], begun: int) -> int:
    """Milliseconds, the last block as long as the one before: without them players show no length."""
    *others, last = sorted({block[0] for block in blocks})
    return 2 * last - others[-1] - begun if others else 1


def _sound(track: MatroskaTrack) -> tuple[bytes, bytes, bool]:
    """Its headers, what a player must know, and whether it is Opus."""
    if track.codec == b"A_OPUS":
        head = opus.head(track.private)
        delay = _number(head.skip * 1_000_000_000 // opus.RATE)
        told = (
            _element(elements.PRIVATE, opus.head_packet(head)),
            _element(0x56AA, delay),
            _element(0x56BB, _number(80_000_000)),
        )
        return b"".join(told), _heard(head.channels, opus.RATE), True
    if track.codec == b"A_VORBIS":
        setup = vorbis.setup(unlaced(track.private))
        first, words, books = setup.headers
        private = b"\2" + bytes([len(first), len(words)]) + first + words + books
        return _element(elements.PRIVATE, private), _heard(setup.channels, setup.rate), False
    raise Refused("file_kind")


def unlaced(private: bytes) -> list[bytes]:
    """The three headers of Vorbis, the sizes of two of them in front."""
    at, sizes = 1, list[int]()
    while len(sizes) < private[0]:
        size = 0
        while private[at] == 255:  # noqa: PLR2004 -- and it goes on
            size, at = size + 255, at + 1
        sizes.append(size + private[at])
        at += 1
    parts = []
    for size in sizes:
        parts.append(private[at : at + size])
        at += size
    return [*parts, private[at:]]


def _heard(channels: int, rate: int) -> bytes:
    return _element(
        elements.AUDIO, _element(elements.RATE, _float(rate)), _element(elements.CHANNELS, _number(channels))
    )


def _float(value: int) -> bytes:
    """Of a whole number, in eight bytes (IEEE 754)."""
    power = value.bit_length() - 1
    return (1023 + power << 52 | (value << 52 - power) & (1 << 52) - 1).to_bytes(8)


def _entry(number: int, kind: int, codec: bytes, *more: bytes) -> bytes:
    plain = (
        _element(elements.NUMBER, _number(number)),
        _element(0x73C5, _number(number)),
        _element(elements.KIND, _number(kind)),
    )
    return _element(elements.ENTRY, *plain, _element(0x9C, b"\0"), _element(elements.CODEC, codec), *more)


def _clusters(blocks: list[Block], begun: int, opus_track: int) -> Iterator[bytes]:
    held, start = list[bytes](), -1
    for time, number, key, frame in blocks:
        now = time - begun
        if start < 0 or not 0 <= now - start <= _SPAN:
            if held:
                yield _element(elements.CLUSTER, _element(elements.TIME, _number(start)), *held)
            held, start = [], now
        body = opus.bare(frame) if number == opus_track else frame
        if not body:
            raise Refused("file_damaged")
        head = bytes([0x80 | number]) + (now - start).to_bytes(2) + (b"\x80" if key else b"\0")
        held.append(_element(elements.SIMPLE, head, body))
    yield _element(elements.CLUSTER, _element(elements.TIME, _number(start)), *held)


def _element(number: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    name = number.to_bytes((number.bit_length() + 7) // 8)
    return name + (1 << 56 | len(body)).to_bytes(8) + body


def _number(value: int) -> bytes:
    return value.to_bytes(max(1, (value.bit_length() + 7) // 8))
