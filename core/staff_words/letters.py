"""A text as a reader takes it in: one kind of letters and digits, whatever was put between or instead of them."""

import re
import unicodedata
from collections.abc import Iterator
from importlib.resources import files
from typing import Final

from core.phrases import gsm7
from core.toml_rows import parsed

_TABLES: Final = parsed(files(__package__).joinpath("letters.toml").read_text("utf-8"))
_LOOKALIKES: Final = {char: said for table in _TABLES.values() for said, chars in table.items() for char in chars}
_NOTHING = frozenset({"Cf", "Cc", "Me", "Mn", "Cs", "Co", "Cn"})
_FLAGS = ("\U0001f1e6", "\U0001f1ff")
_HIDDEN = frozenset("\u00ad\u115f\u1160\u17b4\u17b5\u180e\u2800\u3164\uffa0\u034f")
_APART = re.compile(r"(?<![^\W_])[^\W_](?:(?:[^\w,;]|_){1,3}[^\W_]|,[^\W_]){3,}(?![^\W_])")
_BETWEEN = re.compile(r"(?<=[^\W_])[\W_]+(?=[^\W_])")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_INSIDE = re.compile(r"(?<=[a-z])[*_~^`'\"|]+(?=[a-z])")


def folded(text: str) -> str:
    """Lower case, Latin letters, ASCII digits; signs without width are gone, lines and blanks are one blank."""
    return " ".join("".join(map(_one, text)).split())


def _one(char: str) -> str:
    if char.isascii():
        return char.lower() if char.isprintable() else " "
    if char in _HIDDEN:
        return ""
    if _FLAGS[0] <= char <= _FLAGS[1]:  # they are made of letters
        return chr(ord(char) - ord(_FLAGS[0]) + ord("a"))
    digit = unicodedata.digit(char, None)
    known = str(digit) if digit is not None else _LOOKALIKES.get(char.lower())
    if known is not None:
        return known
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
    return _BETWEEN.sub("", row.group()) if len(between) == 1 else row.group().replace(" ", "")


def calm(read: str) -> str:
    """Letters that are stretched, as in "siapaaa", said once."""
    return _STRETCHED.sub(r"\1", read)
