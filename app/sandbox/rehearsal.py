"""Small files of each format, run before the walls go up (a library loaded late would die at one) and once behind."""

import io
from collections.abc import Iterator

from PIL import Image, ImageCms

from core.errors import Refused
from core.scrub import scrub

_TURNED = 6


def rehearse() -> None:
    """Takes every way through the formats once, refusals included."""
    for data in samples():
        scrub(data)
        for bad in (data[: len(data) // 2], data[:40], b"?" + data):
            try:
                scrub(bad)
            except Refused:
                continue


def samples() -> Iterator[bytes]:
    """Good files: grey, colour and print, with and without a profile, turned, transparent, by palette."""
    profile = _profile()
    exif = Image.Exif()
    exif[0x0112] = _TURNED
    for mode in ("L", "RGB", "CMYK"):
        yield _file(mode, "JPEG")
        yield _file(mode, "JPEG", progressive=True, exif=exif, icc_profile=profile)
    for mode in ("1", "L", "I;16", "P", "LA", "RGB", "RGBA"):
        yield _file(mode, "PNG")
        yield _file(mode, "PNG", exif=exif, icc_profile=profile)
    yield _file("P", "PNG", transparency=0)


def _file(mode: str, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (32, 24), 1 if mode in {"1", "P"} else None).save(out, form, **options)
    return out.getvalue()


def _profile() -> bytes:
    """One that does not say sRGB of itself, so that colours are really converted."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace("sRGB".encode("utf-16-be"), "????".encode("utf-16-be"))
