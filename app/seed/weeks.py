"""The days of a demonstration as they pass: reports come in, shifts are worked, deadlines go by, people answer."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

from app.due_work import process_due_deadlines
from app.runtime import Runtime
from app.sandbox import Sandbox
from app.seed import reporters
from app.seed.pictures import street
from app.seed.reporters import Chance
from app.seed.staff import Offices, accounts
from app.seed.stories import Story, story
from core import casework
from core.casework import Turn
from core.messages import PerceptualHash, StoredFile
from core.model import Act, Report, Right, Staff, TrackingCode
from core.ports import Context, UnitOfWork

_SHIFTS = (9, 13, 17)  # hours of the day, local
_FEEDBACK = (*("",) * 8, *("1",) * 8, "1 terima kasih", "2 masih sama saja")
_AT_ONCE = 20  # reports in one turn
_REUSED = 0.03  # of the photos of results
_BROKEN = frozenset({"jalan_rusak", "trotoar", "galian_proyek", "saluran_air", "banjir"})  # what a street shows
_SEEN = 0.7  # of those who tell of it have a photo
_STREETS = 1 << 30
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wanted:
    """How much of it; the same `chance` makes the same weeks."""

    reports: int = 500
    days: int = 30
    chance: int = 2021


class _Photos:
    """What people took of streets, scrubbed and kept like any photo."""

    def __init__(self, opened: Runtime, chance: Random) -> None:
        self._files, self._chance = opened.files, chance
        self._sandbox = Sandbox(limits=opened.settings.limits)
        self._sandbox.start()
        self._streets: dict[str, int] = {}  # name of a citizen's photo -> what it shows
        self._results: list[tuple[StoredFile, PerceptualHash]] = []

    def before(self) -> StoredFile:
        """A citizen's."""
        shown = self._chance.randrange(_STREETS)
        clean = self._sandbox.scrub_now(street(shown, "hole"))
        kept = self._files.put(clean.data, clean.kind)
        self._streets[kept.name] = shown
        return kept

    def after(self, report: Report) -> tuple[StoredFile, PerceptualHash]:
        """Of the same street mended, where it was shown; now and then an older one once more."""
        if self._results and self._chance.random() < _REUSED:
            return self._chance.choice(self._results)
        known = [self._streets[each.name] for each in report.files if each.name in self._streets]
        place = known[0] if known else self._chance.randrange(_STREETS)
        clean = self._sandbox.scrub_now(street(place, "patch" if report.category in _BROKEN else ""))
        photo_hash = self._sandbox.perceptual_hash_now(clean)
        if photo_hash is None:
            raise AssertionError("a picture of ours looks like something")
        self._results.append((self._files.put(clean.data, clean.kind), photo_hash))
        return self._results[-1]

    def close(self) -> None:
        """Stops what scrubs."""
        self._sandbox.stop()


class _OneTransaction:
    """core.ports.Store inside a turn: what is killed in the middle leaves nothing of any week."""

    def __init__(self, tx: UnitOfWork) -> None:
        self._tx = tx

    def run(self, turn: Callable[[UnitOfWork], T], *, ordering_key: bytes = b"") -> T:  # noqa: ARG002 - nobody waits
        """Within the transaction that is open."""
        return turn(self._tx)

    def read(self, turn: Callable[[UnitOfWork], T]) -> T:
        """Sees what was written so far."""
        return turn(self._tx)


@dataclass
class _Weeks:
    tx: UnitOfWork
    opened: Runtime
    wanted: Wanted
    chance: Chance
    offices: Offices
    photos: "_Photos"
    codes: list[TrackingCode]

    def pass_all(self, told: Callable[[int], None]) -> None:
        now = self.opened.clock.now()
        begin = now - timedelta(days=self.wanted.days)
        arrivals = sorted(
            begin + (now - begin) * self.chance.random.random() ** 0.9 for _ in range(self.wanted.reports)
        )
        for at in self._shifts(begin, now):
            due = [each for each in arrivals if each <= at]
            arrivals = arrivals[len(due) :]
            self._arrive(due)
            process_due_deadlines(_OneTransaction(self.tx), self.opened.context, at)
            self._work(at)
            told(self.wanted.reports - len(arrivals))
        self._arrive(arrivals)

    def _shifts(self, begin: datetime, now: datetime) -> list[datetime]:
        zone = self.opened.context.zone
        first = begin.astimezone(zone).replace(minute=0, second=0, microsecond=0)
        every = [
            (first + timedelta(days=day)).replace(hour=hour) for day in range(self.wanted.days + 1) for hour in _SHIFTS
        ]
        return [each for each in every if begin < each < now]

    def _arrive(self, due: list[datetime]) -> None:
        for start in range(0, len(due), _AT_ONCE):
            told = [(self._story(), at) for at in due[start : start + _AT_ONCE]]
            found = [reporters.file(self.tx, one, self.chance, at) for one, at in told]
            self.codes += [code for code in found if code is not None]

    def _story(self) -> Story:
        """What a street shows is often photographed."""
        told = story(self.chance.random)
        seen = told.category in _BROKEN and self.chance.random.random() < _SEEN
        return replace(told, photos=(self.photos.before(),)) if seen else told

    def _work(self, at: datetime) -> None:
        asked, solved = 0, 0
        for staff in self._people():
            done = self.offices.shift(staff, at, self.tx)
            asked += sum(act is Act.ASK for act, _ in done)
            solved += sum(act is Act.VALIDATE for act, _ in done)
        if asked or solved:
            self._speak(at)

    def _people(self) -> list[Staff]:
        return [each for each in accounts() if each.may(Right.HANDLE)]

    def _speak(self, at: datetime) -> None:
        """Some of those who were asked answer; some say whether it is solved."""
        tx = self.tx
        for code in self.chance.random.sample(self.codes, min(len(self.codes), 25)):
            holder = tx.code_holders.by_code(code)
            report = tx.reports.get(holder.report) if holder is not None else None
            if report is None:
                continue
            last = tx.reports.history(report.id)[-1]
            if last.act is Act.ASK:
                reporters.answer(tx, code, self.chance, at)
            elif last.act is Act.VALIDATE and report.handling.feedback is None:
                said = self.chance.random.choice(_FEEDBACK)
                if said:
                    reporters.say(tx, f"{code.reveal()} {said}", self.chance, at)


@dataclass(frozen=True, slots=True)
class Hired:
    """An account with the hash of its password."""

    staff: Staff
    digest: str


def _hire(hired: Hired, context: Context, now: datetime, tx: UnitOfWork) -> None:
    made = casework.add_staff(Turn(tx, now, context), hired.staff, hired.digest)
    tx.accounts.change(replace(made, given=None))  # whoever looks at the demonstration has the password, for good


def fill(opened: Runtime, wanted: Wanted, hashes: dict[str, str], told: Callable[[int], None]) -> int:
    """Accounts with the hashes of their passwords, then the weeks; how many reports. Nothing of it leaves the house.

    In one transaction: what `told` raises, or a kill, leaves the database as it was.
    """
    return opened.store.run(lambda tx: _filled(tx, opened, wanted, hashes, told))


def _filled(
    tx: UnitOfWork, opened: Runtime, wanted: Wanted, hashes: dict[str, str], told: Callable[[int], None]
) -> int:
    now = opened.clock.now()
    context = replace(opened.context, news_delay=(0, 0))
    for staff in accounts():
        _hire(Hired(staff, hashes[staff.name]), context, now, tx)
    chance = Chance(Random(wanted.chance), context)  # noqa: S311 - a demonstration, nothing secret
    with closing(_Photos(opened, chance.random)) as photos:
        weeks = _Weeks(tx, opened, wanted, chance, Offices(chance, photos.after), photos, [])
        weeks.pass_all(told)
    return len(weeks.codes)
