"""What was tried in vain in somebody's name: few rows of the trail, no address, nothing of names that nobody has."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from core import casework
from core.casework import LoginAttempt, Miss, Turn, login
from core.errors import Refused
from core.model import AuditEntry, Missed, StaffRole
from storage import Keys
from tests.fakes import nouns
from tests.fakes.counted_store import CountedStore
from tests.fakes.nouns import NOW
from tests.fakes.town import Town
from tests.fakes.town_hall import KELURAHAN, TownHall

CONTEXT = Town().context


@pytest.fixture
def hall() -> TownHall:
    hall = TownHall()
    hall.hire("siti", KELURAHAN)
    hall.state.audit.clear()
    return hall


def misses(hall: TownHall, times: int, what: Miss = Miss.LOGIN, name: str = "siti") -> list[str]:
    for _ in range(times):
        hall.run(lambda turn: casework.missed(turn, name, what))
    return [each.act for each in hall.state.audit.values()]


def test_a_flood_of_tries_leaves_few_rows(hall: TownHall) -> None:
    assert misses(hall, 1000) == [f"login-failed {2**n}" for n in range(10)]
    hall.clock.passes(minutes=60)
    assert len(misses(hall, 3)) == 12
    assert {(each.who, each.via) for each in hall.state.audit.values()} == {("siti", "desk")}


def test_pages_are_counted_beside_logins(hall: TownHall) -> None:
    misses(hall, 3)
    assert misses(hall, 2, Miss.PAGE)[-1] == "page-refused 2"
    (siti,) = hall.state.staff.values()
    assert hall.run(lambda turn: turn.tx.accounts.take_misses(siti.id)) == Missed(3, 2)
    assert hall.run(lambda turn: turn.tx.accounts.take_misses(siti.id)) == Missed()


@pytest.mark.parametrize("name", ["nobody", "gone", "", "\x00", "x" * 64])
def test_a_name_that_nobody_has_leaves_nothing(hall: TownHall, name: str) -> None:
    hall.hire("gone", KELURAHAN)
    hall.run(lambda turn: casework.disable(turn, "gone"))
    hall.state.audit.clear()
    assert misses(hall, 9, name=name) == []
    assert hall.state.missed == {}


def test_the_owner_is_told_at_the_next_login_and_not_again(hall: TownHall) -> None:
    misses(hall, 3)
    misses(hall, 1, Miss.PAGE)
    who = LoginAttempt("siti", "198.51.100.7")
    found = []
    for _ in range(2):
        kept = hall.run(lambda turn: login.attempt(turn, who))
        token, _ = hall.run(lambda turn, kept=kept: login.enter(turn, who, kept))  # type: ignore[misc]  # a default binds the loop variable
        visitor = hall.run(lambda turn, token=token: login.visit(turn, token, forced=False))  # type: ignore[misc]  # a default binds the loop variable
        assert visitor is not None
        found.append(visitor.session.missed)
    assert found == [Missed(3, 1), Missed()]


def test_a_failed_login_costs_the_same_whether_anybody_has_the_name(sql_url: str, keys: Keys) -> None:
    """Statements and rows of the trail: what a clock could measure of a try, whatever stands behind the name."""
    with closing(CountedStore(sql_url, keys)) as store:
        siti, gone = nouns.staff("siti"), replace(nouns.staff("gone"), active=False)
        waits = nouns.staff("waits", StaffRole.ADMIN)
        for each in (siti, gone, waits):
            store.run(lambda tx, each=each: tx.accounts.add(each, "hash"))  # type: ignore[misc]  # a default binds the loop variable

        def tried(name: str, at: int) -> list[str]:
            store.asked.clear()
            who, now = LoginAttempt(name, "198.51.100.7"), NOW + at * timedelta(hours=2)
            store.run(lambda tx: login.attempt(Turn(tx, now, CONTEXT), who))
            with pytest.raises(Refused, match="desk_login_wrong"):
                store.run(lambda tx: login.enter(Turn(tx, now, CONTEXT), who, None if name != "siti" else "other"))
            store.run(lambda tx: casework.missed(Turn(tx, now, CONTEXT), name, Miss.LOGIN))
            return [each.split()[0] for each in store.asked]

        told = [tried(name, at) for at, name in enumerate(("siti", "gone", "waits", "nobody"))]
        assert {tuple(each) for each in told} == {tuple(told[0])}
        entries = store.audit.entries(9)
        assert [(each.who, each.act) for each in entries] == [("waits", "login-failed 1"), ("siti", "login-failed 1")]
        assert store.audit.verify().bad is None


def test_a_rehearsed_row_is_in_no_trail(sql_url: str, keys: Keys) -> None:
    with closing(CountedStore(sql_url, keys)) as store:
        entry = AuditEntry(NOW, "nobody", "login-failed 1")
        store.run(lambda tx: tx.audit.add(replace(entry, who="siti")))
        store.run(lambda tx: tx.audit.add_nothing(entry))
        store.run(lambda tx: tx.audit.add(replace(entry, who="budi")))
        assert [each.who for each in store.audit.entries(9)] == ["budi", "siti"]
        assert (store.audit.verify().rows, store.audit.verify().bad) == (2, None)
