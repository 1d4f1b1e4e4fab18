"""Ogg: the packets of its first stream of sound, put on pages of our own; no comment, no second stream, nothing behind.

Layout: RFC 3533. Pages tell nothing but the order of packets, where the sound stands, and that it ends.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.errors import Refused
from core.limits import Limits
from core.scrub import opus, vorbis
from core.scrub.embedded_text import has_text
from core.scrub.file_traces import FileTrace, FormatResult

MAGIC = b"OggS"
_HEAD = 27
_CONTINUED, _FIRST, _LAST = 1, 2, 4
_NOWHERE = 0xFFFF_FFFF_FFFF_FFFF  # the place of a page on which no packet ends
_SERIAL = (1).to_bytes(4, "little")
_MOST_LACES = 255
_PAGE = 48_000  # of a page's sound; a second of Opus
_TURNED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
_MOST_PACKETS = 400_000


@dataclass(frozen=True, slots=True, repr=False)
class _OggPage:
    flags: int
    place: int
    serial: bytes
    laces: bytes
    body: bytes


@dataclass(slots=True)
class _PacketStream:
    """Packets of one stream; `ends` has the place of each page on which packets ended, and how many had by then."""

    packets: list[bytes] = field(default_factory=list)
    ends: list[tuple[int, int]] = field(default_factory=list)
    begun: list[bytes] = field(default_factory=list)  # of a packet that goes on
    waiting: bool = False

    def add(self, page: _OggPage) -> None:
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
class _OggAudio:
    """A stream ready to be written; `lengths` of its packets in samples."""

    headers: list[bytes]
    packets: list[bytes]
    lengths: list[int]
    rate: int


def clean(data: bytes, limits: Limits) -> FormatResult:
    """Raises Refused, and IndexError about headers that end early."""
    stream, traces = _first_sound(data)
    if stream.packets[0].startswith(b"OpusHead"):
        sound = _opus(opus.head(stream.packets[0]), stream.packets[2:])
        if not stream.packets[1].startswith(b"OpusTags"):
            raise Refused("file_damaged")
    else:
        sound = _vorbis(vorbis.setup(stream.packets[:3]), stream.packets[3:])
    total = _total(stream, sound.lengths)
    if total > limits.voice_seconds * sound.rate:
        raise Refused("file_too_long")
    if stream.packets[1] != sound.headers[1]:
        traces.add(FileTrace.COMMENT)
    return FormatResult(_written(sound, total), frozenset(traces))


def of_opus(head: opus.OpusHead, frames: list[bytes]) -> bytes:
    """Packets out of another container, on pages."""
    sound = _opus(head, frames)
    return _written(sound, sum(sound.lengths))


def of_vorbis(setup: vorbis.VorbisSetup, frames: list[bytes]) -> bytes:
    """Packets out of another container, on pages."""
    sound = _vorbis(setup, frames)
    return _written(sound, sum(sound.lengths))


def _opus(head: opus.OpusHead, frames: list[bytes]) -> _OggAudio:
    packets = [opus.bare(frame) for frame in frames]
    lengths = [opus.samples(packet) for packet in packets]
    return _OggAudio([opus.head_packet(head), opus.TAGS], packets, lengths, opus.RATE)


def _vorbis(setup: vorbis.VorbisSetup, frames: list[bytes]) -> _OggAudio:
    return _OggAudio(list(setup.headers), frames, setup.lengths(frames), setup.rate)


def _first_sound(data: bytes) -> tuple[_PacketStream, set[FileTrace]]:
    stream, chosen, traces, ended, end = _PacketStream(), b"", set[FileTrace](), False, 0
    for page, end in _pages(data):  # noqa: B007 -- where the last one ends is asked below
        if page.flags & _FIRST and not chosen and _is_sound(page.body):
            chosen = page.serial
        elif page.flags & _FIRST or page.serial != chosen or ended:
            _is_sound(page.body)
            traces.add(FileTrace.OTHER)
            continue
        stream.add(page)
        ended = bool(page.flags & _LAST)
    if end != len(data):
        traces.add(FileTrace.TRAILER)
    if not chosen or len(stream.packets) < 3 or (not ended and end != len(data)):  # noqa: PLR2004 -- two headers, one packet
        raise Refused("file_damaged")
    return stream, traces


def _is_sound(body: bytes) -> bool:
    """Raises Refused for moving pictures: the sound alone would not be what was sent."""
    if body.startswith((b"\x80theora", b"\1video", b"BBCD", b"OVP80")):
        raise Refused("file_kind")
    return body.startswith((b"OpusHead", b"\1vorbis"))


def _pages(data: bytes) -> Iterator[tuple[_OggPage, int]]:
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
        yield _OggPage(data[at + 5], place, data[at + 14 : at + 18], laces, data[body:end]), end
        at = end


def _sum(page: bytes) -> int:
    """Ogg's checksum is zlib's with every byte and the result turned round, and nothing flipped."""
    turned = ~zlib.crc32(page.translate(_TURNED), 0xFFFF_FFFF) & 0xFFFF_FFFF
    return int.from_bytes(turned.to_bytes(4, "little").translate(_TURNED))


def _total(stream: _PacketStream, lengths: list[int]) -> int:
    """Samples to be heard: the places of pages tell where the last packet is cut, counted from where sound began."""
    headers = len(stream.packets) - len(lengths)
    ends = [(place, count - headers) for place, count in stream.ends if count > headers and place != _NOWHERE]
    everything = sum(lengths)
    if not ends:
        return everything
    began = max(0, ends[0][0] - sum(lengths[: ends[0][1]])) if len(ends) > 1 else 0
    heard = ends[-1][0] - began
    cut = everything - heard
    return heard if 0 <= cut <= sum(lengths[-2:]) and ends[-1][1] == len(lengths) and heard > 0 else everything


def _written(sound: _OggAudio, total: int) -> bytes:
    """Words are looked for in packets alone: in front of them stand their sizes, which look like letters."""
    if has_text(b"".join((*sound.headers, *sound.packets))):
        raise Refused("file_damaged")
    return b"".join(_page(number, *row) for number, row in enumerate(_rows(sound, total)))


def _rows(sound: _OggAudio, total: int) -> Iterator[tuple[int, int, bytes, bytes]]:
    """Of each page: flags, place, sizes of packets, and the packets; the last one may be cut to end at `total`."""
    yield _FIRST, 0, *_laced(sound.headers[:1])
    laces, body = _laced(sound.headers[1:])
    for start in range(0, len(laces), _MOST_LACES):
        some = laces[start : start + _MOST_LACES]
        flags = _CONTINUED if start and laces[start - 1] == _MOST_LACES else 0
        yield flags, 0 if min(some) < _MOST_LACES else _NOWHERE, some, body[: sum(some)]
        body = body[sum(some) :]
    held, place, started, many = list[bytes](), 0, 0, 0
    for packet, length in zip(sound.packets, sound.lengths, strict=True):
        if held and (place - started >= _PAGE or many + len(packet) // _MOST_LACES >= _MOST_LACES):
            yield 0, place, *_laced(held)
            held, started, many = [], place, 0
        held.append(packet)
        place += length
        many += len(packet) // _MOST_LACES + 1
    yield _LAST, total, *_laced(held)


def _laced(packets: list[bytes]) -> tuple[bytes, bytes]:
    """Sizes of packets, and the packets."""
    laces = (b"\xff" * (len(packet) // _MOST_LACES) + bytes([len(packet) % _MOST_LACES]) for packet in packets)
    return b"".join(laces), b"".join(packets)


def _page(number: int, flags: int, place: int, laces: bytes, body: bytes) -> bytes:
    if len(laces) > _MOST_LACES:
        raise Refused("file_damaged")  # a packet of sound that fills a page by itself
    head = MAGIC + bytes([0, flags]) + place.to_bytes(8, "little") + _SERIAL + number.to_bytes(4, "little")
    rest = bytes([len(laces)]) + laces + body
    return head + _sum(head + bytes(4) + rest).to_bytes(4, "little") + rest
