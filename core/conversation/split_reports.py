"""Two problems in one message: told apart if its writer wants that, the second kept until the first is dealt with."""

from dataclasses import dataclass, replace
from typing import Final

from core import places, suggest
from core.categories import FALLBACK, category, label
from core.conversation import category_guess, moves
from core.conversation.decision_table import Received, as_if, nested, rule
from core.conversation.draft_place import at
from core.conversation.intents import normal, one_named, problem_in, way_of
from core.conversation.kinds import LABEL, PLACE, labelled, more_story
from core.conversation.outcomes import Outcome, line
from core.messages import ChannelProfile, Line
from core.model import CategoryId, Dialogue, Draft, Place, Step

_MORE_WORDS = 6  # from here on, words that answer nothing are more of the story


def choose_several(dialogue: Dialogue, option: str, profile: ChannelProfile) -> Outcome:
    """The first goes on and the second waits, or both stay one story; it is not asked again."""
    two = suggest.parts(dialogue.draft.text) if option == "apart" else None
    if two is None:
        draft = replace(dialogue.draft, parted=True)
        return moves.proceed(replace(dialogue, draft=draft), profile)
    return _go_on_with(dialogue, _Part(two.first, two.kinds[0], two.second), profile)


@dataclass(frozen=True, slots=True, repr=False)
class _Part:
    """The words of one problem, its kind, and the words of the other where that waits."""

    words: str
    kind: CategoryId
    other: str


def _go_on_with(dialogue: Dialogue, part: _Part, profile: ChannelProfile) -> Outcome:
    draft = replace(dialogue.draft, parted=True)
    place = _own(part.words, draft.place) if _read_from(draft.text, draft.place) else draft.place
    own = replace(draft, read=0, leans=None, firm=False)  # what the other leans to goes with the other
    draft = replace(_of_kind(own, part.kind), text=part.words, second=part.other, place=place)
    lead = () if part.other else (line("one_of_two", keep=False, category=label(part.kind, dialogue.lang)),)
    return moves.proceed(replace(dialogue, draft=draft), profile, *lead)


def _one_of_both(received: Received) -> _Part | None:
    """The one that few words name, by its kind or by words that only its part holds."""
    named, two = one_named(received.text), suggest.parts(received.dialogue.draft.text)
    if named is None or two is None:
        return None
    words, sooner = named
    parts = tuple(zip((two.first, two.second), two.kinds, (two.second, two.first), strict=True))
    kinds = (labelled(words), *(kind for kind, _ in problem_in(words).ranked))
    kind = next((each for each in kinds if each in two.kinds), None)
    held = [each for each in parts if all(word in normal(each[0]) for word in normal(words).split())]
    found = [each for each in parts if each[1] == kind] if kind is not None else held
    if len(found) != 1:
        return None
    text, kind, other = found[0]
    return _Part(text, kind, other if sooner else "")


def after_first(dialogue: Dialogue, profile: ChannelProfile, *lead: Line) -> Outcome:
    """Once the first is dealt with: the second is offered, with the place of both; else nothing is waited for."""
    first = dialogue.draft
    if not first.second:
        return moves.reply(moves.idle(dialogue), *lead)
    near = first.place if first.place is not None and first.place.area is not None else None
    kind = next(iter(category_guess.likeliest(first.second)), FALLBACK)
    told = Draft(text=first.second, place=_own(first.second, near), hinted=first.hinted, parted=True)
    second = _of_kind(replace(told, hidden=first.hidden), kind)
    return moves.go_to(replace(moves.idle(dialogue), draft=second), Step.SECOND, profile, *lead)


def choose_second(dialogue: Dialogue, option: str, profile: ChannelProfile) -> Outcome:
    """Goes on with it, or drops it."""
    if option == "resume":
        return moves.proceed(dialogue, profile)
    return moves.reply(moves.idle(dialogue), line("second_dropped"))


def _of_kind(draft: Draft, kind: CategoryId) -> Draft:
    """The kind that the question named, for whoever told them apart; but for one that its writer must choose."""
    noted = None if category(kind).restricted or kind == FALLBACK else kind
    return replace(draft, category=noted, guessed=noted is not None)


def _own(text: str, place: Place | None) -> Place | None:
    """The place that a part names for itself, where it is another than that of the whole message."""
    found = places.find(text)
    if not found.certain or (place is not None and place.area == found.candidates[0]):
        return place
    return at(found.candidates[0])


def _read_from(text: str, place: Place | None) -> bool:
    """Whether the place is no more than what these words say: nobody gave it."""
    found = places.find(text)
    return place is None or (found.certain and place == at(found.candidates[0]))


_AS_ONE = as_if(lambda dialogue: replace(dialogue, draft=replace(dialogue.draft, parted=True)))
SEVERAL_RULES: Final = (
    rule("apart or together", lambda it: way_of(it.text) or None, choose_several, "that is done"),
    rule("one of both alone, or before the other", _one_of_both, _go_on_with, "it goes on, and the other waits or not"),
    nested("of both as one", _AS_ONE, (LABEL,)),
    PLACE,
    nested("of both as one", _AS_ONE, (
        rule("six words or more", more_story(_MORE_WORDS), moves.add_story, "they are more of the story"),
    )),
)  # fmt: skip
