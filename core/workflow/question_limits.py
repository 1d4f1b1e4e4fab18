"""How often, and how soon after one another, offices may ask a citizen."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.errors import Refused
from core.model import Right, Staff

QUESTIONS = 5
"""That a report is asked in its life, by all offices together; one more is a head's, with a reason."""
UNANSWERED = timedelta(hours=48)
"""So long a question stands before it may be closed or another one asked."""
_REASON_LONGEST = 120  # characters
_QUOTE = 4  # words in a row that are the report's and nobody's reason


@dataclass(frozen=True, slots=True)
class QuestionsAsked:
    """What a report has been asked: how many times, and since when the open question stands; None: none is open."""

    questions: int = 0
    since: datetime | None = None

    @property
    def used_up(self) -> bool:
        """Whether only a head may ask once more."""
        return self.questions >= QUESTIONS


NOTHING = QuestionsAsked()
"""Nothing was asked yet."""


def may_ask(asked: QuestionsAsked, staff: Staff | None, reason: str, now: datetime) -> None:
    """Checks whether one more question may be asked. Raises Refused with what to do instead."""
    head = staff is not None and staff.may(Right.LEAD)
    if asked.questions > QUESTIONS or (asked.used_up and not head):
        raise Refused("case_questions_used", most=QUESTIONS)
    _has_stood(asked, now)
    if asked.used_up and not reason:
        raise Refused("case_reason_needed", most=QUESTIONS)


def may_close(asked: QuestionsAsked, now: datetime) -> None:
    """Checks whether the open question may be closed. Raises Refused with what to do instead."""
    if asked.since is None:
        raise Refused("case_no_question")
    _has_stood(asked, now)


def _has_stood(asked: QuestionsAsked, now: datetime) -> None:
    if asked.since is not None and now - asked.since < UNANSWERED:
        hours = -(-(asked.since + UNANSWERED - now) // timedelta(hours=1))
        raise Refused("case_question_open", hours=hours)


def reason_of(typed: str, told: tuple[str, ...]) -> str:
    """Returns the reason as the trail keeps it. Raises Refused where it quotes `told`: auditors may read no report."""
    reason = " ".join(typed.split())
    if len(reason) > _REASON_LONGEST:
        raise Refused("case_reason_long", most=_REASON_LONGEST)
    from core import staff_words  # noqa: PLC0415 - as in orders

    if staff_words.contact(reason) is not None or _quotes(reason, told):
        raise Refused("case_reason_quotes")
    return reason


def _quotes(reason: str, told: tuple[str, ...]) -> bool:
    rows = _rows(reason)
    return any(not rows.isdisjoint(_rows(each)) for each in told)


def _rows(text: str) -> frozenset[tuple[str, ...]]:
    from core import staff_words  # noqa: PLC0415 - as in orders

    words = staff_words.words_of(text)
    return frozenset(tuple(words[at : at + _QUOTE]) for at in range(len(words) - _QUOTE + 1))
