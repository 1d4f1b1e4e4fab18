"""Who answers for reports: agencies of the city, their branches in its cities, and those outside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from core.city import read
from core.model import AgencyId
from core.toml_rows import Row, checked, table, text

_FIELDS = frozenset({"name", "short", "kind", "reports_to", "city"})


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency; `reports_to` is the rung above it, `external` means that reports can only be forwarded to it."""

    id: AgencyId
    name: str
    short: str
    kind: str
    reports_to: AgencyId | None
    city: str | None
    external: bool


def _agency(agency_id: str, row: Row) -> Agency:
    kind = text(row, "kind")
    above, city = text(row, "reports_to", ""), text(row, "city", "")
    return Agency(
        id=AgencyId(agency_id),
        name=text(row, "name"),
        short=text(row, "short"),
        kind=kind,
        reports_to=AgencyId(above) if above else None,
        city=city or None,
        external=kind == "external",
    )


def _load() -> Mapping[AgencyId, Agency]:
    data = read("agencies.toml")
    found = (_agency(each, checked(table(data, each), _FIELDS)) for each in data)
    return MappingProxyType({each.id: each for each in found})


AGENCIES: Mapping[AgencyId, Agency] = _load()


def agency(agency_id: AgencyId) -> Agency:
    """Raises KeyError for an id that is not in the table; offices of areas are not: core/areas names them."""
    return AGENCIES[agency_id]


def city_branches(lead: AgencyId, city: str) -> tuple[Agency, ...]:
    """The branches of an agency in one city: mostly one Suku Dinas; Pendidikan has two, many agencies have none."""
    return _BRANCHES.get((lead, city), ())


def _branches() -> Mapping[tuple[AgencyId, str], tuple[Agency, ...]]:
    found: dict[tuple[AgencyId, str], tuple[Agency, ...]] = {}
    for each in AGENCIES.values():
        if each.reports_to is not None and each.city is not None:
            key = (each.reports_to, each.city)
            found[key] = (*found.get(key, ()), each)
    return MappingProxyType(found)


_BRANCHES = _branches()
