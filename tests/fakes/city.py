"""A city on any store: citizens write, staff act, time passes; each deed is one turn, and can come again."""

import hashlib
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from core import casework, delivery, intake, tracking
from core.casework import Actor, Turn
from core.errors import DeliveryFailed
from core.messages import Address, Envelope, Incoming, PerceptualHash, StoredFile, WireId
from core.model import Act, AgencyId, Delivery, Number, Report, Staff, StaffId, StaffRole
from core.ports import Context, ReportQuery, Store, UnitOfWork, Visibility
from core.workflow import BIRO, Order
from storage import AddressOpener
from tests.fakes.declared import BY_CARRIER, profiles
from tests.fakes.nouns import words_of
from tests.fakes.time_and_random import FakeRandomSource

Deed = Callable[[UnitOfWork], object]
BEGINS = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)  # a Monday at ten in Jakarta
LURAH, DINAS, SUDIN = AgencyId("kel:31.74.01.1002"), AgencyId("dinas_bina_marga"), AgencyId("sudin_bina_marga_jaksel")
STAFF = (
    ("lurah", LURAH, StaffRole.OFFICER),
    ("dinas", DINAS, StaffRole.OFFICER),
    ("sudin", SUDIN, StaffRole.OFFICER),
    ("biro", BIRO, StaffRole.BIRO),
)
STORY = "Aspal jalan rusak dan berlubang di dekat penanda kembangrawa, kelurahan Tebet Barat, sudah seminggu"
BUDI, SITI = ("sms", "+628110001"), ("telegram", "47110815203")


def photo(name: str) -> StoredFile:
    return StoredFile(hashlib.sha256(name.encode()).hexdigest()[:40], "a2V5", "image/jpeg", 1000)


def photo_hash(name: str) -> PerceptualHash:
    """Like no other name's."""
    hashes = tuple(hashlib.sha512(f"{name} {at}".encode()).digest() for at in range(2))
    return PerceptualHash(hashes, hashlib.sha256(name.encode()).digest())


@dataclass
class City:
    """A fresh random source for each deed, so that the same deed again is the same in everything."""

    store: Store
    now: datetime = BEGINS
    proved: tuple[str, ...] = BY_CARRIER  # channels whose senders are, beside those that always are
    codes: dict[tuple[str, str], str] = field(default_factory=dict)
    heard: list[tuple[str, str]] = field(default_factory=list)  # to whom, which text
    opener: AddressOpener = field(default_factory=AddressOpener)  # of the part that sends
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def _context(self, seed: int) -> Context:
        return Context(
            rng=FakeRandomSource(seed), zone=ZoneInfo("Asia/Jakarta"), lang="id", profiles=profiles(self.proved)
        )

    # -- deeds: made here, run by `run` or by whoever asked --

    def writes(self, who: tuple[str, str], text: str, *files: StoredFile, **more: object) -> Deed:
        seed, now = next(self._numbers), self.now
        envelope = Envelope(who[0], Address(who[1]), WireId(f"w{seed}"), text=text)
        incoming = Incoming(replace(envelope, **more), files)  # type: ignore[arg-type]  # fields of an envelope
        return lambda tx: intake.message(tx, incoming, now, self._context(seed))

    def does(
        self,
        name: str,
        act: Act,
        text: str = "",
        *,
        to: str = "",
        until: date | None = None,
        shows: str = "",
        number: Number | None = None,
    ) -> Deed:
        """`number`: of another report than the first; `shows`: a photo of that name."""
        seed, now, number = next(self._numbers), self.now, number or self.report.number
        shown = {"photo": photo(shows), "photo_hash": photo_hash(shows)} if shows else {}
        order = Order(act, text, to, until, **shown)  # type: ignore[arg-type]  # fields of an order
        return lambda tx: casework.do(Turn(tx, now, self._context(seed)), Actor(name), number, order)

    def opens(self, name: str, number: Number | None = None) -> Deed:
        seed, now, number = next(self._numbers), self.now, number or self.report.number
        return lambda tx: casework.show(Turn(tx, now, self._context(seed)), Actor(name), number)

    def clock(self, *, days: float = 0) -> Deed:
        """Time passes, and the clock looks."""
        self.now += timedelta(days=days)
        seed, now = next(self._numbers), self.now
        return lambda tx: casework.process_deadlines(Turn(tx, now, self._context(seed)))

    def hires(self, name: str, agency: AgencyId, role: StaffRole) -> Deed:
        seed, now = next(self._numbers), self.now
        staff = Staff(StaffId(""), name, agency, role)
        return lambda tx: casework.add_staff(Turn(tx, now, self._context(seed)), staff, "hash")

    def sent(self, which: Delivery) -> Deed:
        now, context = self.now, self._context(0)
        return lambda tx: delivery.sent(tx, which, f"p-{which.id}", now, context)

    def refused(self, which: Delivery) -> Deed:
        """For good: there is nobody at that address any more."""
        now, rng = self.now, FakeRandomSource(1)
        return lambda tx: delivery.failed(tx, which, DeliveryFailed("gone", final=True, gone=True), now, rng)

    # -- what is run at once --

    def run(self, *deeds: Deed) -> None:
        for deed in deeds:
            self.store.run(deed)

    def claimed(self) -> list[Delivery]:
        """What is due."""
        return [each.delivery for each in self._ready()]

    def _ready(self) -> Sequence[delivery.Ready]:
        now, context = self.now, self._context(0)
        ready = self.store.run(lambda tx: delivery.claim(tx, now, 99, context))
        return [replace(each, delivery=self.opener.opened(each.delivery)) for each in ready]

    def post(self) -> None:
        """Everything that is due is delivered."""
        while due := self._ready():
            for ready in due:
                each, text = ready.delivery, ready.outgoing.text
                self.heard.append((words_of(each.to), text))
                code = tracking.inside(text)
                if code is not None:
                    self.codes[each.channel, words_of(each.to)] = code.reveal()
                self.store.run(self.sent(each))

    @property
    def reports(self) -> list[Report]:
        """Oldest first."""
        every = Visibility(AgencyId(""), every=True)
        found = self.store.run(lambda tx: list(tx.queues.reports(every, ReportQuery(open=None))))
        return sorted(found, key=lambda report: (report.received, report.number))

    @property
    def report(self) -> Report:
        """The first that was filed."""
        return self.reports[0]

    def number(self, at: int) -> Number:
        return self.reports[at].number
