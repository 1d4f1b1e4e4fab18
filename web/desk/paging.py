"""A list in pages: which part is shown, and where the parts beside it are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Self, TypeVar
from urllib.parse import urlencode

from web.desk.session import Visit

_ROWS = 50
_DIGITS = 7
T = TypeVar("T")


def whole(asked: str) -> int | None:
    """A whole number that no list is too short for; None for anything else."""
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < _DIGITS else None


def asked_page(visit: Visit) -> int:
    """The one that the address names; what cannot be read is the first."""
    return max(whole(visit.asked("hal")) or 1, 1)


@dataclass(frozen=True, slots=True)
class Paged(Generic[T]):
    """One page of a list; `before` and `after`: addresses, empty at its ends."""

    rows: Sequence[T]
    total: int
    page: int
    pages: int
    before: str
    after: str

    @classmethod
    def of(cls, found: Sequence[T], page: int, path: str, asked: Mapping[str, str]) -> Self:
        """A page behind the last is the last."""
        pages = max(-(-len(found) // _ROWS), 1)
        page = min(page, pages)

        def link(to: int) -> str:
            kept = {name: value for name, value in asked.items() if value} | ({"hal": str(to)} if to > 1 else {})
            return path + (f"?{urlencode(kept)}" if kept else "")

        return cls(
            rows=found[(page - 1) * _ROWS : page * _ROWS],
            total=len(found),
            page=page,
            pages=pages,
            before=link(page - 1) if page > 1 else "",
            after=link(page + 1) if page < pages else "",
        )
