"""Filters with a name: each account has its own."""

from core.model import SavedView
from core.ports import Store
from storage.saved_views import row_of, view_of
from tests.fakes import nouns


def test_a_view_is_kept_replaced_and_dropped_for_one_account(store: Store) -> None:
    siti, budi = nouns.staff("siti"), nouns.staff("budi")
    views = [SavedView(siti.id, "B", "status=ews"), SavedView(siti.id, "A", ""), SavedView(budi.id, "A", "hal=1")]
    for staff in (siti, budi):
        store.run(lambda tx, staff=staff: tx.accounts.add(staff, "hash"))  # type: ignore[misc]  # a default binds the loop variable
    for view in views:
        store.run(lambda tx, view=view: tx.views.put(view))  # type: ignore[misc]  # likewise
        assert view_of(nouns.as_row(row_of(view))) == view
    assert list(store.read(lambda tx: tx.views.of(siti.id))) == [views[1], views[0]]
    store.run(lambda tx: tx.views.put(SavedView(siti.id, "A", "daftar=late")))
    store.run(lambda tx: tx.views.drop(siti.id, "B"))
    assert [view.filter for view in store.read(lambda tx: tx.views.of(siti.id))] == ["daftar=late"]
    assert list(store.read(lambda tx: tx.views.of(budi.id))) == [views[2]]
