"""What people name instead of an area: stations, hospitals, markets, streets, each with how it is known."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from core.toml_rows import BadRow, Row, text, texts

KNOWN: Final = frozenset(("listed", "general"))  # with the list of areas; of our own knowledge, looked up nowhere
KINDS: Final = ("station", "hospital", "market", "mall", "campus", "office", "quarter", "road")


@dataclass(frozen=True, slots=True)
class Site:
    """A name and the codes it may mean; `street`: the name is one only behind jl, gang and the like."""

    name: str
    codes: tuple[str, ...]
    street: bool = False


def sites(row: Row) -> Iterator[Site]:
    """The names of a row; raises BadRow where it does not say how they are known."""
    if text(row, "known") not in KNOWN:
        raise BadRow(row, "known")
    codes = texts(row, "areas")
    for kind in KINDS:
        yield from (Site(name, codes) for name in texts(row, kind))
    yield from (Site(name, codes, street=True) for name in texts(row, "street"))
