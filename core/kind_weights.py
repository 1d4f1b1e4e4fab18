"""Weights for kinds that a city's folder brings: how they are written, and read again without trusting whoever did.

A line that names the format, a line of JSON, then bytes under zlib: a weight for each row and class, a bias for each
class, a rarity for each row. Nothing in it can be run, and no more is unpacked than its head says there is.
"""

import json
import re
import zlib
from math import isfinite
from struct import pack, unpack
from typing import Final, NamedTuple

NAME: Final = "kinds.weights"
"""Of the file in a city's folder."""
FORMAT: Final = 1
"""Raised with what words become rows (`core/suggest`: words, grams): weights for other rows say something else."""
ROWS: Final = 1 << 17
"""Rows that words are hashed to."""
LARGEST: Final = 20_000_000
"""Bytes of a file."""
NO_REPORT: Final = "-"
"""The class of what is no report at all."""
_MOST_CLASSES: Final = 200
_FARTHEST: Final = 1e6  # what a number of it may be at most
_HEAD: Final = re.compile(rb"resi-kinds ([0-9]{1,9})\n([^\n]{1,20000})\n")
_CLASS: Final = re.compile(r"-|[a-z][a-z0-9_]{0,39}")


class UnreadableWeights(ValueError):
    """What is wrong, as words behind the name of the file."""


class StoredWeights(NamedTuple):
    """What such a file holds."""

    classes: tuple[str, ...]
    scale: float
    heat: float
    weights: bytes  # signed, row by row: one for each class
    bias: tuple[float, ...]
    rarity: bytes


def packed(stored: StoredWeights) -> bytes:
    """As a file."""
    head = {"classes": stored.classes, "scale": stored.scale, "heat": stored.heat}
    body = stored.weights + pack(f"<{len(stored.bias)}f", *stored.bias) + stored.rarity
    return b"resi-kinds %d\n%b\n%b" % (FORMAT, json.dumps(head).encode(), zlib.compress(body, 9))


def unpacked(data: bytes) -> StoredWeights:
    """Raises UnreadableWeights."""
    head = _HEAD.match(data)
    if head is None or len(data) > LARGEST:
        raise UnreadableWeights("holds no weights for kinds")
    if int(head[1]) != FORMAT:
        raise UnreadableWeights(f"has format {int(head[1])}, and this Resi reads {FORMAT}")
    classes, scale, heat = _told(head[2])
    behind = ROWS * len(classes)  # the weights
    size = behind + 4 * len(classes) + ROWS
    body = _body(data[head.end() :], size)
    bias = unpack(f"<{len(classes)}f", body[behind : size - ROWS])
    if not all(isfinite(each) and abs(each) <= _FARTHEST for each in bias):
        raise UnreadableWeights("is damaged")
    return StoredWeights(classes, scale, heat, body[:behind], bias, body[size - ROWS :])


def _told(line: bytes) -> tuple[tuple[str, ...], float, float]:
    """Classes, scale and heat."""
    try:
        told: object = json.loads(line)
    except (ValueError, RecursionError):
        raise UnreadableWeights("is damaged") from None
    if not isinstance(told, dict) or set(told) != {"classes", "scale", "heat"}:
        raise UnreadableWeights("is damaged")
    classes, scale, heat = told["classes"], told["scale"], told["heat"]
    if not isinstance(classes, list) or not all(isinstance(each, str) for each in classes):
        raise UnreadableWeights("is damaged")
    numbers = [each for each in (scale, heat) if isinstance(each, float) and 0 < each <= _FARTHEST]
    if not _are_classes(classes) or len(numbers) < len((scale, heat)):
        raise UnreadableWeights("is damaged")
    return tuple(map(str, classes)), numbers[0], numbers[1]


def _are_classes(told: list[str]) -> bool:
    """Ids, each once, and what is no report among them."""
    once = 1 < len(set(told)) == len(told) <= _MOST_CLASSES
    return once and NO_REPORT in told and all(map(_CLASS.fullmatch, told))


def _body(data: bytes, size: int) -> bytes:
    reader = zlib.decompressobj()
    try:
        body = reader.decompress(data, size + 1)
    except zlib.error:
        raise UnreadableWeights("is damaged") from None
    if len(body) != size or not reader.eof or reader.unused_data:
        raise UnreadableWeights("is damaged")
    return body
