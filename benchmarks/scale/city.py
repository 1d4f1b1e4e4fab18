"""A city that was made up: lives of reports as years of them leave them, the newest open, the oldest without words."""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import accumulate

from core import areas, workflow
from core.categories import CATEGORIES, Category
from core.deadlines import ANSWER_WITHIN
from core.model import (
    ENDED,
    Act,
    AgencyId,
    Check,
    Feedback,
    Handling,
    HistoryEntry,
    Number,
    Place,
    Report,
    ReportId,
    Status,
)

KEPT = timedelta(days=200)  # after closing, words are; the categories of Jakarta have 730
_SLOW = timedelta(days=120)  # nearly all are closed by then
REACHED = timedelta(days=30)  # after closing, as the setting has it
WORDS = 25  # of a report
_VOCABULARY = 60_000
_SYLLABLES = (
    "ba",
    "ca",
    "di",
    "ga",
    "ja",
    "ka",
    "la",
    "ma",
    "ni",
    "pa",
    "ra",
    "sa",
    "ti",
    "wa",
    "ru",
    "mo",
    "lu",
    "ng",
)
_KELURAHAN = tuple(code for code, area in areas.AREAS.items() if area.finest)
_LEAVES = tuple(sorted(CATEGORIES, key=lambda leaf: (leaf.restricted is not None, leaf.sensitive)))
_CHANNELS = {"telegram": 40, "sms": 20, "mail": 10, "whatsapp": 20, "form": 10}
_OPEN = {
    Status.MENUNGGU: 40,
    Status.KOORDINASI: 5,
    Status.DISPOSISI: 15,
    Status.PROSES: 30,
    Status.MENUNGGU_VALIDASI: 8,
    Status.TL_DITOLAK: 2,
}
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_OPEN_DAYS, _STALE, _STALE_DAYS = 4, 0.01, 90  # how long most stay open; a few for months


@dataclass(frozen=True, slots=True)
class Life:
    """A report, what was done to it, and who held it, the last one now. Empty words: their time had passed."""

    report: Report
    history: tuple[HistoryEntry, ...]
    offices: tuple[AgencyId, ...]
    reached: bool  # there is an address for news
    worded: bool
    followed: bool


@cache
def vocabulary() -> tuple[str, ...]:
    """Made-up words, the commonest first."""
    rng = random.Random(1)
    found = {"".join(rng.choices(_SYLLABLES, k=rng.randint(2, 5))) for _ in range(_VOCABULARY)}
    return tuple(sorted(sorted(found), key=lambda _: rng.random()))


class City:
    """As many reports a day as are told, up to `now`."""

    def __init__(self, seed: int, a_day: int, now: datetime) -> None:
        self.seed = seed
        self._rng = random.Random(seed)
        self._a_day, self._now = a_day, now.replace(second=0, microsecond=0)
        self._words = vocabulary()
        self._common = tuple(accumulate(1 / (at + 3) for at in range(len(self._words))))
        self._kinds = tuple(accumulate(1 / (at + 1) for at in range(len(_LEAVES))))
        self._places = tuple(accumulate(1 / (at + 20) for at in range(len(_KELURAHAN))))
        self._ways = tuple(accumulate(_CHANNELS.values()))

    @property
    def now(self) -> datetime:
        """The minute at which it is looked at."""
        return self._now

    def lives(self, count: int) -> Iterator[Life]:
        """The oldest first."""
        minutes = count * 24 * 60 / self._a_day
        for at in range(count):
            yield self._life(self._now - timedelta(minutes=int((1 - (at + self._rng.random()) / count) * minutes)))

    def _life(self, received: datetime) -> Life:
        rng = self._rng
        [leaf] = rng.choices(_LEAVES, cum_weights=self._kinds)
        [area] = rng.choices(_KELURAHAN, cum_weights=self._places)
        kept = self._now - received < KEPT + _SLOW  # of others no word is read again
        said = rng.choices(self._words, cum_weights=self._common, k=WORDS if kept else 1)
        place = Place(area if rng.random() > 0.02 else None, areas.AREAS[area].name, said[0])
        offices = self._offices(leaf, place)
        report = Report(
            id=ReportId(f"{rng.getrandbits(128):032x}"),
            number=Number("R" + "".join(rng.choices(_CROCKFORD, k=8))),
            channel=rng.choices(tuple(_CHANNELS), cum_weights=self._ways)[0],
            status=Status.MENUNGGU,
            category=leaf.id,
            agency=offices[-1],
            received=received,
            due=received + ANSWER_WITHIN,
            text=" ".join(said),
            place=place,
            restricted=leaf.restricted is not None,
        )
        return self._lived(report, offices)

    def _offices(self, leaf: Category, place: Place) -> tuple[AgencyId, ...]:
        """The kelurahan, often the agency that leads, often its branch there."""
        held = [workflow.first_holder(leaf.id, place)]
        if leaf.restricted is None and self._rng.random() < 0.7:
            held.append(leaf.lead_agency)
            held += sorted(workflow.branches(leaf.lead_agency, place.area))[:1] if self._rng.random() < 0.7 else []
        return tuple(dict.fromkeys(held))

    def _lived(self, report: Report, offices: tuple[AgencyId, ...]) -> Life:
        rng, age = self._rng, self._now - report.received
        days = age / timedelta(days=1)
        stays = math.exp(-days / _OPEN_DAYS) + (_STALE if days < _STALE_DAYS else 0)
        late = age > ANSWER_WITHIN
        if rng.random() < stays:
            status = rng.choices(tuple(_OPEN), tuple(_OPEN.values()))[0]
            alarm = self._now + timedelta(minutes=rng.randrange(30, 7 * 24 * 60))
            report = replace(report, status=status, late=late, evaluation=days > 30, alarm=alarm)
        else:
            report = self._ended(report, age)
        history = self._history(report, offices)
        over = report.closed is not None and report.closed <= self._now - REACHED
        worded = report.closed is None or report.closed > self._now - KEPT
        return Life(report, history, offices, not over and rng.random() < 0.95, worded, rng.random() < 0.03)

    def _ended(self, report: Report, age: timedelta) -> Report:
        rng = self._rng
        took = min(age, timedelta(minutes=1 + int(rng.expovariate(1 / (_OPEN_DAYS * 24 * 60)))))
        status = rng.choices((Status.SELESAI, Status.DITOLAK, Status.DITERUSKAN, Status.DICABUT), (94, 3, 2, 1))[0]
        said = rng.choices((None, Feedback.SOLVED, Feedback.NOT_SOLVED), (70, 24, 6))[0]
        done = Handling(
            plan=Check.APPROVED, feedback=said if status is Status.SELESAI else None, reopened=int(rng.random() < 0.03)
        )
        return replace(report, status=status, closed=report.received + took, late=took > ANSWER_WITHIN, handling=done)

    def _history(self, report: Report, offices: tuple[AgencyId, ...]) -> tuple[HistoryEntry, ...]:
        """In the steps that most go."""
        steps = [(Status.MENUNGGU, offices[0], Act.FILED)]
        steps += [(Status.DISPOSISI, office, Act.COORDINATE) for office in offices[1:]]
        if report.status not in {Status.MENUNGGU, Status.DISPOSISI, Status.KOORDINASI}:
            steps.append((Status.PROSES, offices[-1], Act.START))
        if report.status in {Status.SELESAI, Status.MENUNGGU_VALIDASI, Status.TL_DITOLAK}:
            steps.append((Status.MENUNGGU_VALIDASI, offices[-1], Act.RESULT))
        if report.status in ENDED:
            steps.append((report.status, offices[-1], Act.VALIDATE))
        end = report.closed or self._now
        each = (end - report.received) / max(len(steps) - 1, 1)
        return tuple(
            HistoryEntry(report.received + each * at, status, office, "Sudah kami kerjakan." if at else "", act)
            for at, (status, office, act) in enumerate(steps)
        )
