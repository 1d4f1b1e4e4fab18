"""Accounts: one a name, and what is kept of a password is whatever hash was given."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given

from core.errors import NameTaken, NotFound
from core.model import AgencyId, Missed, Staff, StaffRole
from core.ports import Store, UnitOfWork
from storage import Keys, SqlStore, open_store
from storage.accounts import row_of, staff_of
from tests.fakes import nouns


@given(nouns.STAFF)
def test_an_account_survives_its_row(staff: Staff) -> None:
    assert staff_of(nouns.as_row(row_of(staff))) == staff


def test_an_account_is_found_by_its_name_with_the_hash(store: Store) -> None:
    siti, budi = nouns.staff("siti", StaffRole.HEAD), nouns.staff("Budi")
    store.run(lambda tx: tx.accounts.add(siti, "hash of siti"))
    store.run(lambda tx: tx.accounts.add(budi, "hash of budi"))
    assert store.run(lambda tx: tx.accounts.by_name("siti")) == siti
    assert store.run(lambda tx: tx.accounts.password_hash("Budi")) == "hash of budi"
    assert store.run(lambda tx: (tx.accounts.by_name("SITI"), tx.accounts.password_hash("SITI"))) == (None, None)
    assert list(store.run(lambda tx: tx.accounts.all())) == [budi, siti]


def test_a_name_is_given_once_and_the_turn_can_go_on(store: Store) -> None:
    siti = nouns.staff("siti")
    store.run(lambda tx: tx.accounts.add(siti, "hash"))
    with pytest.raises(NameTaken):
        store.run(lambda tx: tx.accounts.add(nouns.staff("siti"), "other"))
    assert store.run(lambda tx: tx.accounts.password_hash("siti")) == "hash"
    assert list(store.run(lambda tx: tx.accounts.all())) == [siti]


def test_a_turn_sees_at_once_what_it_changes_itself(store: Store) -> None:
    siti = nouns.staff("siti")

    def turn(tx: UnitOfWork) -> list[Staff | None]:
        seen = [tx.accounts.by_name("siti")]
        tx.accounts.add(siti, "hash")
        seen.append(tx.accounts.by_name("siti"))
        tx.accounts.change(replace(siti, name="siti2", active=False))
        return [*seen, tx.accounts.by_name("siti"), tx.accounts.by_name("siti2")]

    assert store.run(turn) == [None, siti, None, replace(siti, name="siti2", active=False)]


def test_an_account_changes_with_or_without_its_password(store: Store) -> None:
    siti, budi = nouns.staff("siti"), nouns.staff("budi")
    store.run(lambda tx: tx.accounts.add(siti, "old"))
    store.run(lambda tx: tx.accounts.add(budi, "his"))
    moved = replace(siti, agency=AgencyId("biro_pem"), role=StaffRole.BIRO, active=False)
    store.run(lambda tx: tx.accounts.change(moved))
    assert store.run(lambda tx: (tx.accounts.by_name("siti"), tx.accounts.password_hash("siti"))) == (moved, "old")
    store.run(lambda tx: tx.accounts.change(siti, "new"))
    assert store.run(lambda tx: (tx.accounts.by_name("siti"), tx.accounts.password_hash("siti"))) == (siti, "new")
    with pytest.raises(NameTaken):
        store.run(lambda tx: tx.accounts.change(replace(siti, name="budi")))
    with pytest.raises(NotFound):
        store.run(lambda tx: tx.accounts.change(nouns.staff("nobody")))
    assert store.run(lambda tx: tx.accounts.password_hash("budi")) == "his"


def test_a_name_is_known_however_its_capitals_are_typed(store: Store) -> None:
    siti = nouns.staff("Siti.Nur")
    store.run(lambda tx: tx.accounts.add(siti, "hash"))
    for typed in ("siti.nur", "SITI.NUR", "Siti.Nur"):
        assert store.run(lambda tx, typed=typed: tx.accounts.by_similar_name(typed)) == siti  # type: ignore[misc]  # a default binds the loop variable
    assert store.run(lambda tx: tx.accounts.by_similar_name("sitixnur")) is None
    assert store.run(lambda tx: tx.accounts.by_similar_name("Siti_Nur%")) is None


def test_what_was_missed_is_counted_of_who_is_there_and_told_once(store: Store) -> None:
    siti, gone = nouns.staff("siti"), replace(nouns.staff("gone"), active=False)
    for each in (siti, gone):
        store.run(lambda tx, each=each: tx.accounts.add(each, "hash"))  # type: ignore[misc]  # a default binds the loop variable
    for name in ("siti", "gone", "nobody"):
        store.run(lambda tx, name=name: tx.accounts.count_miss(name))  # type: ignore[misc]  # a default binds the loop variable
        store.run(lambda tx, name=name: tx.accounts.count_miss(name, page=True))  # type: ignore[misc]  # a default binds the loop variable
    store.run(lambda tx: tx.accounts.count_miss("siti"))
    store.run(lambda tx: tx.accounts.change(siti, "other"))
    assert [store.run(lambda tx: tx.accounts.take_misses(siti.id)) for _ in range(2)] == [Missed(2, 1), Missed()]
    assert store.run(lambda tx: tx.accounts.take_misses(gone.id)) == Missed()
    assert store.run(lambda tx: tx.accounts.take_misses(nouns.staff().id)) == Missed()


def test_turns_that_change_one_account_wait_for_each_other(sql_url: str, keys: Keys) -> None:
    """Else a reset that comes while somebody confirms would be undone by what they have read before."""

    def count(store: SqlStore) -> None:
        def turn(tx: UnitOfWork) -> None:
            staff = tx.accounts.lock_by_name("siti")
            assert staff is not None
            tx.accounts.change(replace(staff, agency=AgencyId(str(int(staff.agency) + 1))))

        store.run(turn)

    with closing(open_store(sql_url, keys)) as one, closing(open_store(sql_url, keys)) as two:
        one.run(lambda tx: tx.accounts.add(replace(nouns.staff("siti"), agency=AgencyId("0")), "hash"))
        with ThreadPoolExecutor(4) as crowd:
            list(crowd.map(count, (one, two) * 20))
        found = two.run(lambda tx: tx.accounts.by_name("siti"))
        assert found is not None
        assert found.agency == "40"
        assert one.run(lambda tx: tx.accounts.lock_by_name("nobody")) is None


def test_of_many_who_take_a_name_at_once_one_has_it(sql_url: str, keys: Keys) -> None:
    def take(store: SqlStore) -> int:
        try:
            store.run(lambda tx: tx.accounts.add(nouns.staff("siti"), "hash"))
        except NameTaken:
            return 0
        return 1

    with closing(open_store(sql_url, keys)) as one, closing(open_store(sql_url, keys)) as two:
        with ThreadPoolExecutor(4) as crowd:
            assert sum(crowd.map(take, (one, two, one, two))) == 1
        assert len(one.run(lambda tx: tx.accounts.all())) == 1
