"""Small recordings for the rehearsal, packed, since nothing here can make any: no codec is part of the service."""

import base64
import struct
import zlib
from collections.abc import Iterator

# MP4 with H.264 and AAC, MP4 with HEVC, WebM with VP8 and Opus, Ogg with Opus, MP3, AAC: black silence.
_PACKED = (
    "eNqVUz9PwkAUf1fqP2KQoSQMJKAhxsQFjcbEiejCB9BNYypXBO1RwtUmMpgaHVj5Bn4UBwcmZ+NgdDBxdXDGd+UqpbREL/fud3337t378ysA5Gr2Va"
    "vBLQaggECUTdba2gBQT5hlOQBgMqdOYWwkPgGICwTEHA0ybhX+LsPUkcAYZu22foH7I/vCezMR4a0/cfMv76alABQNanPEnGFyO3CjP7pLrhlt6Lgp"
    "MBrOfQ1lHg4fvY/lOjXb/onToEY4km3WaNZwoznMcxQMrUiHZznaNmqBQBYv22ZB7r+5fWoi9rjNacDmRneqGzHpi0TTUEGsxFqER3YwwHUdve6TvY"
    "fk4B20M8SXTlo0wVvuv1bOCaj1pyVRqSy3vSr67omoikgGA62O639Fw7OOPEuNdFVrZK/eInxMYYEiTd2Jhv+PfTEsEH5V3+FxPAvyZVHlKBZw67IZ"
    "jkSTLEhzNuboLwx4lgygIQYc4G+qT6RKhiTPD7MtGZx6TUq4rptHVBG1ciYQwgxqlEx3ligRTVW9Gd1UVWIx0FSQ+oxEX8JN7iHuMKqLwieN7t3u6h"
    "osKG+vSqhwSqmcItnCnC8/SSN+yQ== eNpjYGCQSSupLMgszs9lYGBiANFAbJRbYGII5B/Kzc8vY2BgyMkty0hhQAHML4DECQZGBhBCAEZUVeh8Bwa"
    "8gAmI/EqKErOB7JiSbLCdzFhMO4Ghkxh7BaCYgUElNaWkGEjLpOYUlyDpOIHQy3gsNyUzEchQyE1B97sGEHMwhB4BcxQzUnKKYDJlmSmp6C6pzc3MS"
    "wMyRMpywQYhO00lBSInk1KUmobkEJ7SohwFCJvRtrgkKQfIvllcUpyCpOZkRmqZIQ7vgzwqwOABpD1wqkAHEv//A8nijLJkZ0bGBCBzAlhY7gPDn78"
    "/fjAw8DMvAJoi4cDIw/j/P0gBM0gFMwjJTZ3BuRAoqe7EyIgms6DDdVpY1p51GRwgLpjQcFgEVMvmwniw+EInyOLiEnBswJzJCApdUKAAPZyMKg7HI"
    "kC5KqgcP0IsOR+hnukZkBbPTUkExTC3BuN6tedO3/+vij4AABVOW8o= eNqTcr2/mJEBDAKc2qAsRkan7wjmJxiTxekzjMnh1ARlspSnJuU6tSPUtM"
    "KYTBLBDekQDuMOUc+VaVAJFa3rG6FMZn4nB98GmAbdcEc4UyxkXTaU82sdlBFyHe6o4qNwZjOcNQfGYoB5hDUsPizA4gGUJ7IBpkBgF5wFM3wK3HAm"
    "hOFMcMOZMA1nc4z3DwgNTl4E5Qv7F5QWe6QmpjAyWjA27AaLha2C+TRZb0HYbliYsRzZwvAQypHeCmVwODwvADPmw30k77ytFMopew53ACzC2JsYGB"
    "pm/P8H4ys3AvkCTAxzGbUEGAQYGNw5Wls7Wls6mJgYeHgTGP79Xx3QgKRXFFkvkK+JxrcF8QFTBVG0 eNrzT08PZmBigAJGKC0z/+tNRmH/gtJij9T"
    "EFEZGC8aG3WAJf5ByBmTlINwekSDFKABSHpKYXgyTBatl2aGJUAuyZ1qW4gEeZiQw4/8/gggATfsyFw== eNr7/1jiAAMDA7MHA2XgP9AcayqZU0Yl"
    "czZSyZwjVDAHANsDEUA= eNr7/zHHgXn+n3tMDKiAycCB7z9QjrH+D6OEAjsSEwBu3w5L "
)


_HEAD = 28  # bytes of a film's first box
_TAG = b"ID3\3\0\0\0\0\0\0"


def samples() -> Iterator[bytes]:
    """Good files of every family, and with every beginning that they may have."""
    film, *others, mp3, aac = (zlib.decompress(base64.b64decode(packed)) for packed in _PACKED.split())
    yield from (film, *others, mp3, aac)
    yield from (_TAG + mp3, _TAG + aac)
    for kind in (b"mdat", b"wide", b"free", b"skip"):
        yield film[:4] + kind + film[8:]
    end = _HEAD + int.from_bytes(film[_HEAD : _HEAD + 4])
    yield film[_HEAD:end] + film[:4] + b"free" + film[8:_HEAD] + film[end:]
    yield b"#!AMR\n" + b"\x3c" + bytes(31)
    yield b"#!AMR-WB\n" + b"\x44" + bytes(60)
    yield struct.pack(
        "<4sI4s4sIHHIIHH4sI", b"RIFF", 38, b"WAVE", b"fmt ", 16, 1, 1, 8000, 16000, 2, 16, b"data", 2
    ) + bytes(2)
