"""A text as a reader takes it in: one kind of letters and digits, whatever was put between or instead of them."""

import re
import unicodedata
from collections.abc import Iterator

from core.phrases import gsm7

_LOOKALIKES = {
    # Cyrillic
    "а": "a", "в": "b", "с": "c", "ԁ": "d", "е": "e", "ё": "e", "ғ": "f", "һ": "h", "і": "i", "ї": "i", "ј": "j",
    "к": "k", "ӏ": "l", "м": "m", "н": "h", "о": "o", "р": "p", "ԛ": "q", "г": "r", "ѕ": "s", "т": "t", "у": "y",
    "ү": "y", "ѵ": "v", "ԝ": "w", "х": "x", "з": "3", "б": "6", "п": "n", "и": "u", "д": "d", "л": "l",
    # Greek
    "α": "a", "β": "b", "ε": "e", "η": "n", "ι": "i", "κ": "k", "ν": "v", "ο": "o", "ρ": "p", "τ": "t", "υ": "u",
    "χ": "x", "ω": "w", "γ": "y", "μ": "u", "σ": "o", "δ": "d", "λ": "l", "π": "n", "ζ": "z", "θ": "0", "φ": "o",
    # Latin that no normal form takes apart
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ɡ": "g", "ɑ": "a", "ʟ": "l", "ɪ": "i", "ᴀ": "a", "ᴇ": "e",
    "ᴍ": "m", "ᴏ": "o", "ᴛ": "t", "ᴡ": "w", "ꜱ": "s", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "p",
    # Armenian, and signs that stand for letters
    "ո": "n", "օ": "o", "հ": "h", "ս": "u", "զ": "q", "€": "e", "¥": "y", "£": "l", "¢": "c",
    "∕": "/", "⁄": "/", "․": ".", "。": ".", "･": ".", "·": ".", "•": ".", "∙": ".", "⋅": ".", "ꓸ": ".", "۔": ".",
    "﹒": ".", "．": ".", "｡": ".", "：": ":", "∶": ":", "＠": "@", "﹫": "@", "ⓐ": "@",
}  # fmt: skip
_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u00ad\u30fc")
_NOTHING = frozenset({"Cf", "Cc", "Me", "Mn", "Cs", "Co", "Cn"})
_HIDDEN = frozenset("\u00ad\u115f\u1160\u17b4\u17b5\u180e\u2800\u3164\uffa0\u034f")
_APART = re.compile(r"(?<![^\W_])[^\W_](?:(?:[^\w,;]|_){1,3}[^\W_]|,[^\W_]){3,}(?![^\W_])")
_BETWEEN = re.compile(r"(?<=[^\W_])[\W_]+(?=[^\W_])")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_INSIDE = re.compile(r"(?<=[a-z])[*_~^`'\"|]+(?=[a-z])")


def folded(text: str) -> str:
    """Lower case, Latin letters, ASCII digits; signs without width are gone, lines and blanks are one blank."""
    out: list[str] = []
    for char in text:
        out.append(_one(char))
    return " ".join("".join(out).split())


def _one(char: str) -> str:
    if char in "\n\r\t":
        return " "
    if char in _HIDDEN:
        return ""
    if char in _DASHES:
        return "-"
    if "\U0001f1e6" <= char <= "\U0001f1ff":  # flags are made of letters
        return chr(ord(char) - 0x1F1E6 + ord("a"))
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    known = _LOOKALIKES.get(char.lower())
    if known is not None:
        return known
    if unicodedata.category(char) in _NOTHING:
        return ""
    plain = unicodedata.normalize("NFKD", char)
    kept = "".join(c for c in plain if unicodedata.category(c) not in _NOTHING).lower()
    return "".join(_LOOKALIKES.get(c, c) for c in kept)


def views(text: str) -> Iterator[str]:
    """As it was written, as an SMS would carry it, and both with letters that stand apart put together."""
    seen: set[str] = set()
    for written in (text, gsm7.plain(text)):
        read = folded(written)
        for view in (read, joined(read), _INSIDE.sub("", read)):
            if view not in seen:
                seen.add(view)
                yield view


def joined(read: str) -> str:
    """With rows of single letters or digits, such as "w a . m e" or "n-a-m-a", as one word."""
    return _APART.sub(_one_word, read)


def _one_word(row: re.Match[str]) -> str:
    """What stands between all of them alike says nothing; else only blanks do."""
    between = set(_BETWEEN.findall(row.group()))
    return (_BETWEEN.sub("", row.group()) if len(between) == 1 else row.group().replace(" ", ""))


def calm(read: str) -> str:
    """Letters that are stretched, as in "siapaaa", said once."""
    return _STRETCHED.sub(r"\1", read)
