"""The city as it is at present, written as a folder: what was never changed is copied with its comments."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import tomli_w

from core import city
from core.categories.agencies import agency_rows
from core.categories.leaves import attribute_rows, category_rows
from core.city.holidays import holidays_of
from core.city.present import Changes, changes_of
from core.model import Canned, CityPart, Route
from core.ports import UnitOfWork
from storage import SqlStore

_WRITTEN = "# As it was on the day of `resi city export`; `resi city new` writes files that explain the fields.\n\n"


@dataclass(frozen=True, slots=True)
class CityLists:
    """What the database holds of the city."""

    changes: Changes
    routes: Sequence[Route]
    answers: Sequence[Canned]


def lists_of(store: SqlStore) -> CityLists:
    """As it is now; raises StoreAway."""

    def look(tx: UnitOfWork) -> CityLists:
        return CityLists(changes_of(tx.city_changes.all()), list(tx.routes.all()), list(tx.canned.all()))

    return store.read(look)


def write(lists: CityLists, to: Path) -> None:
    """Into a folder that is empty or not there; raises OSError."""
    shutil.copytree(city.folder(), to, dirs_exist_ok=True)
    for name, content in _files(lists):
        if content:
            (to / name).write_text(_WRITTEN + tomli_w.dumps(content), encoding="utf-8")
        else:
            (to / name).unlink(missing_ok=True)


@contextmanager
def written(lists: CityLists) -> Iterator[Path]:
    """In a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="resi-city-") as folder:
        write(lists, Path(folder))
        yield Path(folder)


def _files(lists: CityLists) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Name and content of each file that is not copied; nothing in it where there shall be none."""
    parts = {part for part, _ in lists.changes}
    if CityPart.AGENCY in parts:
        yield "agencies.toml", agency_rows(lists.changes)
    if parts & {CityPart.CATEGORY, CityPart.ATTRIBUTE}:
        rows = {"attribute": [*attribute_rows(lists.changes).values()], "category": [*category_rows(lists.changes)]}
        yield "categories.toml", {**city.read("categories.toml"), **rows}
    if CityPart.HOLIDAY in parts:
        days = holidays_of(lists.changes).values()
        yield "holidays.toml", _list("holiday", ({"day": each.day, "name": each.name} for each in days))
    yield "routes.toml", _list("route", map(_route, lists.routes))
    yield "answers.toml", _list("answer", map(_answer, lists.answers))


def _list(name: str, rows: Iterable[Mapping[str, object]]) -> Mapping[str, object]:
    whole = list(rows)
    return {name: whole} if whole else {}


def _route(route: Route) -> Mapping[str, object]:
    said = {"category": route.category, "area": route.area, "to": route.to}
    return {field: value for field, value in said.items() if value}


def _answer(answer: Canned) -> Mapping[str, object]:
    said = {"agency": answer.agency, "title": answer.title, "text": answer.text}
    return {field: value for field, value in said.items() if value}
