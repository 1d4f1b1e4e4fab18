"""Reads an Ogg that we made as a stranger would: one stream, headers without words, packets without padding.

Shares no code with `ogg`, `opus` and `vorbis`, on purpose. Layout: RFC 3533, RFC 7845, Vorbis I.
"""

# ruff: noqa: PLR2004 -- a proof is made of the very numbers that the format says

from core.scrub.codec_proof import opus_head, unpadded
from core.scrub.embedded_text import has_text
from core.scrub.proof_cursor import ProofCursor, need, proof, silent

_SUMS: list[int] = []
for _value in range(256):
    _sum = _value << 24
    for _ in range(8):
        _sum = (_sum << 1 ^ 0x04C11DB7 if _sum & 0x80000000 else _sum << 1) & 0xFFFFFFFF
    _SUMS.append(_sum)
_END = 4


def _file(file: ProofCursor) -> None:
    """One stream of Opus or Vorbis, with no words in its packets."""
    packets, open_packet, number, flags, place = list[bytes](), b"", 0, 0, 0
    while file.more():
        need(holds=not flags & _END)
        start = file.at
        file.fixed(b"OggS\0")
        flags = file.number(1)
        here = file.little(8)
        file.fixed(b"\1\0\0\0" + number.to_bytes(4, "little"))
        file.take(4)
        if number < 2:  # a sum says nothing that is not there already; the first two are enough to know it is made
            need(holds=_page_sum(file, start))
        laces = file.take(file.number(1))
        need(holds=flags & 1 == bool(open_packet) and bool(flags & 2) == (number == 0) and flags < 8)
        before = len(packets)
        for lace in laces:
            open_packet += file.take(lace)
            if lace < 255:
                packets.append(open_packet)
                open_packet = b""
        if len(packets) == before:
            need(holds=here == 0xFFFFFFFFFFFFFFFF)
        else:
            need(holds=here >= place or bool(flags & _END))
            place = here
        number += 1
    need(holds=bool(flags & _END) and not open_packet and len(packets) > 2)
    need(holds=not has_text(b"".join(packets)))
    _packets(packets)


def _page_sum(file: ProofCursor, start: int) -> bool:
    count = file.data[file.at]
    end = file.at + 1 + count + sum(file.data[file.at + 1 : file.at + 1 + count])
    page = file.data[start : start + 22] + bytes(4) + file.data[start + 26 : end]
    total = 0
    for byte in page:
        total = total << 8 & 0xFFFFFFFF ^ _SUMS[total >> 24 ^ byte]
    return total == int.from_bytes(file.data[start + 22 : start + 26], "little")


def _packets(packets: list[bytes]) -> None:
    head = ProofCursor(packets[0], 0, len(packets[0]))
    if head.fixed(b"OpusHead\1", b"\1vorbis\0\0\0\0").startswith(b"Opus"):
        opus_head(head)
        need(holds=packets[1] == b"OpusTags" + bytes(8))
        need(holds=all(unpadded(packet, 0, len(packet)) for packet in packets[2:]))
    else:
        head.take(5)
        head.fixed(bytes(12))
        head.take(1)
        head.fixed(b"\1")
        need(
            holds=packets[1] == b"\3vorbis" + bytes(8) + b"\1" and packets[2][:7] == b"\5vorbis" and packets[2][-1] > 0
        )
        need(holds=all(packet and not packet[0] & 1 for packet in packets[3:]))
    head.ends()


ogg_is_bare = proof(_file, silent)
