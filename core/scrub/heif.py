"""HEIC, still: the primary picture and its alpha, tile by tile, decoded by one thread and drawn anew.

libheif starts a thread for each decoder, which the walls forbid; FFmpeg's HEVC does without, and is given nothing but
coded pixels: the boxes around them are read by `heif_items`.
"""

import av
import av.error
from av.video.reformatter import ColorRange, Colorspace, Interpolation
from PIL import Image

from core.errors import Refused
from core.limits import DEFAULT, Limits
from core.scrub import pixels
from core.scrub.byte_reader import ByteReader
from core.scrub.exif import Exif, read
from core.scrub.file_traces import FileTrace, FormatResult
from core.scrub.heif_items import HeifItems, items_of

MAGIC = b"ftyp"
_STILL = frozenset({b"heic", b"heix", b"heim", b"heis"})
_ANY = frozenset({b"mif1", b"mif2", b"miaf"})  # pictures of whatever coding: the other names say which
_MOVING = frozenset({b"hevc", b"hevx", b"hevm", b"hevs", b"msf1"})
_AVIF = frozenset({b"avif", b"avis"})
_ALPHA = b":alpha", b":auxid:1"
_MOST_TILES = 1_000
_BEHIND = 64  # bytes behind what is coded that FFmpeg may read: zeros, never what lies beside it in memory
_PAID = 5  # times as many pixels as a picture may have, for all that it is made of
_QUARTERS = {
    1: Image.Transpose.ROTATE_90,
    2: Image.Transpose.ROTATE_180,
    3: Image.Transpose.ROTATE_270,
}
_MIRRORS = {0: Image.Transpose.FLIP_TOP_BOTTOM, 1: Image.Transpose.FLIP_LEFT_RIGHT}
_MATRICES = {1: Colorspace.ITU709, 5: Colorspace.ITU601, 6: Colorspace.ITU601, 9: Colorspace.BT2020}
_NCLX = 11  # bytes of a `colr` that says numbers (14496-12, 12.1.5)
_EXACT = Interpolation.BILINEAR | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT  # else all comes out darker


def brands(data: bytes) -> tuple[bytes, ...]:
    """What a file that begins with `ftyp` says it is, the first name first."""
    size = int.from_bytes(data[:4])
    return tuple(data[at : at + 4] for at in (8, *range(16, min(size, 256, len(data) - 3), 4)))


def known(data: bytes) -> bool:
    """Whether it is a picture of this family, and none of AVIF, which no camera writes."""
    first, *others = brands(data)
    return first in _STILL | _MOVING or (first in _ANY and not _AVIF & set(others))


def clean(data: bytes, limits: Limits = DEFAULT) -> FormatResult:
    """Raises Refused, and whatever FFmpeg does about broken bytes."""
    if brands(data)[0] in _MOVING:
        raise Refused("file_animated")
    items = items_of(data)
    picture = _HeifPicture(items, limits)
    image = picture.drawn(items.primary)
    exif, traces = _told(items)
    return pixels.made(image, Exif(place=exif.place), frozenset(traces), _profile(items, items.primary))


class _HeifPicture:
    """Draws items, and counts the pixels that it is asked for."""

    def __init__(self, items: HeifItems, limits: Limits) -> None:
        self._items = items
        self._most = limits.pixels
        self._left = _PAID * limits.pixels

    def drawn(self, item: int) -> Image.Image:
        """Upright, with its alpha where it has one."""
        image = self._whole(item)
        alpha = next((name for name in self._items.pointing(b"auxl", item) if _is_alpha(self._items, name)), None)
        if alpha is not None:
            mask = self._whole(alpha).convert("L")
            image.putalpha(mask if mask.size == image.size else mask.resize(image.size))
        for kind, body in self._items.has(item):
            image = _transformed(image, kind, body)
        return image

    def _whole(self, item: int) -> Image.Image:
        match self._items.kinds.get(item):
            case b"hvc1":
                return self._decoded(item)
            case b"grid":
                return self._assembled(item)
            case _:
                raise Refused("file_damaged")

    def _assembled(self, item: int) -> Image.Image:
        reader = ByteReader(self._items.body(item))
        _, flags, rows, columns = (reader.number(1) for _ in range(4))
        wide = 4 if flags & 1 else 2
        width, height = reader.number(wide), reader.number(wide)
        tiles = self._items.pointed(b"dimg", item)
        self._pay(width, height)
        if len(tiles) != (rows + 1) * (columns + 1) or len(tiles) > _MOST_TILES:
            raise Refused("file_damaged")
        first = self._decoded(tiles[0])
        image = Image.new(first.mode, (width, height))
        for at, tile in enumerate(tiles):
            drawn = self._decoded(tile) if at else first
            if drawn.size != first.size:
                raise Refused("file_damaged")
            image.paste(drawn, (at % (columns + 1) * first.width, at // (columns + 1) * first.height))
        if first.width * (columns + 1) < width or first.height * (rows + 1) < height:
            raise Refused("file_damaged")
        return image

    def _decoded(self, item: int) -> Image.Image:
        size = ByteReader(self._items.property(item, b"ispe"), 4)
        width, height = size.number(4), size.number(4)
        self._pay(width, height)
        frame = frame_of(self._items.property(item, b"hvcC"), self._items.body(item), self._most)
        if (frame.width, frame.height) != (width, height):
            raise Refused("file_damaged")
        plane = _rgb(frame, *_colours(self._items, item, frame)).planes[0]
        return Image.frombytes("RGB", (width, height), bytes(plane), "raw", "RGB", plane.line_size)

    def _pay(self, width: int, height: int) -> None:
        """Before a pixel is decoded; a grid pays for itself and for its tiles, and alpha does the same."""
        if not width or not height:
            raise Refused("file_damaged")
        if width * height > min(self._most, self._left):
            raise Refused("file_too_large")
        self._left -= width * height


def _is_alpha(items: HeifItems, item: int) -> bool:
    return items.property(item, b"auxC")[4:].split(b"\0")[0].endswith(_ALPHA)


def frame_of(settings: bytes, coded: bytes | memoryview, most: int) -> av.VideoFrame:
    """The one picture that is coded there, of so many pixels at most; raises Refused."""
    codec = av.VideoCodecContext.create("hevc", "r")
    codec.thread_count = 1
    codec.options = {"err_detect": "explode", "max_pixels": str(most)}
    codec.extradata = settings
    longer = memoryview(b"".join((coded, bytes(_BEHIND))))
    packet = av.Packet(longer[: len(coded)])  # type: ignore[arg-type]  # it takes any buffer
    try:
        frames = codec.decode(packet) + codec.decode(None)
    except av.error.FFmpegError:
        raise Refused("file_damaged") from None
    if len(frames) != 1 or frames[0].is_corrupt:
        raise Refused("file_damaged")
    return frames[0]


def _colours(items: HeifItems, item: int, frame: av.VideoFrame) -> tuple[Colorspace, ColorRange]:
    """How its numbers become red, green and blue: as the container says, first of the picture that it is a tile of.

    Else as its coding says, where limited range goes without saying (H.265, E.3.1). Alpha uses all numbers.
    """
    for owner in (*items.pointing(b"dimg", item)[:1], item):
        if _is_alpha(items, owner):
            return Colorspace.ITU601, ColorRange.JPEG
        told = next((body for kind, body in items.has(owner) if kind == b"colr" and body[:4] == b"nclx"), b"")
        if len(told) >= _NCLX:
            levels = ColorRange.JPEG if told[10] & 0x80 else ColorRange.MPEG
            return _MATRICES.get(int.from_bytes(told[8:10]), _coded_matrix(frame)), levels
    full = frame.color_range == ColorRange.JPEG
    return _coded_matrix(frame), ColorRange.JPEG if full else ColorRange.MPEG


def _coded_matrix(frame: av.VideoFrame) -> Colorspace:
    return _MATRICES.get(int(frame.colorspace), Colorspace.ITU601)


def _rgb(frame: av.VideoFrame, matrix: Colorspace, levels: ColorRange) -> av.VideoFrame:
    """With its numbers taken as told, whatever FFmpeg's name for their layout (yuvj) says of their range."""
    name = frame.format.name
    if name.startswith("yuvj"):
        whole = ColorRange.JPEG
        frame = frame.reformat(format=name.replace("yuvj", "yuv"), src_color_range=whole, dst_color_range=whole)
    return frame.reformat(format="rgb24", src_colorspace=matrix, src_color_range=levels, interpolation=_EXACT)


def _transformed(image: Image.Image, kind: bytes, body: bytes) -> Image.Image:
    match kind:
        case b"irot":
            turn = _QUARTERS.get(body[0] & 3)
            return image if turn is None else image.transpose(turn)
        case b"imir":
            return image.transpose(_MIRRORS[body[0] & 1])
        case b"clap":
            return image.crop(_window(image, ByteReader(body)))
        case _:
            return image


def _window(image: Image.Image, told: ByteReader) -> tuple[int, int, int, int]:
    width, height, across, down = (_fraction(told) for _ in range(4))
    left = round(across + (image.width - width) / 2)
    top = round(down + (image.height - height) / 2)
    box = (left, top, left + round(width), top + round(height))
    if not (0 <= box[0] < box[2] <= image.width and 0 <= box[1] < box[3] <= image.height):
        raise Refused("file_damaged")
    return box


def _fraction(told: ByteReader) -> float:
    above, below = (int.from_bytes(told.take(4), signed=True) for _ in range(2))
    return above / below


def _profile(items: HeifItems, item: int) -> bytes | None:
    """An ICC profile of the picture, or of the tiles that it is made of."""
    for name in (item, *items.pointed(b"dimg", item)[:1]):
        for kind, body in items.has(name):
            if kind == b"colr" and body[:4] in {b"prof", b"rICC"}:
                return body[4:]
    return None


def _told(items: HeifItems) -> tuple[Exif, set[FileTrace]]:
    """What the other items say; EXIF's way up is not heard, for the container has its own."""
    exif, traces = Exif(), set[FileTrace]()
    whole = (items.primary, *(item for item in items.pointing(b"auxl", items.primary) if _is_alpha(items, item)))
    parts = {*whole, *(tile for item in whole for tile in items.pointed(b"dimg", item))}
    for item, kind in items.kinds.items():
        if kind == b"Exif":
            body = items.body(item)
            exif = exif.first(read(body[4 + int.from_bytes(body[:4]) :]))
        elif kind == b"mime":
            traces.add(FileTrace.TEXT)
        elif items.pointed(b"thmb", item):
            traces.add(FileTrace.THUMBNAIL)
        elif item not in parts:
            traces.add(FileTrace.OTHER)
    if _profile(items, items.primary):
        traces.add(FileTrace.PROFILE)
    return exif, traces | exif.traces
