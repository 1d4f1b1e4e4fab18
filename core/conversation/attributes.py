"""How the answer to what is asked besides of a kind is read: passed over by a word, and never taken for a problem."""

from dataclasses import replace
from typing import Final

from core.categories import AttributeKind, read_attribute
from core.conversation import moves
from core.conversation.decision_table import Received, nested, rule, where, words
from core.conversation.draft_attributes import answered, next_attribute
from core.conversation.intents import is_assent, is_bare, is_skip, number_of, words_in
from core.conversation.kinds import MORE, more_story
from core.conversation.leaning import surely_restricted
from core.conversation.outcomes import Outcome
from core.messages import ChannelProfile
from core.model import Dialogue

_MANY_WORDS = 15  # from here on, words are more of the story


def choose_attribute(dialogue: Dialogue, option: str, profile: ChannelProfile) -> Outcome:
    """One of its values, or none."""
    return answer(dialogue, option.rpartition(".")[2] if option.startswith("q:") else "", profile)


def answer(dialogue: Dialogue, value: str, profile: ChannelProfile) -> Outcome:
    """What was answered is kept, and the next thing asked."""
    return moves.proceed(replace(dialogue, draft=answered(dialogue.draft, value)), profile)


def _pass_over(dialogue: Dialogue, _: str, profile: ChannelProfile) -> Outcome:
    return answer(dialogue, "", profile)


def _is_nothing(text: str) -> bool:
    return is_skip(text) or is_assent(text) or (is_bare(text) and number_of(text) is None)


def _free(received: Received) -> bool:
    asked = next_attribute(received.dialogue.draft)
    return asked is not None and asked.kind is not AttributeKind.CHOICE


def _read(received: Received) -> str | None:
    asked, text = next_attribute(received.dialogue.draft), received.text
    if asked is None or words_in(text) >= _MANY_WORDS or surely_restricted(text) is not None:
        return None
    return read_attribute(asked, text)


def _figures(received: Received) -> str | None:
    return _read(received) if any(sign.isdigit() for sign in received.text) else None


FIGURES: Final = nested("where no value is offered", where(_free), (
    rule("an answer with figures", _figures, answer, "it is kept, for it is no number of an option"),
))  # fmt: skip
ATTRIBUTE_RULES: Final = (
    rule("that it is passed over, or a yes or no", words(_is_nothing), _pass_over, "it is left open"),
    rule("fifteen words or more", more_story(_MANY_WORDS), moves.add_story, "they are more of the story"),
    rule("an answer in words", _read, answer, "it is kept"),
    MORE,
)  # fmt: skip
