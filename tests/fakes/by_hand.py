"""Deadlines, climbs and messages counted by hand from a plain log: shares no rule with the service that it judges."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.fakes.plain_log import Account, End, Event, Filed, Log, Message, Told

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FORTNIGHT = 14 * DAY
JAKARTA = timedelta(hours=7)  # no summer time
DELAY = timedelta(minutes=5)  # of news, as the house is set up
BIRO = "biro_pemerintahan"
OVER = ("selesai", "ditolak", "dicabut", "diteruskan")
# What an act makes of the status, and what the citizen reads of it.
ACTS: dict[str, tuple[str, str]] = {
    "looked": ("", ""),
    "start": ("proses", "news_started"),
    "coordinate": ("koordinasi", "news_moved"),
    "return": ("koordinasi", "news_moved"),
    "delegate": ("disposisi", "news_moved"),
    "plan": ("", ""),
    "approve-plan": ("", ""),
    "reject-plan": ("", ""),
    "note": ("", ""),
    "estimate": ("", ""),
    "approve-estimate": ("ews", "news_estimate"),
    "refuse-estimate": ("", ""),
    "ask": ("", "question"),
    "result": ("menunggu_validasi", "news_checking"),
    "validate": ("selesai", "news_done"),
    "reject-result": ("tl_ditolak", "news_redo"),
    "reject": ("ditolak", "news_rejected"),
    "forward": ("diteruskan", "news_forwarded"),
    "answer": ("", ""),
    "solved": ("", ""),
    "not-solved": ("proses", "news_reopened"),
    "withdraw": ("dicabut", ""),
}
ANSWERED = {
    "answer": "answer_kept",
    "solved": "feedback_solved",
    "not-solved": "feedback_reopened",
    "withdraw": "withdrawn",
}
CITIZEN = frozenset(ANSWERED)


def whole_minute(at: datetime) -> datetime:
    return at - timedelta(seconds=at.second, microseconds=at.microsecond)


def last_minute(event: Event) -> datetime:
    """Of the day that was asked for, in the city's own days."""
    assert event.until is not None
    until = event.until
    return datetime(until.year, until.month, until.day, 23, 59, tzinfo=UTC) - JAKARTA


@dataclass(slots=True)
class Letterbox:
    """One address: the first news of an hour goes alone, what follows goes with what waits, or an hour later."""

    address: str
    rings: bool
    waits: list[tuple[datetime, str, list[str]]] = field(default_factory=list)  # not before, kind, what is said
    last: datetime | None = None

    def put(self, at: datetime, said: list[str]) -> None:
        if self.waits and self.waits[-1][0] > at:
            before, _, old = self.waits[-1]
            still = [each for each in old if each != "news_done"]  # nobody is asked of what went on meanwhile
            self.waits[-1] = (before, "digest", still + said)
            return
        near = self.last is not None and abs(at - self.last) < HOUR
        when = self.last + HOUR if near and self.last is not None else at + DELAY
        when = self.awake(when)
        self.last = whole_minute(when)
        self.waits.append((when, "digest" if near else "news", said))

    def awake(self, at: datetime) -> datetime:
        local = at + JAKARTA
        if not self.rings or 6 <= local.hour <= 20:
            return at
        morning = local.replace(hour=6, minute=0, second=0, microsecond=0)
        return (morning + DAY if local.hour > 20 else morning) - JAKARTA

    def messages(self) -> Iterator[Message]:
        for at, kind, said in self.waits:
            yield Message(self.address, kind, at, tuple(said))


@dataclass(slots=True)
class Case:
    """One report, lived through once more."""

    filed: Filed
    account: Account
    status: str = "menunggu"
    looked: bool = False
    late: bool = False
    evaluation: bool = False
    seen: datetime = field(init=False)  # marks up to here were dealt with
    due: datetime = field(init=False)
    holder: str = field(init=False)
    above: tuple[str, ...] = field(init=False)
    closed: datetime = field(init=False)
    box: Letterbox = field(init=False)

    def __post_init__(self) -> None:
        self.seen = self.closed = whole_minute(self.filed.at)
        self.due = whole_minute(self.filed.at) + 7 * DAY
        self.holder, self.above = self.filed.holder, self.filed.above
        self.box = Letterbox(self.filed.address, self.filed.rings)

    def live(self, events: Sequence[Event], looks: Sequence[datetime]) -> None:
        since = self.filed.at
        for event in events:
            self.wait(since, event.at, looks)
            self.happens(event)
            since = event.at
        self.wait(since, None, looks)
        if self.filed.address:
            self.account.messages.update(self.box.messages())
        self.account.ends[self.filed.number] = End(self.status, self.holder, self.due, self.late, self.evaluation)

    def wait(self, since: datetime, until: datetime | None, looks: Sequence[datetime]) -> None:
        """Nothing happens to it in between, but the clock looks."""
        at = bisect_left(looks, since)
        while ahead := self.ahead():
            at = bisect_left(looks, ahead[0][0], at)
            if at == len(looks) or (until is not None and looks[at] > until):
                return
            for moment, mark, office in [each for each in ahead if each[0] <= looks[at]]:
                self.mark(looks[at], moment, mark, office)

    def ahead(self) -> list[tuple[datetime, str, str]]:
        """Marks that have not come yet, with the office that hears of each."""
        if self.status in OVER:
            return []
        came = whole_minute(self.filed.at)
        week = self.due - came
        found = [
            *([(came + DAY, "look", self.holder)] if self.status == "menunggu" and not self.looked else []),
            (came + week / 2, "half", self.holder),
            (self.due, "late", self.holder),
            *((self.due + week / 2 * rung, "climb", office) for rung, office in enumerate(self.above, 1)),
            *([(came + 30 * DAY, "evaluation", BIRO)] if not self.evaluation else []),
        ]
        return sorted(
            ((whole_minute(at), mark, office) for at, mark, office in found if whole_minute(at) > self.seen),
            key=lambda each: each[0],
        )

    def mark(self, now: datetime, moment: datetime, mark: str, office: str) -> None:
        number = self.filed.number
        days = int((now - whole_minute(self.filed.at)) / DAY)
        self.account.notices.add(Told(office, number, self.holder, mark, moment, days))
        self.seen = moment
        if mark in {"late", "climb", "evaluation"}:
            self.account.marks[number, mark, whole_minute(now)] += 1
        if mark == "late":
            self.late = True
            self.box.put(now, [f"news_late {(self.due + JAKARTA).day}"])
        if mark == "evaluation":
            self.evaluation = True
            self.box.put(now, ["news_evaluation"])

    def answered(self, event: Event, said: str) -> None:
        self.account.messages[Message(event.sender, "reply", event.at, (said,))] += 1

    def happens(self, event: Event) -> None:
        if event.what == "not-solved" and event.at - self.closed > FORTNIGHT:
            self.answered(event, "feedback_late")
            return
        status, said = ACTS[event.what]
        self.status = status or self.status
        if status in OVER:
            self.closed = whole_minute(event.at)
        self.holder, self.above = event.holder, event.above
        self.looked = self.looked or event.what not in CITIZEN
        if event.what == "approve-estimate":
            self.due = last_minute(event)
            said += f" {(self.due + JAKARTA).day}"
        if event.what in ANSWERED:
            self.answered(event, ANSWERED[event.what])
        if not self.filed.address:
            return
        if said == "question":
            self.account.messages[Message(self.filed.address, "question", event.at, (said,))] += 1
        elif said and event.sender != self.filed.address:
            words = ["news_words"] if event.what == "result" and not self.filed.shy else []
            self.box.put(event.at, [said, *words])


def counted(log: Log) -> Account:
    """Each report by itself, from its first minute to its last."""
    account = Account()
    for number, filed in log.filed.items():
        Case(filed, account).live(log.events.get(number, ()), log.looks)
    return account


def differences(kept: Account, hand: Account, most: int = 5) -> list[str]:
    """What is in one and not in the other; empty where both are the same to the second."""
    found = [f"kept alone: {each!r}" for each in (kept.messages - hand.messages).keys() | (kept.notices - hand.notices)]
    found += [f"by hand: {each!r}" for each in (hand.messages - kept.messages).keys() | (hand.notices - kept.notices)]
    found += [f"marks, kept alone: {each!r}" for each in kept.marks - hand.marks]
    found += [f"marks, by hand: {each!r}" for each in hand.marks - kept.marks]
    ends = [number for number in kept.ends.keys() | hand.ends.keys() if kept.ends.get(number) != hand.ends.get(number)]
    found += [f"{number}: {kept.ends.get(number)!r}, by hand {hand.ends.get(number)!r}" for number in ends]
    return sorted(found)[:most]
