"""The page of the place: what words, a list and a map say together, by the same rules as in the conversation."""

from dataclasses import dataclass, field, replace
from typing import Final

from core import areas, places
from core.categories import category
from core.conversation import draft_place
from core.errors import Refused
from core.messages import Point
from core.model import NOWHERE, AreaCode, Draft, FormDraft, MapAct, Place

MOST_LETTERS: Final = 4000  # of a story, and of the words of a place
UNKNOWN: Final = "-"  # chosen where somebody cannot say which area it is
WHOLE: Final = ""  # the picture of the whole city


@dataclass(frozen=True, slots=True)
class PlaceFields:
    """What stands in the fields of the page. `area`: a code, UNKNOWN, or empty: as words and map say.

    `sure`: it answers which of several areas is meant. `point`: of a POINT on `picture`, and of HERE; None: outside of
    all that could be meant.
    """

    words: str = field(default="", repr=False)
    area: str = ""
    sure: bool = False
    act: MapAct | None = None
    point: Point | None = None
    picture: str = WHOLE


def with_place(form: FormDraft, fields: PlaceFields) -> FormDraft:
    """With its place: the area that was chosen, else the one that words and map mean for certain.

    Raises Refused: `form_long`, `form_place`, `form_outside`, `web_form_area`; and with the codes of the areas that may
    be meant, `web_form_which`.
    """
    placed = replace(form.draft, place=_place(form, fields))
    return replace(form, draft=placed, words="", chosen="", picture=None)


def _place(form: FormDraft, fields: PlaceFields) -> Place:
    if len(fields.words) > MOST_LETTERS:
        raise Refused("form_long", most=MOST_LETTERS)
    point = areas.point_in(fields.words) or form.point
    there = areas.located(point) if point is not None else areas.Located()
    place = Place(words=fields.words, point=None if there.outside else point)
    if fields.area == UNKNOWN:
        return draft_place.at(there.areas[0], place) if there.mapped and there.areas else place
    if fields.area:
        return draft_place.at(_chosen(fields, form.point), place)
    return _read(form.draft, place, outside=there.outside)


def _chosen(fields: PlaceFields, point: Point | None) -> AreaCode:
    """A point on the map may make it finer; where the two contradict each other, it is asked which is meant."""
    found = areas.AREAS.get(AreaCode(fields.area))
    if found is None or not (found.finest or found.district):
        raise Refused("web_form_area")
    if point is None or fields.sure or not areas.located(point).mapped:
        return found.code
    both = areas.meant(areas.FoundAreas((found.code,), certain=True), point)
    if not both.certain:
        raise Refused("web_form_which", areas=" ".join(both.candidates))
    return both.candidates[0]


def _read(draft: Draft, place: Place, *, outside: bool) -> Place:
    needed = draft.category is None or category(draft.category).place_required
    if not place.words and place.point is None:
        if needed:
            raise Refused("form_place")
        return NOWHERE
    found = areas.meant(places.find(place.words), place.point)
    wider = found if found.certain else areas.meant(places.find(f"{place.words}\n{draft.text}"), place.point)
    if wider.certain:
        return draft_place.at(wider.candidates[0], place)
    if found.candidates:
        raise Refused("web_form_which", areas=" ".join(found.candidates))
    if outside:
        raise Refused("form_outside")
    if needed:
        raise Refused("web_form_area")
    return place


def on_map(form: FormDraft, fields: PlaceFields, act: MapAct) -> FormDraft:
    """With what was done with the map; what was typed stays, and the page is shown once more.

    Raises Refused `form_outside`.
    """
    typed = replace(form, words=fields.words[:MOST_LETTERS], chosen=fields.area)
    match act:
        case MapAct.OPEN:
            return replace(typed, picture=_around(typed))
        case MapAct.WHOLE:
            return replace(typed, picture=WHOLE)
        case MapAct.CLEAR:
            return replace(typed, point=None, draft=replace(form.draft, place=None))
        case MapAct.POINT | MapAct.HERE:
            return _pointed(typed, fields, act)


def _around(form: FormDraft) -> str:
    """The area that was chosen, that the point lies in, or that the words name for certain; else the whole city."""
    if form.chosen in areas.AREAS:
        return form.chosen
    found = areas.meant(places.find(f"{form.words}\n{form.draft.text}"), form.point)
    return found.candidates[0] if found.certain else WHOLE


def _pointed(form: FormDraft, fields: PlaceFields, act: MapAct) -> FormDraft:
    """On the picture of more than a district, a point is what is wanted nearer."""
    there = areas.located(fields.point) if fields.point is not None else areas.Located()
    if not there.areas:
        raise Refused("form_outside")
    first = areas.area(there.areas[0])
    pictured = areas.AREAS.get(AreaCode(fields.picture))
    near = act is MapAct.HERE or (pictured is not None and (pictured.district or pictured.finest))
    if not near and first.parent is not None:
        return replace(form, picture=first.parent)
    picture = first.code if act is MapAct.POINT else form.picture
    return replace(form, point=fields.point, picture=picture, chosen="")


def at_photo(form: FormDraft) -> FormDraft:
    """Where a photo was taken is the place, or shows it within its area; where that is not certain, it is asked."""
    found, told = form.draft.found, form.draft.place or NOWHERE
    if found is None:
        return form
    there = areas.located(found)
    place: Place | None = replace(told, point=found)
    if told.area is None:
        place = draft_place.at(there.areas[0], replace(told, point=found)) if there.certain else None
    words = told.words if place is None else ""
    return replace(form, draft=replace(form.draft, place=place, found=None), point=found, words=words)


def offered(form: FormDraft, found: Point | None) -> Point | None:
    """Where a photo was taken, where that is worth a question: in the city, and nothing showed the place before."""
    told = form.draft.place or NOWHERE
    shown = form.point or told.point
    return None if found is None or shown is not None or areas.located(found).outside else found


def may_be(form: FormDraft) -> tuple[AreaCode, ...]:
    """The areas among which a point on the map does not decide; none where it does, or where there is none."""
    if form.point is None or form.draft.place is not None:
        return ()
    found = areas.meant(places.find(form.words), form.point)
    return () if found.certain else found.candidates


def lies_in(form: FormDraft) -> AreaCode | None:
    """The area of the point on the map; None: there is no point, or it may lie in another one too."""
    there = areas.located(form.point) if form.point is not None else areas.Located()
    return there.areas[0] if there.certain else None
