"""Makes a decoded picture upright, opaque and sRGB, in a fresh image that holds pixels and nothing else."""

import io
import re
from typing import Literal

from PIL import Image, ImageCms

from core.errors import Refused
from core.limits import Limits
from core.scrub.embedded_text import has_text
from core.scrub.exif import Exif
from core.scrub.file_traces import FileTrace, FormatResult

QUALITY = 90
_SUBSAMPLING = 2  # Pillow's number for 4:2:0
_LEVEL = 2  # 60 megapixels must be packed within the time limit; photographs hardly shrink further
_SEEN = frozenset({"1", "L", "LA", "La", "P", "PA", "RGB", "RGBA", "RGBa", "RGBX", "CMYK", "YCbCr", "LAB", "I;16"})
_FEW, _FEW_GREYS = 256, 32  # colours that make a picture a drawing
_LETTERS = frozenset(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz .,:/@_-")
_WORDS = re.compile(rb"[0-9A-Za-z .,:/@_-]{10}")
_DIFFERENT = 7  # letters in so many that they may be words
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SRGB = ImageCms.createProfile("sRGB")
_ALREADY = "sRGB"  # in the description of every profile that is sRGB by another maker
_SPACES = {"L": "GRAY", "RGB": "RGB ", "CMYK": "CMYK"}  # which colour space a profile must speak of


def measure(width: int, height: int, limits: Limits) -> None:
    """Before anything is decoded; raises Refused."""
    if width * height > limits.pixels:
        raise Refused("file_too_large")
    if not width or not height:
        raise Refused("file_damaged")


def decoded(data: bytes, form: str) -> Image.Image:
    """Of that format and no other."""
    image = Image.open(io.BytesIO(data), formats=[form])
    image.load()
    return image


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """Turned as EXIF's `orientation` asks; always a fresh image, for saving an opened one looks for its file."""
    turn = _TURNS.get(orientation)
    return image.copy() if turn is None else image.transpose(turn)


def opaque(image: Image.Image) -> Image.Image:
    """As it looks on white, in L or RGB: what stood under a transparent pixel is gone."""
    if image.mode == "I;16":
        return Image.frombytes("L", image.size, image.tobytes()[1::2])  # the high bytes: little-endian
    if image.mode in {"1", "L", "RGB"} and "transparency" not in image.info:
        return image.convert("L") if image.mode == "1" else image
    return _on_white(image)


def _on_white(image: Image.Image) -> Image.Image:
    seen = image.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen.convert("RGB"), mask=seen.getchannel("A"))
    return paper


def speaks_otherwise(profile: bytes | None, mode: str) -> bool:
    """Whether the colours of an image of that mode would look wrong without `profile`."""
    return profile is not None and _usable(profile, mode) is not None


def srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """In L or RGB; the colours as `profile` means them, or as they are where it cannot be used."""
    source = _usable(profile, image.mode) if profile else None
    if source is not None:
        try:
            return ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB") or image
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass  # a viewer ignores a broken profile too
    return image.convert("RGB") if image.mode == "CMYK" else image


def _usable(profile: bytes, mode: str) -> ImageCms.ImageCmsProfile | None:
    """None where it is broken, of another colour space, or sRGB like everything that we write."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        told = source.profile.profile_description or ""
        return source if source.profile.xcolor_space == _SPACES.get(mode) and _ALREADY not in told else None
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def made(image: Image.Image, exif: Exif, traces: frozenset[FileTrace], profile: bytes | None = None) -> FormatResult:
    """A decoded picture of any format drawn anew: PNG where JPEG would smear it, else JPEG."""
    if image.mode not in _SEEN:
        raise Refused("file_kind")  # measurements of science, not a picture
    plain = srgb(image, profile) if image.mode == "CMYK" else opaque(image)
    turned = srgb(upright(plain, exif.orientation), None if image.mode == "CMYK" else profile)
    if _is_drawing(turned):
        return FormatResult(as_png(turned), traces, exif.place, "image/png", ".png")
    return FormatResult(as_jpeg(turned), traces, exif.place)


def _is_drawing(image: Image.Image) -> bool:
    """Whether it has few colours, and is no text that a bent file passes off as pixels: JPEG leaves none of it."""
    colours = image.getcolors(_FEW_GREYS if image.mode == "L" else _FEW)
    if colours is None:
        return False
    shades = {shade for _, colour in colours for shade in (colour if isinstance(colour, tuple) else (colour,))}
    if len(_LETTERS & shades) < _DIFFERENT:
        return True
    data = image.tobytes()
    return not has_text(data) and all(len(set(found[0])) < _DIFFERENT for found in _WORDS.finditer(data))


def as_jpeg(image: Image.Image, quality: int = QUALITY) -> bytes:
    """Of L or RGB."""
    return _written(image, "JPEG", quality=quality, subsampling=_SUBSAMPLING)


def as_png(image: Image.Image) -> bytes:
    """Of L or RGB."""
    return _written(image, "PNG", compress_level=_LEVEL)


def _written(image: Image.Image, form: Literal["JPEG", "PNG"], **options: int) -> bytes:
    """The bytes of a file made of the pixels alone: Pillow would write what `info` has travelled along with."""
    image.info = {}
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()
