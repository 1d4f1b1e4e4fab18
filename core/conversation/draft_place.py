"""What the words and the point of a draft say of its place."""

from dataclasses import replace

from core import areas, places
from core.model import NOWHERE, AreaCode, Draft, Place


def at(code: AreaCode, told: Place = NOWHERE) -> Place:
    """The area, with what was told of the place."""
    return replace(told, area=code, name=areas.full_name(code))


def placed(draft: Draft) -> Draft:
    """A place that the story names for certain, or that a point shows, need not be asked for."""
    if draft.place is None and draft.text:
        told = pointed(draft)
        found = areas.meant(places.find(draft.text), told.point)
        if found.certain:
            return replace(draft, place=at(found.candidates[0], told))
    return draft


def pointed(draft: Draft, told: Place = NOWHERE) -> Place:
    """What was told of a place, with the point that was sent, or that the words write down; none outside the city."""
    point = told.point or draft.sent or areas.point_in(draft.text)
    return replace(told, point=None if point is None or areas.located(point).outside else point)


def may_be(draft: Draft, text: str = "") -> tuple[AreaCode, ...]:
    """The areas to choose from: what a name in the words may mean and what lies at the point, or nearest to it."""
    named = places.find(text)
    return areas.meant(named, draft.place.point if draft.place is not None else None).candidates


def roughly(text: str, told: Place = NOWHERE) -> Place:
    """Where nothing is asked back: the kecamatan, when all that a name may mean lies in one; else open."""
    named = places.find(text)
    if told.point is not None and areas.located(told.point).mapped:
        named = areas.meant(named, told.point)
    around = set() if named.by_name else {_district(code) for code in named.candidates}
    return at(around.pop()) if len(around) == 1 else NOWHERE


def _district(code: AreaCode) -> AreaCode:
    area = areas.area(code)
    return area.parent if area.finest and area.parent is not None else code
