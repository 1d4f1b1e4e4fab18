"""The areas of the city, from the largest to the smallest, and the offices that serve them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from core.city import read
from core.city.profile import CITY
from core.messages import Point
from core.model import AgencyId, AreaCode
from core.toml_rows import BadRow, Row, rows, text, texts

_NAME_LIMIT: Final = 40
FINEST: Final = len(CITY.levels) - 1
"""The depth of the smallest areas; what is coarser than they are, one level up, is a district."""


@dataclass(frozen=True, slots=True)
class Area:
    """One area; `city` is the id of the largest that holds it (its own, or its code), `aliases` are lower case.

    `depth`: its level, 0 for the largest.
    """

    code: AreaCode
    name: str
    kind: str
    depth: int
    parent: AreaCode | None
    city: str
    postal: str
    aliases: tuple[str, ...]
    short: str = ""
    centre: Point | None = None  # of the smallest

    @property
    def finest(self) -> bool:
        """Whether it is one of the smallest areas."""
        return self.depth == FINEST

    @property
    def district(self) -> bool:
        """Whether it is what holds the smallest."""
        return self.depth == FINEST - 1


def _point(row: Row, field: str) -> Point:
    match row.get(field):
        case [float() | int() as latitude, float() | int() as longitude]:
            return Point(float(latitude), float(longitude))
        case _:
            raise BadRow(row, field)


def _area(row: Row, depth: int, above: Area | None) -> Area:
    code = AreaCode(text(row, "code"))
    return Area(
        code=code,
        name=text(row, "name"),
        kind=text(row, "kind", CITY.levels[depth].kind),
        depth=depth,
        parent=above.code if above is not None else None,
        city=above.city if above is not None else text(row, "id", code),
        postal=text(row, "postal", ""),
        aliases=texts(row, "aliases"),
        short=text(row, "short", ""),
        centre=_point(row, "centre") if "centre" in row else None,
    )


def _walk(table: Row, depth: int = 0, above: Area | None = None) -> Iterator[Area]:
    """Each area before those that it holds."""
    if depth > FINEST:
        return
    for row in rows(table, CITY.levels[depth].rows, needed=depth == 0):
        found = _area(row, depth, above)
        yield found
        yield from _walk(row, depth + 1, found)


def _grouped() -> Mapping[AreaCode | None, tuple[Area, ...]]:
    found: dict[AreaCode | None, list[Area]] = {None: [], **{code: [] for code in AREAS}}
    for each in AREAS.values():
        found[each.parent].append(each)
    return MappingProxyType({parent: tuple(below) for parent, below in found.items()})


AREAS: Mapping[AreaCode, Area] = MappingProxyType({each.code: each for each in _walk(read("areas.toml"))})
_CHILDREN = _grouped()
COARSE: Final = next((len(each.code) for each in AREAS.values() if each.depth == max(FINEST - 1, 0)), 0)
"""Characters of the code of a district, and so of what the code of every area in it begins with."""


def area(code: AreaCode) -> Area:
    """Raises KeyError for a code that is not in the table."""
    return AREAS[code]


def children(code: AreaCode | None) -> tuple[Area, ...]:
    """The areas right below one, the largest for None; none below the smallest; raises KeyError for an unknown code."""
    return _CHILDREN[code]


def office(code: AreaCode) -> AgencyId:
    """The agency id of an area's office, as LEVEL:CODE; empty where its level has none; KeyError: unknown code."""
    found = AREAS[code]
    prefix = CITY.levels[found.depth].office
    return AgencyId(f"{prefix}:{_called(found)}" if prefix else "")


def _called(found: Area) -> str:
    return found.city if found.depth == 0 else found.code


def area_of(office_id: AgencyId) -> Area:
    """The area whose office it is; KeyError: no area's."""
    return _OFFICES[office_id]


_OFFICES: Mapping[AgencyId, Area] = MappingProxyType(
    {found: each for each in AREAS.values() if (found := office(each.code))}
)


def office_name(agency_id: AgencyId, lang: str) -> str:
    """What people read for an office id; raises KeyError for any other id."""
    found = _OFFICES[agency_id]
    named = CITY.levels[found.depth].named.get(found.kind, {})
    return (named.get(lang) or named.get(CITY.language) or "{name}").format(name=found.name)


def full_name(code: AreaCode) -> str:
    """Name with what holds it, as people read it: at most 40 characters; raises KeyError for an unknown code."""
    found = AREAS[code]
    own = CITY.levels[found.depth].short.format(name=found.name)
    if found.parent is None or not found.finest:
        return own
    above = AREAS[found.parent]
    whole = f"{own}, {above.short or above.name}"
    return whole if len(whole) <= _NAME_LIMIT else own
