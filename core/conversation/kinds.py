"""The question of the kind: how its answers are read, before and after filing."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from core import places
from core.categories import CATEGORIES
from core.city.present import Changes, of_present
from core.conversation import moves
from core.conversation.decision_table import Received, rule, when
from core.conversation.draft_place import at
from core.conversation.intents import is_new, is_whereabouts, normal, problem_in, tells_problem, words_in
from core.conversation.outcomes import Outcome, line
from core.messages import ChannelProfile
from core.model import AreaCode, CategoryId, Dialogue, LeavesOf, Place, Step

STORY_WORDS = 3  # from here on, words that answer nothing are more of the story
_FEW_WORDS = 4
_SOME_WORDS = 8
_CLEAR = 0.5  # score of a category that few words name clearly enough


@of_present
def _by_label(_: Changes) -> Mapping[str, CategoryId]:
    return {normal(label): leaf.id for leaf in CATEGORIES for label in leaf.labels.values()}


def labelled(text: str) -> CategoryId | None:
    """The category that goes by these very words, in any language."""
    return _by_label().get(normal(text))


def only_a_place(text: str) -> AreaCode | None:
    """The area, when the words name one and no problem."""
    found = places.find(text)
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
        return moves.back(dialogue, option, profile)
    if option == "more":
        return moves.ask(replace(dialogue, page=dialogue.page + 1, misses=0), profile)
    return moves.go_to(replace(dialogue, detail=None), Step.GROUP, profile)


def _place(received: Received) -> Place | None:
    area = None if is_new(received.text) else only_a_place(received.text)
    return None if area is None else at(area, Place(words=received.text))


def _telling(received: Received) -> CategoryId | None:
    """A kind that few words name clearly enough."""
    few = _FEW_WORDS if received.dialogue.draft.category is None else _SOME_WORDS
    if is_whereabouts(received.text) or words_in(received.text) > few:
        return None
    return next((kind for kind, score in problem_in(received.text).ranked[:1] if score >= _CLEAR), None)


def more_story(least: int) -> Callable[[Received], str | None]:
    """So many words tell more of the story, unless it is filed."""
    return when(lambda received: words_in(received.text) >= least and received.dialogue.filed is None)


def _note_place(dialogue: Dialogue, place: Place, profile: ChannelProfile) -> Outcome:
    if dialogue.filed is not None:
        return moves.set_place(dialogue, place, profile)
    draft = replace(dialogue.draft, place=place)
    return moves.proceed(replace(dialogue, draft=draft), profile, line("place_noted", place=place.name))


LABEL: Final = rule("the name of a category", lambda it: labelled(it.text), moves.set_category, "it is the category")
PLACE: Final = rule("a place and nothing else", _place, moves.set_place, "it is the place")
MORE: Final = rule("three words or more", more_story(STORY_WORDS), moves.add_story, "they are more of the story")
CORRECTIONS: Final = (LABEL, PLACE)
SUMMARY_RULES: Final = (LABEL, PLACE, MORE)
KIND_RULES: Final = (
    LABEL,
    rule("a place and nothing else", _place, _note_place, "it is noted, and the category asked for"),
    rule("a few words that tell a problem", _telling, moves.set_category, "it is the category"),
    MORE,
)
