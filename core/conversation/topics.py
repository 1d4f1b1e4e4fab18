"""What a message that reports nothing is about, and the phrase that answers it, by the words of topics.toml."""

from dataclasses import dataclass
from typing import Final

from core import places, small_talk, suggest, toml_rows
from core.analysis import remembered
from core.conversation.closing import speaks_of_closing
from core.conversation.intents import normal

_SURE: Final = 3  # how much a word counts that leaves no doubt
_NEEDED: Final = 2
_CLEARLY: Final = 0.8  # likelihood from which a message reports nothing, whatever else is read in it
_PROBABLY: Final = 0.5  # and from which it does where no kind of problem is read in it either


@dataclass(frozen=True, slots=True)
class _Topic:
    """A row of the table."""

    say: str
    sure: frozenset[str]
    words: frozenset[str]

    def told(self, said: frozenset[str]) -> int:
        """How much of what is said is about it."""
        return _SURE * len(said & self.sure) + len(said & self.words)


_TOPICS: Final = tuple(
    _Topic(
        toml_rows.text(row, "say"),
        frozenset(toml_rows.listed(toml_rows.text(row, "sure"))),
        frozenset(toml_rows.listed(toml_rows.text(row, "words"))),
    )
    for row in toml_rows.rows(toml_rows.read(__package__, "topics.toml"), "topic")
)
_LONGEST: Final = max(each.count(" ") + 1 for topic in _TOPICS for each in topic.sure | topic.words)

_MAY_WAIT: Final = frozenset({"thanks", "remark_praise", "remark_advert", "remark_question"})  # while a question stands

ANSWERS: Final = frozenset(topic.say for topic in _TOPICS)
"""The phrases that may be the answer."""


@remembered
def reports_nothing(text: str, /) -> bool:
    """Whether a message names no problem, no place and no danger, and is said to us or about us."""
    likely = small_talk.likelihood(text)
    if likely <= _PROBABLY or places.find(text).certain or suggest.is_danger(text):
        return False
    return likely > _CLEARLY or suggest.suggest(text).nothing


def answer_to(text: str) -> str:
    """The phrase that answers a message that reports nothing; empty where it may report something, or is mere chat."""
    say = _answer(text, _NEEDED)
    return say if say and reports_nothing(text) else ""


def answer_beside(text: str) -> str:
    """The same for words that may as well answer a question of ours: only where nothing leaves a doubt."""
    say = _answer(text, _SURE)
    if not say or say in _MAY_WAIT or speaks_of_closing(text):
        return ""
    return say if small_talk.likelihood(text) > _CLEARLY and reports_nothing(text) else ""


def _answer(text: str, needed: int) -> str:
    said = _said(text)
    best = max(_TOPICS, key=lambda topic: topic.told(said))
    return best.say if best.told(said) >= needed else ""


def _said(text: str) -> frozenset[str]:
    """Words, and rows of words as long as the table has."""
    words = [*normal(text).replace("-", " ").split(), *(["?"] if "?" in text else [])]
    rows = (words[at : at + size] for size in range(1, _LONGEST + 1) for at in range(len(words) - size + 1))
    return frozenset(map(" ".join, rows))
