"""What follows from a point: the area that it lies in, a choice of those around it, or that it lies elsewhere."""

from dataclasses import replace

from core import areas
from core.conversation import moves
from core.conversation.draft_place import at
from core.conversation.outcomes import Outcome, line
from core.messages import ChannelProfile, Line
from core.model import Dialogue, Place, Step


def at_point(dialogue: Dialogue, place: Place, profile: ChannelProfile) -> Outcome:
    """What follows from a point: the one area that it lies in; else which it is, by choice or in words.

    `place`: with the point, and without an area. Outside of the city it is not kept: it shows where somebody is.
    """
    there = areas.located(place.point) if place.point is not None else areas.Located()
    if there.outside:
        return outside(dialogue, profile)
    if there.certain:
        known = at(there.areas[0], place)
        return moves.with_prefix(
            moves.set_place(dialogue, known, profile), *(() if dialogue.filed else (_noted(known),))
        )
    placed = replace(dialogue, draft=replace(dialogue.draft, place=place), detail=None)
    if dialogue.filed is not None and not there.mapped:
        return moves.note_words(placed, profile)
    return moves.ask_area(placed, profile)


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
