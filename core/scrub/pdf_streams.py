"""Counts what is packed inside a PDF before anything draws it: a file of one megabyte can hold six hundred.

Reads no structure, which may lie: whatever stands behind the word `stream` is tried, as often as it is packed.
"""

import re
import zlib
from collections.abc import Iterator

from core.errors import Refused

_STREAM = re.compile(rb"(?<!end)stream(?:\r\n|\n|\r)")
_BEFORE = 2048  # bytes in front of a stream, in which its dictionary says how it is packed
_LZW = re.compile(rb"LZW|#4[cC]|#5[aA7]")
_SHORT, _LONG = 9, 12  # bits of an LZW code
_CLEAR, _END, _FIRST = 256, 257, 258
_STEP = 1 << 16
_MOST_LAYERS = 4


def measure(data: bytes, most: int) -> None:
    """Raises Refused where all streams together hold more than `most` bytes, packed as deeply as they may be."""
    left = most
    for found in _STREAM.finditer(data):
        if _LZW.search(data, max(0, found.start() - _BEFORE), found.start()):
            left -= _lzw_length(data, found.end(), left)
        left -= _inflated(data, found.end(), left, _MOST_LAYERS)
        if left < 0:
            raise Refused("file_too_large")


def _inflated(data: bytes, at: int, most: int, layers: int) -> int:
    """Bytes that come out, of every layer; stops soon after `most`."""
    if not _begins_deflate(data, at):
        return 0
    if not layers:
        raise Refused("file_damaged")
    size, head = 0, bytearray()
    for piece in _pieces(data, at):
        size += len(piece)
        if size == len(piece) or _begins_deflate(bytes(head[:2]), 0):
            head += piece  # packed once more, so that it is needed whole
        if size > most:
            return size
    return size + _inflated(bytes(head), 0, most - size, layers - 1)


def _begins_deflate(data: bytes, at: int) -> bool:
    """RFC 1950, 2.2: method 8, and a checksum over the first two bytes."""
    head = data[at : at + 2]
    return len(head) == 2 and head[0] & 0x0F == 8 and int.from_bytes(head) % 31 == 0  # noqa: PLR2004 -- RFC 1950


def _pieces(data: bytes, at: int) -> Iterator[bytes]:
    inflate = zlib.decompressobj()
    while at < len(data) and not inflate.eof:
        rest = data[at : at + _STEP]
        at += _STEP
        try:
            while rest and not inflate.eof:
                yield inflate.decompress(rest, _STEP)
                rest = inflate.unconsumed_tail
        except zlib.error:
            return


def _lzw_length(data: bytes, at: int, most: int) -> int:
    """How much comes out of LZW codes (PDF 32000-1, 7.4.4), by the lengths of its table alone."""
    lengths: list[int] = []
    size = last = held = bits = 0
    width = _SHORT
    for byte in memoryview(data)[at:]:
        held, bits = (held << 8 | byte) & 0xFFFFFF, bits + 8
        if bits < width:
            continue
        bits -= width
        code = held >> bits & ((1 << width) - 1)
        if code == _END or size > most:
            break
        if code == _CLEAR:
            lengths, last, width = [], 0, _SHORT
            continue
        length = _length_of(code, lengths, last)
        if not length:
            break
        if last:
            lengths.append(last + 1)
        last = length
        size += length
        width = min(max((len(lengths) + _FIRST + 1).bit_length(), _SHORT), _LONG)
    return size


def _length_of(code: int, lengths: list[int], last: int) -> int:
    """Of the bytes that a code stands for; 0 where it stands for nothing."""
    if code < _CLEAR:
        return 1
    at = code - _FIRST
    if at < len(lengths):
        return lengths[at]
    return last + 1 if at == len(lengths) and last else 0
