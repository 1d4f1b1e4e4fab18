"""Identities as rows: the same contract on each store."""

import pytest

from core.errors import NameTaken
from core.model import StaffIdentity
from core.ports import Store
from storage.identities import identity_of, row_of
from tests.fakes import nouns

BY = "https://login.city.test"


def test_an_account_has_one_and_nobody_two(store: Store) -> None:
    siti, budi = nouns.staff("siti"), nouns.staff("budi")
    for each in (siti, budi):
        store.run(lambda tx, each=each: tx.accounts.add(each, "hash"))  # type: ignore[misc]  # a default binds the loop variable
    first = StaffIdentity(BY, "one", siti.id)
    assert identity_of(nouns.as_row(row_of(first))) == first
    store.run(lambda tx: tx.identities.put(first))
    assert store.read(lambda tx: tx.identities.of(BY, "one")) == first
    assert store.read(lambda tx: tx.identities.of("https://other.test", "one")) is None
    with pytest.raises(NameTaken):
        store.run(lambda tx: tx.identities.put(StaffIdentity(BY, "one", budi.id)))
    second = StaffIdentity(BY, "two", siti.id, by_claim=True)
    store.run(lambda tx: tx.identities.put(second))
    assert store.read(lambda tx: tx.identities.of(BY, "one")) is None
    assert store.read(lambda tx: tx.identities.of_staff(siti.id)) == second
    store.run(lambda tx: tx.identities.drop(siti.id))
    assert store.read(lambda tx: tx.identities.of_staff(siti.id)) is None
