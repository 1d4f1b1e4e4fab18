"""The charset of East Asian words that nobody declared, by what such words are made of; no other is ever guessed."""

from collections.abc import Callable
from typing import Final

_LEAST: Final = 4  # signs beyond ASCII; fewer may be anything
_LOOKED_AT: Final = 4_000  # bytes
_ESCAPE: Final = (b"\x1b$B", b"\x1b$@", b"\x1b(J")
_MOSTLY, _OFTEN = 0.7, 0.2


def _is_kana(sign: str, _encoded: bytes) -> bool:
    return "\u3041" <= sign <= "\u30fe"


def _is_hangul(sign: str, _encoded: bytes) -> bool:
    return "\uac00" <= sign <= "\ud7a3"


def _is_of_the_first_level(_sign: str, encoded: bytes) -> bool:
    """GB 2312 and Big5 have the signs that are written most in front."""
    return 0xB0 <= encoded[0] <= 0xD7 or encoded[0] == 0xA3  # noqa: PLR2004 - rows of the table


def _is_of_the_first_plane(_sign: str, encoded: bytes) -> bool:
    return 0xA1 <= encoded[0] <= 0xC6  # noqa: PLR2004 - as above


# Strict codecs, in which words of another charset fail; which superset reads them; what they hold, and how much of it.
_KINDS: Final[tuple[tuple[str, str, Callable[[str, bytes], bool], float], ...]] = (
    ("euc_jp", "euc_jp", _is_kana, _OFTEN),
    ("shift_jis", "cp932", _is_kana, _OFTEN),
    ("euc_kr", "cp949", _is_hangul, _MOSTLY),
    ("gb2312", "gb18030", _is_of_the_first_level, _MOSTLY),
    ("big5", "big5hkscs", _is_of_the_first_plane, _MOSTLY),
)


def guessed(data: bytes) -> str:
    """The codec that reads words which are no UTF-8; empty where nothing speaks for one."""
    if data.isascii():
        return "iso2022_jp" if any(mark in data for mark in _ESCAPE) else ""
    whole = data[:_LOOKED_AT]
    for strict, wide, speaks, least in _KINDS:
        text = _read(whole, strict)
        signs = [sign for sign in text if not sign.isascii() and sign.isalpha()]
        if len(signs) >= _LEAST and sum(speaks(each, each.encode(strict)) for each in signs) >= least * len(signs):
            return wide
    return ""


def _read(data: bytes, codec: str) -> str:
    """All of it, but for a last sign that is cut off; empty where it is of another charset."""
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        return data[: error.start].decode(codec) if error.start == len(data) - 1 else ""
