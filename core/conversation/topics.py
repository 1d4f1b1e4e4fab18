"""What is said to us and is no report: what it is about, and the phrase that answers it, by the table topics.toml."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from core import places, small_talk, suggest, toml_rows
from core.analysis import remembered
from core.conversation.closing import speaks_of_closing
from core.conversation.intents import normal
from core.model import Detail, SmallTalk

_CHAT_WORDS: Final = 12  # a longer message tells something, whatever it is
_JUNK_WORDS: Final = 4  # more of them may be a language that we do not know
_SURE: Final = 3  # how much a word counts that leaves no doubt
_NEEDED: Final = 2
_CLEARLY: Final = 0.8  # likelihood from which a message reports nothing, whatever else is read in it
_PROBABLY: Final = 0.75  # and from which it does where no kind of problem is read in it either
_SELDOM: Final = 0.1  # up to which it reports something, if a kind of problem is read in it
_MAY_PRAISE: Final = 0.4  # from which praise is praise, though it names an area
_PRAISE: Final = "remark_praise"
_PROGRESS: Final = "remark_progress"
_PRIVACY: Final = "privacy"
_THREAT: Final = "remark_threat"


class Then(StrEnum):
    """What follows the answer to somebody's first words."""

    ASK = "ask"
    WAIT = "wait"
    END = "end"


@dataclass(frozen=True, slots=True)
class _Saying:
    """A row of a topic: words that leave no doubt. `words`: in a longer message it is not looked for.

    `anyhow`: though it complains; `no_damage`: unless it names any.
    """

    words: int
    anyhow: bool
    no_damage: bool
    needs: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class _Topic:
    """A row of the table."""

    say: str
    then: Then
    sure: frozenset[str]
    words: frozenset[str]
    sayings: tuple[_Saying, ...]

    def worth(self, said: str) -> int:
        """How much a word or a row of words is about it."""
        return _SURE * (said in self.sure) + (said in self.words)


def _listed(row: toml_rows.Row, field: str) -> frozenset[str]:
    return frozenset(toml_rows.listed(toml_rows.text(row, field)))


def _saying(row: toml_rows.Row) -> _Saying:
    return _Saying(
        toml_rows.number(row, "words", _CHAT_WORDS),
        toml_rows.flag(row, "anyhow", default=False),
        toml_rows.flag(row, "no_damage", default=False),
        tuple(frozenset(toml_rows.listed(need)) for need in toml_rows.texts(row, "needs")),
    )


def _sizes(said: Iterable[str]) -> Mapping[str, frozenset[int]]:
    """By the first word of a row of words, how many words it may have."""
    found: dict[str, set[int]] = {}
    for each in said:
        first, *more = each.split(" ")
        found.setdefault(first, set()).add(1 + len(more))
    return {first: frozenset(sizes) for first, sizes in found.items()}


_TABLE: Final = toml_rows.read(__package__, "topics.toml")
_MASHED: Final = toml_rows.any_of(toml_rows.listed(toml_rows.text(_TABLE, "mashed")))
_KEYS: Final = re.compile(rf"([a-z])\1{{2,}}|(?:{_MASHED})[a-z]*|(?a:[^\Waeiou\d]{{5,}})")
_COMPLAINT: Final = _listed(_TABLE, "complaint")
_DAMAGE: Final = _listed(_TABLE, "damage")
_TOPICS: Final = tuple(
    _Topic(
        toml_rows.text(row, "say"),
        Then(toml_rows.one_of(row, "then", frozenset(Then), Then.ASK)),
        _listed(row, "sure"),
        _listed(row, "words"),
        tuple(_saying(each) for each in toml_rows.rows(row, "saying", needed=False)),
    )
    for row in toml_rows.rows(_TABLE, "topic")
)
_TELLING: Final = {
    said: tuple((at, worth) for at, topic in enumerate(_TOPICS) if (worth := topic.worth(said)))
    for said in frozenset().union(*(topic.sure | topic.words for topic in _TOPICS))
}  # the topics of each word, or row of words, by their place in the table
_SIZES: Final = _sizes(_TELLING)
_LONGEST: Final = max(each.words for topic in _TOPICS for each in topic.sayings)
_BROKEN: Final = _DAMAGE.difference(*(topic.sure | topic.words for topic in _TOPICS))  # not "my code is lost"
_THEN: Final = {topic.say: topic.then for topic in _TOPICS}

_QUESTIONS: Final = frozenset({_PROGRESS, "remark_question"})  # whose words stand in other questions to us too
_MAY_WAIT: Final = frozenset({"thanks", _PRAISE, "remark_advert", "remark_question"})  # while a question stands

ANSWERS: Final = frozenset({"remark_chat", *_THEN})
"""The phrases that may be the answer."""


@remembered
def known(text: str, /) -> str:
    """The phrase that answers one of the sayings; empty where it may be a report, or an answer."""
    said = normal(text)
    words = len(said.split())
    if words > _LONGEST:
        return ""
    complains, damaged = _holds(said, _COMPLAINT), _holds(said, _DAMAGE)
    marked = f"{said} ?" if "?" in text else said
    fits = (
        topic.say
        for topic in _TOPICS
        for each in topic.sayings
        if words <= each.words and (each.anyhow or not complains) and not (each.no_damage and damaged)
        if all(_holds(marked, need) for need in each.needs)
    )
    say = next(fits, "")
    placed = places.find(text).certain and not (say == _PRAISE and small_talk.likelihood(text) >= _MAY_PRAISE)
    return "" if say and (placed or suggest.is_danger(text) or _reads_as_report(text)) else say


def _reads_as_report(text: str) -> bool:
    """Whether both readers find a problem in it, whatever words it begins or ends with."""
    return small_talk.likelihood(text) <= _SELDOM and not suggest.suggest(text).nothing


def answer_to(text: str) -> str:
    """The phrase that answers a message that reports nothing; empty where it may report something, or is mere chat."""
    say = known(text)
    return say if say and say not in _QUESTIONS else _weighed(text, _NEEDED) or say


def answer_beside(text: str) -> str:
    """The same for words that may as well answer a question of ours: only where nothing leaves a doubt."""
    if asks_progress(text):
        return _PROGRESS
    if known(text) == _PRIVACY:
        return _PRIVACY  # who shall not know tells who wrote: it belongs in no story
    say = _weighed(text, _SURE)
    if not say or say in _MAY_WAIT or speaks_of_closing(text):
        return ""
    return say if small_talk.likelihood(text) > _CLEARLY else ""


def answer_before_a_story(text: str) -> str:
    """The same where a story is asked for, of which a mere curse is none: "anjing"."""
    return answer_beside(text) or (_THREAT if known(text) == _THREAT else "")


def names_damage(text: str) -> bool:
    """Whether a word says what is broken, dirty or wrong."""
    return _holds(normal(text), _DAMAGE | _COMPLAINT)


def asks_progress(text: str) -> bool:
    """Whether words only ask how a report goes, or when it will be dealt with: "kapan diberesin?".

    Words that may as well answer an officer ("sudah selesai pak") do not.
    """
    return known(text) == _PROGRESS == answer_to(text)


def then(say: str) -> Then:
    """What follows that answer."""
    return _THEN[say]


@remembered
def reports_nothing(text: str, /) -> bool:
    """Whether a message names no problem, no place and no danger, and is said to us or about us."""
    likely = small_talk.likelihood(text)
    if likely <= _PROBABLY or _holds(normal(text), _BROKEN) or places.find(text).certain or suggest.is_danger(text):
        return False
    return likely > _CLEARLY or suggest.suggest(text).nothing


def is_chat(text: str) -> bool:
    """A few words that name no problem, no place and no danger: "nonton bola bareng yuk"."""
    said = normal(text)
    if not 0 < len(said.split()) <= _CHAT_WORDS or _holds(said, _COMPLAINT) or places.find(text).candidates:
        return False
    return suggest.suggest(text).nothing and not suggest.is_danger(text)


def with_kept(detail: Detail | None, text: str) -> str:
    """The story that follows what was taken for chat; words that are none either go on with what was said."""
    if isinstance(detail, SmallTalk) and suggest.suggest(text).nothing:
        return f"{detail.text}\n{text}"
    return text


def is_mashed(text: str) -> bool:
    """Keys hit at random, or laughter."""
    words = normal(text).split()
    return 0 < len(words) <= _JUNK_WORDS and all(_KEYS.fullmatch(word) for word in words)


def _weighed(text: str, needed: int) -> str:
    """The topic of which a message that reports nothing holds most."""
    say, told = _most_told(text)
    return say if told >= needed and reports_nothing(text) else ""


@remembered
def _most_told(text: str, /) -> tuple[str, int]:
    """The topic of which a message holds most, and how much."""
    words = [*normal(text).replace("-", " ").split(), *(["?"] if "?" in text else [])]
    said = {" ".join(words[at : at + size]) for at, word in enumerate(words) for size in _SIZES.get(word, ())}
    told = [0] * len(_TOPICS)
    for each in said:
        for topic, worth in _TELLING.get(each, ()):
            told[topic] += worth
    most = max(told)
    return _TOPICS[told.index(most)].say, most


def _holds(said: str, words: frozenset[str]) -> bool:
    around = f" {said} "
    return not words.isdisjoint(said.split()) or any(f" {each} " in around for each in words if " " in each)
