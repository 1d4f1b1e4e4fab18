"""Ready words as rows: those of every office first, each dropped by its id."""

from dataclasses import replace

from core.model import AgencyId, Canned, CannedId
from core.ports import Store, UnitOfWork
from storage.canned import canned_of, row_of
from tests.fakes import nouns

OURS = Canned(CannedId("b"), AgencyId("dinas_sda"), "Pompa", "Pompa sedang dipasang.")
EVERYBODYS = Canned(CannedId("a"), None, "Terima kasih", "Terima kasih atas laporannya.")


def test_words_survive_their_row() -> None:
    for each in (OURS, EVERYBODYS):
        assert canned_of(nouns.as_row(row_of(each))) == each


def test_those_of_every_office_come_first_then_by_title(store: Store) -> None:
    earlier = replace(OURS, id=CannedId("c"), title="Banjir")

    def turn(tx: UnitOfWork) -> None:
        for each in (OURS, earlier, EVERYBODYS):
            tx.canned.add(each)

    store.run(turn)
    assert list(store.run(lambda tx: tx.canned.all())) == [EVERYBODYS, earlier, OURS]


def test_what_is_dropped_is_told_and_gone(store: Store) -> None:
    store.run(lambda tx: tx.canned.add(OURS))
    assert store.run(lambda tx: tx.canned.drop(CannedId("x"))) is None
    assert store.run(lambda tx: tx.canned.drop(OURS.id)) == OURS
    assert store.run(lambda tx: tx.canned.drop(OURS.id)) is None
    assert list(store.run(lambda tx: tx.canned.all())) == []
