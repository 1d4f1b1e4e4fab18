"""The audit trail: it shows whatever is done to it, and many who add to it at once make one chain."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import TypeVar

import pytest
from hypothesis import given
from sqlalchemy import create_engine, text

from core.model import AuditEntry, Number, Traced, TrailQuery, Verified
from core.ports import Store, UnitOfWork
from storage import Keys, SealBroken, SqlStore, new_key_line, open_store, parse_keys
from storage.audit import Measure, Trail, entry_of, row_of
from storage.engine import Database
from storage.keyring import EMPTY_CHAIN, Keyring, load
from storage.statements import Statements
from storage.vault import DataKey, Vault
from storage.writer import SqliteWriter
from tests.fakes import nouns
from tests.fakes.memory_store import MemoryStore
from tests.fakes.nouns import NOW

T = TypeVar("T")
RING = Keyring(
    Vault(parse_keys(new_key_line("test"))), DataKey(bytes(32)), {"audit": bytes(range(32)), "chain": b"chain"}
)


def _entry(act: str) -> AuditEntry:
    return AuditEntry(NOW, "siti", act, Number("R1"))


def _added(store: Store, *acts: str) -> None:
    def turn(tx: UnitOfWork) -> None:
        for act in acts:
            tx.audit.add(_entry(act))

    store.run(turn)


def _attack(url: str, *commands: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        for command in commands:
            connection.execute(text(command))
    engine.dispose()


@given(nouns.AUDIT)
def test_an_entry_survives_its_row(entry: AuditEntry) -> None:
    assert entry_of(nouns.as_row(row_of(3, EMPTY_CHAIN, entry, RING)), RING) == entry


@given(nouns.AUDIT)
def test_a_row_says_when_and_nothing_else(entry: AuditEntry) -> None:
    row = row_of(3, EMPTY_CHAIN, entry, RING)
    assert {name: value for name, value in row.items() if not isinstance(value, bytes)} == {"seq": 3, "at": entry.at}


def test_what_turns_add_is_one_chain_that_holds_and_is_read_newest_first(sql_store: SqlStore) -> None:
    assert sql_store.audit.verify() == Verified(0, None)
    _added(sql_store, "start", "note")
    _added(sql_store, "result")
    assert sql_store.audit.verify() == Verified(3, None)
    assert [entry.act for entry in sql_store.audit.entries(2)] == ["result", "note"]
    assert sql_store.audit.entries(9)[2] == _entry("start")


def test_what_was_written_since_then_is_read_newest_first_and_what_was_changed_is_passed_over(
    sql_url: str, sql_store: SqlStore
) -> None:
    _added(sql_store, "start", "ask", "plan")
    later = AuditEntry(NOW + timedelta(days=1), "siti", "ask", Number("R2"))
    sql_store.run(lambda tx: tx.audit.add(later))
    _attack(sql_url, "UPDATE audit SET sealed = (SELECT sealed FROM audit WHERE seq = 1) WHERE seq = 2")
    assert [each.act for each in sql_store.read(lambda tx: tx.audit.since(NOW))] == ["ask", "plan", "start"]
    assert sql_store.read(lambda tx: tx.audit.since(NOW + timedelta(hours=1))) == [later]


def test_seconds_are_not_kept(sql_store: SqlStore) -> None:
    late = AuditEntry(NOW + timedelta(seconds=59), "siti", "start")
    sql_store.run(lambda tx: tx.audit.add(late))
    assert [entry.at for entry in sql_store.audit.entries(9)] == [NOW]


def test_nothing_is_left_of_a_turn_that_raised(sql_store: SqlStore) -> None:
    def turn(tx: UnitOfWork) -> None:
        tx.audit.add(_entry("start"))
        raise LookupError

    with pytest.raises(LookupError):
        sql_store.run(turn)
    _added(sql_store, "note")
    assert sql_store.audit.verify() == Verified(1, None)
    assert [entry.act for entry in sql_store.audit.entries(9)] == ["note"]


def test_the_memory_of_tests_keeps_a_trail_too() -> None:
    store = MemoryStore()
    _added(store, "start", "note")
    assert store.state.audit == {1: _entry("start"), 2: _entry("note")}


@pytest.mark.parametrize(
    ("attack", "found"),
    [
        (["UPDATE audit SET at = '2020-01-01 00:00:00+00' WHERE seq = 2"], 2),
        (["UPDATE audit SET sealed = (SELECT sealed FROM audit WHERE seq = 3) WHERE seq = 2"], 2),
        (["UPDATE audit SET hash = (SELECT hash FROM audit WHERE seq = 3) WHERE seq = 2"], 2),
        (["DELETE FROM audit WHERE seq = 1"], 1),
        (["DELETE FROM audit WHERE seq = 4"], 4),
        (["DELETE FROM audit WHERE seq = 4", "UPDATE audit SET seq = seq - 1 WHERE seq = 5"], 4),
        (["DELETE FROM audit WHERE seq = 5"], 5),
        (["DELETE FROM audit"], 1),
        (
            [
                "UPDATE audit SET seq = 99 WHERE seq = 2",
                "UPDATE audit SET seq = 2 WHERE seq = 3",
                "UPDATE audit SET seq = 3 WHERE seq = 99",
            ],
            2,
        ),
        (["INSERT INTO audit (seq, at, sealed, hash) SELECT 6, at, sealed, hash FROM audit WHERE seq = 5"], 6),
        (["INSERT INTO audit (seq, at, sealed, hash) SELECT 0, at, sealed, hash FROM audit WHERE seq = 1"], 1),
        (["DELETE FROM chain_head"], 6),
        (["UPDATE chain_head SET mac = hash"], 6),
        (
            [
                "DELETE FROM audit WHERE seq = 5",
                "UPDATE chain_head SET seq = 4, hash = (SELECT hash FROM audit WHERE seq = 4)",
            ],
            5,
        ),
        (["DELETE FROM audit", "DELETE FROM chain_head"], 1),
    ],
)
def test_whatever_is_done_to_it_is_found_and_named(
    sql_url: str, sql_store: SqlStore, attack: list[str], found: int
) -> None:
    _added(sql_store, "start", "plan", "note", "result", "validate")
    _attack(sql_url, *attack)
    assert sql_store.audit.verify() == Verified(found - 1, found)


@pytest.mark.parametrize(
    "junk",
    [
        "UPDATE audit SET at = 'yesterday' WHERE seq = 2",
        "UPDATE audit SET at = 7 WHERE seq = 2",
        "UPDATE audit SET sealed = 'words' WHERE seq = 2",
        "UPDATE audit SET hash = 'words' WHERE seq = 2",
        "UPDATE audit SET hash = 7 WHERE seq = 2",
    ],
)
def test_what_cannot_even_be_read_is_named_like_any_other_change(sqlite_url: str, keys: Keys, junk: str) -> None:
    with closing(open_store(sqlite_url, keys)) as store:
        _added(store, "start", "plan", "note")
        _attack(sqlite_url, junk)
        assert store.audit.verify() == Verified(1, 2)


def test_what_is_added_later_does_not_heal_a_head_that_somebody_else_wrote(sql_url: str, sql_store: SqlStore) -> None:
    _added(sql_store, "start", "plan", "note")
    _attack(
        sql_url,
        "DELETE FROM audit WHERE seq = 3",
        "UPDATE chain_head SET seq = 2, hash = (SELECT hash FROM audit WHERE seq = 2)",
    )
    _added(sql_store, "result")
    _added(sql_store, "validate")
    assert sql_store.audit.verify().bad is not None


def test_an_entry_that_was_changed_is_not_shown_as_if_it_were_true(sql_url: str, sql_store: SqlStore) -> None:
    _added(sql_store, "start", "plan")
    _attack(sql_url, "UPDATE audit SET sealed = (SELECT sealed FROM audit WHERE seq = 1) WHERE seq = 2")
    with pytest.raises(SealBroken):
        sql_store.audit.entries(9)


def test_a_trail_without_its_head_takes_no_more_and_a_new_start_makes_no_other(sql_url: str, keys: Keys) -> None:
    with closing(open_store(sql_url, keys)) as store:
        _added(store, "start")
        _attack(sql_url, "DELETE FROM chain_head")
        with pytest.raises(LookupError):
            _added(store, "note")
    with closing(open_store(sql_url, keys)) as store:
        assert store.audit.verify() == Verified(1, 2)


def test_many_who_add_at_once_make_one_chain(sql_url: str, keys: Keys) -> None:
    with closing(open_store(sql_url, keys)) as one, closing(open_store(sql_url, keys)) as two:

        def adds(store: SqlStore) -> None:
            for number in range(20):
                _added(store, f"act {number}", "second of the same turn")

        with ThreadPoolExecutor(6) as crowd:
            list(crowd.map(adds, (one, two) * 3))
        assert one.audit.verify() == two.audit.verify() == Verified(240, None)
        assert len(one.audit.entries(999)) == 240


def test_a_trail_that_grows_meanwhile_still_holds(sql_store: SqlStore) -> None:
    ended = threading.Event()
    checked: list[Verified] = []

    def check() -> None:
        while not ended.is_set():
            checked.append(sql_store.audit.verify())

    watcher = threading.Thread(target=check)
    watcher.start()
    for number in range(60):
        _added(sql_store, f"act {number}")
    ended.set()
    watcher.join()
    assert checked
    assert [each for each in checked if each.bad is not None] == []


def test_a_long_trail_is_read_in_batches(sql_store: SqlStore) -> None:
    _added(sql_store, *("note" for _ in range(2100)))
    assert sql_store.audit.verify() == Verified(2100, None)


def test_the_trail_survives_a_new_key(sql_url: str) -> None:
    old, new = new_key_line("old"), new_key_line("new")
    _in(sql_url, old, lambda store: _added(store, "start"))
    _in(sql_url, f"{new},{old}", lambda store: store.rotation.run())
    _in(sql_url, new, lambda store: _added(store, "note"))
    seen: list[Verified] = []
    _in(sql_url, new, lambda store: seen.append(store.audit.verify()))
    assert seen == [Verified(2, None)]


def _in(url: str, keys: str, what: Callable[[SqlStore], object]) -> None:
    with closing(open_store(url, parse_keys(keys))) as store:
        what(store)


class Watched:
    """A database that does something else after each read."""

    def __init__(self, inner: Database) -> None:
        self._inner = inner
        self.reads = 0
        self.between: Callable[[], None] = lambda: None

    def read(self, work: Callable[[Statements], T]) -> T:
        found = self._inner.read(work)
        self.reads += 1
        self.between()
        return found

    def run(self, work: Callable[[Statements], T], ordering_key: bytes = b"") -> T:
        return self._inner.run(work, ordering_key)

    def submit(self, work: Callable[[Statements], T], ordering_key: bytes, threads: Executor) -> Future[T]:
        return self._inner.submit(work, ordering_key, threads)

    def sweep(self) -> None:
        self._inner.sweep()

    def close(self) -> None:
        self._inner.close()


@contextmanager
def _trail(url: str, measure: Measure) -> Iterator[tuple[SqlStore, Trail, Watched]]:
    """A store, and a trail of that measure that is watched."""
    vault = Vault(parse_keys(new_key_line("test")))
    with closing(SqliteWriter(url)) as database:
        ring = database.run(lambda statements: load(statements.connection, vault))
        watched = Watched(database)
        yield SqlStore(database, ring), Trail(watched, ring, measure), watched


def _of_three(store: SqlStore) -> None:
    def turn(tx: UnitOfWork) -> None:
        for who, act, number in (("siti", "start", "R1"), ("budi", "note", "R2"), ("admin", "staff-reset siti", "")):
            for _ in range(3):
                tx.audit.add(AuditEntry(NOW, who, act, Number(number) if number else None))

    store.run(turn)


def _pages(trail: Trail, **asked: str) -> list[list[int]]:
    """All of it, page by page; the numbers of the rows."""
    pages, before = [], None
    while True:
        page = trail.page(TrailQuery(before, most=2, **asked))
        pages.append([row.row for row in page.rows])
        before = page.older
        if before is None:
            return pages


def test_the_trail_is_read_in_pages_newest_first(sql_store: SqlStore) -> None:
    assert _pages(sql_store.audit) == [[]]
    _added(sql_store, "start", "note")
    assert _pages(sql_store.audit) == [[2, 1]]
    _added(sql_store, "result")
    assert _pages(sql_store.audit) == [[3, 2], [1]]
    newest = sql_store.audit.page(TrailQuery(most=1)).rows[0]
    assert newest == Traced(3, _entry("result"))


def test_pages_are_of_an_account_and_of_a_report(sql_store: SqlStore) -> None:
    _of_three(sql_store)
    assert _pages(sql_store.audit, account="siti") == [[9, 8], [7, 3], [2, 1]]
    assert _pages(sql_store.audit, number="R2") == [[6, 5], [4]]
    assert _pages(sql_store.audit, account="siti", number="R2") == [[]]


def test_one_question_opens_so_many_rows_and_goes_on_where_it_ended(sqlite_url: str) -> None:
    with _trail(sqlite_url, Measure(batch=2, looked_at=4)) as (store, trail, _):
        _of_three(store)
        assert _pages(trail, account="siti") == [[9, 8], [7], [3, 2], [1]]
        assert _pages(trail, account="nobody") == [[], [], []]


def test_a_row_that_was_changed_stands_in_its_page_without_words(sql_store: SqlStore, sql_url: str) -> None:
    _added(sql_store, "start", "note", "result")
    _attack(sql_url, "UPDATE audit SET sealed = (SELECT sealed FROM audit WHERE seq = 1) WHERE seq = 2")
    page = sql_store.audit.page(TrailQuery(account="nobody"))
    assert page.rows == (Traced(2, None),)


def test_whoever_writes_is_not_held_up_while_the_trail_is_verified(sqlite_url: str) -> None:
    """Each batch is a read of its own: between them rows are added, and what was erased can be swept."""
    with _trail(sqlite_url, Measure(batch=2)) as (store, trail, watched):
        _added(store, *["start"] * 5)
        watched.between = lambda: _added(store, "note")
        assert trail.verify() == Verified(5, None)
        assert watched.reads >= 4
        assert store.audit.verify() == Verified(5 + watched.reads, None)
