"""Reports that are chosen together, or taken away: of what somebody may read, and no more than the bound."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from core import casework
from core.casework import Actor, Candidates, Turn, Wanted, Which, bulk
from core.model import AgencyId, Number, Report, Staff, StaffId, StaffRole
from core.ports import Context, Store
from core.search_terms import SearchTerms, terms_of
from storage import SqlStore
from tests.fakes import nouns
from tests.fakes.nouns import AGENCY, NOW
from tests.fakes.time_and_random import FakeRandomSource

CONTEXT = Context(FakeRandomSource(), ZoneInfo("Asia/Jakarta"), "id", {})
OTHER = AgencyId("kel:31.71.01.1001")
ALL = Wanted(Which.ALL)


@pytest.fixture
def staffed(store: Store) -> Store:
    for name, role in (("siti", StaffRole.OFFICER), ("admin", StaffRole.ADMIN)):
        store.run(lambda tx, name=name, role=role: tx.accounts.add(Staff(StaffId(name), name, AGENCY, role), "hash"))  # type: ignore[misc]  # defaults bind the loop variables
    return store


def files(store: Store, *reports: Report) -> list[Number]:
    for report in reports:
        store.run(lambda tx, report=report: tx.reports.add(report, nouns.entry()))  # type: ignore[misc]  # likewise
    return [report.number for report in reports]


def takes(store: Store, name: str, words: SearchTerms, found: list[Number]) -> list[Number]:
    reports = store.read(lambda tx: casework.taken(Turn(tx, NOW, CONTEXT), name, ALL, words, Candidates(found), most=2))
    return [each.number for each in reports]


def test_only_what_one_may_read_is_chosen_and_no_more_than_fifty(staffed: Store) -> None:
    own, other = nouns.report(), replace(nouns.report(), agency=OTHER)
    numbers = files(staffed, own, other)

    def chosen(name: str, asked_for: list[Number]) -> list[Number]:
        return [
            each.number for each in staffed.read(lambda tx: casework.chosen(Turn(tx, NOW, CONTEXT), name, asked_for))
        ]

    assert chosen("siti", [*numbers, Number("R0")]) == [own.number]
    assert chosen("admin", numbers) == chosen("siti", []) == []
    assert chosen("siti", [Number(f"R{n}") for n in range(bulk.CHOSEN)] + numbers) == []


def test_a_list_or_a_search_is_taken_up_to_the_bound(staffed: Store) -> None:
    own = [nouns.report(f"Lampu {n}") for n in range(3)]
    numbers = files(staffed, *own, replace(nouns.report("Lampu"), agency=OTHER))
    assert len(takes(staffed, "siti", SearchTerms(), [])) == 2
    assert sorted(takes(staffed, "siti", terms_of("lampu "), numbers[::-1])) == sorted(numbers[1:3])
    assert takes(staffed, "siti", SearchTerms(number=numbers[0]), []) == [numbers[0]]
    assert takes(staffed, "siti", terms_of("kenari"), []) == takes(staffed, "admin", SearchTerms(), []) == []


def test_what_is_taken_stands_in_the_trail(sql_store: SqlStore) -> None:
    plain, secret = nouns.report(), nouns.report(restricted=True)
    sql_store.run(lambda tx: casework.take(Turn(tx, NOW, CONTEXT), Actor("siti", "desk"), [plain, secret]))
    noted = [(each.who, each.act, each.number, each.via) for each in sql_store.audit.entries(9)]
    assert noted == [("siti", "export", secret.number, "desk"), ("siti", "export", None, "desk")]
