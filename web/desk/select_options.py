"""What long choices of the desk offer, in groups: offices, areas, categories."""

from core import areas, casework
from core.categories import GROUPS, group_label, leaves
from core.model import AgencyId, AreaCode, CategoryId
from core.phrases import phrase


def kinds(lang: str) -> list[tuple[str, tuple[CategoryId, ...]]]:
    """Categories by group, as menus have them."""
    return [(group_label(group.id, lang), tuple(each.id for each in leaves(group.id))) for group in GROUPS]


def places(*, cities: bool) -> list[tuple[str, tuple[AreaCode, ...]]]:
    """Areas by the largest that holds them, perhaps behind that itself."""
    return [
        (city.name, tuple(code for code in areas.AREAS if code.startswith(city.code) and (cities or code != city.code)))
        for city in areas.children(None)
    ]


def offices(lang: str) -> list[tuple[str, tuple[AgencyId, ...]]]:
    """Every office that can have accounts: agencies, then by city."""
    agencies = phrase("desk_agencies", lang)
    names = {city.city: city.name for city in areas.children(None)}
    found: dict[str, list[AgencyId]] = {agencies: [], **{name: [] for name in names.values()}}
    for office, city in casework.offices():
        found[names.get(city, agencies)].append(office)
    return [(name, tuple(each)) for name, each in found.items()]
