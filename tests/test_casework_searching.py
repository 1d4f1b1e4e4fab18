"""Search by words: only what somebody may read is found, and nothing else has a part in what they get."""

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from core import casework
from core.casework import Candidates, Turn, Wanted, Which
from core.casework.queue import PAGE
from core.casework.searching import CHUNKS, MOST, OWN_CHUNKS, theirs
from core.model import AgencyId, CategoryId, Number, Place, Report, Staff, StaffId, StaffRole, Status
from core.ports import Context, ReportQuery, Store, Visibility
from core.search_terms import terms_of
from tests.fakes import nouns
from tests.fakes.nouns import AGENCY, NOW
from tests.fakes.time_and_random import FakeRandomSource

CONTEXT = Context(FakeRandomSource(), ZoneInfo("Asia/Jakarta"), "id", {})
BNN, BIRO, OTHER = AgencyId("bnnp_dki"), AgencyId("biro_pemerintahan"), AgencyId("kel:31.71.01.1001")
ROLES = {"siti": (AGENCY, StaffRole.OFFICER), "budi": (OTHER, StaffRole.HEAD), "bnn": (BNN, StaffRole.OFFICER)}
ALL = Wanted(Which.ALL)
PEOPLE = ROLES | {"biro": (BIRO, StaffRole.BIRO), "admin": (AGENCY, StaffRole.ADMIN)}


@pytest.fixture
def staffed(store: Store) -> Store:
    for name, (office, role) in PEOPLE.items():
        staff = Staff(StaffId(name), name, office, role)
        store.run(lambda tx, staff=staff: tx.accounts.add(staff, "hash"))  # type: ignore[misc]  # a default binds the loop variable
    return store


def files(store: Store, *reports: Report) -> list[Number]:
    for report in reports:
        store.run(lambda tx, report=report: tx.reports.add(report, nouns.entry()))  # type: ignore[misc]  # likewise
    return [report.number for report in reports]


def finds(
    store: Store,
    name: str,
    typed: str,
    candidates: Sequence[Number],
    wanted: Wanted = ALL,
) -> casework.SearchPage:
    proposed, words = Candidates(candidates), terms_of(typed)
    return store.read(lambda tx: casework.search(Turn(tx, NOW, CONTEXT), name, wanted, words, proposed))


def numbers(found: casework.SearchPage) -> list[Number]:
    return [row.report.number for row in found.rows]


def test_nobody_finds_what_they_may_not_read_nor_learns_how_much_there_is(staffed: Store) -> None:
    own = nouns.report("Kenari di gang")
    elsewhere = [replace(nouns.report("Kenari lain"), agency=OTHER) for _ in range(3)]
    secret = replace(nouns.report("Kenari rahasia", restricted=True), agency=BNN)
    named = files(staffed, own, *elsewhere, secret)
    assert numbers(finds(staffed, "siti", "kenari", named)) == [own.number]
    assert numbers(finds(staffed, "budi", "kenari", named)) == [each.number for each in elsewhere]
    assert numbers(finds(staffed, "bnn", "kenari", named)) == [secret.number]
    assert numbers(finds(staffed, "biro", "kenari", named)) == named[:-1]
    assert numbers(finds(staffed, "admin", "kenari", named)) == []
    assert finds(staffed, "siti", "kenari rahasia", named) == finds(staffed, "siti", "kenari tiada", [])
    assert finds(staffed, "siti", "kenari", named) == finds(staffed, "siti", "kenari", [own.number])


class AskedQueues:
    """What the database is asked for; nothing of it may be seen."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def numbers(self, _visibility: Visibility, query: ReportQuery) -> Sequence[Number]:
        assert query.numbers is not None
        self.asked.append(len(set(query.numbers)))
        return ()


@pytest.mark.parametrize("every", [False, True])
def test_however_many_say_it_that_somebody_may_not_read_as_much_is_looked_up(*, every: bool) -> None:
    def looked_up(candidates: int) -> list[int]:
        queues, named = AskedQueues(), [Number(f"R{at:08}") for at in range(candidates)]
        assert theirs(queues, Visibility(AGENCY, every=every), ReportQuery(), named, PAGE) == []  # type: ignore[arg-type]  # stands in for Queues
        return queues.asked

    chunks = list(CHUNKS if every else OWN_CHUNKS)
    assert [looked_up(many) for many in (0, 1, CHUNKS[0], CHUNKS[0] + 1, MOST)] == [chunks] * 5


def test_by_number_too(staffed: Store) -> None:
    own = replace(nouns.report(), number=Number("R00000AA1"))
    other = replace(nouns.report(), number=Number("R00000AA2"), agency=OTHER)
    files(staffed, own, other)
    assert numbers(finds(staffed, "siti", "r00000aa1", [])) == ["R00000AA1"]
    assert finds(staffed, "siti", "R00000AA2", []) == finds(staffed, "siti", "R00000ZZZ", [])


def test_a_hit_is_opened_again_before_it_is_shown(staffed: Store) -> None:
    erased, other, says = nouns.report(""), nouns.report("Jalan rusak"), nouns.report("Lampu", place=Place(name="Gang"))
    named = files(staffed, erased, other, says)
    assert numbers(finds(staffed, "siti", "lampu gan", named)) == [says.number]


def test_a_search_is_narrowed_as_the_list_is_and_by_what_is_sealed_too(staffed: Store) -> None:
    waiting, working = nouns.report("Lampu"), replace(nouns.report("Lampu"), status=Status.PROSES)
    secret = replace(nouns.report("Lampu", restricted=True), category=CategoryId("narkoba"))
    named = files(staffed, waiting, working, secret)
    assert numbers(finds(staffed, "siti", "lampu", named, Wanted(Which.ALL, Status.PROSES))) == [working.number]
    kind = Wanted(Which.ALL, category=CategoryId("narkoba"))
    assert numbers(finds(staffed, "siti", "lampu", named, kind)) == [secret.number]
    assert numbers(finds(staffed, "siti", "lampu", named, Wanted(Which.ENDED))) == []


def test_pages_follow_each_other_in_the_order_of_the_candidates(staffed: Store) -> None:
    own = [replace(nouns.report("Lampu"), number=Number(f"R{n:08}")) for n in range(PAGE + 1)]
    between = [replace(nouns.report("Lampu"), number=Number(f"R1{n:07}"), agency=OTHER) for n in range(60)]
    files(staffed, *own, *between)
    named = [each.number for each in (*between, *own)]
    first = finds(staffed, "siti", "lampu", named)
    second = finds(staffed, "siti", "lampu", named, Wanted(Which.ALL, page=2))
    assert numbers(first) + numbers(second) == [each.number for each in own]
    assert (first.more, second.more) == (True, False)


def test_what_the_first_candidates_do_not_fill_the_rest_does(staffed: Store) -> None:
    own = [replace(nouns.report("Lampu"), number=Number(f"R{n:08}")) for n in range(PAGE + 1)]
    files(staffed, *own)
    elsewhere = [Number(f"R9{n:07}") for n in range(OWN_CHUNKS[0] - 1)]
    named = [own[0].number, *elsewhere, *(each.number for each in own[1:])]
    assert numbers(finds(staffed, "siti", "lampu", named)) == [each.number for each in own[:PAGE]]
    assert numbers(finds(staffed, "siti", "lampu", named, Wanted(Which.ALL, page=2))) == [own[PAGE].number]


def test_no_more_candidates_are_looked_at_than_the_bound(staffed: Store) -> None:
    [own] = files(staffed, nouns.report("Lampu"))
    others = [Number(f"R{n:08}") for n in range(MOST)]
    for name, most in (("siti", MOST), ("biro", sum(CHUNKS))):
        assert numbers(finds(staffed, name, "lampu", [*others[: most - 1], own])) == [own]
        assert numbers(finds(staffed, name, "lampu", [*others[:most], own])) == []
