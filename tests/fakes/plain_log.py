"""What happened in a city, written down plainly while it happened: all that a count by hand may know."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Filed:
    """A report that came at a time: the address that was left, who held it then, and which offices stood above."""

    number: str
    at: datetime
    address: str
    rings: bool  # a message rings: nobody is woken by news
    shy: bool  # what it is about is not named in news
    holder: str
    above: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """What was done to a report, by whom, and who held it afterwards. `sender`: of a citizen's words, their address."""

    at: datetime
    what: str
    holder: str
    above: tuple[str, ...]
    until: date | None = None
    sender: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """What an address was sent: `said` are keys of phrases, with the day of the month where they name a deadline."""

    address: str
    kind: str
    not_before: datetime
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What an office was told of time that passes."""

    office: str
    number: str
    holder: str
    mark: str
    at: datetime
    days: int


@dataclass(frozen=True, slots=True)
class End:
    """How a report stood at the end."""

    status: str
    holder: str
    due: datetime
    late: bool
    evaluation: bool


@dataclass(slots=True)
class Log:
    """Of all reports, and when the clock looked."""

    filed: dict[str, Filed] = field(default_factory=dict)
    events: dict[str, list[Event]] = field(default_factory=dict)
    looks: list[datetime] = field(default_factory=list)


@dataclass(slots=True)
class Account:
    """What came of it: as the service kept it, or as it is counted by hand."""

    messages: Counter[Message] = field(default_factory=Counter)
    notices: set[Told] = field(default_factory=set)
    marks: Counter[tuple[str, str, datetime]] = field(default_factory=Counter)  # number, act of the clock, minute
    ends: dict[str, End] = field(default_factory=dict)
