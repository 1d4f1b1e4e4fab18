"""What becomes of a report by chance: sent on, asked about, solved, not solved, withdrawn, or simply forgotten."""

import random
from collections.abc import Generator, Iterator
from datetime import date, timedelta
from typing import Protocol

from core import workflow
from core.categories import agency, category
from core.model import Act, AgencyId, Report, Status
from core.workflow import Order

OUTSIDE = "pln_uid_jakarta_raya"


class Hands(Protocol):
    """What can be done to a report; each at the moment that it is asked for."""

    @property
    def report(self) -> Report: ...

    def looks(self) -> None: ...

    def does(self, order: Order, *, second: bool = False) -> None:
        """By an officer of the office that holds it, or by the second pair of eyes."""
        ...

    def day(self, days: int) -> date:
        """So many days after its deadline, or after now where that has passed."""
        ...

    def results(self, *, again: bool) -> bool:
        """A result with a photo, perhaps one that was used before; whether it looks like another."""
        ...

    def writes(self, words: str, act: str) -> None:
        """The citizen writes code and words, mostly from where the report came."""
        ...

    def withdraws(self) -> None: ...


def life(hands: Hands, rng: random.Random) -> Iterator[timedelta]:
    """Waits between what happens; over when nothing more does."""
    pace = rng.choice((1, 1, 1, 6))  # some offices take their time

    def wait(hours: float) -> timedelta:
        return timedelta(hours=pace * hours * rng.lognormvariate(0, 1.2))

    for each in (_looked_at, _sent_on, _worked_on, _solved):
        going = yield from each(hands, rng, wait)
        if not going:
            return


class _Wait(Protocol):
    def __call__(self, hours: float) -> timedelta: ...


def _looked_at(hands: Hands, rng: random.Random, wait: _Wait) -> Generator[timedelta, None, bool]:
    """Or forgotten, or over at once."""
    fate = rng.random()
    if fate < 0.25:
        return False
    yield wait(5)
    if fate < 0.33:
        hands.withdraws()
    elif fate < 0.4:
        hands.does(Order(Act.REJECT, "Laporan ini bukan wewenang kota"))
    elif fate < 0.45:
        hands.does(Order(Act.FORWARD, "Ditangani oleh PLN", OUTSIDE))
    elif fate < 0.65:
        hands.looks()
        yield wait(3)
    return fate > 0.5  # some were only looked at


def _sent_on(hands: Hands, rng: random.Random, wait: _Wait) -> Generator[timedelta, None, bool]:
    """To the agency that leads, on to its branch, and sometimes back."""
    report = hands.report
    lead = category(report.category).lead_agency
    if not report.restricted and lead != report.agency and not agency(lead).external and rng.random() < 0.5:
        hands.does(Order(Act.COORDINATE, to=lead))
        yield wait(6)
        branches = sorted(workflow.branches(AgencyId(lead), report.place.area))
        if branches and rng.random() < 0.6:
            hands.does(Order(Act.DELEGATE, to=branches[0]))
            yield wait(6)
        elif rng.random() < 0.1:
            hands.does(Order(Act.RETURN, "Bukan jalan kami"))
            yield wait(12)
    return rng.random() < 0.85  # else nobody goes on with it


def _worked_on(hands: Hands, rng: random.Random, wait: _Wait) -> Generator[timedelta, None, bool]:
    hands.does(Order(Act.START))
    yield wait(4)
    hands.does(Order(Act.PLAN, "Periksa besok pagi"))
    yield wait(4)
    if rng.random() < 0.1:
        hands.does(Order(Act.REJECT_PLAN), second=True)
        yield wait(3)
        hands.does(Order(Act.PLAN, "Periksa hari ini juga"))
        yield wait(3)
    hands.does(Order(Act.APPROVE_PLAN), second=True)
    yield wait(0.5)
    if rng.random() < 0.2:
        hands.does(Order(Act.ASK, "Di sebelah mana tepatnya?"))
        yield wait(2)
        if rng.random() < 0.7:
            hands.writes("di depan toko roti", "answer")
            yield wait(1)
    if category(hands.report.category).estimate and rng.random() < 0.5:
        yield from _estimated(hands, rng, wait)
    yield wait(20)
    return rng.random() < 0.9


def _estimated(hands: Hands, rng: random.Random, wait: _Wait) -> Iterator[timedelta]:
    """Asked for once more where it is refused, as it is when its day passed before anybody looked."""
    for kind in (rng.random() < 0.8, True):
        until = hands.day(rng.randrange(1, 25))
        hands.does(Order(Act.ESTIMATE, "Menunggu alat berat", until=until))
        yield wait(5)
        approved = kind and until >= hands.day(0)
        hands.does(Order(Act.APPROVE_ESTIMATE if approved else Act.REFUSE_ESTIMATE), second=True)
        if approved:
            return
        yield wait(5)


def _solved(hands: Hands, rng: random.Random, wait: _Wait) -> Generator[timedelta, None, bool]:
    """Until it is good enough for the Biro and for the citizen."""
    reopened = 0
    while True:
        alike = hands.results(again=rng.random() < 0.03)
        yield wait(5)
        if rng.random() < 0.15:
            hands.does(Order(Act.REJECT_RESULT, "Foto tidak jelas"), second=True)
            yield wait(10)
            continue
        hands.does(Order(Act.VALIDATE, "Foto sama, sudah dicek di tempat" if alike else ""), second=True)
        yield wait(rng.choice((8, 90)))  # some find out late: several marks have passed when it is opened again
        said = rng.random()
        if said < 0.3:
            hands.writes("1", "solved")
        if said < 0.65 or reopened == workflow.REOPENS:
            return False
        hands.writes("2 masih belum beres", "not-solved")
        if hands.report.status is Status.SELESAI:
            return False  # too late
        reopened += 1
        yield wait(10)
