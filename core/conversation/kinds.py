"""The question of the kind: how its answers are read, before and after filing."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from core import places
from core.categories import CATEGORIES
from core.city.present import Changes, of_present
from core.conversation import commands, moves
from core.conversation.decision_table import Received, nested, rule, when, where
from core.conversation.draft_place import at
from core.conversation.intents import (
    begins_as_site,
    has_no_photo,
    is_bare,
    is_new,
    is_whereabouts,
    normal,
    problem_in,
    tells_problem,
    words_in,
)
from core.conversation.outcomes import Outcome, line
from core.conversation.slips import put_instead
from core.conversation.topics import answer_to, is_mashed, names_damage, reports_nothing
from core.messages import ChannelProfile
from core.model import AreaCode, CategoryId, Dialogue, LeavesOf, Place, Step

STORY_WORDS = 3  # from here on, words that answer nothing are more of the story
_FEW_WORDS = 4
_SOME_WORDS = 8
_PLACED_WORDS = 2
_SHORT_STORY = 5  # words up to which it may be told one word at a time
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
    site = begins_as_site(text) and not names_damage(text)
    return found.candidates[0] if is_whereabouts(text) or site or not tells_problem(text) else None


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


def _finer(received: Received) -> Place | None:
    """A word that goes on with the name of the place: "tebet", then "timur"."""
    told = received.dialogue.draft.place
    if told is None or told.area is None or received.dialogue.filed is not None or words_in(received.text) > _FEW_WORDS:
        return None
    whole = f"{told.words} {received.text}".strip()
    found = places.find(whole)
    finer = found.certain and found.candidates[0] != told.area and found.candidates[0].startswith(told.area)
    return at(found.candidates[0], replace(told, words=whole)) if finer else None


def _telling(received: Received) -> CategoryId | None:
    """A kind that few words name clearly enough."""
    few = _FEW_WORDS if received.dialogue.draft.category is None else _SOME_WORDS
    if is_whereabouts(received.text) or words_in(received.text) > few:
        return None
    if received.dialogue.filed is None and places.find(received.text).candidates:
        return None  # "sdn 05 cipinang" may be no more than where it is
    return next((kind for kind, score in problem_in(received.text).ranked[:1] if score >= _CLEAR), None)


def more_story(least: int) -> Callable[[Received], str | None]:
    """So many words tell more of the story, unless it is filed, or they are a yes or a no: "yes send it"."""

    def more(received: Received) -> bool:
        return words_in(received.text) >= least and received.dialogue.filed is None and not is_bare(received.text)

    return when(more)


def _goes_on(received: Received) -> bool:
    """Whether somebody writes a word or two at a time: "lampu", then "mati"."""
    draft, text = received.dialogue.draft, received.text
    short = 0 < words_in(text) <= words_in(draft.text) + words_in(text) <= _SHORT_STORY
    return short and received.dialogue.filed is None and not (is_bare(text) or is_mashed(text))


def _placed(received: Received) -> bool:
    told = received.dialogue.filed is None and words_in(received.text) >= _PLACED_WORDS
    return told and bool(places.find(received.text).candidates)


def _praises(received: Received) -> bool:
    """Whether few words only praise us: "wah cepat sekali, mantap"."""
    return answer_to(received.text) == "remark_praise" and reports_nothing(received.text)


def _instead(received: Received) -> tuple[CategoryId, str] | None:
    """The kind that few words put in the place of what was told: "bukan lampu, tapi halte rusak"."""
    put = put_instead(received.text) if received.dialogue.filed is None else None
    if put is None or not put.denied:
        return None
    ranked = problem_in(put.words).ranked[:1]
    kind = labelled(put.words) or next((kind for kind, score in ranked if score >= _CLEAR), None)
    return None if kind is None else (kind, received.text)


def _put_instead(dialogue: Dialogue, found: tuple[CategoryId, str], profile: ChannelProfile) -> Outcome:
    """What was told stays, and so do the words that put it right."""
    kind, text = found
    told = replace(dialogue.draft, text=moves.joined(dialogue.draft.text, text))
    return moves.set_category(replace(dialogue, draft=told), kind, profile)


def _note_place(dialogue: Dialogue, place: Place, profile: ChannelProfile) -> Outcome:
    if dialogue.filed is not None:
        return moves.set_place(dialogue, place, profile)
    draft = replace(dialogue.draft, place=place)
    return moves.proceed(replace(dialogue, draft=draft), profile, line("place_noted", place=place.name))


LABEL: Final = rule("the name of a category", lambda it: labelled(it.text), moves.set_category, "it is the category")
_FINER: Final = rule("what goes on with the name of the place", _finer, moves.set_place, "it is the place, finer")
PLACE: Final = rule("a place and nothing else", _place, moves.set_place, "it is the place")
_PLACED: Final = rule("two words or more of which some name a place", when(_placed), moves.add_story,
                      "they are more of the story, with their place")  # fmt: skip
PRAISE: Final = rule(
    "praise", when(_praises), commands.reasks("thanks"), "it is answered, and the question asked again"
)
MORE: Final = rule("three words or more", more_story(STORY_WORDS), moves.add_story, "they are more of the story")
CORRECTIONS: Final = (LABEL, PLACE)
_INSTEAD: Final = rule(
    "a kind instead of another", _instead, _put_instead, "it is the category, and the words are kept"
)
_WORD_BY_WORD: Final = rule("a word or two behind a story of a few", when(_goes_on), moves.add_story,
                            "they are more of the story")  # fmt: skip
_NO_PHOTO: Final = rule("that there is no photo", when(lambda it: has_no_photo(it.text)), moves.asks(),
                        "the question stands")  # fmt: skip
SUMMARY_RULES: Final = (LABEL, _FINER, PLACE, _INSTEAD, PRAISE, _NO_PHOTO, _WORD_BY_WORD, MORE)
KIND_RULES: Final = (
    LABEL,
    rule("a place and nothing else", _place, _note_place, "it is noted, and the category asked for"),
    rule("what goes on with the name of the place", _finer, _note_place, "it is noted, and the category asked for"),
    _INSTEAD,
    PRAISE,
    nested("where none was noted", where(lambda it: it.dialogue.draft.category is None), (_WORD_BY_WORD,)),
    rule("a few words that tell a problem", _telling, moves.set_category, "it is the category"),
    _PLACED,
    MORE,
)
