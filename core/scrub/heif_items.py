"""HEIF's boxes read down to its items: what a picture is made of, and how its pieces are told to lie.

Layout: ISO/IEC 14496-12 (8.11) and 23008-12. Raises Refused where a box or a place lies outside of the file.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from core.errors import Refused
from core.scrub import isobmff
from core.scrub.byte_reader import ByteReader

_MOST = 4_000  # items, extents, references: an honest photograph has some hundred
_IN_FILE, _IN_META = 0, 1  # where an item's bytes lie


@dataclass(slots=True)
class HeifItems:
    """The items of a file by number."""

    data: bytes = field(repr=False)
    kept: bytes = field(default=b"", repr=False)  # idat
    primary: int = 0
    kinds: dict[int, bytes] = field(default_factory=dict)
    places: dict[int, tuple[int, tuple[tuple[int, int], ...]]] = field(default_factory=dict)
    properties: list[tuple[bytes, bytes]] = field(default_factory=list)
    owned: dict[int, list[int]] = field(default_factory=dict)  # which properties, in the order in which they apply
    references: list[tuple[bytes, int, tuple[int, ...]]] = field(default_factory=list)  # kind, from, to

    def body(self, item: int) -> bytes:
        """What it holds."""
        how, extents = self.places.get(item, (_IN_FILE, ()))
        source = self.data if how == _IN_FILE else self.kept
        if how > _IN_META or not extents or any(start + size > len(source) or not size for start, size in extents):
            raise Refused("file_damaged")
        if sum(size for _, size in extents) > len(source):
            raise Refused("file_damaged")
        return b"".join(source[start : start + size] for start, size in extents)

    def has(self, item: int) -> list[tuple[bytes, bytes]]:
        """Its properties."""
        return [self.properties[at - 1] for at in self.owned.get(item, ()) if 0 < at <= len(self.properties)]

    def property(self, item: int, kind: bytes) -> bytes:
        """The first of that kind, or nothing."""
        return next((body for name, body in self.has(item) if name == kind), b"")

    def pointed(self, kind: bytes, item: int) -> tuple[int, ...]:
        """Items that this one is made of, or speaks of."""
        return next((to for name, start, to in self.references if (name, start) == (kind, item)), ())

    def pointing(self, kind: bytes, item: int) -> list[int]:
        """Items that speak of this one."""
        return [start for name, start, to in self.references if name == kind and item in to]


def items_of(data: bytes) -> HeifItems:
    """Of the file's first meta box; a film in it is refused, what stands behind it and is no box is a trailer."""
    found = HeifItems(data)
    outer, _ = isobmff.top(data)
    if any(box.kind == b"moov" for box in outer):
        raise Refused("file_animated")
    meta = next((data[box.start : box.end] for box in outer if box.kind == b"meta"), b"")
    if not meta:
        raise Refused("file_damaged")
    for kind, body in _inside(meta, 4):
        _take(found, kind, body)
    return found


def _inside(body: bytes, at: int = 0) -> Iterator[tuple[bytes, bytes]]:
    """Kind and body of each box."""
    return ((box.kind, body[box.start : box.end]) for box in isobmff.boxes(body, at, len(body)))


def _full(reader: ByteReader) -> tuple[int, int]:
    """Version and flags of a full box."""
    both = reader.number(4)
    return both >> 24, both & 0xFFFFFF


def _take(found: HeifItems, kind: bytes, body: bytes) -> None:
    match kind:
        case b"pitm":
            reader = ByteReader(body)
            found.primary = reader.number(4 if _full(reader)[0] else 2)
        case b"iinf":
            found.kinds = dict(_kinds(body))
        case b"iloc":
            found.places = dict(_places(ByteReader(body)))
        case b"iprp":
            _take_properties(found, body)
        case b"iref":
            found.references = list(_references(body))
        case b"idat":
            found.kept = body
        case _:
            pass


def _kinds(body: bytes) -> Iterator[tuple[int, bytes]]:
    wide = 4 if body[:1] != b"\0" else 2
    for kind, entry in _inside(body, 4 + wide):
        reader = ByteReader(entry)
        version, _ = _full(reader)
        if kind == b"infe" and version >= 2:  # noqa: PLR2004 -- older ones describe no pictures
            item = reader.number(2 if version == 2 else 4)  # noqa: PLR2004 -- 8.11.6.2
            reader.number(2)
            yield item, reader.take(4)


def _places(reader: ByteReader) -> Iterator[tuple[int, tuple[int, tuple[tuple[int, int], ...]]]]:
    version, _ = _full(reader)
    widths = reader.number(2)
    offset, length, base, index = (widths >> shift & 15 for shift in (12, 8, 4, 0))
    wide = 4 if version > 1 else 2
    for _ in range(min(reader.number(wide), _MOST)):
        item = reader.number(wide)
        how = reader.number(2) & 15 if version else _IN_FILE
        reader.number(2)
        start, extents = reader.number(base), []
        for _ in range(min(reader.number(2), _MOST)):
            reader.number(index if version else 0)
            place = start + reader.number(offset)
            extents.append((place, reader.number(length)))
        yield item, (how, tuple(extents))


def _take_properties(found: HeifItems, body: bytes) -> None:
    for kind, inner in _inside(body):
        if kind == b"ipco":
            found.properties = list(_inside(inner))
        elif kind == b"ipma":
            reader = ByteReader(inner)
            version, flags = _full(reader)
            for _ in range(min(reader.number(4), _MOST)):
                item = reader.number(4 if version else 2)
                many = reader.number(1)
                wide, mask = (2, 0x7FFF) if flags & 1 else (1, 0x7F)
                found.owned[item] = [reader.number(wide) & mask for _ in range(many)]


def _references(body: bytes) -> Iterator[tuple[bytes, int, tuple[int, ...]]]:
    wide = 4 if body[:1] != b"\0" else 2
    for kind, inner in _inside(body, 4):
        reader = ByteReader(inner)
        start = reader.number(wide)
        yield kind, start, tuple(reader.number(wide) for _ in range(min(reader.number(2), _MOST)))
