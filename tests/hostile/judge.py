"""Judges a cleaned file by other means than the scrubber's: raw search, inflated search, and foreign tools if there.

Shares no code with core/scrub on purpose.
"""

import base64
import contextlib
import io
import json
import re
import shutil
import subprocess
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import av
import pypdfium2  # type: ignore[import-untyped,unused-ignore]
from PIL import Image

from tests.hostile.files import CANARY

EXIFTOOL, FFPROBE = shutil.which("exiftool"), shutil.which("ffprobe")
_LETTERS = CANARY.decode()
_MOST = 64 << 20
_PIECE = 11  # letters of the canary that no chance makes
_TIMES = (b"2024:05:06", b"20240506", b"2024-05-06")
_PLACES = (b"-6.1754", b"+106.827", b"-06.1754")
_WRITERS = (b"Lavf", b"Lavc", b"x264", b"x265", b"LAME", b"Xing", b"pikepdf", b"PDFium", b"Pillow", b"libheif")


def _spellings() -> Iterator[bytes]:
    for words in (_LETTERS, _LETTERS[:_PIECE], _LETTERS[-_PIECE:]):
        yield from (words.encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"))
        yield from (words.encode().hex().encode(), words.encode().hex().upper().encode())
    yield CANARY[::-1]
    for shift in range(3):
        yield base64.b64encode(bytes(shift) + CANARY)[4:-4]
    yield from (*_TIMES, *_PLACES)


def _any_of(words: Iterable[bytes]) -> re.Pattern[bytes]:
    return re.compile(b"|".join(re.escape(word) for word in words))


_TOLD, _WRITTEN = _any_of(_spellings()), _any_of(_WRITERS)


def leaks(data: bytes) -> set[bytes]:
    """What a file still says: in its bytes, and in whatever is deflated anywhere in it, twice over too."""
    layers = [data, *_inflated(data)]
    layers += [deep for layer in layers[1:] for deep in _inflated(layer)]
    return {found for layer in layers for found in _TOLD.findall(layer)}


def writers(data: bytes) -> set[bytes]:
    """Names of programs, as encoders leave them in what they make."""
    return set(_WRITTEN.findall(data))


def _inflated(data: bytes) -> list[bytes]:
    """Of every place that begins as zlib or gzip does."""
    found = []
    for start in re.finditer(rb"[\x08\x18\x28\x38\x48\x58\x68\x78][\x01\x5e\x9c\xda\x7d\xbb\xf9]|\x1f\x8b\x08", data):
        with contextlib.suppress(zlib.error):
            out = zlib.decompressobj(wbits=47).decompress(data[start.start() :], _MOST)
            if len(out) >= _PIECE:
                found.append(out)
    return found


def broken(data: bytes, kind: str) -> str:
    """Why a file cannot be shown or played, or nothing."""
    try:
        match kind.partition("/")[0]:
            case "image":
                with Image.open(io.BytesIO(data)) as image:
                    image.load()
                    return "" if image.width * image.height else "no pixels"
            case "video" | "audio":
                return _unplayable(data)
            case "text":
                return "" if data.decode().strip() else "no words"
            case _:
                return _undrawable(data)
    except (OSError, ValueError, SyntaxError, RuntimeError) as error:
        return f"{type(error).__name__}: {error}"


def _unplayable(data: bytes) -> str:
    with av.open(io.BytesIO(data), mode="r") as container:
        frames = sum(len(packet.decode()) for packet in container.demux())
    return "" if frames else "nothing to be seen or heard"


def _undrawable(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        return "" if all(page.render().width > 0 for page in document) else "no pages"


# Foreign tools, once for a whole folder of files

_SILENT = re.compile(r"SourceFile|ExifToolVersion|FileName|Directory|File\w+Date|FileSize|FilePermissions|FileType\w*")
_TELLING = re.compile(
    r"GPS|Make$|Model$|Software|Serial|Comment|Artist|Author|Title|Creator|Producer|Owner|Copyright|Description|Keywords"
    r"|Thumbnail|PreviewImage|Warning|Location|XMP|IPTC|ICC|Profile(?!Type|.*Compat)|Vendor|Encoder|Lyrics|Album|Subject|Maker",
    re.IGNORECASE,
)
_DATES = re.compile(r"Date$")
_NEVER = "0000:00:00 00:00:00"


def told_by_exiftool(folder: Path) -> dict[str, list[str]]:
    """Tags of each file that say more than its shape; the tool must be there."""
    rows = json.loads(_said(str(EXIFTOOL), "-json", "-a", "-u", "-ee", str(folder)) or b"[]")
    return {Path(row["SourceFile"]).name: _telling(row) for row in rows}


def _telling(tags: dict[str, object]) -> list[str]:
    told = []
    for name, value in tags.items():
        dated = _DATES.search(name) and value != _NEVER
        if not _SILENT.fullmatch(name) and (
            dated or (_TELLING.search(name) and value) or _LETTERS[:_PIECE] in str(value)
        ):
            told.append(f"{name}={value}")
    return told


# Tags that say the same of every file: names a format asks for, and what is read where nothing is written.
_PLAIN_TAGS = {
    "language": ("und", "eng"), "vendor_id": ("[0][0][0][0]",), "encoder": ("", "-"),
    "minor_version": ("0", "1", "256", "512"), "handler_name": ("", "VideoHandler", "SoundHandler"),
}  # fmt: skip
_BRANDS = re.compile(r"(?:(?:[a-z0-9]{4}|M4A |qt  ) *)+")


def told_by_ffprobe(file: Path) -> list[str]:
    """Streams, chapters and tags that a recording should not have; the tool must be there."""
    said = json.loads(
        _said(str(FFPROBE), "-v", "error", "-show_format", "-show_streams", "-show_chapters", "-of", "json", str(file))
    )
    told = ["chapters"] if said.get("chapters") else []
    kinds = [stream.get("codec_type") for stream in said.get("streams", [])]
    told += [f"stream {kind}" for kind in kinds if kind not in {"video", "audio"} or kinds.count(kind) > 1]
    for holder in (said.get("format", {}), *said.get("streams", [])):
        for name, value in holder.get("tags", {}).items():
            brand = name.endswith(("_brand", "_brands")) and _BRANDS.fullmatch(value)
            if not brand and value not in _PLAIN_TAGS.get(name.lower(), ()):
                told.append(f"{name}={value}")
    return told


def _said(*command: str) -> bytes:
    return subprocess.run(command, capture_output=True, check=False).stdout  # noqa: S603 -- a tool found on the path
