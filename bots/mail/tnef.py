"""Files out of winmail.dat, in which Outlook packs what its writer attached (MS-OXTNEF); nothing else of it is read."""

import struct
from collections.abc import Iterator

_SIGNATURE = b"\x78\x9f\x3e\x22"
_HEAD = 6  # bytes: the signature and a key
_RECORD = struct.Struct("<BII")  # level, attribute, length; a checksum of two bytes follows the data
_CHECKSUM = 2
_DATA = 0x0006800F  # attAttachData


def is_packed(data: bytes) -> bool:
    """Whether these are the bytes of a winmail.dat."""
    return data.startswith(_SIGNATURE)


def unpacked(data: bytes) -> Iterator[bytes]:
    """The files in it, as far as it is whole."""
    at = _HEAD
    while at + _RECORD.size <= len(data):
        _, attribute, length = _RECORD.unpack_from(data, at)
        at += _RECORD.size
        if attribute == _DATA and 0 < length <= len(data) - at:
            yield data[at : at + length]
        at += length + _CHECKSUM
