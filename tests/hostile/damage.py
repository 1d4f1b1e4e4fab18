"""What becomes of damaged files, and what a clean one still says to whoever looks everywhere."""

import contextlib
import io
import random
import zlib

from PIL import Image

from core.errors import Refused
from core.scrub import Clean, scrub

_ODD = (0x00, 0x01, 0x7F, 0x80, 0xC4, 0xD8, 0xD9, 0xDA, 0xFF)  # bytes that mean something where a structure is
_FRONT = 600


def outcome(data: bytes) -> Clean | None:
    """None where refused; any other exception fails the test."""
    try:
        return scrub(data)
    except Refused:
        return None


def bent(data: bytes, rng: random.Random, end: int = 0) -> bytes:
    """With a few bytes changed, taken out or put in: anywhere, at the front, or in so much of the end."""
    changed = bytearray(data)
    for _ in range(rng.randint(1, 5)):
        length = len(changed)
        places = [rng.randrange(length), rng.randrange(min(length, _FRONT))]
        if end:
            places.append(length - 1 - rng.randrange(min(length, end)))
        at = rng.choice(places)
        match rng.randrange(4):
            case 0:
                changed[at] = rng.randrange(256)
            case 1:
                del changed[at : at + rng.randint(1, 8)]
            case 2:
                changed[at:at] = rng.randbytes(rng.randint(1, 8))
            case _:
                changed[at] = rng.choice(_ODD)
    return bytes(changed)


def all_that_it_says(clean: Clean) -> bytes:
    """Its bytes, its pixels, what Pillow tells of it, and everything that any deflated stream in it says."""
    if not clean.kind.startswith("image/"):
        return clean.data  # the first letters of a picture may be taken for words
    image = Image.open(io.BytesIO(clean.data))
    words = repr(image.info).encode() + repr(dict(image.getexif())).encode()
    return clean.data + _inflated(clean.data) + image.tobytes() + words


def _inflated(data: bytes) -> bytes:
    found, at = b"", data.find(b"\x78")
    while at != -1:
        with contextlib.suppress(zlib.error):
            found += zlib.decompressobj().decompress(data[at:])
        at = data.find(b"\x78", at + 1)
    return found
