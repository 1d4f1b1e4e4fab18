"""What follows when files or a place come: they are kept with the draft, and what is missing is asked for."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from core import areas
from core.conversation import commands, moves, point_moves
from core.conversation.events import At, Files
from core.conversation.outcomes import Outcome, line
from core.messages import ChannelProfile, Line, Point, Say
from core.model import NOWHERE, AskedAnew, Dialogue, Step
from core.scrub import REFUSALS
from core.watch import total_else

COMPLAINTS: Final = frozenset({*REFUSALS, "file_lost", "file_many", "file_rest", "file_slow"})
"""The phrases that say which file was not taken, and what to do."""


def point(dialogue: Dialogue, event: At, profile: ChannelProfile) -> Outcome:
    """It is kept; in which of the areas around it lies is asked where that is not certain."""
    if dialogue.free and dialogue.filed is not None:
        dialogue = moves.idle(dialogue)  # nothing of what was filed is asked any more
    told = NOWHERE if isinstance(dialogue.detail, AskedAnew) else dialogue.draft.place or NOWHERE
    place = told.with_point(event.point, event.words)
    there = areas.located(event.point)
    if there.outside:
        return point_moves.outside(dialogue, profile)
    # Who sends where it is need not be asked whether it is where a photo was taken.
    dialogue = replace(dialogue, draft=replace(dialogue.draft, found=None))
    if dialogue.filed is None and place.area is None and not dialogue.draft.text:
        lead = (line("place_noted", place=areas.full_name(there.areas[0]), keep=False),) if there.certain else ()
        sent = replace(dialogue.draft, sent=event.point, sent_words=event.words)
        return moves.go_to(replace(dialogue, draft=sent), Step.STORY, profile, *lead)
    if dialogue.filed is None and place.area is not None:
        return point_moves.beside_words(dialogue, place, profile)
    return point_moves.at_point(dialogue, place, profile)


def keep(dialogue: Dialogue, event: Files, profile: ChannelProfile) -> tuple[Dialogue, tuple[Line, ...]]:
    """With as many of the files as there is room for, and what is said of the others."""
    started = moves.idle(dialogue) if dialogue.filed is not None and event.files else dialogue
    draft, surplus = moves.add_files(started.draft, event.files)
    told = draft.sent is not None or (draft.place is not None and draft.place.point is not None)
    draft = replace(draft, found=None if told else _in_the_city(event.found) or draft.found)
    complaints = (*dict.fromkeys(event.refused), *(("file_many",) if surplus else ()))
    # A narrow channel may have no room for them beside a question that has to stay.
    lead = tuple(line(key, keep=not profile.terse) for key in complaints)
    return replace(started, draft=draft, group=event.group), lead


def _in_the_city(found: Point | None) -> Point | None:
    """Where a photo was taken; outside of the city it is nobody's matter, and not asked about."""
    return None if found is None or areas.located(found).outside else found


def keep_files(dialogue: Dialogue, event: Files, profile: ChannelProfile) -> Outcome:
    """They are kept, and what is missing is asked for; the rest of an album is answered with its first part."""
    held, lead = keep(dialogue, event, profile)
    if event.group and event.group == dialogue.group and not lead:
        return Outcome(held, None)
    return told(held, event, lead, profile)


def told(held: Dialogue, event: Files, lead: tuple[Line, ...], profile: ChannelProfile) -> Outcome:
    """That they are kept, or why not, and what is missing."""
    if event.files:
        lead += (line("photo_added", keep=False),) if held.draft.text else ()
        return moves.proceed(replace(held, step=Step.STORY), profile, *lead)
    say = commands.reply_and_reask if profile.terse and commands.waits(held) else commands.opened
    return say(held, profile, *lead)


@total_else("complaints", answer=())
def complaints(keys: Iterable[str], /) -> tuple[Line, ...]:
    """What is said of files that were not taken, beside a code: the first in any case, each kind once."""
    each = [key for key in dict.fromkeys(keys) if key in COMPLAINTS]
    return tuple(line(key, keep=not at) for at, key in enumerate(each))


def complained(say: Say | None) -> tuple[Line, ...]:
    """The same, of what is in front of other lines already."""
    return complaints(each.key for each in say.lines) if say is not None else ()


def with_photos(outcome: Outcome) -> Outcome:
    """Photos whose words were no story wait for one, as a draft that can be dropped."""
    after = outcome.dialogue
    if after.step is Step.IDLE and after.draft.files:
        return replace(outcome, dialogue=replace(after, step=Step.STORY))
    return outcome
