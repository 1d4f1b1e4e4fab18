"""Who asks citizens much: by office, by account and by report, from the trail alone, without a word that was asked."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from core.casework.actors import leader
from core.casework.viewing import visibility_of
from core.model import Act, AgencyId, AuditEntry, Number, Right, Staff
from core.ports import ReportQuery
from core.record import Turn

WITHIN = timedelta(days=30)
OFTEN = 3  # questions from which on a report is listed
MOST = 100  # rows of a list
_ASKS = frozenset({Act.ASK.value, "ask-more"})


@dataclass(frozen=True, slots=True)
class QuestionCount:
    """How many questions an account asked, or with `name` empty an office; and about how many reports."""

    agency: AgencyId
    name: str
    questions: int
    reports: int


@dataclass(frozen=True, slots=True)
class QuestionCounts:
    """Of the last 30 days, most first. `often`: reports that were asked three times or more, and how many times."""

    agencies: tuple[QuestionCount, ...]
    accounts: tuple[QuestionCount, ...]
    often: tuple[tuple[Number, int], ...]


def question_counts(turn: Turn, name: str) -> QuestionCounts:
    """Of every office for the Biro, of their own for heads; restricted reports count for their own agency alone.

    It reads alone. Raises Refused for others.
    """
    staff = leader(turn.tx, name)
    offices = {each.name: each.agency for each in turn.tx.accounts.all()}
    asked = [(each, offices[each.who]) for each in _questions(turn) if each.who in offices]
    if not staff.may(Right.CITY):
        asked = [(each, office) for each, office in asked if office == staff.agency]
    seen = _seen(turn, staff, {each.number for each, _ in asked if each.number is not None})
    rows = [(office, each.who, each.number) for each, office in asked if each.number in seen]
    return QuestionCounts(
        agencies=_counted((office, "", number) for office, _, number in rows),
        accounts=_counted(rows),
        often=_often(number for _, _, number in rows),
    )


def _questions(turn: Turn) -> Sequence[AuditEntry]:
    entries = turn.tx.audit.since(turn.now - WITHIN)
    return [each for each in entries if each.act.partition(" ")[0] in _ASKS]


def _seen(turn: Turn, staff: Staff, numbers: set[Number]) -> set[Number | None]:
    visibility = visibility_of(staff)
    if visibility is None or not numbers:
        return set()
    return set(turn.tx.queues.numbers(visibility, ReportQuery(open=None, numbers=tuple(sorted(numbers)))))


def _counted(rows: Iterable[tuple[AgencyId, str, Number | None]]) -> tuple[QuestionCount, ...]:
    found: dict[tuple[AgencyId, str], list[Number | None]] = {}
    for office, name, number in rows:
        found.setdefault((office, name), []).append(number)
    counted = [
        QuestionCount(office, name, len(numbers), len(set(numbers))) for (office, name), numbers in found.items()
    ]
    return tuple(sorted(counted, key=lambda each: (-each.questions, each.agency, each.name))[:MOST])


def _often(numbers: Iterable[Number | None]) -> tuple[tuple[Number, int], ...]:
    counts = Counter(number for number in numbers if number is not None)
    found = [(number, count) for number, count in counts.items() if count >= OFTEN]
    return tuple(sorted(found, key=lambda each: (-each[1], each[0]))[:MOST])
