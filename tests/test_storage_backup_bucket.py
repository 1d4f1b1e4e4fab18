"""Copies in a bucket: the same as in a folder, by one at a time, and whole whatever the store does."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from storage import Bucket, Keys
from storage.backup import BackupFault, Fault, Source, Wanted, drill, listed, make_backup, restore
from storage.backup.bucket_repository import LOCK, BucketRepository
from tests.fakes.copied_house import KEY, House
from tests.fakes.nouns import NOW
from tests.fakes.object_server import Failure, ObjectServer

MINUTE = timedelta(minutes=1)


@pytest.fixture
def server() -> Iterator[ObjectServer]:
    with ObjectServer(versioned=True) as server:
        yield server


@pytest.fixture
def house(sqlite_url: str, keys: Keys, tmp_path: Path) -> House:
    return House(sqlite_url, keys, tmp_path)


@pytest.fixture
def bucket(server: ObjectServer) -> Bucket:
    return Bucket(server.place("copies/"))


def backs_up(house: House, bucket: Bucket, keep: int | None = None) -> None:
    make_backup(Source(house.url, house.files), bucket, KEY, NOW, keep=keep)


def wanted(house: House, bucket: Bucket) -> Wanted:
    return Wanted(bucket, KEY, house.keys)


def refused(house: House, bucket: Bucket) -> Fault:
    with pytest.raises(BackupFault) as told:
        backs_up(house, bucket)
    return told.value.fault


def test_a_copy_comes_back_and_a_drill_proves_it(
    house: House, bucket: Bucket, server: ObjectServer, tmp_path: Path
) -> None:
    first = house.files_a_report("a canary of words", os.urandom(100_000))
    backs_up(house, bucket)
    second = house.files_a_report("another", os.urandom(10))
    backs_up(house, bucket)
    assert [head.reports for head in listed(bucket, KEY)] == [1, 2]
    assert drill(wanted(house, bucket), NOW).noted
    restore(wanted(house, bucket), tmp_path / "target", "", NOW, lambda _: None)
    again = House(f"sqlite:///{tmp_path / 'target' / 'resi.db'}", house.keys, tmp_path / "target")
    assert [again.files.get(each.report.files[0]) for each in (first, second)] == [first.photo, second.photo]
    assert b"canary" not in server.all_bytes()
    assert f"copies/{LOCK}" not in server.objects


def test_what_is_kept_no_longer_is_gone_in_every_version(house: House, bucket: Bucket, server: ObjectServer) -> None:
    house.files_a_report(photo=os.urandom(100_000))
    backs_up(house, bucket)
    backs_up(house, bucket, keep=1)
    assert len(listed(bucket, KEY)) == 1
    assert len([name for name in server.objects if name.startswith("copies/backups/")]) == 1
    drill(wanted(house, bucket), NOW)


def test_a_store_that_ends_in_the_middle_costs_nothing_that_was_there(
    house: House, bucket: Bucket, server: ObjectServer
) -> None:
    house.files_a_report()
    backs_up(house, bucket)
    house.files_a_report(photo=os.urandom(300_000))
    for after in range(0, 40, 9):
        server.failures.extend([Failure()] * after + [Failure(403, "AccessDenied")] * 40)
        assert refused(house, bucket) is Fault.STORE
        server.failures.clear()
        server.now += 16 * MINUTE  # the lock may be left
        assert len(listed(bucket, KEY)) == 1
    backs_up(house, bucket)
    assert drill(wanted(house, bucket), NOW).backups == 2


def test_only_one_works_on_it_and_who_died_blocks_nobody_for_long(
    house: House, bucket: Bucket, server: ObjectServer
) -> None:
    house.files_a_report()
    backs_up(house, bucket)
    bucket.put(LOCK, b"of another")
    assert refused(house, bucket) is Fault.BUSY
    with pytest.raises(BackupFault) as told:
        drill(wanted(house, bucket), NOW)
    assert told.value.fault is Fault.BUSY
    server.now += 16 * MINUTE
    backs_up(house, bucket)
    assert drill(wanted(house, bucket), NOW).backups == 2


def test_who_lost_the_lock_meanwhile_stops(bucket: Bucket) -> None:
    now = [0.0]
    repository = BucketRepository(bucket, lambda: now[0])
    with repository.locked(writes=True):
        repository.write("pieces/one", b"1")
        now[0] = 61
        repository.write("pieces/two", b"2")
        bucket.put(LOCK, b"of another")
        now[0] = 122
        with pytest.raises(BackupFault, match="busy"):
            repository.write("pieces/three", b"3")
    assert bucket.get(LOCK) == b"of another"


def test_what_is_no_place_for_copies_is_refused(house: House, bucket: Bucket) -> None:
    with pytest.raises(BackupFault) as told:
        listed(bucket, KEY)
    assert told.value.fault is Fault.EMPTY
    bucket.put("holiday.jpg", b"")
    assert refused(house, bucket) is Fault.FOREIGN


def test_what_cannot_be_written_is_said_at_the_latest_when_all_must_be_there(
    bucket: Bucket, server: ObjectServer
) -> None:
    repository = BucketRepository(bucket)
    with repository.locked(writes=True):
        server.away = Failure(403, "AccessDenied")
        repository.write("pieces/one", b"1")
        with pytest.raises(BackupFault) as told:
            repository.settle()
    assert (told.value.fault, told.value.where) == (Fault.STORE, "AccessDenied")
