"""The one writer of SQLite: turns share commits, fail alone, and are all told when nothing could be kept."""

import resource
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import make_url

from core.errors import StoreAway
from core.messages import WireId
from core.ports import UnitOfWork
from storage import Keys, SqlStore, open_store
from storage.engine import BUSY_MS
from tests.fakes import nouns
from tests.fakes.nouns import NOW
from tests.fakes.patience import PATIENCE, until


@pytest.fixture
def store(sqlite_url: str, keys: Keys) -> Iterator[SqlStore]:
    with closing(open_store(sqlite_url, keys)) as store:
        yield store


def _see(n: int, *, fails: bool = False) -> Callable[[UnitOfWork], bool]:
    def turn(tx: UnitOfWork) -> bool:
        first = tx.inbox.record_if_new("sms", WireId(str(n)), NOW)
        if fails:
            raise ArithmeticError(n)
        return first

    return turn


def _seen(store: SqlStore, numbers: range) -> set[int]:
    def turn(tx: UnitOfWork) -> set[int]:
        return {n for n in numbers if not tx.inbox.record_if_new("sms", WireId(str(n)), NOW)}

    return store.run(turn)


@contextmanager
def _together(store: SqlStore, *turns: Callable[[UnitOfWork], object]) -> Iterator[list[Future[object]]]:
    """Turns that wait while another is at work, so that they share the next commit; told at the end of the block."""
    busy, go_on = threading.Event(), threading.Event()

    def slow(_tx: UnitOfWork) -> None:
        busy.set()
        assert go_on.wait(PATIENCE)

    with ThreadPoolExecutor(len(turns) + 1) as crowd:
        first = crowd.submit(store.run, slow)
        assert busy.wait(PATIENCE)
        handed_in = [crowd.submit(store.run, turn) for turn in turns]
        go_on.set()
        first.result(PATIENCE)
        yield handed_in


def test_of_two_thousand_turns_every_one_that_did_not_raise_is_there(store: SqlStore) -> None:
    def run(n: int) -> bool:
        return store.run(_see(n, fails=n % 5 == 0))

    with ThreadPoolExecutor(16) as crowd:
        futures = [crowd.submit(run, n) for n in range(2000)]
    errors = {n: future.exception() for n, future in enumerate(futures)}
    assert {n for n, error in errors.items() if error is None} == {n for n in range(2000) if n % 5}
    assert all(isinstance(error, ArithmeticError) and error.args == (n,) for n, error in errors.items() if error)
    assert _seen(store, range(2000)) == {n for n in range(2000) if n % 5}


def test_two_threads_that_interleave_lose_nothing_of_each_other(store: SqlStore) -> None:
    def run(numbers: range) -> None:
        for n in numbers:
            if n % 3:
                store.run(_see(n))
            else:
                with pytest.raises(ArithmeticError):
                    store.run(_see(n, fails=True))

    with ThreadPoolExecutor(2) as pair:
        list(pair.map(run, (range(200), range(200, 400))))
    assert _seen(store, range(400)) == {n for n in range(400) if n % 3}


def test_in_one_group_each_turn_sees_those_before_it_and_not_what_was_rolled_back(store: SqlStore) -> None:
    with _together(store, _see(1), _see(2, fails=True), _see(1), _see(2)) as futures:
        pass
    assert isinstance(futures[1].exception(), ArithmeticError)
    assert sorted(str(future.result()) for at, future in enumerate(futures) if at != 1) == ["False", "True", "True"]


def test_a_disk_that_fills_up_at_the_commit_keeps_nothing_and_tells_everybody(store: SqlStore, sqlite_url: str) -> None:
    """The kernel refuses to let a file grow, as a full disk does; whatever was in the commit is not there."""
    big, code = nouns.report("x" * 8_000_000), nouns.code()
    store.run(_see(0))

    def file_big(tx: UnitOfWork) -> None:
        tx.reports.add(big, nouns.entry())
        tx.code_holders.add(nouns.holder(big, code, None), code, None)

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_000_000, hard))
    try:
        with _together(store, _see(1), file_big, _see(2)) as futures:
            pass
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [type(future.exception()) for future in futures] == [StoreAway, StoreAway, StoreAway]
    assert store.run(lambda tx: tx.reports.get(big.id)) is None
    assert _seen(store, range(3)) == {0}
    with closing(sqlite3.connect(str(make_url(sqlite_url).database))) as look:
        assert look.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_more_turns_than_one_commit_takes_are_all_kept(store: SqlStore) -> None:
    with _together(store, *(_see(n) for n in range(300))) as futures:
        pass
    assert all(future.result() for future in futures)
    assert _seen(store, range(300)) == set(range(300))


def test_a_turn_cannot_wait_for_another_turn(store: SqlStore) -> None:
    with pytest.raises(RuntimeError, match="cannot wait"):
        store.run(lambda _tx: store.run(_see(1)))


def test_a_turn_that_nobody_wants_any_more_is_not_done_and_those_beside_it_are(store: SqlStore) -> None:
    go_on = threading.Event()
    with ThreadPoolExecutor(1) as threads:
        first, *others = [
            store.submit(turn, ordering_key=b"", threads=threads)
            for turn in (lambda _: go_on.wait(), *(_see(n) for n in range(4)))
        ]
        until(first.running, "a turn that runs")
        assert not first.cancel()
        assert others[1].cancel()
        go_on.set()
        assert [others[at].result() for at in (0, 2, 3)] == [True, True, True]
    assert first.result()
    assert _seen(store, range(4)) == {0, 2, 3}


def test_where_nobody_wants_any_turn_of_a_group_the_next_ones_are_done(store: SqlStore) -> None:
    go_on = threading.Event()
    with ThreadPoolExecutor(1) as threads:
        first = store.submit(lambda _: go_on.wait(), ordering_key=b"", threads=threads)
        until(first.running, "a turn that runs")
        assert store.submit(_see(1), ordering_key=b"", threads=threads).cancel()
        go_on.set()
    assert store.run(_see(2))
    assert _seen(store, range(3)) == {2}


def test_a_closed_store_is_away(sqlite_url: str, keys: Keys) -> None:
    store = open_store(sqlite_url, keys)
    store.close()
    store.close()
    with pytest.raises(StoreAway):
        store.run(_see(1))


def test_another_process_may_write_beside_us(store: SqlStore, sqlite_url: str, keys: Keys) -> None:
    with closing(open_store(sqlite_url, keys)) as beside, ThreadPoolExecutor(4) as crowd:
        stores = (store, beside) * 100
        assert all(crowd.map(lambda n: stores[n].run(_see(n)), range(200)))
    assert _seen(store, range(200)) == set(range(200))


def test_a_turn_waits_for_a_lock_that_another_process_holds(store: SqlStore, sqlite_url: str) -> None:
    other = sqlite3.connect(str(make_url(sqlite_url).database), isolation_level=None, check_same_thread=False)
    with closing(other), ThreadPoolExecutor(1) as one:
        other.execute("BEGIN IMMEDIATE")
        future = one.submit(store.run, _see(1))
        with pytest.raises(TimeoutError):
            future.result(0.1)
        other.execute("COMMIT")
        assert future.result(PATIENCE) is True


def test_readers_never_wait_for_the_writer_and_cannot_write(store: SqlStore) -> None:
    reports_seen: list[int] = []

    def turn(tx: UnitOfWork) -> None:
        tx.reports.add(nouns.report(), nouns.entry())
        reports_seen.append(store.figures.total())

    store.run(turn)
    assert (reports_seen, store.figures.total()) == ([0], 1)


def test_the_log_is_empty_once_somebody_was_forgotten_though_a_reader_was_in_the_way(
    store: SqlStore, sqlite_url: str
) -> None:
    path = Path(str(make_url(sqlite_url).database))
    log = path.with_name(path.name + "-wal")
    report, code, contact = nouns.report(), nouns.code(), nouns.contact()
    store.run(lambda tx: tx.reports.add(report, nouns.entry()))
    store.run(lambda tx: tx.code_holders.add(nouns.holder(report, code, contact), code, contact))
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM report").fetchone()
        store.run(lambda tx: tx.code_holders.forget(contact.id))
        assert log.stat().st_size > 0
    until(lambda: log.stat().st_size == 0, "an empty log")


def test_no_page_that_a_turn_writes_over_is_copied_to_a_file_of_its_own(store: SqlStore) -> None:
    def opened(numbers: range) -> list[str]:
        def turn(tx: UnitOfWork) -> list[str]:
            for n in numbers:
                tx.inbox.record_if_new("sms", WireId(str(n)), NOW)
            return [str(each.readlink()) for each in Path("/proc/self/fd").iterdir() if each.is_symlink()]

        return store.run(turn)

    opened(range(3000))
    assert not [name for name in opened(range(3000, 6000)) if "etilqs" in name]  # what SQLite calls its own files


def test_nobody_waits_for_a_lock_twice(store: SqlStore, sqlite_url: str) -> None:
    """Turns that come while others wait in vain are told with them, and not after as long again."""

    def told_after(n: int) -> float:
        began = time.monotonic()
        with pytest.raises(StoreAway):
            store.run(_see(n))
        return time.monotonic() - began

    other = sqlite3.connect(str(make_url(sqlite_url).database), isolation_level=None)
    with closing(other), ThreadPoolExecutor(8) as crowd:
        other.execute("BEGIN IMMEDIATE")
        first = crowd.submit(told_after, 0)
        wait([first], timeout=1)  # by now it waits for the lock, and what comes next waits behind it
        others = [crowd.submit(told_after, n) for n in range(1, 8)]
        assert max(future.result(PATIENCE) for future in (first, *others)) < 2 * BUSY_MS / 1000 - 1
