"""Reads a WebM that we made as a stranger would: every element in its place, and none besides.

Shares no code with `matroska`, on purpose. Layout: RFC 8794, RFC 9559.
"""

# ruff: noqa: PLR2004 -- a proof is made of the very numbers that the format says

import struct

from core.scrub.codec_proof import opus_head, unpadded
from core.scrub.proof_cursor import ProofCursor, need, proof

_BEGINS = (
    b"\x1a\x45\xdf\xa3\1\0\0\0\0\0\0\x50"
    b"\x42\x86\1\0\0\0\0\0\0\1\1\x42\xf7\1\0\0\0\0\0\0\1\1\x42\xf2\1\0\0\0\0\0\0\1\4\x42\xf3\1\0\0\0\0\0\0\1\x08"
    b"\x42\x82\1\0\0\0\0\0\0\4webm\x42\x87\1\0\0\0\0\0\0\1\4\x42\x85\1\0\0\0\0\0\0\1\2"
)
_SCALE = b"\x2a\xd7\xb1\1\0\0\0\0\0\0\3\x0f\x42\x40"
_WRITERS = b"\x4d\x80\1\0\0\0\0\0\0\1-\x57\x41\1\0\0\0\0\0\0\1-"
_OPUS = b"OpusHead\1"
_MOST_SHIFT = 5_000


def _inside(cursor: ProofCursor, name: bytes) -> ProofCursor:
    cursor.fixed(name + b"\1")
    return cursor.part(cursor.number(7))


def _only(cursor: ProofCursor, name: bytes, most: int) -> bytes:
    body = _inside(cursor, name)
    need(holds=0 < body.end - body.at <= most)
    return body.take(body.end - body.at)


def _file(file: ProofCursor) -> None:
    """A film of VP8 or VP9, with or without Opus or Vorbis."""
    file.fixed(_BEGINS)
    segment = _inside(file, b"\x18\x53\x80\x67")
    info = _inside(segment, b"\x15\x49\xa9\x66")
    info.fixed(_SCALE)
    long = _only(info, b"\x44\x89", 8)
    info.fixed(_WRITERS)
    info.ends()
    tracks = _inside(segment, b"\x16\x54\xae\x6b")
    _picture(_inside(tracks, b"\xae"))
    sound = _sound(_inside(tracks, b"\xae")) if tracks.more() else None
    tracks.ends()
    need(holds=segment.more())
    times = set[int]()
    while segment.more():
        _cluster(_inside(segment, b"\x1f\x43\xb6\x75"), sound, times)
    *others, last = sorted(times)
    need(holds=long == struct.pack(">d", 2 * last - others[-1] if others else 1))


def _entry(entry: ProofCursor, number: bytes) -> None:
    for name in (b"\xd7", b"\x73\xc5", b"\x83"):
        need(holds=_only(entry, name, 1) == number)
    need(holds=_only(entry, b"\x9c", 1) == b"\0")


def _picture(entry: ProofCursor) -> None:
    _entry(entry, b"\1")
    need(holds=_only(entry, b"\x86", 5) in {b"V_VP8", b"V_VP9"})
    size = _inside(entry, b"\xe0")
    _only(size, b"\xb0", 2)
    _only(size, b"\xba", 2)
    size.ends()
    entry.ends()


def _sound(entry: ProofCursor) -> bytes:
    _entry(entry, b"\2")
    codec = _only(entry, b"\x86", 8)
    private = _inside(entry, b"\x63\xa2")
    if codec == b"A_OPUS":
        private.fixed(_OPUS)
        opus_head(private)
        private.ends()
    else:
        need(holds=codec == b"A_VORBIS")
        private.fixed(b"\2\x1e\x10\1vorbis\0\0\0\0")
        private.take(5)
        private.fixed(bytes(12))
        private.take(1)
        private.fixed(b"\1\3vorbis" + bytes(8) + b"\1\5vorbis")
    if codec == b"A_OPUS":
        _only(entry, b"\x56\xaa", 4)
        need(holds=_only(entry, b"\x56\xbb", 4) == (80_000_000).to_bytes(4))
    told = _inside(entry, b"\xe1")
    need(holds=len(_only(told, b"\xb5", 8)) == 8)
    need(holds=1 <= _only(told, b"\x9f", 1)[0] <= 8)
    told.ends()
    entry.ends()
    return codec


def _cluster(cluster: ProofCursor, sound: bytes | None, times: set[int]) -> None:
    start = int.from_bytes(_only(cluster, b"\xe7", 4))
    need(holds=cluster.more())
    while cluster.more():
        block = _inside(cluster, b"\xa3")
        number = block.fixed(b"\x81", b"\x82")
        shift = block.number(2)
        need(holds=shift <= _MOST_SHIFT)
        times.add(start + shift)
        block.fixed(b"\x80", b"\0")
        need(holds=block.more() and (number == b"\x81" or sound is not None))
        if number == b"\x82" and sound == b"A_OPUS":
            need(holds=unpadded(block.data, block.at, block.end))


webm_is_bare = proof(_file)
