"""Small recordings for the rehearsal, packed, since nothing here can make any: no codec is part of the service."""

import base64
import struct
import zlib
from collections.abc import Iterator

# MP4 with H.264 and AAC, MP4 with HEVC, WebM with VP8 and Opus, Ogg with Opus, FLAC, MP3, AAC: black silence.
_PACKED = (
    "eNqVUz9PwkAUf1fqP2KQoSQMJKAhxsQFjcbEiejCB9BNYypXBO1RwtUmMpgaHVj5Bn4UBwcmZ+NgdDBxdXDGd+UqpbREL/fud3337t378ysA5G"
    "r2VavBLQaggECUTdba2gBQT5hlOQBgMqdOYWwkPgGICwTEHA0ybhX+LsPUkcAYZu22foH7I/vCezMR4a0/cfMv76alABQNanPEnGFyO3CjP7pL"
    "rhlt6LgpMBrOfQ1lHg4fvY/lOjXb/onToEY4km3WaNZwoznMcxQMrUiHZznaNmqBQBYv22ZB7r+5fWoi9rjNacDmRneqGzHpi0TTUEGsxFqER3"
    "YwwHUdve6TvYfk4B20M8SXTlo0wVvuv1bOCaj1pyVRqSy3vSr67omoikgGA62O639Fw7OOPEuNdFVrZK/eInxMYYEiTd2Jhv+PfTEsEH5V3+Fx"
    "PAvyZVHlKBZw67IZjkSTLEhzNuboLwx4lgygIQYc4G+qT6RKhiTPD7MtGZx6TUq4rptHVBG1ciYQwgxqlEx3ligRTVW9Gd1UVWIx0FSQ+oxEX8"
    "JN7iHuMKqLwieN7t3u6hosKG+vSqhwSqmcItnCnC8/SSN+yQ== "
    "eNpjYGCQSSupLMgszs9lYGBiANFAbJRbYGII5B/Kzc8vY2BgyMkty0hhQAHML4DECQZGBhBCAEZUVeh8Bwa8gAmI/EqKErOB7JiSbLCdzFhMO4"
    "Ghkxh7BaCYgUElNaWkGEjLpOYUlyDpOIHQy3gsNyUzEchQyE1B97sGEHMwhB4BcxQzUnKKYDJlmSmp6C6pzc3MSwMyRMpywQYhO00lBSInk1KU"
    "mobkEJ7SohwFCJvRtrgkKQfIvllcUpyCpOZkRmqZIQ7vgzwqwOABpD1wqkAHEv//A8nijLJkZ0bGBCBzAlhY7gPDn78/fjAw8DMvAJoi4cDIw/"
    "j/P0gBM0gFMwjJTZ3BuRAoqe7EyIgms6DDdVpY1p51GRwgLpjQcFgEVMvmwniw+EInyOLiEnBswJzJCApdUKAAPZyMKg7HIkC5KqgcP0IsOR+h"
    "nukZkBbPTUkExTC3BuN6tedO3/+vij4AABVOW8o= "
    "eNqTcr2/mJEBDAKc2qAsRkan7wjmJxiTxekzjMnh1ARlspSnJuU6tSPUtMKYTBLBDekQDuMOUc+VaVAJFa3rG6FMZn4nB98GmAbdcEc4UyxkXT"
    "aU82sdlBFyHe6o4qNwZjOcNQfGYoB5hDUsPizA4gGUJ7IBpkBgF5wFM3wK3HAmhOFMcMOZMA1nc4z3DwgNTl4E5Qv7F5QWe6QmpjAyWjA27AaL"
    "ha2C+TRZb0HYbliYsRzZwvAQypHeCmVwODwvADPmw30k77ytFMopew53ACzC2JsYGBpm/P8H4ys3AvkCTAxzGbUEGAQYGNw5Wls7Wls6mJgYeH"
    "gTGP79Xx3QgKRXFFkvkK+JxrcF8QFTBVG0 "
    "eNrzT08PZmBigAJGKC0z/+tNRmH/gtJij9TEFEZGC8aG3WAJf5ByBmTlINwekSDFKABSHpKYXgyTBatl2aGJUAuyZ1qW4gEeZiQw4/8/gggATf"
    "syFw== "
    "eNpL80l0bmBgUGJyYHJgAAPGLwwfGBjYDjCggf8/VDgYTgEZ58pATMazQOYiPhCT6QiQKdYGABioEH8= "
    "eNr7/1jiAAMDA7MHA2XgP9AcayqZU0YlczZSyZwjVDAHANsDEUA= "
    "eNr7/zHHgXn+n3tMDKiAycCB7z9QjrH+D6OEAjsSEwBu3w5L "
)


_HEAD = 28  # bytes of a film's first box
_TAG = b"ID3\3\0\0\0\0\0\0"


def samples() -> Iterator[bytes]:
    """Good files of every family, and with every beginning that they may have."""
    film, *others, flac, mp3, aac = (zlib.decompress(base64.b64decode(packed)) for packed in _PACKED.split())
    yield from (film, *others, flac, mp3, aac)
    yield from (_TAG + flac, _TAG + mp3, _TAG + aac)
    for kind in (b"mdat", b"wide", b"free", b"skip"):
        yield film[:4] + kind + film[8:]
    end = _HEAD + int.from_bytes(film[_HEAD : _HEAD + 4])
    yield film[_HEAD:end] + film[:4] + b"free" + film[8:_HEAD] + film[end:]
    yield b"#!AMR\n" + b"\x3c" + bytes(31)
    yield b"#!AMR-WB\n" + b"\x44" + bytes(60)
    yield struct.pack(
        "<4sI4s4sIHHIIHH4sI", b"RIFF", 38, b"WAVE", b"fmt ", 16, 1, 1, 8000, 16000, 2, 16, b"data", 2
    ) + bytes(2)
