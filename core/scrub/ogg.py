"""Ogg: the packets of its first stream of sound, put on pages of our own; no comment, no second stream, nothing behind.

Layout: RFC 3533. Pages tell nothing but the order of packets, where the sound stands, and that it ends.
"""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from core.errors import Refused
from core.limits import Limits
from core.scrub import opus, vorbis
from core.scrub.embedded_text import has_text
from core.scrub.traces import Made, Trace

MAGIC = b"OggS"
_HEAD = 27
_CONTINUED, _FIRST, _LAST = 1, 2, 4
_NOWHERE = 0xFFFF_FFFF_FFFF_FFFF  # the place of a page on which no packet ends
_SERIAL = (1).to_bytes(4, "little")
_MOST_LACES = 255
_PAGE = 48_000  # of a page's sound; a second of Opus
_TURNED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
_MOST_PACKETS = 400_000


@dataclass(frozen=True, slots=True)
class _Page:
    flags: int
    place: int
    serial: bytes
    laces: bytes
    body: bytes


@dataclass(slots=True)
class _Stream:
    """Packets of one stream; `ends` has the place of each page on which packets ended, and how many had by then."""

    packets: list[bytes] = field(default_factory=list)
    ends: list[tuple[int, int]] = field(default_factory=list)
    begun: list[bytes] = field(default_factory=list)  # of a packet that goes on
    waiting: bool = False

    def add(self, page: _Page) -> None:
        if bool(page.flags & _CONTINUED) != self.waiting:
            raise Refused("file_damaged")
        at = 0
        before = len(self.packets)
        for lace in page.laces:
            self.begun.append(page.body[at : at + lace])
            at += lace
            if lace < _MOST_LACES:
                self.packets.append(b"".join(self.begun))
                self.begun = []
        self.waiting = bool(page.laces) and page.laces[-1] == _MOST_LACES
        if len(self.packets) > before:
            self.ends.append((page.place, len(self.packets)))
        if len(self.packets) > _MOST_PACKETS:
            raise Refused("file_too_large")


@dataclass(frozen=True, slots=True)
class _Sound:
    """A stream ready to be written; `lengths` in samples, of which the last packet may be cut to end at `total`."""

    headers: list[bytes]
    packets: list[bytes]
    lengths: list[int]
    total: int
    rate: int


def clean(data: bytes, limits: Limits) -> Made:
    """Raises Refused, and IndexError about headers that end early."""
    stream, traces = _first_sound(data)
    match stream.packets[0][:8]:
        case b"OpusHead":
            sound = _opus(stream)
        case _:
            sound = _vorbis(stream)
    if sound.total > limits.voice_seconds * sound.rate:
        raise Refused("file_too_long")
    if stream.packets[1] != sound.headers[1]:
        traces.add(Trace.COMMENT)
    return Made(b"".join(_written(sound)), frozenset(traces))


def of_opus(head: opus.Head, frames: list[bytes]) -> bytes:
    """Packets out of another container, on pages."""
    packets = [opus.bare(frame) for frame in frames]
    lengths = [opus.samples(packet) for packet in packets]
    sound = _Sound([opus.head_packet(head), opus.TAGS], packets, lengths, sum(lengths), opus.RATE)
    return b"".join(_written(sound))


def of_vorbis(setup: vorbis.Setup, frames: list[bytes]) -> bytes:
    """Packets out of another container, on pages."""
    lengths = setup.lengths(frames)
    return b"".join(_written(_Sound(list(setup.headers), frames, lengths, sum(lengths), setup.rate)))


def _first_sound(data: bytes) -> tuple[_Stream, set[Trace]]:
    stream, chosen, traces, ended, end = _Stream(), b"", set[Trace](), False, 0
    for page, end in _pages(data):  # noqa: B007 -- where the last one ends is asked below
        if page.flags & _FIRST and not chosen and _is_sound(page.body):
            chosen = page.serial
        elif page.flags & _FIRST or page.serial != chosen or ended:
            _is_sound(page.body)
            traces.add(Trace.OTHER)
            continue
        stream.add(page)
        ended = bool(page.flags & _LAST)
    if end != len(data):
        traces.add(Trace.TRAILER)
    if not chosen or len(stream.packets) < 3 or (not ended and end != len(data)):  # noqa: PLR2004 -- two headers, one packet
        raise Refused("file_damaged")
    return stream, traces


def _is_sound(body: bytes) -> bool:
    """Raises Refused for moving pictures: the sound alone would not be what was sent."""
    if body.startswith((b"\x80theora", b"\1video", b"BBCD", b"OVP80")):
        raise Refused("file_kind")
    return body.startswith((b"OpusHead", b"\1vorbis"))


def _pages(data: bytes) -> Iterator[tuple[_Page, int]]:
    """Whole pages whose sums hold, and where each ends; stops at the first byte that is none."""
    at = 0
    while data.startswith(MAGIC, at) and len(data) >= at + _HEAD:
        body = at + _HEAD + data[at + 26]
        laces = data[at + _HEAD : body]
        end = body + sum(laces)
        if data[at + 4] or end > len(data) or len(laces) != data[at + 26]:
            return
        head = data[at : at + 22] + bytes(4) + data[at + 26 : body]
        if _sum(head + data[body:end]) != int.from_bytes(data[at + 22 : at + 26], "little"):
            return
        place = int.from_bytes(data[at + 6 : at + 14], "little")
        yield _Page(data[at + 5], place, data[at + 14 : at + 18], laces, data[body:end]), end
        at = end


def _sum(page: bytes) -> int:
    """Ogg's checksum is zlib's with every byte and the result turned round, and nothing flipped."""
    turned = ~zlib.crc32(page.translate(_TURNED), 0xFFFF_FFFF) & 0xFFFF_FFFF
    return int.from_bytes(turned.to_bytes(4, "little").translate(_TURNED))


def _opus(stream: _Stream) -> _Sound:
    head = opus.head(stream.packets[0])
    if not stream.packets[1].startswith(b"OpusTags"):
        raise Refused("file_damaged")
    packets = [opus.bare(packet) for packet in stream.packets[2:]]
    lengths = [opus.samples(packet) for packet in packets]
    total = _total(stream, lengths, 2)
    return _Sound([opus.head_packet(head), opus.TAGS], packets, lengths, total, opus.RATE)


def _vorbis(stream: _Stream) -> _Sound:
    setup = vorbis.setup(stream.packets[:3])
    packets = stream.packets[3:]
    lengths = setup.lengths(packets)
    total = _total(stream, lengths, 3)
    return _Sound(list(setup.headers), packets, lengths, total, setup.rate)


def _total(stream: _Stream, lengths: list[int], headers: int) -> int:
    """Samples to be heard: the places of pages tell where the last packet is cut, counted from where sound began."""
    ends = [(place, count - headers) for place, count in stream.ends if count > headers and place != _NOWHERE]
    everything = sum(lengths)
    if not ends:
        return everything
    began = max(0, ends[0][0] - sum(lengths[: ends[0][1]])) if len(ends) > 1 else 0
    heard = ends[-1][0] - began
    cut = everything - heard
    return heard if 0 <= cut <= sum(lengths[-2:]) and ends[-1][1] == len(lengths) and heard > 0 else everything


def _written(sound: _Sound) -> Iterator[bytes]:
    """Words are looked for in packets alone: in front of them stand their sizes, which look like letters."""
    if has_text(b"".join((*sound.headers, *sound.packets))):
        raise Refused("file_damaged")
    yield _page(0, _FIRST, 0, sound.headers[:1])
    yield from _long_page(sound.headers[1:])
    number, place, held, started, laces = 2 + _extra(sound.headers[1:]), 0, list[bytes](), 0, 0
    last = len(sound.packets) - 1
    for index, (packet, length) in enumerate(zip(sound.packets, sound.lengths, strict=True)):
        held.append(packet)
        place += length
        laces += len(packet) // _MOST_LACES + 1
        full = (
            place - started >= _PAGE or laces + len(sound.packets[min(index + 1, last)]) // _MOST_LACES >= _MOST_LACES
        )
        if full or index == last:
            yield _page(number, _LAST if index == last else 0, sound.total if index == last else place, held)
            number, held, started, laces = number + 1, [], place, 0


def _laces(packets: Iterable[bytes]) -> int:
    return sum(len(packet) // _MOST_LACES + 1 for packet in packets)


def _extra(headers: list[bytes]) -> int:
    """Pages beyond one that the headers take."""
    return (_laces(headers) - 1) // _MOST_LACES


def _long_page(headers: list[bytes]) -> Iterator[bytes]:
    """The headers behind the first, on as many pages as they need."""
    laces = b"".join(_lacing(packet) for packet in headers)
    body = b"".join(headers)
    at = 0
    for number, start in enumerate(range(0, len(laces), _MOST_LACES)):
        some = laces[start : start + _MOST_LACES]
        size = sum(some)
        flags = _CONTINUED if start and laces[start - 1] == _MOST_LACES else 0
        ends = any(lace < _MOST_LACES for lace in some)
        yield _sealed(number + 1, flags, 0 if ends else _NOWHERE, some, body[at : at + size])
        at += size


def _lacing(packet: bytes) -> bytes:
    return b"\xff" * (len(packet) // _MOST_LACES) + bytes([len(packet) % _MOST_LACES])


def _page(number: int, flags: int, place: int, packets: list[bytes]) -> bytes:
    laces = b"".join(map(_lacing, packets))
    if len(laces) > _MOST_LACES:
        raise Refused("file_damaged")  # a packet of sound that fills a page by itself
    return _sealed(number, flags, place, laces, b"".join(packets))


def _sealed(number: int, flags: int, place: int, laces: bytes, body: bytes) -> bytes:
    head = MAGIC + bytes([0, flags]) + place.to_bytes(8, "little") + _SERIAL + number.to_bytes(4, "little")
    rest = bytes([len(laces)]) + laces + body
    return head + _sum(head + bytes(4) + rest).to_bytes(4, "little") + rest
