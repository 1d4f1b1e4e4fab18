"""The question of the kind: how its answers are read, before and after filing."""

from dataclasses import replace

from core import areas
from core.categories import CATEGORIES
from core.conversation import moves
from core.conversation.draft_place import at
from core.conversation.intents import is_whereabouts, normal, problem_in, tells_problem, words_in
from core.conversation.outcomes import Outcome, line
from core.messages import ChannelProfile
from core.model import AreaCode, CategoryId, Dialogue, LeavesOf, Place, Step

STORY_WORDS = 3  # from here on, words that answer nothing are more of the story
_FEW_WORDS = 4
_SOME_WORDS = 8
_CLEAR = 0.5  # score of a category that few words name clearly enough

_BY_LABEL = {normal(label): leaf.id for leaf in CATEGORIES for label in leaf.labels.values()}


def labelled(text: str) -> CategoryId | None:
    """The category that goes by these very words, in any language."""
    return _BY_LABEL.get(normal(text))


def only_a_place(text: str) -> AreaCode | None:
    """The area, when the words name one and no problem."""
    found = areas.find(text)
    if not found.certain or words_in(text) > _SOME_WORDS:
        return None
    if not is_whereabouts(text) and tells_problem(text):
        return None
    return found.candidates[0]


def choose_category(dialogue: Dialogue, option: str, profile: ChannelProfile) -> Outcome:
    """A leaf, a group, or another page."""
    kind, _, rest = option.partition(":")
    if kind == "c":
        return moves.set_category(dialogue, CategoryId(rest), profile)
    if kind == "g":
        return moves.go_to(replace(dialogue, detail=LeavesOf(rest)), Step.LEAF, profile)
    if option == "back" and dialogue.step is Step.CATEGORY:
        return moves.back(dialogue, profile)
    if option == "more":
        return moves.ask(replace(dialogue, page=dialogue.page + 1, misses=0), profile)
    return moves.go_to(replace(dialogue, detail=None), Step.GROUP, profile)


def read_category(dialogue: Dialogue, text: str, profile: ChannelProfile) -> Outcome | None:
    """A label, a few telling words, a place out of order, or more of the story."""
    named = labelled(text)
    area = None if named else only_a_place(text)
    if area is not None:
        return _noted(dialogue, at(area, Place(words=text)), profile)
    ranked = problem_in(text).ranked
    words = words_in(text)
    few = _FEW_WORDS if dialogue.draft.category is None else _SOME_WORDS
    if named is None and not is_whereabouts(text) and ranked and words <= few and ranked[0][1] >= _CLEAR:
        named = ranked[0][0]
    if named is not None:
        return moves.set_category(dialogue, named, profile)
    if words >= STORY_WORDS and dialogue.filed is None:
        return moves.add_story(dialogue, text, profile)
    return None


def _noted(dialogue: Dialogue, place: Place, profile: ChannelProfile) -> Outcome:
    if dialogue.filed is not None:
        return moves.set_place(dialogue, place, profile)
    draft = replace(dialogue.draft, place=place)
    return moves.proceed(replace(dialogue, draft=draft), profile, line("place_noted", place=place.name))
