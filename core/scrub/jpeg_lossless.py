"""JPEG without loss: the coded pixels under a head of our own, as they are where that is proved, else coded anew.

The head is the same for all: JFIF, the used quantisation tables, the usual Huffman tables. A table that is not used, or
holds codes that no pixel needs, can say anything; so only the usual ones are kept, and TurboJPEG codes all else anew.
Where a file is bent, words that stood behind the last pixel may be read as pixels: coded pixels that could be read as
words are neither kept nor coded anew.
"""

import io
import re
from math import ceil

import simplejpeg
import turbojpeg
from PIL import Image

from core.limits import DEFAULT, Limits
from core.scrub.jpeg_parts import APP0, DHT, DQT, PLAIN_JFIF, SOF0, SOS, JpegParts, parts_of, segment

_END = b"\xff\xd9"
_EARLY = "Corrupt JPEG data: premature end of data segment"
_BLANK = 128  # what the decoder leaves where the coded pixels ended early
_WATCHED = 2  # units before the last one
_ALL_COEFFICIENTS = b"\x00\x3f\x00"
_GREY, _EVEN = 1, 0x11
_SAMPLED = frozenset({0x11, 0x21, 0x12, 0x22})  # of the first component, where the others are 0x11

_TURNS = {
    1: turbojpeg.OP.NONE,
    2: turbojpeg.OP.HFLIP,
    3: turbojpeg.OP.ROT180,
    4: turbojpeg.OP.VFLIP,
    5: turbojpeg.OP.TRANSPOSE,
    6: turbojpeg.OP.ROT90,
    7: turbojpeg.OP.TRANSVERSE,
    8: turbojpeg.OP.ROT270,
}
# Whose width and height must be of whole units
_NEEDS_WIDTH, _NEEDS_HEIGHT = frozenset({2, 3, 7, 8}), frozenset({3, 4, 6, 7})


def _plain(quality: int) -> JpegParts:
    """What Pillow writes where it is asked for nothing else: the tables of T.81, annex K, the steps scaled."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", quality=quality)
    return parts_of(out.getvalue(), DEFAULT)


_USUAL_STEPS = frozenset(steps for quality in range(1, 101) for steps in _plain(quality).quants.values())
_LETTERS = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz .,:/@_-"
_WORD = re.compile(rb"[0-9A-Za-z .,:/@_-]{6}")
_AS_LETTERS = bytes(97 if byte in _LETTERS else 0 for byte in range(256))
_SHORT_SENTENCE = b"a" * 11
_SENTENCE = b"a" * 12  # chance makes one in three thousand photographs of which the end is searched
_LONG_SENTENCE = b"a" * 18  # of which all is searched
_TAIL = 4096
_MARK = re.compile(rb"\xff[^\x00]")  # which decoders skip, but no pixel is coded so
_NAMED = _plain(75).codes
_USUAL = {table: name for name, table in _NAMED.items()}


def upright(parts: JpegParts) -> bytes | None:
    """The coded pixels as they are; None where it is not proved that they hold nothing else."""
    if parts.exif.orientation != 1 or not parts.ended or _MARK.search(parts.coded[-1]):
        return None
    if _SENTENCE in parts.coded[-1][-_TAIL:].tobytes().translate(_AS_LETTERS):
        return None
    done = _headed(parts)
    return done if done is not None and _ends_with_its_last_pixel(done, parts) else None


def recoded(parts: JpegParts, limits: Limits) -> bytes | None:
    """The same pixels turned, their codes written anew; None where they cannot be turned so, or are not sound.

    A turn can only move whole units of 8 or 16 lines: where it would cut off the rest, it is not made.
    """
    if not _turns_whole(parts) or any(words_in(scan) is not None for scan in parts.coded):
        return None
    turn = _TURNS[parts.exif.orientation]
    try:
        done: bytes = turbojpeg.transform(parts.rebuilt(), op=turn, perfect=True, copynone=True)
    except RuntimeError:
        return None
    return _headed(parts_of(done, limits))


def _turns_whole(parts: JpegParts) -> bool:
    wide, high = _unit(parts)
    orientation = parts.exif.orientation
    across = parts.width % wide if orientation in _NEEDS_WIDTH else 0
    down = parts.height % high if orientation in _NEEDS_HEIGHT else 0
    return not across and not down


def _unit(parts: JpegParts) -> tuple[int, int]:
    """Pixels of a unit, across and down."""
    sampled = parts.components[0][0] if len(parts.components) > _GREY else _EVEN
    return 8 * (sampled >> 4), 8 * (sampled & 15)


def speaks(parts: JpegParts) -> bool:
    """Whether a quantisation table could be read as words: it is kept with the pixels, so it must be one of numbers.

    Cameras have tables of their own, with small steps; letters begin at 48.
    """
    strange = (table for table in parts.quants.values() if table not in _USUAL_STEPS)
    return any(len(set(word)) > 2 for table in strange for word in _WORD.findall(table))  # noqa: PLR2004 -- flat tables end in one step


def may_speak(parts: JpegParts) -> bool:
    """Whether any coded pixels look like a row of letters; by chance those of a large photograph often do."""
    return any(_SHORT_SENTENCE in scan.tobytes().translate(_AS_LETTERS) for scan in parts.coded)


def words_in(scan: memoryview) -> int | None:
    """Where coded pixels could be read as words, or None."""
    at = scan.tobytes().translate(_AS_LETTERS).find(_LONG_SENTENCE)
    return at if at >= 0 else None


def _headed(parts: JpegParts) -> bytes | None:
    """Under our own head; None where the file is not of the plain make that the head can speak of."""
    count = len(parts.components)
    first, *others = [sampled for sampled, _ in parts.components]
    even = set(others) <= {_EVEN} and (first in _SAMPLED or count == _GREY)
    scan = parts.first_scan
    if parts.odd or parts.frame != SOF0 or parts.scans != 1 or not even or len(scan) != 1 + 2 * count + 3:
        return None
    if scan[0] != count or scan[1:-3:2] != parts.names or scan[-3:] != _ALL_COEFFICIENTS:
        return None
    codes = [
        (_USUAL.get(parts.codes.get(pair >> 4, b"")), _USUAL.get(parts.codes.get(0x10 | (pair & 15), b"")))
        for pair in scan[2:-3:2]
    ]
    quants = [parts.quants.get(name, b"") for _, name in parts.components]
    if any(dc not in {0x00, 0x01} or ac not in {0x10, 0x11} for dc, ac in codes) or any(
        0 in quant or not quant for quant in quants
    ):
        return None
    return _assembled(parts, quants, [(dc or 0, (ac or 0) & 15) for dc, ac in codes])


def _assembled(parts: JpegParts, quants: list[bytes], codes: list[tuple[int, int]]) -> bytes:
    steps = list(dict.fromkeys(quants))
    count = len(quants)
    sampled = [_EVEN] if count == _GREY else [sampling for sampling, _ in parts.components]
    names = range(1, count + 1)
    frame = bytes((8, *parts.height.to_bytes(2), *parts.width.to_bytes(2), count))
    frame += b"".join(bytes((name, sampled[name - 1], steps.index(quants[name - 1]))) for name in names)
    scan = bytes(
        (count, *(number for name, (dc, ac) in zip(names, codes, strict=True) for number in (name, dc << 4 | ac)))
    )
    used = sorted({name for dc, ac in codes for name in (dc, 0x10 | ac)})
    return b"".join((
        b"\xff\xd8",
        segment(APP0, PLAIN_JFIF),
        *(segment(DQT, bytes([name]) + table) for name, table in enumerate(steps)),
        segment(SOF0, frame),
        *(segment(DHT, bytes([name]) + _NAMED[name]) for name in used),
        segment(SOS, scan + _ALL_COEFFICIENTS),
        parts.coded[-1],
        _END,
    ))  # fmt: skip


def _ends_with_its_last_pixel(jpeg: bytes, parts: JpegParts) -> bool:
    """Whether the coded pixels are sound, and their last byte is one that they need.

    Strict decoding alone forgives up to seven bytes too many at the end. So it is given the file without the last byte:
    then it must complain of an early end and, since it tells its first complaint, of nothing before. That the end came
    late enough is seen from the last units, which are left blank where it did not.
    """
    cut = 2 if parts.coded[-1][-2:].tobytes() == b"\xff\x00" else 1
    across, down = ceil(parts.width / 8), ceil(parts.height / 8)
    small = bytearray(across * down)
    try:
        simplejpeg.decode_jpeg(
            b"".join((memoryview(jpeg)[: -cut - len(_END)], _END)),
            "GRAY", min_height=1, min_width=1, min_factor=8, strict=True, buffer=small,
        )  # fmt: skip
    except ValueError as complaint:
        return str(complaint) == _EARLY and _late(small, across, down, parts)
    return False


def _late(small: bytearray, across: int, down: int, parts: JpegParts) -> bool:
    """Whether one of the last units, the very last not counted, shows something."""
    wide, high = (pixels // 8 for pixels in _unit(parts))
    end = (ceil(across / wide) - 1) * wide
    start = max(0, end - _WATCHED * wide)
    lines = range((ceil(down / high) - 1) * high, down)
    return any(small[line * across + start : line * across + end].strip(bytes([_BLANK])) for line in lines)
