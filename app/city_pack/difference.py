"""What another folder of a city would change: rows that are new, gone or moved, and the ids that reports still name."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.city_pack.pack import CityPack
from app.city_pack.reading import names
from core.kind_weights import NAME as WEIGHTS

_TABLES = (
    ("groups", "categories.toml", "group"),
    ("categories", "categories.toml", "category"),
    ("questions", "categories.toml", "attribute"),
)
_LISTS = (("routes", "routes.toml", "route"), ("ready answers", "answers.toml", "answer"))
Rows = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Gone:
    """Ids that the other folder does not know."""

    categories: frozenset[str]
    agencies: frozenset[str]
    areas: frozenset[str]


def _tables(pack: CityPack, file: str, field: str) -> Rows:
    found = pack.files[file].table.get(field, [])
    rows = found if isinstance(found, list) else []
    return {str(row["id"]): row for row in rows if isinstance(row, dict) and "id" in row}


def _agencies(pack: CityPack) -> Rows:
    return {key: row for key, row in pack.files["agencies.toml"].table.items() if isinstance(row, dict)}


def _days(pack: CityPack) -> set[str]:
    found = pack.files["holidays.toml"].table.get("holiday", [])
    return {str(row.get("day")) for row in found if isinstance(row, dict)} if isinstance(found, list) else set()


def _weights(pack: CityPack) -> bytes | None:
    path = pack.folder / WEIGHTS
    return path.read_bytes() if path.is_file() else None


def gone(now: CityPack, then: CityPack) -> Gone:
    """What reports, accounts and routes may name that would be nobody's any more."""
    return Gone(
        categories=frozenset(now.categories - then.categories),
        agencies=frozenset({*now.agencies, *now.offices} - {*then.agencies, *then.offices}),
        areas=frozenset(set(now.areas) - set(then.areas)),
    )


def changes(now: CityPack, then: CityPack) -> Iterator[str]:
    """A sentence each."""
    yield from _sets("areas", set(now.areas), set(then.areas))
    for what, file, field in _TABLES:
        yield from _rows(what, _tables(now, file, field), _tables(then, file, field))
    yield from _rows("agencies", _agencies(now), _agencies(then))
    yield from _sets("holidays", _days(now), _days(then))
    for what, file, field in _LISTS:
        if now.files[file].table.get(field, []) != then.files[file].table.get(field, []):
            yield f"{what} change: they are taken from a folder at the first start alone, then kept at the desk"
    if _weights(now) != _weights(then):
        yield f"{WEIGHTS} changes: what is suggested for words of a citizen"
    city, other = now.files["city.toml"].table, then.files["city.toml"].table
    for field in sorted({*city, *other}):
        if city.get(field) != other.get(field):
            yield f"city.toml: {field} changes"


def _sets(what: str, now: set[str], then: set[str]) -> Iterator[str]:
    for said, found in (("new", then - now), ("gone", now - then)):
        if found:
            yield f"{what} {said}: {len(found)} ({names(found)})"


def _rows(what: str, now: Rows, then: Rows) -> Iterator[str]:
    yield from _sets(what, set(now), set(then))
    for each in (each for each in now if each in then):
        fields = _moved(now[each], then[each])
        if fields:
            yield f"{what} {each}: {', '.join(fields)}"


def _moved(now: Mapping[str, object], then: Mapping[str, object]) -> Iterable[str]:
    found = []
    for field in sorted({*now, *then}):
        before, after = now.get(field), then.get(field)
        if before == after:
            continue
        plain = isinstance(before, str | int | None) and isinstance(after, str | int | None)
        found.append(f"{field} {before!r} -> {after!r}" if plain else f"{field} changes")
    return found
