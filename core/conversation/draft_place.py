"""What the words and the point of a draft say of its place."""

from dataclasses import replace

from core import areas
from core.model import NOWHERE, AreaCode, Draft, Place


def at(code: AreaCode, told: Place = NOWHERE) -> Place:
    """The area, with what was told of the place."""
    return replace(told, area=code, name=areas.full_name(code))


def placed(draft: Draft) -> Draft:
    """A place that the story names for certain need not be asked for."""
    if draft.place is None and draft.text:
        found = areas.find(draft.text)
        if found.certain:
            return replace(draft, place=at(found.candidates[0], pointed(draft)))
    return draft


def pointed(draft: Draft, told: Place = NOWHERE) -> Place:
    """What was told of a place, with the point that was sent, or that the words write down."""
    return replace(told, point=told.point or draft.sent or areas.point_in(draft.text))


def may_be(draft: Draft, text: str = "") -> tuple[AreaCode, ...]:
    """The areas to choose from: what a name in the words may mean, else what lies nearest to the point."""
    named = areas.find(text).candidates if text else ()
    point = draft.place.point if draft.place is not None else None
    return named or (areas.nearest(point) if point is not None else ())


def roughly(text: str) -> Place:
    """Where nothing is asked back: the kecamatan, when all that a name may mean lies in one; else open."""
    around = {_kecamatan(code) for code in areas.find(text).candidates}
    return at(around.pop()) if len(around) == 1 else NOWHERE


def _kecamatan(code: AreaCode) -> AreaCode:
    area = areas.area(code)
    return area.parent if area.kind == "kelurahan" and area.parent is not None else code
