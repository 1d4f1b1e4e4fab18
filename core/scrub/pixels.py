"""Makes a decoded picture upright, opaque and sRGB, in a fresh image that holds pixels and nothing else."""

import io
from typing import Literal

from PIL import Image, ImageCms

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


def srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """In L or RGB; the colours as `profile` means them, or as they are where it cannot be used."""
    converted = _by_profile(image, profile) if profile else None
    if converted is None:
        converted = image.convert("RGB") if image.mode == "CMYK" else image
    return converted


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image | None:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if source.profile.xcolor_space != _SPACES.get(image.mode) or _ALREADY in (
            source.profile.profile_description or ""
        ):
            return None
        return ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None  # a viewer ignores a broken profile too


def written(image: Image.Image, form: Literal["JPEG", "PNG"], **options: int) -> bytes:
    """The bytes of a file made of the pixels alone: Pillow would write what `info` has travelled along with."""
    image.info = {}
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()
