"""What a monitor hears of a process whose database hangs, whose disk is full, whose parts are not up."""

import asyncio
import os
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.clock import Clock
from app.desk import DeskBackend
from app.disk import Disk
from app.monitors import Monitors
from core.ports import UnitOfWork
from storage import Bucket, BucketFiles, Files, Keys, Leader, Retention
from tests.fakes.cued_house import CuedStore, CuedWire, Inside, until
from tests.fakes.object_server import Failure, ObjectServer
from tests.fakes.rows import deliveries


class Deaf(CuedWire):
    def ready(self) -> bool:
        return False


@pytest.fixture
async def inside(sqlite_url: str, keys: Keys, tmp_path: Path) -> AsyncIterator[Inside]:
    made = Inside(CuedStore(sqlite_url, keys), Files(tmp_path / "files"))
    yield made
    made.close()


def monitors(inside: Inside, url: str, files: Path, place: Files | None = None) -> Monitors:
    clock = Clock(inside.turns, Files(files), Leader(url), Retention(contact_days=30))
    desk = DeskBackend(inside.turns, Files(files), inside.sandbox)
    listening = {"mail": CuedWire(), "telegram": Deaf()}
    return Monitors(inside.turns, clock, desk, place or Files(files), url=url, listening=listening)


async def test_each_part_says_whether_it_is_ready(inside: Inside, sqlite_url: str, tmp_path: Path) -> None:
    found = monitors(inside, sqlite_url, tmp_path)
    assert await found.not_ready() == ("telegram",)
    said = (await found.figures()).decode().splitlines()
    parts = {"mail": 1, "telegram": 0, "database": 1, "migrations": 1, "disk": 1, "files": 1, "search": 0}
    assert set(said) >= {f'resi_part_ready{{part="{part}"}} {ready:.1f}' for part, ready in parts.items()}
    assert "resi_outbox_pending 0.0" in said
    assert await found.lacking() == ("search",), "its index is not built yet, and pages are served all the same"


async def test_a_full_disk_is_not_ready(inside: Inside, sqlite_url: str, tmp_path: Path) -> None:
    full = os.statvfs_result((1000, 1000, 10**6, 0, 0, 9, 9, 9, 0, 255))
    inside.turns.disk = Disk(tmp_path, look=lambda _: full)
    assert await monitors(inside, sqlite_url, tmp_path).not_ready() == ("telegram", "disk")


async def test_a_store_of_files_that_refuses_is_not_ready(inside: Inside, sqlite_url: str, tmp_path: Path) -> None:
    with ObjectServer(away=Failure(503, "SlowDown")) as server:
        place = Files(BucketFiles(Bucket(server.place())))
        assert await monitors(inside, sqlite_url, tmp_path, place).not_ready() == ("telegram", "files")
        server.away = None
        assert await monitors(inside, sqlite_url, tmp_path, place).not_ready() == ("telegram",)


async def test_a_message_leaves_its_steps_in_the_figures(inside: Inside, sqlite_url: str, tmp_path: Path) -> None:
    found = monitors(inside, sqlite_url, tmp_path)
    await inside.turns.take(inside.letter("halo"))
    loop = asyncio.create_task(inside.outbox().run())
    await until(lambda: deliveries(inside.store) == 0)
    loop.cancel()
    await asyncio.wait([loop])
    said = (await found.figures()).decode().splitlines()
    assert set(said) >= {
        'resi_messages_total{channel="telegram",result="done"} 1.0',
        'resi_step_seconds_count{channel="telegram",step="turn"} 1.0',
        'resi_step_seconds_count{channel="telegram",step="send"} 1.0',
        'resi_deliveries_total{channel="telegram",result="sent"} 1.0',
    }
    assert not [line for line in said if "budi" in line or "halo" in line]


async def test_a_database_that_hangs_is_named_within_seconds(inside: Inside, sqlite_url: str, tmp_path: Path) -> None:
    found, may_go, stuck = monitors(inside, sqlite_url, tmp_path), threading.Event(), threading.Event()

    def hang(_: UnitOfWork) -> None:
        stuck.set()
        may_go.wait()

    # Every thread waits for the store.
    hanging = [asyncio.create_task(inside.turns.call(lambda: inside.store.run(hang))) for _ in range(64)]
    await until(stuck.is_set)
    try:
        assert await found.not_ready() == ("telegram", "database")
        assert "resi_store_away 1.0" in (await found.figures()).decode().splitlines()
    finally:
        may_go.set()
        await asyncio.gather(*hanging)
