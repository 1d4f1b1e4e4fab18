"""Who holds a report: one table of rules, so that nobody has to ask a person where it went."""

from core import areas
from core.categories import agency, category
from core.model import AgencyId, CategoryId, Place

BIRO = AgencyId("biro_pemerintahan")


def first_holder(chosen: CategoryId, place: Place) -> AgencyId:
    """Restricted beats place; a located report goes to the office of its area; one that lacks its place to the Biro."""
    leaf = category(chosen)
    if leaf.restricted is not None:
        return leaf.restricted
    if place.area is not None:
        return areas.office(place.area)
    return BIRO if leaf.place_required else leaf.lead_agency


def agency_name(holder: AgencyId, lang: str) -> str:
    """How people call an agency or an area's office."""
    if ":" in holder:
        return areas.office_name(holder, lang)
    return agency(holder).short
