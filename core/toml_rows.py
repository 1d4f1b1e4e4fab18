"""Reading rows of TOML with their types checked, so that a slip in a data file is found when it is loaded."""

import re
from collections.abc import Container, Iterable, Mapping
from importlib.resources import files
from types import MappingProxyType

import tomli

Row = Mapping[str, object]
parsed = tomli.loads  # the standard library's reader, compiled: every command reads the city and the phrases
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff]")  # in a name: it turns or ends lines


class BadRow(ValueError):
    """A data file says something that its loader does not understand; names the row and the field."""

    def __init__(self, row: Row, field: str) -> None:
        super().__init__(f"{row.get('id') or row.get('name', '?')}: {field}")


def name_of(typed: str) -> str:
    """On one line, of what is seen: a mark that turns the writing around would turn what stands beside it."""
    return " ".join(UNSEEN.sub(" ", typed).split())


def read(package: str, name: str) -> Row:
    """The whole of a data file that lies beside a package's modules."""
    return parsed(files(package).joinpath(name).read_text(encoding="utf-8"))


def checked(row: Row, known: frozenset[str]) -> Row:
    """The row itself; raises BadRow for a field that nobody reads, which is a slip of the pen."""
    for field in [each for each in row if each not in known]:
        raise BadRow(row, field)
    return row


def rows(row: Row, field: str, *, needed: bool = True) -> tuple[Row, ...]:
    """A list of tables; one that is not needed is empty where left out."""
    found = row.get(field, None if needed else [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise BadRow(row, field)
    return tuple(found)


def table(row: Row, field: str) -> Row:
    """A table; empty where left out."""
    found = row.get(field, {})
    if not isinstance(found, dict):
        raise BadRow(row, field)
    return found


def text(row: Row, field: str, default: str | None = None) -> str:
    """A text; without a default it must be there."""
    found = row.get(field, default)
    if not isinstance(found, str):
        raise BadRow(row, field)
    return found


def one_of(row: Row, field: str, allowed: Container[str], default: str | None = None) -> str:
    """A text that is one of those allowed."""
    found = text(row, field, default)
    if found not in allowed:
        raise BadRow(row, field)
    return found


def flag(row: Row, field: str, *, default: bool) -> bool:
    """True or false."""
    found = row.get(field, default)
    if not isinstance(found, bool):
        raise BadRow(row, field)
    return found


def number(row: Row, field: str, default: int) -> int:
    """A whole number above zero."""
    found = row.get(field, default)
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise BadRow(row, field)
    return found


def texts(row: Row, field: str) -> tuple[str, ...]:
    """A list of texts; empty where left out."""
    found = row.get(field, [])
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise BadRow(row, field)
    return tuple(found)


def by_language(row: Row, field: str) -> Mapping[str, str]:
    """A text for each language."""
    found = table(row, field)
    return MappingProxyType({lang: text(found, lang) for lang in found})


def listed(text: str) -> tuple[str, ...]:
    """Words and phrases; `_` parts the words of a phrase."""
    return tuple(each.replace("_", " ") for each in text.split())


def word_table(row: Row, field: str) -> Mapping[str, tuple[str, ...]]:
    """A table of nothing but lists of words, each written as one text."""
    found = table(row, field)
    return MappingProxyType({each: listed(text(found, each)) for each in found})


def any_of(words: Iterable[str]) -> str:
    """One of these words, for a regular expression."""
    return "|".join(map(re.escape, words))
