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
        known = found.candidates[0] if found.certain else around(told)
        if known is not None:
            return replace(draft, place=at(known, told))
    return draft


def pointed(draft: Draft, told: Place = NOWHERE) -> Place:
    """What was told of a place, with the point that was sent, or that the words write down; none outside the city."""
    if told.point is None and draft.sent is not None:
        told = told.with_point(draft.sent, draft.sent_words)
    point = told.point or areas.point_in(draft.text)
    return replace(told, point=None if point is None or areas.located(point).outside else point)


def around(told: Place) -> AreaCode | None:
    """The area that its point shows; else the only one of those around it that its words name."""
    there = areas.located(told.point) if told.point is not None else areas.Located()
    named = places.find(told.words)
    both = [code for code in there.areas if there.certain or (code in named.candidates and not named.by_name)]
    return both[0] if len(both) == 1 else None


def may_be(draft: Draft, text: str = "") -> tuple[AreaCode, ...]:
    """The areas to choose from: what a name in the words may mean and what lies at the point, or nearest to it."""
    return areas.meant(places.find(text), draft.place.point if draft.place is not None else None).candidates


def roughly(text: str, told: Place = NOWHERE) -> Place:
    """Where nothing is asked back: the kecamatan, when all that a name may mean lies in one; else open."""
    named = places.find(text)
    if told.point is not None and areas.located(told.point).mapped:
        named = areas.meant(named, told.point)
    districts = set() if named.by_name else {_district(code) for code in named.candidates}
    return at(districts.pop()) if len(districts) == 1 else NOWHERE


def _district(code: AreaCode) -> AreaCode:
    area = areas.area(code)
    return area.parent if area.finest and area.parent is not None else code
