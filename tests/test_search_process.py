"""The index in a process of its own: it reads, follows and answers; without a place it does not start."""

import asyncio
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import CannotStart
from app.report_search import Search
from app.search_process import SearchThreads, run
from app.search_socket import SearchClient, SearchServer
from app.time_and_random import SystemClock
from core import search_terms
from storage import Keys, open_store
from tests.fakes import nouns
from tests.fakes.set_up import settings_in


async def turns() -> None:
    """Others get theirs: what fails at once gives way to nobody."""
    await asyncio.sleep(0)


async def test_a_process_that_only_reads_builds_and_answers(tmp_path: Path, sqlite_url: str, keys: Keys) -> None:
    report, path = nouns.report("Lampu kenari padam"), tmp_path / "s"
    with closing(open_store(sqlite_url, keys)) as store, closing(SearchThreads(store, SystemClock())) as threads:
        store.run(lambda tx: tx.reports.add(report, nouns.entry()))
        server, client = asyncio.create_task(SearchServer(path, Search(threads)).run()), SearchClient(path)
        while not await client.ready():
            await turns()
        assert (await client.find(search_terms.terms_of("kenari"))).numbers == (report.number,)
        server.cancel()
        await asyncio.wait((server,))


def test_an_index_that_nobody_could_ask_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="needs RESI_SEARCH_SOCKET"):
        run(settings_in(tmp_path), print)
