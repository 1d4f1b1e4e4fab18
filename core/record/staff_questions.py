"""Questions of staff with their answers, read from the history of a report."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from core.model import Act, HistoryEntry
from core.workflow import QuestionsAsked


@dataclass(frozen=True, slots=True)
class Question:
    """What staff asked, and what was answered; None: nothing yet. `closed`: nobody has to answer it any more."""

    asked: str = field(repr=False)
    answered: str | None = field(default=None, repr=False)
    closed: bool = False
    at: datetime | None = field(default=None, compare=False)

    @property
    def open(self) -> bool:
        """Whether an answer is still awaited."""
        return self.answered is None and not self.closed


def questions(history: Sequence[HistoryEntry]) -> tuple[Question, ...]:
    """Returns every question with its answer. An answer belongs to the oldest question that is open."""
    found: list[Question] = []
    for entry in history:
        if entry.act is Act.ASK:
            found.append(Question(entry.text, at=entry.at))
        elif entry.act is Act.CLOSE_QUESTION:
            found = [replace(each, closed=True) if each.open else each for each in found]
        elif entry.act is Act.ANSWER:
            at = next((at for at, each in enumerate(found) if each.open), None)
            if at is not None:
                found[at] = replace(found[at], answered=entry.text)
    return tuple(found)


def open_question(history: Sequence[HistoryEntry]) -> Question | None:
    """Returns the oldest question that is open. None: no question is open."""
    return next((each for each in questions(history) if each.open), None)


def closed_question(history: Sequence[HistoryEntry], number: int) -> bool:
    """Whether staff closed that one, counted from 1, before anybody answered it."""
    found = questions(history)
    return 1 <= number <= len(found) and found[number - 1].closed


def asked_of(history: Sequence[HistoryEntry]) -> QuestionsAsked:
    """Counts the questions, and returns since when the last open one stands."""
    found = questions(history)
    return QuestionsAsked(len(found), next((each.at for each in reversed(found) if each.open), None))
