"""Which office holds a report, and which ones stand above it: rules, so that nobody has to ask a person."""

from collections.abc import Sequence

from core import areas
from core.categories import AGENCIES, ALL_CATEGORIES, agency, category, city_branches
from core.city.present import Changes, of_present
from core.city.profile import CITY
from core.model import AgencyId, AreaCode, CategoryId, Place, Route

BIRO = CITY.coordinator
"""The office that checks plans and results, and that holds what has no place."""


def first_holder(chosen: CategoryId, place: Place, routes: Sequence[Route] = ()) -> AgencyId:
    """Restricted beats all; then rows of forwarding; a located report goes to the office of its area.

    One that lacks the place it needs goes to the Biro, one that needs none, or lies where areas have no offices, to the
    agency that leads its category.
    """
    leaf = category(chosen)
    if leaf.restricted is not None:
        return leaf.restricted
    routed = _routed(chosen, place.area, routes)
    if routed is not None:
        return routed
    if place.area is not None:
        return areas.office(place.area) or leaf.lead_agency
    return BIRO if leaf.place_required else leaf.lead_agency


def _routed(chosen: CategoryId, area: AreaCode | None, routes: Sequence[Route]) -> AgencyId | None:
    """Returns the most specific rule: of the smallest area, and of the category rather than of any."""
    fitting = [
        route
        for route in routes
        if route.category in {None, chosen} and (route.area is None or (area or "").startswith(route.area))
    ]
    best = max(fitting, key=lambda route: (len(route.area or ""), route.category is not None), default=None)
    return best.to if best is not None else None


def agency_name(holder: AgencyId, lang: str) -> str:
    """Returns the name of an agency or of an area's office; one that left the city's pack is called by its id."""
    if not known(holder):
        return holder
    if ":" in holder:
        return areas.office_name(holder, lang)
    return agency(holder).short


def known(office: AgencyId) -> bool:
    """Whether an agency or an area's office with this id exists."""
    if ":" not in office:
        return office in AGENCIES
    try:
        areas.area_of(office)
    except KeyError:
        return False
    return True


def external(office: AgencyId) -> bool:
    """Whether the agency is outside the city government: reports can only be forwarded to it."""
    return ":" not in office and known(office) and agency(office).external


def in_service(office: AgencyId) -> bool:
    """Whether something new can be given to it: it exists, and is not retired."""
    return known(office) and (":" in office or not agency(office).retired)


def has_staff(office: AgencyId) -> bool:
    """Whether it can have accounts: of those outside the city government, those that read restricted reports."""
    return in_service(office) and (not external(office) or reads_restricted(office))


def branches(holder: AgencyId, area: AreaCode | None) -> frozenset[AgencyId]:
    """Returns the branches of an agency in the city of an area."""
    if area is None or ":" in holder:
        return frozenset()
    return frozenset(each.id for each in city_branches(holder, areas.area(area).city))


def offices_for(area: AreaCode | None, *, outside: bool) -> tuple[AgencyId, ...]:
    """Returns where a report can go: agencies of its city, then offices of its areas; or agencies outside."""
    if outside:
        return tuple(each.id for each in AGENCIES.values() if each.external and not each.retired)
    city = areas.area(area).city if area is not None else None
    serve = [
        each.id
        for each in AGENCIES.values()
        if not each.external
        and not each.retired
        and each.kind not in CITY.above_all
        and (city is None or each.city in {None, city})
    ]
    there = [areas.office(each.code) for each in areas.AREAS.values() if city is None or each.city == city]
    return (*serve, *dict.fromkeys(filter(None, there)))


@of_present
def _known_rungs(_: Changes) -> dict[tuple[AgencyId, bool], tuple[AgencyId, ...]]:
    return {}


def rungs(holder: AgencyId, *, restricted: bool) -> tuple[AgencyId, ...]:
    """Returns the offices that lateness is escalated to, nearest first; for a restricted report only the Biro."""
    known, key = _known_rungs(), (holder, restricted)
    if key not in known:
        known[key] = (BIRO,) if restricted else _rungs(holder)
    return known[key]


def _rungs(holder: AgencyId) -> tuple[AgencyId, ...]:
    if not known(holder):  # It left the city's pack while it holds reports, and they are as late as any.
        return (BIRO,)
    above = _above_office(holder) if ":" in holder else _above_agency(holder)
    return tuple(dict.fromkeys((*(each for each in above if each != holder), *((BIRO,) if holder != BIRO else ()))))


def _above_office(holder: AgencyId) -> tuple[AgencyId, ...]:
    found, above = areas.area_of(holder), list[AgencyId]()
    while found.parent is not None:
        found = areas.area(found.parent)
        above.append(areas.office(found.code))
    return tuple(filter(None, above))


def _above_agency(holder: AgencyId) -> tuple[AgencyId, ...]:
    """Returns the agencies above an agency, without the province itself and its secretary."""
    above, found = list[AgencyId](), agency(holder).reports_to
    while found is not None and agency(found).kind not in CITY.above_all:
        above.append(found)
        found = agency(found).reports_to
    return tuple(above)


def checked_within(office: AgencyId) -> bool:
    """Whether a head of the office checks some of its reports: restricted ones, or those of the Biro."""
    return office == BIRO or reads_restricted(office)


def reads_restricted(office: AgencyId) -> bool:
    """Whether a category is restricted to it: such an agency has readers, even where it stands outside the city."""
    return any(each.restricted == office for each in ALL_CATEGORIES.values())
