"""Pictures for results in a demonstration: soft patches of colour, each one unlike the others, as a plain BMP."""

import struct
from random import Random

WIDTH, HEIGHT = 96, 72
_PATCHES = 6


def picture(chance: Random) -> bytes:
    """A bitmap of 24 bits; it is scrubbed and looked at like any photo."""
    patches = [
        (
            chance.randrange(WIDTH),
            chance.randrange(HEIGHT),
            chance.randrange(8, 40),
            tuple(chance.randrange(256) for _ in range(3)),
        )
        for _ in range(_PATCHES)
    ]
    ground = tuple(chance.randrange(60, 200) for _ in range(3))
    rows = b"".join(_row(y, patches, ground) for y in range(HEIGHT))
    head = struct.pack("<2sIHHI", b"BM", 54 + len(rows), 0, 0, 54)
    shape = struct.pack("<IiiHHIIiiII", 40, WIDTH, HEIGHT, 1, 24, 0, len(rows), 2835, 2835, 0, 0)
    return head + shape + rows


def _row(y: int, patches: list[tuple[int, int, int, tuple[int, ...]]], ground: tuple[int, ...]) -> bytes:
    row = bytearray()
    for x in range(WIDTH):
        colour = ground
        for left, top, size, own in patches:
            if (x - left) ** 2 + (y - top) ** 2 < size * size:
                colour = own
        row += bytes(colour)
    return bytes(row)
