"""The areas of the city, from its six towns down to 267 kelurahan, and the offices that serve them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from core.city import read
from core.messages import Point
from core.model import AgencyId, AreaCode
from core.toml_rows import BadRow, Row, rows, text, texts

Kind = Literal["kota", "kabupaten", "kecamatan", "kelurahan"]

_NAME_LIMIT: Final = 40
_ISLANDS: Final = "Kep. Seribu"
_OFFICES: Final = {"kelurahan": "kel:", "kecamatan": "kec:"}


@dataclass(frozen=True, slots=True)
class Area:
    """One area; `city` is the id of the city that holds it (its own for a city), `aliases` are lower case."""

    code: AreaCode
    name: str
    kind: Kind
    parent: AreaCode | None
    city: str
    postal: str
    aliases: tuple[str, ...]
    centre: Point | None = None  # of a kelurahan


def _kind(row: Row) -> Kind:
    return "kabupaten" if text(row, "kind") == "kabupaten" else "kota"


def _point(row: Row, field: str) -> Point:
    match row.get(field):
        case [float(latitude), float(longitude)]:
            return Point(latitude, longitude)
        case _:
            raise BadRow(row, field)


def _area(row: Row, kind: Kind, parent: AreaCode | None, city: str) -> Area:
    return Area(
        code=AreaCode(text(row, "code")),
        name=text(row, "name"),
        kind=kind,
        parent=parent,
        city=city,
        postal=text(row, "postal", ""),
        aliases=texts(row, "aliases"),
        centre=_point(row, "centre") if kind == "kelurahan" else None,
    )


def _walk() -> Iterator[Area]:
    for city_row in rows(read("areas.toml"), "city"):
        city = _area(city_row, _kind(city_row), None, text(city_row, "id"))
        yield city
        for kecamatan_row in rows(city_row, "kecamatan"):
            kecamatan = _area(kecamatan_row, "kecamatan", city.code, city.city)
            yield kecamatan
            for kelurahan_row in rows(kecamatan_row, "kelurahan"):
                yield _area(kelurahan_row, "kelurahan", kecamatan.code, city.city)


def _grouped() -> Mapping[AreaCode | None, tuple[Area, ...]]:
    found: dict[AreaCode | None, list[Area]] = {None: [], **{code: [] for code in AREAS}}
    for each in AREAS.values():
        found[each.parent].append(each)
    return MappingProxyType({parent: tuple(below) for parent, below in found.items()})


AREAS: Mapping[AreaCode, Area] = MappingProxyType({each.code: each for each in _walk()})
_CHILDREN = _grouped()
_CITIES: Mapping[str, Area] = MappingProxyType({each.city: each for each in _CHILDREN[None]})


def area(code: AreaCode) -> Area:
    """Raises KeyError for a code that is not in the table."""
    return AREAS[code]


def children(code: AreaCode | None) -> tuple[Area, ...]:
    """The areas right below one, the cities for None; none below a kelurahan; raises KeyError for an unknown code."""
    return _CHILDREN[code]


def office(code: AreaCode) -> AgencyId:
    """The agency id of an area's office: kel:CODE, kec:CODE or kota:ID; raises KeyError for an unknown code."""
    found = AREAS[code]
    prefix = _OFFICES.get(found.kind)
    return AgencyId(f"{prefix}{found.code}" if prefix else f"kota:{found.city}")


def office_name(agency_id: AgencyId, lang: str) -> str:
    """What people read for an office id; raises KeyError for any other id."""
    prefix, _, rest = agency_id.partition(":")
    if prefix == "kota":
        return _city_office(_CITIES[rest], lang)
    found = AREAS[AreaCode(rest)]
    if agency_id != office(found.code):
        raise KeyError(agency_id)
    return f"{found.kind.title()} {found.name}"


def _city_office(city: Area, lang: str) -> str:
    regency = city.kind == "kabupaten"
    if lang == "id":
        return f"Kantor {'Bupati' if regency else 'Wali Kota'} {city.name}"
    return f"{city.name} {'regent' if regency else 'mayor'}'s office"


def full_name(code: AreaCode) -> str:
    """Name with what holds it, as people read it: at most 40 characters; raises KeyError for an unknown code."""
    found = AREAS[code]
    if found.parent is None:
        return found.name
    if found.kind == "kecamatan":
        return f"Kec. {found.name}"
    above = AREAS[found.parent].name.replace("Kepulauan Seribu", _ISLANDS)
    whole = f"Kel. {found.name}, {above}"
    return whole if len(whole) <= _NAME_LIMIT else f"Kel. {found.name}"
