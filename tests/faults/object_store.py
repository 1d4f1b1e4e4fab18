"""Files and copies on a real S3-compatible store: `python -m tests.faults.object_store URL BUCKET ACCESS SECRET`."""

import argparse
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.errors import NotFound, StoreAway
from storage import (
    Bucket,
    BucketFiles,
    BucketPlace,
    Files,
    TwoPlaces,
    migrate,
    move,
    new_key_line,
    open_store,
    parse_keys,
)
from storage.backup import Source, Wanted, drill, make_backup
from storage.file_folder import FolderFiles
from tests.fakes.copied_house import KEY, House

_FILES = 200


def main() -> None:
    """Prints a line for each promise that it saw kept; an exception tells of the first that is not."""
    asked = argparse.ArgumentParser(description=__doc__)
    for name in ("endpoint", "bucket", "access", "secret"):
        asked.add_argument(name)
    asked.add_argument("--region", default="us-east-1")
    given = asked.parse_args()
    prefix = f"resi-trial-{int(time.time())}/"
    place = BucketPlace(given.bucket, prefix, given.endpoint, given.region, given.access, given.secret)
    with tempfile.TemporaryDirectory() as folder:
        _secrets(place)
        _objects(Bucket(replace(place, prefix=f"{prefix}objects/")))
        _files(Bucket(replace(place, prefix=f"{prefix}files/")), Path(folder))
        _copies(Bucket(replace(place, prefix=f"{prefix}copies/")), Path(folder))
    left = [each.name for each in Bucket(place).listed()]
    for name in left:
        Bucket(place).erase(name)
    assert not [*Bucket(place).listed()]
    _say(f"erased {len(left)} objects, and none is listed")


def _secrets(place: BucketPlace) -> None:
    Bucket(place).check()
    try:
        Bucket(replace(place, secret_key=f"{place.secret_key}x")).check()
    except StoreAway as away:
        _say(f"a wrong secret is refused: {away}")
    else:
        _say("NOT KEPT: a wrong secret was taken")


def _objects(bucket: Bucket) -> None:
    for data in (b"", b"one", bytes(5_000_000)):
        bucket.put("of any size", data)
        assert bucket.get("of any size") == data
    assert [(each.name, each.size) for each in bucket.listed()] == [("of any size", 5_000_000)]
    bucket.put("rooms/two", b"2")
    assert bucket.tops() == {"of any size", "rooms"}
    first = bucket.put("lock", b"mine", only_new=True)
    second = bucket.put("lock", b"yours", only_new=True)
    _say(f"only the first of two writes what must be new: {first and not second}")
    then, now = bucket.changed("lock") or (datetime.min.replace(tzinfo=UTC),) * 2
    assert timedelta(seconds=-2) < now - then < timedelta(minutes=1)
    for name in ("of any size", "rooms/two", "lock", "never there"):
        bucket.erase(name)
    assert not [*bucket.listed()]
    try:
        bucket.get("lock")
    except NotFound:
        _say("objects are put, got, listed, erased")


def _files(bucket: Bucket, folder: Path) -> None:
    old = FolderFiles(folder / "old")
    kept = [Files(old).put(bytes([at]) * 50_000, "image/jpeg") for at in range(_FILES)]
    places, began = TwoPlaces(BucketFiles(bucket), old), time.monotonic()
    moved = move(places, lambda _: None, remove=True)
    assert moved.copied == moved.removed == _FILES
    files = Files(BucketFiles(bucket))
    assert [files.get(each)[0] for each in kept] == list(range(_FILES))
    _say(f"{_FILES} files moved, compared, removed and opened in {time.monotonic() - began:.1f} s")
    began = time.monotonic()
    for at in range(50):
        files.put(bytes([at]) * 300_000, "image/jpeg")
    _say(f"a photo of 300 kB is kept in {(time.monotonic() - began) * 20:.0f} ms")
    assert files.sweep({each.name for each in kept}, datetime(2100, 1, 1, tzinfo=UTC)) == 50
    assert len(files.names()) == _FILES
    _say("what nothing names is swept")


def _copies(bucket: Bucket, folder: Path) -> None:
    url, keys, now = f"sqlite:///{folder}/resi.db", parse_keys(new_key_line("k1")), datetime(2026, 12, 1, tzinfo=UTC)
    migrate(url)
    house = House(url, keys, folder)
    with closing(open_store(url, keys)):
        for at in range(20):
            house.files_a_report(photo=bytes([at]) * 100_000)
    began = time.monotonic()
    made = make_backup(Source(url, house.files), bucket, KEY, now)
    make_backup(Source(url, house.files), bucket, KEY, now, keep=1)
    done = drill(Wanted(bucket, KEY, keys), now)
    assert done.restored.whole.files == made.head.files == 40
    _say(f"copied twice, one thrown away, drilled in {time.monotonic() - began:.1f} s ({done.pieces} pieces)")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
