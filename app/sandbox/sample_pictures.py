"""Small pictures of each format, for the rehearsal; HEIC as text, for its writer needs threads."""

import io
import struct
from base64 import b64decode
from collections.abc import Iterator

from PIL import Image, ImageCms

_TURNED = 6
_HEIC = (
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAmttZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAADRpbG9jAA"
    "AAAERAAAIAAQAAAAACjwABAAAAAAAAAC4AAgAAAAACvQABAAAAAAAAABMAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAAABAABodmMxAAAAABVp"
    "bmZlAgAAAAACAABodmMxAAAAAA5waXRtAAAAAAABAAABqmlwcnAAAAGCaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGE"
    "ABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkA"
    "AAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAMAAAAAEAAAAAAAAAAv////AAAAACAAAAEH"
    "BpeGkAAAAAAwgICAAAAHBodmNDAQQIAAAAn/gAAAAAHvAA/Pz4+AAADwNgAAEAF0ABDAH//wQIAAADAJ/4AAADAAAeugJAYQABACVCAQEECAAA"
    "AwCf+AAAAwAAHsCCBBZbq5Ka5sCAAAAMgAAAAwCEYgABAAZEAcFzwIkAAAAOcGl4aQAAAAABCAAAACdhdXhDAAAAAHVybjptcGVnOmhldmM6Mj"
    "AxNTphdXhpZDoxAAAAACBpcG1hAAAAAAAAAAIAAQWBAgMFhAACBYYDB4iEAAAAGmlyZWYAAAAAAAAADmF1eGwAAgABAAEAAABJbWRhdAAAACoo"
    "Aa8LYPrSmPP++O3okgqlsSbm4GXyeZtFU9NoTAV6/Ma/S+4Zx1oUJYAAAAAPKAGuFsDQMHvePdJr4/eA"
)
_OTHERS: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("RGB", "WEBP", {}),
    ("RGBA", "WEBP", {"lossless": True}),
    ("RGBA", "WEBP", {}),
    ("P", "GIF", {"transparency": 0}),
    ("1", "TIFF", {"compression": "group4"}),
    ("RGB", "TIFF", {"compression": "tiff_lzw"}),
    ("RGB", "TIFF", {"compression": "jpeg"}),
    ("CMYK", "TIFF", {"compression": "tiff_adobe_deflate"}),
    ("P", "BMP", {}),
    ("RGB", "BMP", {}),
)


def samples() -> Iterator[bytes]:
    """Grey, colour and print, with and without a profile, turned, transparent, by palette."""
    profile = _profile()
    exif = Image.Exif()
    exif[0x0112] = _TURNED
    for mode in ("L", "RGB", "CMYK"):
        yield _file(mode, "JPEG")
        yield _file(mode, "JPEG", progressive=True, exif=exif, icc_profile=profile)
        yield _file(mode, "JPEG", exif=exif)
        yield _file(mode, "JPEG", optimize=True)
    for mode in ("1", "L", "I;16", "P", "LA", "RGB", "RGBA"):
        yield _file(mode, "PNG")
        yield _file(mode, "PNG", exif=exif, icc_profile=profile)
    yield _file("P", "PNG", transparency=0)
    for mode, form, options in _OTHERS:
        yield _file(mode, form, **options)
    yield _big_endian()
    yield b64decode(_HEIC)


def _file(mode: str, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (32, 24), 1 if mode in {"1", "P"} else None).save(out, form, **options)
    return out.getvalue()


def _big_endian() -> bytes:
    """A TIFF of one grey line, the bytes of each number the other way round."""
    tags = ((256, 8), (257, 1), (258, 8), (259, 1), (262, 1), (273, 8 + 2 + 8 * 12 + 4), (278, 1), (279, 8))
    entries = b"".join(struct.pack(">HHII", tag, 4, 1, value) for tag, value in tags)
    return struct.pack(">2sHIH", b"MM", 42, 8, len(tags)) + entries + struct.pack(">I", 0) + bytes(range(8))


def _profile() -> bytes:
    """One that does not say sRGB of itself, so that colours are really converted."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace("sRGB".encode("utf-16-be"), "????".encode("utf-16-be"))
