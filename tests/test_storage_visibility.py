"""Reports by number, for who asks: one that is not theirs costs what one that is not there costs, and opens nothing."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace

import pytest

from core import casework
from core.casework import Actor, Turn
from core.errors import Refused
from core.model import Act, AgencyId, Number, Report, Staff, StaffId, StaffRole
from core.ports import UnitOfWork, Visibility
from core.workflow import Order
from storage import Keys
from tests.fakes import nouns
from tests.fakes.counted_store import CountedStore
from tests.fakes.nouns import AGENCY, NOW
from tests.fakes.town import Town

BNN, BIRO, ELSEWHERE = AgencyId("bnnp_dki"), AgencyId("biro_pemerintahan"), AgencyId("dinas_sda")
CONTEXT = Town().context
NOBODYS = Number("R00000000")
ASKED: dict[str, Callable[[Turn, str, Number], object]] = {
    "show": lambda turn, name, number: casework.show(turn, Actor(name), number),
    "readable": lambda turn, name, number: casework.readable(turn.tx, Actor(name), number),
    "steps": lambda turn, name, number: casework.steps(turn.tx, Actor(name), number),
    "photo": lambda turn, name, number: casework.photo(turn.tx, Actor(name), number, 1),
    "do": lambda turn, name, number: casework.do(turn, Actor(name), number, Order(Act.NOTE, "kata")),
}


@dataclass
class StaffedStore:
    store: CountedStore
    reports: dict[str, Report] = field(default_factory=dict)

    def costs(self, ask: str, name: str, number: Number) -> tuple[list[str], list[str], str]:
        """Kinds of statement, whose keys were opened, and what was answered."""
        self.store.asked.clear()
        self.store.opened.clear()
        with pytest.raises(Refused) as no:
            self.store.run(lambda tx: ASKED[ask](Turn(tx, NOW, CONTEXT), name, number))
        kinds = [each.split()[0] for each in self.store.asked]
        return kinds, list(self.store.opened), no.value.phrase


@pytest.fixture
def staffed(sql_url: str, keys: Keys) -> Iterator[StaffedStore]:
    with closing(CountedStore(sql_url, keys)) as store:
        staffed = StaffedStore(store)
        people = {
            "siti": (StaffRole.OFFICER, AGENCY),
            "bnn": (StaffRole.HEAD, BNN),
            "biro": (StaffRole.BIRO, BIRO),
            "loket": (StaffRole.CLERK, AGENCY),
        }
        own = replace(nouns.report(), number=Number("R0000OWN0"))
        other = replace(nouns.report(), number=Number("R000OTHER"), agency=ELSEWHERE)
        secret = replace(nouns.report(restricted=True), number=Number("R00SECRET"), agency=BNN)
        staffed.reports = {"own": own, "other": other, "secret": secret}

        def turn(tx: UnitOfWork) -> None:
            for name, (role, agency) in people.items():
                tx.accounts.add(Staff(StaffId(nouns.token()), name, agency, role), "hash")
            for report in staffed.reports.values():
                tx.reports.add(report, nouns.entry())

        store.run(turn)
        yield staffed


@pytest.mark.parametrize("ask", ASKED)
@pytest.mark.parametrize(
    ("name", "kind"), [("siti", "other"), ("siti", "secret"), ("bnn", "own"), ("biro", "secret"), ("loket", "own")]
)
def test_what_is_not_theirs_costs_what_is_not_there(staffed: StaffedStore, ask: str, name: str, kind: str) -> None:
    theirs = staffed.costs(ask, name, staffed.reports[kind].number)
    assert theirs == staffed.costs(ask, name, NOBODYS)
    assert not theirs[1], "nothing of it is opened"


@pytest.mark.parametrize(("name", "kinds"), [("siti", {"own"}), ("bnn", {"secret"}), ("biro", {"own", "other"})])
def test_what_is_theirs_is_found_by_either_way(staffed: StaffedStore, name: str, kinds: set[str]) -> None:
    role_visibility = {"siti": Visibility(AGENCY), "bnn": Visibility(BNN), "biro": Visibility(BIRO, every=True)}[name]
    for kind, report in staffed.reports.items():
        opened = staffed.store.read(lambda tx, of=report.number: tx.unlocked_reports.by_number(of, role_visibility))  # type: ignore[misc]  # a default binds the loop variable
        read = staffed.store.run(lambda tx, of=report.number: tx.reports.by_number(of, role_visibility))  # type: ignore[misc]  # a default binds the loop variable
        assert (opened is not None, read is not None) == (kind in kinds, kind in kinds), kind


def test_who_held_it_before_sees_it_until_it_is_restricted(staffed: StaffedStore) -> None:
    report = staffed.reports["own"]
    moved = replace(report, agency=ELSEWHERE)
    staffed.store.run(lambda tx: tx.reports.change(moved))
    visibility = Visibility(AGENCY)
    assert staffed.store.run(lambda tx: tx.reports.by_number(report.number, visibility)) is not None
    staffed.store.run(lambda tx: tx.reports.change(replace(moved, restricted=True)))
    assert staffed.store.run(lambda tx: tx.reports.by_number(report.number, visibility)) is None
    assert staffed.store.read(lambda tx: tx.unlocked_reports.by_number(report.number, visibility)) is None
