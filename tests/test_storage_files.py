"""Sealed files, wherever they lie: the same promises of a folder, of a bucket and of both on the way."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.errors import NotFound
from storage import Bucket, BucketFiles, Files, SealBroken, TwoPlaces
from storage.file_folder import FolderFiles
from storage.files import SealedFiles
from tests.fakes.object_server import ObjectServer

JPEG = b"\xff\xd8\xff\xe0 canary of a picture " * 50
FUTURE = datetime(2100, 1, 1, tzinfo=UTC)
PAST = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[ObjectServer]:
    with ObjectServer() as server:
        yield server


Made = Callable[[Path, ObjectServer], SealedFiles]


def a_folder(folder: Path, server: ObjectServer) -> SealedFiles:
    return FolderFiles(folder / "files")


def a_bucket(folder: Path, server: ObjectServer) -> SealedFiles:
    return BucketFiles(Bucket(server.place()))


def both(folder: Path, server: ObjectServer) -> SealedFiles:
    return TwoPlaces(a_bucket(folder, server), a_folder(folder, server))


@pytest.fixture(params=[a_folder, a_bucket, both])
def files(request: pytest.FixtureRequest, tmp_path: Path, server: ObjectServer) -> Files:
    make: Made = request.param
    return Files(make(tmp_path, server))


def test_what_is_put_comes_back_and_lies_sealed_under_a_name_that_tells_nothing(
    files: Files, tmp_path: Path, server: ObjectServer
) -> None:
    kept = files.put(JPEG, "image/jpeg")
    assert files.get(kept) == JPEG
    assert files.names() == [kept.name]
    on_disk = b"".join(path.name.encode() + path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for told in (on_disk, server.all_bytes()):
        assert b"canary" not in told
        assert b"jpeg" not in told
        assert kept.key.encode() not in told
    files.check()


def test_what_is_not_there_is_not_found_and_what_was_exchanged_is_refused(files: Files) -> None:
    one, two = files.put(b"one", "image/jpeg"), files.put(b"two", "image/jpeg")
    with pytest.raises(NotFound):
        files.get(replace(one, name="00" * 20))
    files.place.remove(two.name)
    with pytest.raises(NotFound):
        files.get(two)
    files.put_sealed(two.name, files.sealed(one.name))
    with pytest.raises(SealBroken):
        files.get(two)


def test_a_sweep_takes_what_nothing_names_once_it_is_old(files: Files) -> None:
    used = files.put(JPEG, "image/jpeg")
    files.put(JPEG, "image/jpeg")
    assert files.sweep({used.name}, PAST) == 0
    assert files.sweep({used.name}, FUTURE) == 1
    assert files.names() == [used.name]
