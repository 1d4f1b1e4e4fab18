"""TIFF of one page: rebuilt from the tags that carry pixels, decoded and drawn anew as PNG or JPEG."""

import struct
from itertools import accumulate, chain

from core.errors import Refused
from core.limits import DEFAULT, Limits
from core.scrub import pixels
from core.scrub.exif import Exif, TiffReader, read
from core.scrub.file_traces import FileTrace, FormatResult

MAGICS = (b"II*\0", b"MM\0*")
_KIND, _WIDTH, _HEIGHT, _PROFILE = 0x00FE, 0x0100, 0x0101, 0x8773
_SMALLER = 1  # in _KIND: a small copy of another page
_PIECES = ((0x0111, 0x0117), (0x0144, 0x0145))  # where strips lie and how long they are, or tiles
_NEEDED = (
    0x0100, 0x0101, 0x0102, 0x0103, 0x0106, 0x010A, 0x0115, 0x0116, 0x011C, 0x0124, 0x0125, 0x013D, 0x0140, 0x0142,
    0x0143, 0x0152, 0x0153, 0x015B, 0x0211, 0x0212, 0x0213, 0x0214,
)  # fmt: skip
_MANY = frozenset({0x0102, 0x0140, 0x0152, 0x0153, 0x015B, 0x0211, 0x0212, 0x0214})  # the others are one number each
_HARMLESS = frozenset({_KIND, 0x00FF, 0x011A, 0x011B, 0x0128, 0x0112, *_NEEDED, *chain.from_iterable(_PIECES)})
_WIDTHS = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}  # of types, TIFF 6.0 section 2
_LONG = 4
_MOST_PAGES = 8  # that are walked
_INLINE = 4  # bytes of a value that stands in the directory


def clean(data: bytes, limits: Limits = DEFAULT) -> FormatResult:
    """Raises Refused, and whatever Pillow does about broken bytes."""
    tiff = TiffReader(data, little=data[:2] == b"II")
    page, following = tiff.directory(tiff.number(4, 4))
    _measure(tiff, page, limits)
    found = read(data)
    traces = set(found.traces) if set(page) - _HARMLESS else set()
    if _further(tiff, following):
        traces.add(FileTrace.THUMBNAIL)
    profile = _value(tiff, page[_PROFILE])[2] if _PROFILE in page else None
    if profile:
        traces.add(FileTrace.PROFILE)
    image = pixels.decoded(_rebuilt(tiff, page, limits.pixel_chunks), "TIFF")
    turn = Exif(found.orientation, place=found.place)
    return pixels.made(image, turn, frozenset(traces), profile)


def _measure(tiff: TiffReader, page: dict[int, int], limits: Limits) -> None:
    pixels.measure(tiff.value(page, _WIDTH), tiff.value(page, _HEIGHT), limits)
    if tiff.value(page, _KIND) & _SMALLER:
        raise Refused("file_kind")  # a camera's raw file shows its small picture first


def _further(tiff: TiffReader, following: int) -> bool:
    """Whether there are small copies; another page is refused."""
    for walked in range(_MOST_PAGES):
        if not following:
            return walked > 0
        page, following = tiff.directory(following)
        if not tiff.value(page, _KIND) & _SMALLER:
            raise Refused("file_pages")
    raise Refused("file_pages")


def _value(tiff: TiffReader, entry: int) -> tuple[int, int, bytes]:
    """Type, count and bytes of a tag, wherever they stand."""
    kind, count = tiff.number(entry + 2, 2), tiff.number(entry + 4, 4)
    size = _WIDTHS.get(kind, 0) * count
    start = entry + 8 if size <= _INLINE else tiff.number(entry + 8, 4)
    value = tiff.data[start : start + size]
    if not size or len(value) != size:
        raise Refused("file_damaged")
    return kind, count, value


def _numbers(tiff: TiffReader, entry: int) -> list[int]:
    kind, count, value = _value(tiff, entry)
    wide = _WIDTHS[kind]
    return [int.from_bytes(value[at : at + wide], tiff.order) for at in range(0, wide * count, wide)]


def _rebuilt(tiff: TiffReader, page: dict[int, int], most: int) -> bytes:
    """The same page from the tags that carry pixels alone, not turned yet."""
    tags = {tag: _value(tiff, page[tag]) for tag in _NEEDED if tag in page}
    if any(count != 1 for tag, (_, count, _) in tags.items() if tag not in _MANY):
        raise Refused("file_damaged")
    where, long = next((pair for pair in _PIECES if pair[0] in page), (0, 0))
    if not where or long not in page:
        raise Refused("file_damaged")
    starts, sizes = _numbers(tiff, page[where]), _numbers(tiff, page[long])
    if len(starts) != len(sizes) or sum(sizes) > len(tiff.data) or len(starts) > most:
        raise Refused("file_damaged")
    pieces = [tiff.data[start : start + size] for start, size in zip(starts, sizes, strict=True)]
    if any(len(piece) != size for piece, size in zip(pieces, sizes, strict=True)):
        raise Refused("file_damaged")
    number = "<" if tiff.order == "little" else ">"
    tags[long] = (_LONG, len(sizes), struct.pack(f"{number}{len(sizes)}I", *sizes))
    tags[where] = (_LONG, len(sizes), bytes(4 * len(sizes)))
    start = len(_head(tiff, tags, number))
    tags[where] = (_LONG, len(sizes), struct.pack(f"{number}{len(sizes)}I", *accumulate(sizes[:-1], initial=start)))
    return b"".join((_head(tiff, tags, number), *pieces))


def _head(tiff: TiffReader, tags: dict[int, tuple[int, int, bytes]], number: str) -> bytes:
    entries, values = [], bytearray()
    start = 10 + 12 * len(tags) + 4
    for tag, (kind, count, value) in sorted(tags.items()):
        told = value.ljust(_INLINE, b"\0")
        if len(value) > _INLINE:
            told = struct.pack(f"{number}I", start + len(values))
            values += value
        entries.append(struct.pack(f"{number}HHI", tag, kind, count) + told)
    return b"".join((tiff.data[:4], struct.pack(f"{number}IH", 8, len(tags)), *entries, bytes(4), values))
