"""How a place is read in words: an area's name, alone or together with what was told before; else an address."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import dropwhile
from typing import Final

from core import areas, places
from core.analysis import remembered
from core.conversation import moves, point_moves
from core.conversation.decision_table import Received, as_if, nested, rule, where, words
from core.conversation.draft_place import at
from core.conversation.intents import is_assent, is_skip, is_yes, tells_own_home, words_in
from core.conversation.kinds import MORE, STORY_WORDS, more_story
from core.conversation.outcomes import Outcome, line
from core.conversation.verdicts import agrees
from core.messages import ChannelProfile, Point
from core.model import NOWHERE, AreaChoice, AreaCode, AskedAnew, Dialogue, Place, Step

_MANY_WORDS = 15  # from here on, words at the place question are more of the story
_ADDRESS_LETTERS = 4
_ENOUGH = 3  # times that the area is asked for


@dataclass(frozen=True, slots=True, repr=False)
class _Told:
    """Words about a place. `place`: all that was told of it; `before`: the dialogue without what is asked anew."""

    text: str
    codes: tuple[AreaCode, ...]
    certain: bool
    place: Place
    before: Dialogue
    outside: bool = False  # they write down a point outside of the city

    @property
    def kept(self) -> Dialogue:
        return replace(self.before, draft=replace(self.before.draft, place=self.place))


@remembered
def _told(dialogue: Dialogue, text: str) -> _Told:
    told = dialogue.draft.place or NOWHERE
    if isinstance(dialogue.detail, AskedAnew):
        told, dialogue = NOWHERE, replace(dialogue, detail=None)
    every = f"{told.words}, {text}" if told.words else text
    found = places.find(text)
    if not found.certain and told.words:
        together = places.find(every)
        found = together if together.candidates else found
    written = areas.point_in(text)
    outside = written is not None and areas.located(written).outside
    place = replace(told, words=every, point=told.point if outside else written or told.point)
    found = _with_point(found, written, place.point)
    return _Told(text, found.candidates, found.certain, place, dialogue, outside)


def _with_point(found: areas.FoundAreas, written: Point | None, known: Point | None) -> areas.FoundAreas:
    """A point among the words counts as they do; one that was there before makes them finer, and never doubts them."""
    if known is None or not areas.located(known).mapped:
        return found
    both = areas.meant(found, known)
    return both if both.certain or written is not None or not found.candidates else found


def _place(tells: Callable[[_Told], object]) -> Callable[[Received], _Told | None]:
    return lambda received: told if tells(told := _told(received.dialogue, received.text)) else None


def _has_letters(told: _Told) -> bool:
    return sum(c.isalpha() for c in told.text) >= _ADDRESS_LETTERS


def _without_photo(dialogue: Dialogue) -> Dialogue:
    return replace(dialogue, draft=replace(dialogue.draft, found=None))


def _refuse_outside(dialogue: Dialogue, told: _Told, profile: ChannelProfile) -> Outcome:
    asked = moves.ask(replace(told.before, step=Step.PLACE, misses=dialogue.misses + 1), profile)
    outside = line("place_outside", city=places.outside(told.text))
    return asked if asked.say is None else replace(asked, say=replace(asked.say, lines=(outside,)))


def _keep_address(dialogue: Dialogue, told: _Told, profile: ChannelProfile) -> Outcome:
    if dialogue.filed is not None:
        return moves.note_words(told.kept, profile)
    if dialogue.misses + 1 >= _ENOUGH:
        return moves.set_place(dialogue, told.place, profile)
    return moves.ask(replace(told.kept, step=Step.PLACE, misses=dialogue.misses + 1), profile)


def _answered_photo(received: Received) -> tuple[bool, str] | None:
    """Whether few words say that it is where the photo was taken, and what they tell beyond that."""
    text = received.text
    if tells_own_home(text):
        return False, ""
    agreed = agrees(text)
    if agreed is None or places.find(text).candidates:
        return None
    rest = " ".join(dropwhile(lambda word: agrees(word) is not None, text.split()))
    return agreed, rest if words_in(rest) >= STORY_WORDS else ""


def _answer_photo(dialogue: Dialogue, found: tuple[bool, str], profile: ChannelProfile) -> Outcome:
    used, rest = found
    told = moves.joined(dialogue.draft.text, rest) if rest else dialogue.draft.text
    dialogue = replace(dialogue, draft=replace(dialogue.draft, text=told))
    return point_moves.choose_photo_place(dialogue, "use" if used else "ignore", profile)


def _leave_open(dialogue: Dialogue, _: str, profile: ChannelProfile) -> Outcome:
    return moves.set_place(dialogue, dialogue.draft.place or NOWHERE, profile)


def _take_area(dialogue: Dialogue, told: _Told, profile: ChannelProfile) -> Outcome:
    return moves.set_place(dialogue, at(told.codes[0], told.place), profile)


def _ask_which(_: Dialogue, told: _Told, profile: ChannelProfile) -> Outcome:
    return moves.go_to(replace(told.kept, detail=AreaChoice(told.codes)), Step.WHICH_PLACE, profile)


def _take_point(dialogue: Dialogue, told: _Told, profile: ChannelProfile) -> Outcome:
    return (
        point_moves.outside(dialogue, profile)
        if told.outside
        else point_moves.at_point(told.before, told.place, profile)
    )


_AREAS: Final = (
    rule("an area", _place(lambda told: told.certain), _take_area, "it is the place"),
    rule("a name of several areas", _place(lambda told: told.codes), _ask_which, "which of them is asked"),
)
PLACES: Final = nested("words that are no yes", where(lambda it: not (is_yes(it.text) or is_assent(it.text))), (
    *_AREAS,
    rule("a point", _place(lambda told: areas.point_in(told.text)), _take_point, "it is kept, and the area asked for"),
    rule("a town outside the city", _place(lambda told: places.outside(told.text)), _refuse_outside,
         "we say that we do not reach there, and ask again"),
    rule("fifteen words or more", more_story(_MANY_WORDS), moves.add_story, "they are more of the story"),
    rule("an address: four letters or more", _place(_has_letters), _keep_address,
         "it is kept, and the area asked for; after three times an office sorts it out"),
))  # fmt: skip
PLACE_RULES: Final = (rule("that it is left open", words(is_skip), _leave_open, "it stays as it was told"), PLACES)
PHOTO_PLACE_RULES: Final = (
    rule("a yes or a no with a few words, or that it is their home", _answered_photo, _answer_photo,
         "it is used or not, and what else is told is more of the story"),
    nested("instead of where the photo was taken", as_if(_without_photo), (
        rule("that it is left open", words(is_skip), moves.proceeds, "it is not used"),
        nested("a place", where(lambda received: bool(places.find(received.text).candidates)), _AREAS),
    )),
    MORE,
)  # fmt: skip
