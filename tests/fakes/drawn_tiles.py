"""A PMTiles file of one tile that covers the world: a ground, a street across it with a name; written by hand."""

import json
import struct
from pathlib import Path

CREDIT = "Streets drawn by hand"
_EXTENT = 4096
_POLYGON, _LINE = 3, 2


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _field(number: int, data: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def _whole(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)


def _geometry(*steps: tuple[int, tuple[tuple[int, int], ...]]) -> bytes:
    """Commands of vector tiles: 1 moves, 2 draws, 7 closes; each step from where the one before ended."""
    found = bytearray()
    for command, moves in steps:
        found += _varint(command | (max(len(moves), 1) << 3))
        for move in moves:
            found += b"".join(_varint(each << 1 ^ each >> 31) for each in move)
    return bytes(found)


def _layer(name: str, kind: int, geometry: bytes) -> bytes:
    feature = _field(2, _varint(0) + _varint(0)) + _whole(3, kind) + _field(4, geometry)
    named = _field(1, b"Jalan Angsana")
    parts = (_whole(15, 2), _field(1, name.encode()), _field(2, feature), _field(3, b"name"), _field(4, named))
    return _field(3, b"".join(parts) + _whole(5, _EXTENT))


def tiles_file(folder: Path, credit: str = CREDIT) -> Path:
    """As an operator names one."""
    far = _EXTENT
    ground = _geometry((1, ((0, 0),)), (2, ((far, 0), (0, far), (-far, 0))), (7, ()))
    street = _geometry((1, ((0, 0),)), (2, ((far, far),)))
    tile = _layer("landuse", _POLYGON, ground) + _layer("roads", _LINE, street)
    directory = b"".join(map(_varint, (1, 0, 1, len(tile), 1)))
    layers = [{"id": name, "fields": {"name": "String"}} for name in ("landuse", "roads")]
    metadata = json.dumps({"vector_layers": layers, "attribution": credit}).encode()
    at = 127
    head = b"PMTiles\x03" + struct.pack(
        "<11Q", at, len(directory), at + len(directory), len(metadata), 0, 0,
        at + len(directory) + len(metadata), len(tile), 1, 1, 1,
    )  # fmt: skip
    head += struct.pack("<6B4iB2i", 1, 1, 1, 1, 0, 0, -1800000000, -850000000, 1800000000, 850000000, 0, 0, 0)
    file = folder / "streets.pmtiles"
    file.write_bytes(head + directory + metadata + tile)
    return file
