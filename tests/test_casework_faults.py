"""A fault between two statements of a turn leaves nothing of it, and the same turn again is all of it, once."""

import shutil
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from core.model import Act
from storage import Keys
from tests.fakes.agreement import disagreements
from tests.fakes.city import City, Deed
from tests.fakes.fused_store import Burnt, FusedStore
from tests.fakes.rows import Dump, added, dump, looking_at, tables_of
from tests.fakes.scenes import SCENES

ON_BOTH = (
    *("sudin result", "biro validate", "biro link", "a main report moves", "not solved", "answered by code"),
    *("a month at once", "followed", "withdrawn", "a question arrives"),
)


def _entries(url: str) -> Counter[str]:
    """Of all histories, by act."""
    with looking_at(url) as connection:
        return Counter(connection.execute(text("SELECT act FROM history")).scalars())


def _before_each_statement(store: FusedStore, url: str, deed: Deed) -> int:
    """Does it again and again, with a fault each time one statement later, until it is done; how many faults."""
    with looking_at(url) as connection:
        before = dump(connection)
        for at in range(1, 1000):
            store.fuse.set(at)
            try:
                store.run(deed)
            except Burnt:
                assert dump(connection) == before, f"a fault before statement {at} left something"
            else:
                store.fuse.set(None)
                return at - 1
    raise AssertionError("it never ends")


def _once(url: str, keys: Keys, deed: Deed) -> Dump:
    """What comes of it where nothing goes wrong."""
    with closing(FusedStore(url, keys)) as store, looking_at(url) as connection:
        store.run(deed)
        return dump(connection, sealed=False)


@pytest.mark.parametrize("scene", SCENES)
def test_a_fault_before_any_statement_leaves_nothing_and_the_next_try_does_all_of_it_once(
    sqlite_url: str, keys: Keys, scene: str, tmp_path: Path
) -> None:
    with closing(FusedStore(sqlite_url, keys)) as store:
        deed = SCENES[scene](City(store))
        before = tables_of(sqlite_url)
    twin = tmp_path / "twin.db"
    shutil.copy(str(make_url(sqlite_url).database), twin)
    with closing(FusedStore(sqlite_url, keys)) as store, looking_at(sqlite_url) as connection:
        assert _before_each_statement(store, sqlite_url, deed) > 2
        assert dump(connection) != before
        assert dump(connection, sealed=False) == _once(f"sqlite:///{twin}", keys, deed)
        assert disagreements(store, sqlite_url) == []


@pytest.mark.parametrize("scene", ON_BOTH)
@pytest.mark.postgres
def test_on_postgresql_it_is_the_same(migrated_postgres: str, sqlite_url: str, keys: Keys, scene: str) -> None:
    with closing(FusedStore(sqlite_url, keys)) as store:
        deed = SCENES[scene](City(store))
        before = tables_of(sqlite_url)
        store.run(deed)
        there = added(before, tables_of(sqlite_url))
    with closing(FusedStore(migrated_postgres, keys)) as store:
        deed = SCENES[scene](City(store))
        before = tables_of(migrated_postgres)
        assert _before_each_statement(store, migrated_postgres, deed) > 2
        assert added(before, tables_of(migrated_postgres)) == there
        assert disagreements(store, migrated_postgres) == []


def test_nothing_that_can_happen_to_a_report_is_left_out(migrated_sqlite: Path, keys: Keys, tmp_path: Path) -> None:
    seen: set[Act] = set()
    for at, scene in enumerate(SCENES.values()):
        path = tmp_path / f"{at}.db"
        shutil.copy(migrated_sqlite, path)
        url = f"sqlite:///{path}"
        with closing(FusedStore(url, keys)) as store:
            deed = scene(City(store))
            before = _entries(url)
            store.run(deed)
            seen.update(Act(act) for act in _entries(url) - before)
    assert seen == set(Act)
