"""Boxes inside boxes: the frame in which MP4, MOV, 3GP and HEIC keep everything (ISO 14496-12 section 4.2)."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.errors import Refused

_MOST = 20_000  # boxes in one place


@dataclass(frozen=True, slots=True)
class Box:
    """One of them; `start` and `end` are where its body stands in the file."""

    kind: bytes
    start: int
    end: int


def boxes(data: bytes, start: int, end: int) -> Iterator[Box]:
    """Those of a container; up to seven bytes of padding behind them are left out. Raises Refused."""
    for _ in range(_MOST):
        if end - start < 8:  # noqa: PLR2004 -- the least that a box is
            return
        box, whole = _box(data, start, end)
        if not whole:
            raise Refused("file_damaged")
        yield box
        start = box.end
    raise Refused("file_damaged")


def top(data: bytes) -> tuple[list[Box], bool]:
    """Those of the file, and whether it ends with them; the last may be cut, what is no box is left out."""
    found, start = list[Box](), 0
    while len(data) - start >= 8 and len(found) < _MOST:  # noqa: PLR2004 -- the least that a box is
        if not data[start + 4 : start + 8].isalnum():
            break
        box, whole = _box(data, start, len(data))
        if not whole and box.kind != b"mdat":
            break
        found.append(box)
        start = box.end
    return found, start == len(data)


def _box(data: bytes, start: int, end: int) -> tuple[Box, bool]:
    """Cut at the end of what surrounds it, and whether it was whole."""
    size, kind, head = int.from_bytes(data[start : start + 4]), data[start + 4 : start + 8], 8
    if size == 1:
        size, head = int.from_bytes(data[start + 8 : start + 16]), 16
    elif size == 0:
        size = end - start
    whole = head <= size <= end - start
    return Box(kind, min(start + head, end), min(start + max(size, head), end)), whole


def children(data: bytes, box: Box, skip: int = 0) -> dict[bytes, Box]:
    """By kind; of several of a kind the first."""
    found: dict[bytes, Box] = {}
    for child in boxes(data, box.start + skip, box.end):
        found.setdefault(child.kind, child)
    return found


def body(data: bytes, box: Box | None) -> bytes:
    """Its bytes; raises Refused where there is none."""
    if box is None:
        raise Refused("file_damaged")
    return data[box.start : box.end]
