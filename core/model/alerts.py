"""What staff are told by mail: who wants to hear of what, and how soon."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.model.act import Act
from core.model.identifiers import ContactId, Number, ReportId, StaffId


class AlertKind(StrEnum):
    """What happened to a report that somebody's office holds."""

    NEW = "new"  # it came to the office
    DUE = "due"  # its time ends tomorrow
    LATE = "late"
    ANSWER = "answer"  # of a citizen: to a question, a word more, or that it is not solved


ALERT_OF: Mapping[Act, AlertKind] = {
    **dict.fromkeys((Act.FILED, Act.CORRECTED, Act.COORDINATE, Act.DELEGATE, Act.RETURN), AlertKind.NEW),
    Act.DECLASSIFY: AlertKind.NEW,
    **dict.fromkeys((Act.ANSWER, Act.ADD, Act.NOT_SOLVED, Act.DISPUTE, Act.OBJECT), AlertKind.ANSWER),
    Act.LATE: AlertKind.LATE,
}
"""What an entry of a report's history is to the office that holds the report; what is due is no entry."""


@dataclass(frozen=True, slots=True)
class AlertChoice:
    """Which alerts an account gets. Its address is the contact's, which nothing shows.

    `hour`: of the city's day, at which all of a day come together; None: at once. `since`: what happened before is not
    told. `looked`: when it was last looked for what is due tomorrow. `sent`: when the last mail was written.
    """

    staff: StaffId
    contact: ContactId
    lang: str
    since: datetime
    kinds: frozenset[AlertKind] = frozenset(AlertKind)
    hour: int | None = None
    confirmed: bool = False  # the code that was mailed there was typed
    code: str = field(default="", repr=False)  # its hash; empty: none is waited for
    code_until: datetime | None = None
    tries: int = 0  # wrong codes since it was mailed
    sent: datetime | None = None
    looked: datetime | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing that somebody is told once. `step`: of the report's history, or below zero for a day that is due."""

    staff: StaffId
    report: ReportId
    number: Number
    kind: AlertKind
    step: int
    at: datetime
