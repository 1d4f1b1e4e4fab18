"""Questions of staff with their answers, read from the history of a report."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from core.model import Act, HistoryEntry


@dataclass(frozen=True, slots=True)
class Question:
    """What staff asked, and what was answered; None: nothing yet."""

    asked: str = field(repr=False)
    answered: str | None = field(default=None, repr=False)


def questions(history: Sequence[HistoryEntry]) -> tuple[Question, ...]:
    """Every question with its answer: an answer belongs to the oldest question that has none."""
    found: list[Question] = []
    for entry in history:
        if entry.act is Act.ASK:
            found.append(Question(entry.text))
        elif entry.act is Act.ANSWER:
            at = next((at for at, each in enumerate(found) if each.answered is None), None)
            if at is not None:
                found[at] = replace(found[at], answered=entry.text)
    return tuple(found)


def open_question(history: Sequence[HistoryEntry]) -> Question | None:
    """The oldest question that has no answer."""
    return next((each for each in questions(history) if each.answered is None), None)
