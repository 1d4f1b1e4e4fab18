"""The city as it is at present, written as a folder: what was never changed is copied with its comments."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.city_pack.toml_text import row_lines, rows_of, value_of
from core import city
from core.categories.agencies import agency_rows
from core.categories.leaves import attribute_rows, category_rows
from core.city.holidays import holidays_of
from core.city.present import Changes, changes_of
from core.model import Canned, CityPart, Route
from core.ports import UnitOfWork
from storage import SqlStore

_WRITTEN = "# As it was on the day of `resi city export`; what its fields mean stands in docs/city-pack.md.\n\n"


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
    for name, text in _files(lists):
        if text:
            (to / name).write_text(_WRITTEN + text, encoding="utf-8")
        else:
            (to / name).unlink(missing_ok=True)


@contextmanager
def written(lists: CityLists) -> Iterator[Path]:
    """In a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="resi-city-") as folder:
        write(lists, Path(folder))
        yield Path(folder)


def _files(lists: CityLists) -> Iterator[tuple[str, str]]:
    parts = {part for part, _ in lists.changes}
    if CityPart.AGENCY in parts:
        rows = agency_rows(lists.changes)
        yield "agencies.toml", "".join(f"{id_} = {value_of(row)}\n" for id_, row in rows.items())
    if parts & {CityPart.CATEGORY, CityPart.ATTRIBUTE}:
        yield "categories.toml", _categories(lists.changes)
    if CityPart.HOLIDAY in parts:
        days = holidays_of(lists.changes).values()
        yield "holidays.toml", rows_of("holiday", ({"day": each.day, "name": dict(each.name)} for each in days))
    yield "routes.toml", rows_of("route", map(_route, lists.routes))
    yield "answers.toml", rows_of("answer", map(_answer, lists.answers))


def _categories(changes: Changes) -> str:
    table = city.read("categories.toml")
    noise = table.get("noise")
    words = "".join(f"{line}\n" for line in row_lines(noise)) if isinstance(noise, Mapping) else ""
    groups = table["group"]
    return "".join(
        (
            f"[noise]\n{words}\n" if words else "",
            rows_of("attribute", attribute_rows(changes).values()),
            rows_of("group", groups if isinstance(groups, list) else ()),
            rows_of("category", category_rows(changes)),
        )
    )


def _route(route: Route) -> Mapping[str, object]:
    said = {"category": route.category, "area": route.area, "to": route.to}
    return {field: value for field, value in said.items() if value}


def _answer(answer: Canned) -> Mapping[str, object]:
    said = {"agency": answer.agency, "title": answer.title, "text": answer.text}
    return {field: value for field, value in said.items() if value}
