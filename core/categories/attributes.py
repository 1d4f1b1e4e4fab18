"""What is asked besides of a kind: short questions, each of which may be passed over, and how answers are read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from core.city.profile import CITY
from core.toml_rows import Row, by_language, checked, one_of, table, text

MOST = 3
"""Questions of a kind."""
LONGEST = 200
"""Characters of an answer in words."""
_NUMBER = re.compile(r"(?<![\w.,])\d{1,6}(?:[.,]\d{1,3})?(?![\d.,]*\d)")  # a telephone number is longer


class AttributeKind(StrEnum):
    """What an answer is."""

    CHOICE = "choice"
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Attribute:
    """One question; `values`: what can be chosen, by its key, in each language."""

    id: str
    kind: AttributeKind
    ask: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]


def attribute_of(row: Row) -> Attribute:
    """Raises BadRow."""
    checked(row, frozenset({"id", "kind", "ask", "values"}))
    values = table(row, "values")
    return Attribute(
        id=text(row, "id"),
        kind=AttributeKind(one_of(row, "kind", frozenset(AttributeKind))),
        ask=by_language(row, "ask"),
        values=MappingProxyType({key: by_language(values, key) for key in values}),
    )


def read(attribute: Attribute, said: str) -> str | None:
    """An answer as it is kept: the key of a choice, the one number, or the words; None where it is none."""
    said = said.strip()
    match attribute.kind:
        case AttributeKind.CHOICE:
            return said if said in attribute.values else None
        case AttributeKind.NUMBER:
            found = _NUMBER.findall(said)
            return found[0].replace(",", ".") if len(found) == 1 and sum(c.isdigit() for c in said) <= 9 else None  # noqa: PLR2004 - of "3 of 12 houses"
        case AttributeKind.TEXT:
            return said if said and len(said) <= LONGEST else None


def in_words(label: Mapping[str, str], lang: str) -> str:
    """A label in a language, else in that of the city, else in whichever it has."""
    return label.get(lang) or label.get(CITY.language) or next(iter(label.values()), "")
