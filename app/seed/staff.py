"""Staff of a demonstration: an account in each office that gets reports, and what they do with them in a shift."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.seed.reporters import Chance
from app.seed.stories import agencies, people, places, words
from core import areas, casework, workflow
from core.areas import Area
from core.casework import Actor, Turn
from core.categories import category
from core.errors import Refused
from core.messages import PerceptualHash, StoredFile
from core.model import Act, AgencyId, AreaCode, Check, Next, Number, Report, Right, Staff, StaffId, StaffRole, Status
from core.ports import UnitOfWork
from core.workflow import Order

_LONGEST = 40
Photo = Callable[[Report], tuple[StoredFile, PerceptualHash]]


def accounts() -> tuple[Staff, ...]:
    """One of every role, an officer in each office, and a head where a second pair of eyes sits in the agency."""
    made = [
        _account(people("coordinator"), workflow.BIRO, StaffRole.BIRO),
        _account("admin", workflow.BIRO, StaffRole.ADMIN),
        _account("auditor", people("auditor"), StaffRole.AUDITOR),
        _account(people("clerk"), workflow.BIRO, StaffRole.CLERK),
    ]
    for agency in agencies("restricted"):
        made.append(_account(f"petugas.{_short(agency)}", agency, StaffRole.OFFICER))
        made.append(_account(f"kepala.{_short(agency)}", agency, StaffRole.HEAD))
    made += [_account(f"petugas.{_short(each)}", each, StaffRole.OFFICER) for each in _offices()]
    for code, name in names_of(places()).items():
        made.append(_account(f"{people('head')}.{name}", areas.office(code), StaffRole.HEAD))
        made.append(_account(f"petugas.{name}", areas.office(code), StaffRole.OFFICER))
    without = set(StaffRole) - {each.role for each in made}
    made += [_account(role.value, workflow.BIRO, role) for role in StaffRole if role in without]
    return tuple(made)


def _offices() -> tuple[str, ...]:
    return (*agencies("agencies"), *agencies("plain"))


def _short(agency: str) -> str:
    return agency.removeprefix("dinas_").replace("_", "")


def names_of(found: Iterable[Area]) -> Mapping[AreaCode, str]:
    """What the accounts of each area are called by: its name in small letters and digits.

    Its code where nothing is left of the name, or another area has the same.
    """
    plain = {each.code: _plain(each.name) for each in found}
    times = Counter(plain.values())
    return {code: name if name and times[name] == 1 else code for code, name in plain.items()}


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", unicodedata.normalize("NFKD", name.lower()))[:_LONGEST]


def _account(name: str, agency: str, role: StaffRole) -> Staff:
    return Staff(StaffId(""), name, AgencyId(agency), role)


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a report, thrown once."""

    kind: str
    patience: timedelta  # before anybody begins
    work: timedelta  # from beginning to result


@dataclass
class Offices:
    """Everybody at their desks; remembers what was thrown for which report."""

    chance: Chance
    photo: Photo
    _fates: dict[Number, Fate] = field(default_factory=dict)

    def shift(self, staff: Staff, now: datetime, tx: UnitOfWork) -> list[tuple[Act, Number]]:
        """One person goes through their list; what they did."""
        done = []
        for report in casework.listing(tx, staff.name):
            step = self._step(report, staff, now)
            if step is None:
                continue
            try:
                casework.do(Turn(tx, now, self.chance.context), Actor(staff.name, "desk"), report.number, step)
            except Refused:
                continue  # somebody else was faster, or it is another's turn
            done.append((step.act, report.number))
        return done

    def _step(self, report: Report, staff: Staff, now: datetime) -> Order | None:
        fate = self._fate(report)
        if staff.may(Right.CITY) or (report.restricted and staff.may(Right.LEAD)):
            return self._checked(report)
        if staff.agency != report.agency or staff.role is not StaffRole.OFFICER or fate.kind == "left":
            return None
        if now - report.received < fate.patience:
            return None
        return _NEXT[fate.kind](self, report, now)

    def _checked(self, report: Report) -> Order | None:
        """The second pair of eyes."""
        if report.handling.plan is Check.WAITING:
            return Order(Act.APPROVE_PLAN)
        if report.handling.estimate is Check.WAITING:
            return Order(Act.APPROVE_ESTIMATE)
        if report.status.row.next is Next.CHECK:
            if not report.handling.lookalikes and self.chance.random.random() < 0.06:  # noqa: PLR2004 - now and then
                return Order(Act.REJECT_RESULT, people("says_incomplete"))
            return Order(Act.VALIDATE, people("says_checked"))
        if report.agency == workflow.BIRO and report.status is Status.MENUNGGU:
            return Order(Act.COORDINATE, to=_lead(report))
        return None

    def _fate(self, report: Report) -> Fate:
        if report.number not in self._fates:
            throw = self.chance.random
            kind = throw.choices(tuple(_WEIGHTS), tuple(_WEIGHTS.values()))[0]
            patience = timedelta(hours=throw.choice((1, 3, 6, 12, 24, 40)))
            self._fates[report.number] = Fate(kind, patience, timedelta(hours=throw.choice((6, 20, 40, 70, 110))))
        return self._fates[report.number]

    def solve(self, report: Report, now: datetime) -> Order | None:
        """Start, plan, result."""
        if report.status.row.next in {Next.BEGIN, Next.REDO}:
            return Order(Act.START)
        if report.handling.plan in {Check.NONE, Check.REFUSED}:
            return Order(Act.PLAN, words("plans", self.chance.random))
        fate = self._fate(report)
        ready = report.handling.plan is Check.APPROVED and now - report.received > fate.patience + fate.work
        if ready and report.status.row.next is Next.WORK:
            photo, photo_hash = self.photo(report)
            return Order(Act.RESULT, words("results", self.chance.random), photo=photo, photo_hash=photo_hash)
        return None

    def passed_on(self, report: Report, now: datetime) -> Order | None:
        """The office of the place hands it to the agency that answers for such things."""
        lead = _lead(report)
        if report.agency == lead or report.restricted:
            return self.solve(report, now)
        return Order(Act.COORDINATE, people("says_passed"), lead)

    def delayed(self, report: Report, now: datetime) -> Order | None:
        """More time is asked for, where that can be."""
        may = category(report.category).estimate and report.handling.estimate is Check.NONE
        if may and report.status is Status.PROSES:
            until = (report.due + timedelta(days=10)).date()
            return Order(Act.ESTIMATE, words("delays", self.chance.random), until=until)
        return self.solve(report, now)

    def asked(self, report: Report, now: datetime) -> Order | None:
        """A question first."""
        if report.status is Status.MENUNGGU and self.chance.random.random() < 0.5:  # noqa: PLR2004 - a coin
            return Order(Act.ASK, words("questions", self.chance.random))
        return self.solve(report, now)

    def refused(self, report: Report, _: datetime) -> Order | None:
        """With a reason that the citizen reads."""
        if report.category == people("forwarded"):
            return Order(Act.FORWARD, people("says_forwarded"), AgencyId(people("outside")))
        return Order(Act.REJECT, words("rejects", self.chance.random))


def _lead(report: Report) -> AgencyId:
    """Who answers for its kind, where that is an office with people in this demonstration."""
    lead = category(report.category).lead_agency
    return lead if lead in _offices() else AgencyId(people("otherwise"))


_WEIGHTS: Mapping[str, int] = {"solved": 66, "passed": 14, "delayed": 6, "asked": 5, "refused": 4, "left": 5}
_NEXT: Mapping[str, Callable[[Offices, Report, datetime], Order | None]] = {
    "solved": Offices.solve,
    "passed": Offices.passed_on,
    "delayed": Offices.delayed,
    "asked": Offices.asked,
    "refused": Offices.refused,
}
