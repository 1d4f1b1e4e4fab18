"""Who answers for reports: agencies of the city, their branches in its cities, and those outside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from core.city import read
from core.city.present import Changes, merged
from core.model import AgencyId, CityPart
from core.toml_rows import BadRow, Row, checked, flag, table, text

FIELDS: Final = frozenset({"name", "short", "kind", "reports_to", "city", "retired"})
EXTERNAL: Final = "external"


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency; `reports_to` is the rung above it, `external` means that reports can only be forwarded to it.

    `retired`: nothing new is given to it; it is known for the reports that name it.
    """

    id: AgencyId
    name: str
    short: str
    kind: str
    reports_to: AgencyId | None
    city: str | None
    external: bool
    retired: bool = False


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
        external=kind == EXTERNAL,
        retired=flag(row, "retired", default=False),
    )


def _of_folder() -> Mapping[str, Row]:
    data = read("agencies.toml")
    return MappingProxyType({each: checked(table(data, each), FIELDS) for each in data})


_OF_FOLDER: Final = _of_folder()


def agency_rows(changes: Changes) -> Mapping[str, Row]:
    """As the file has them."""
    return merged(CityPart.AGENCY, _OF_FOLDER, changes)


def agencies_of(rows: Mapping[str, Row]) -> Mapping[AgencyId, Agency]:
    """In the order of lists; raises BadRow, also where one stands above itself."""
    found = MappingProxyType({AgencyId(each): _agency(each, checked(row, FIELDS)) for each, row in rows.items()})
    for each in found.values():
        above, seen = each.reports_to, {each.id}
        while above is not None:
            if above in seen or above not in found:
                raise BadRow({"id": each.id}, "reports_to")
            seen.add(above)
            above = found[above].reports_to
    return found


def branches_of(agencies: Mapping[AgencyId, Agency]) -> Mapping[tuple[AgencyId, str], tuple[Agency, ...]]:
    """The branches of each agency in each city."""
    found: dict[tuple[AgencyId, str], tuple[Agency, ...]] = {}
    for each in agencies.values():
        if each.reports_to is not None and each.city is not None and not each.retired:
            key = (each.reports_to, each.city)
            found[key] = (*found.get(key, ()), each)
    return MappingProxyType(found)
