"""The search of a running service: built beside the work, caught up before each look, without what was erased."""

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.report_search import Pace, Search
from app.sandbox import Sandbox
from app.time_and_random import SystemClock
from app.turns import Turns
from core import search_terms
from core.casework import Candidates
from core.model import Act, Report, Status
from storage import Files, Keys, SqlStore, open_store
from tests.fakes import nouns
from tests.fakes.nouns import NOW
from tests.fakes.town import Town

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def turns(sqlite_url: str, keys: Keys, tmp_path: Path) -> AsyncIterator[Turns]:
    with closing(open_store(sqlite_url, keys)) as store:
        made = Turns(store, Files(tmp_path / "files"), Sandbox(), Town().context, SystemClock())
        yield made
        made.close()


def _files(store: SqlStore, *reports: Report) -> None:
    for report in reports:
        store.run(lambda tx, report=report: tx.reports.add(report, nouns.entry()))  # type: ignore[misc]  # a default binds the loop variable


def _looks(search: Search, typed: str) -> list[str]:
    return list(search.look(search_terms.terms_of(typed)).numbers)


def test_until_it_is_built_it_says_so(turns: Turns) -> None:
    assert Search(turns).look(search_terms.terms_of("lampu")) == Candidates(ready=False)


async def test_what_was_there_and_what_came_since_is_found_newest_first(turns: Turns) -> None:
    old, new = nouns.report("Lampu padam"), replace(nouns.report("lampu lagi"), received=NOW + MINUTE)
    _files(turns.store, old)
    search = Search(turns)
    assert search.build()
    assert _looks(search, "lampu") == [old.number]
    _files(turns.store, new)
    assert _looks(search, "lampu") == [new.number, old.number]
    assert _looks(search, "lampu pad") == [old.number]
    assert list((await search.find(search_terms.terms_of("LAMPU"))).numbers) == [new.number, old.number]


def test_one_that_was_committed_late_is_not_missed_and_none_stands_twice(turns: Turns) -> None:
    first = replace(nouns.report("lampu satu"), received=NOW + 5 * MINUTE)
    late = nouns.report("lampu dua")
    _files(turns.store, first)
    search = Search(turns)
    search.build()
    _files(turns.store, late)
    for _ in range(2):
        assert sorted(_looks(search, "lampu")) == sorted([first.number, late.number])


def test_reports_of_long_ago_that_came_now_are_found_in_a_small_house(turns: Turns) -> None:
    """As `resi seed` makes them, beside a running service."""
    search = Search(turns)
    search.build()
    _files(turns.store, nouns.report("lampu"), replace(nouns.report("lampu"), received=NOW - 30 * 1440 * MINUTE))
    assert len(_looks(search, "lampu")) == 2
    _files(turns.store, replace(nouns.report("lampu"), received=NOW - 20 * 1440 * MINUTE))
    assert len(_looks(search, "lampu")) == 3


def _erase(store: SqlStore) -> None:
    """As the purge does, without waiting for years."""
    database = store._database  # noqa: SLF001 - see above
    database.run(lambda statements: statements.connection.exec_driver_sql("DELETE FROM data_key"))


def test_what_was_erased_has_left_with_the_next_building(turns: Turns) -> None:
    report = nouns.report("lampu kenari")
    _files(turns.store, report)
    search = Search(turns)
    search.build()
    _erase(turns.store)
    assert _looks(search, "kenari") == [report.number], "the database says before it is shown that it says nothing now"
    search.build()
    assert _looks(search, "kenari") == []


def test_what_is_erased_when_its_time_has_come_leaves_without_a_building(turns: Turns) -> None:
    closed = turns.clock.now() - timedelta(days=730, hours=1)
    report = replace(nouns.report("lampu kenari"), status=Status.SELESAI, closed=closed)
    _files(turns.store, report, nouns.report("lampu lain"))
    search = Search(turns)
    assert not search.follow(), "nothing to follow yet"
    search.build()
    assert search.follow()
    assert _looks(search, "kenari") == [report.number]
    _erase(turns.store)
    search.follow()
    assert _looks(search, "kenari") == []
    assert search._index is not None  # noqa: SLF001 - whoever reads its memory finds the word no more
    assert "kenari" not in search._index.postings._by_word  # noqa: SLF001 - see above


def test_what_its_writer_corrected_is_found_by_what_it_says_now_at_its_old_place(turns: Turns) -> None:
    old, new = nouns.report("lampu kenari"), replace(nouns.report("lampu lagi"), received=NOW + MINUTE)
    _files(turns.store, old, new)
    search = Search(turns)
    search.build()
    entry = replace(nouns.entry(), at=turns.clock.now(), act=Act.CORRECTED)
    turns.store.run(lambda tx: tx.reports.change(replace(old, text="lampu [nama]"), entry))
    for _ in range(2):
        search.follow()
        assert _looks(search, "kenari") == []
        assert _looks(search, "nama.") == [old.number]
        assert _looks(search, "lampu") == [new.number, old.number]


def test_many_reports_are_read_in_parts(turns: Turns) -> None:
    reports = [replace(nouns.report(f"lampu {n:03}"), received=NOW + n // 4 * MINUTE) for n in range(20)]
    _files(turns.store, *reports)
    search = Search(turns, Pace(3, 0))
    search.build()
    assert sorted(_looks(search, "lampu.")) == sorted(report.number for report in reports)


async def test_it_is_kept_until_the_end_and_the_end_does_not_wait_for_it(turns: Turns) -> None:
    _files(turns.store, nouns.report("lampu"))
    search = Search(turns)
    kept = asyncio.create_task(search.keep())
    while not (await search.find(search_terms.terms_of("lampu"))).ready:
        pass  # each look gives way to others
    kept.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await kept
    assert not search._go_on()  # noqa: SLF001 - a building that is on stops there


async def test_what_was_built_is_left_alone_by_collections(turns: Turns) -> None:
    gc.unfreeze()
    search = Search(turns)
    for _ in range(2):  # at its start, and each day
        assert await search._done(search._anew, "")  # noqa: SLF001 - what `keep` does
        assert gc.get_freeze_count()
    gc.unfreeze()
