"""What is said to us and is no report: adverts, questions about services, praise, threats, keys hit at random."""

import re
from dataclasses import dataclass
from typing import Final

from core import places, suggest, toml_rows
from core.analysis import remembered
from core.conversation.intents import normal
from core.conversation.topics import answer_to
from core.model import Detail, SmallTalk

_CHAT_WORDS: Final = 12  # a longer message tells something, whatever it is
_PROGRESS: Final = "remark_progress"
_JUNK_WORDS: Final = 4  # more of them may be a language that we do not know


@dataclass(frozen=True, slots=True)
class _Kind:
    """A row of the table. `words`: in a longer message it is not looked for.

    `anyhow`: though it complains; `no_damage`: unless it names any.
    """

    say: str
    words: int
    anyhow: bool
    no_damage: bool
    needs: tuple[frozenset[str], ...]


_TABLE: Final = toml_rows.read(__package__, "off_topic.toml")
_MASHED: Final = toml_rows.any_of(toml_rows.listed(toml_rows.text(_TABLE, "mashed")))
_KEYS: Final = re.compile(rf"([a-z])\1{{2,}}|(?:{_MASHED})[a-z]*|[^aeiou\s\d]{{5,}}")
_COMPLAINT: Final = frozenset(toml_rows.listed(toml_rows.text(_TABLE, "complaint")))
_DAMAGE: Final = frozenset(toml_rows.listed(toml_rows.text(_TABLE, "damage")))
_KINDS: Final = tuple(
    _Kind(
        toml_rows.text(row, "say"),
        toml_rows.number(row, "words", _CHAT_WORDS),
        toml_rows.flag(row, "anyhow", default=False),
        toml_rows.flag(row, "no_damage", default=False),
        tuple(frozenset(toml_rows.listed(need)) for need in toml_rows.texts(row, "needs")),
    )
    for row in toml_rows.rows(_TABLE, "kind")
)

REMARKS: Final = frozenset({"remark_chat", *(kind.say for kind in _KINDS)})
"""The phrases that may be the answer."""


@remembered
def remark_in(text: str, /) -> str:
    """The phrase that answers a message that is no report; empty where it may be one."""
    said = normal(text)
    words = said.split()
    complains = _holds(said, _COMPLAINT)
    marked = f"{said} ?" if "?" in text else said
    damaged = _holds(said, _DAMAGE)
    kinds = (
        each
        for each in _KINDS
        if len(words) <= each.words and (each.anyhow or not complains) and not (each.no_damage and damaged)
    )
    fits = (each for each in kinds if all(_holds(marked, need) for need in each.needs))
    say = next((each.say for each in fits), "")
    return "" if say and places.find(text).certain else say


def asks_progress(text: str) -> bool:
    """Whether words only ask how a report goes, or when it will be dealt with: "kapan diberesin?"."""
    asked = remark_in(text) == _PROGRESS and not suggest.is_danger(text)
    return asked and answer_to(text) in {"", _PROGRESS}


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


def _holds(said: str, words: frozenset[str]) -> bool:
    around = f" {said} "
    return not words.isdisjoint(said.split()) or any(f" {each} " in around for each in words if " " in each)
