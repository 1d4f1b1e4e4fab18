"""What follows from a point: the area that it lies in, a choice of those around it, or that it lies elsewhere."""

from dataclasses import replace

from core import areas
from core.conversation import moves
from core.conversation.draft_place import around, at
from core.conversation.outcomes import Outcome, line
from core.messages import ChannelProfile, Line
from core.model import NOWHERE, AreaChoice, Dialogue, Place, Step


def at_point(dialogue: Dialogue, place: Place, profile: ChannelProfile) -> Outcome:
    """What follows from a point: the one area that it lies in; else which it is, by choice or in words.

    `place`: with the point, and without an area. Outside of the city it is not kept: it shows where somebody is.
    """
    there = areas.located(place.point) if place.point is not None else areas.Located()
    if there.outside:
        return outside(dialogue, profile)
    if (area := around(place)) is not None:
        known = at(area, place)
        return moves.with_prefix(
            moves.set_place(dialogue, known, profile), *(() if dialogue.filed else (_noted(known),))
        )
    placed = replace(dialogue, draft=replace(dialogue.draft, place=place), detail=None)
    if dialogue.filed is not None and not there.mapped:
        return moves.note_words(placed, profile)
    return moves.ask_area(placed, profile)


def beside_words(dialogue: Dialogue, place: Place, profile: ChannelProfile) -> Outcome:
    """A point for a place that has an area: it may make it finer; where the two contradict each other, it is asked."""
    found = areas.meant(areas.FoundAreas((place.area,) if place.area else (), certain=True), place.point)
    if found.certain:
        known = at(found.candidates[0], place)
        placed = replace(dialogue, draft=replace(dialogue.draft, place=known))
        return moves.proceed(placed, profile, line("place_noted", place=known.name))
    asked = replace(dialogue, draft=replace(dialogue.draft, place=replace(place, area=None, name="")))
    return moves.go_to(replace(asked, detail=AreaChoice(found.candidates)), Step.WHICH_PLACE, profile)


def choose_photo_place(dialogue: Dialogue, option: str, profile: ChannelProfile) -> Outcome:
    """Used or not, where the photo was taken is forgotten now."""
    draft = dialogue.draft
    answered = replace(dialogue, draft=replace(draft, found=None))
    if option != "use" or draft.found is None:
        return moves.proceed(answered, profile)
    place = replace(draft.place or NOWHERE, point=draft.found)
    return (at_point if place.area is None else beside_words)(answered, place, profile)


def _noted(place: Place) -> Line:
    return line("place_noted", place=place.name, keep=False)


def outside(dialogue: Dialogue, profile: ChannelProfile) -> Outcome:
    """A point outside of the city is told so, and what is asked is asked again."""
    said = line("point_outside")
    if dialogue.filed is not None and dialogue.step is Step.FILED:
        return moves.reply(dialogue, said)
    if dialogue.step in {Step.IDLE, Step.FILED}:
        return moves.go_to(moves.fresh(dialogue), Step.STORY, profile, said)
    return moves.ask(dialogue, profile, said)
