"""Who asks for a page: the account with what is its own, on every store, and nobody else's."""

from dataclasses import replace

from core.model import AgencyId, Canned, CannedId, Mention, Number, SavedView
from core.ports import Store, UnitOfWork
from tests.fakes import nouns
from tests.fakes.nouns import AGENCY, NOW

SITI, BUDI = nouns.staff("siti"), nouns.staff("budi")
GONE = replace(SITI, active=False)
HELLO = Canned(CannedId("a"), None, "Halo", "Halo.")
OURS = Canned(CannedId("c"), AGENCY, "Besok", "Besok dikerjakan.")
LATER = Canned(CannedId("b"), AGENCY, "Lusa", "Lusa dikerjakan.")
THEIRS = Canned(CannedId("d"), AgencyId("dinas_lh"), "Sampah", "Diangkut.")


def furnish(tx: UnitOfWork) -> None:
    for staff in (SITI, BUDI):
        tx.accounts.add(staff, "hash")


def test_who_opens_a_report_comes_with_ready_words_and_whether_they_were_named_there(store: Store) -> None:
    store.run(furnish)
    found = store.read(lambda tx: tx.page_viewers.of_report("siti", Number("R1")))
    assert found is not None
    assert (found.staff, found.ready, found.mentioned) == (SITI, (), False)

    def more(tx: UnitOfWork) -> None:
        for canned in (THEIRS, LATER, OURS, HELLO):
            tx.canned.add(canned)
        tx.mentions.put(Mention(SITI.id, Number("R1"), NOW))

    store.run(more)
    found = store.read(lambda tx: tx.page_viewers.of_report("siti", Number("R1")))
    assert found is not None
    assert (found.staff, found.ready, found.mentioned) == (SITI, (HELLO, OURS, LATER), True)
    for name, number in (("siti", "R2"), ("budi", "R1")):
        other = store.read(lambda tx, name=name, number=number: tx.page_viewers.of_report(name, Number(number)))  # type: ignore[misc]  # a default binds the loop variable
        assert other is not None
        assert not other.mentioned
    assert store.read(lambda tx: tx.page_viewers.of_report("nobody", Number("R1"))) is None


def test_who_looks_at_a_list_comes_with_their_own_filters_by_name(store: Store) -> None:
    store.run(furnish)
    assert store.read(lambda tx: tx.page_viewers.of_list("siti")) == (SITI, [])
    kept = [SavedView(SITI.id, "b", ""), SavedView(SITI.id, "a", "status=ews"), SavedView(BUDI.id, "c", "")]

    def more(tx: UnitOfWork) -> None:
        for view in kept:
            tx.views.put(view)

    store.run(more)
    assert store.read(lambda tx: tx.page_viewers.of_list("siti")) == (SITI, [kept[1], kept[0]])
    assert store.read(lambda tx: tx.page_viewers.of_list("budi")) == (BUDI, [kept[2]])
    assert store.read(lambda tx: tx.page_viewers.of_list("nobody")) is None


def test_whoever_was_read_is_known_until_somebody_changes_them(store: Store) -> None:
    store.run(furnish)

    def turn(tx: UnitOfWork) -> None:
        tx.page_viewers.of_list("siti")
        assert tx.accounts.by_name("siti") == SITI
        tx.accounts.change(GONE)
        assert tx.accounts.by_name("siti") == GONE

    store.run(turn)
