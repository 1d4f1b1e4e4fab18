"""Sealed files, wherever they lie: the same promises of a folder, of a bucket and of both on the way."""

import base64
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.errors import NotFound
from storage import Bucket, BucketFiles, Files, SealBroken, TwoPlaces
from storage.file_folder import FolderFiles
from storage.files import SealedFiles
from storage.vault import DataKey, place
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


def test_who_has_a_photo_cannot_find_it_by_how_large_it_lies_there(files: Files) -> None:
    sizes = (0, 1, 4000, 301_000, 307_211, 327_000, 400_000)
    kept = [files.put(b"x" * size, "image/jpeg") for size in sizes]
    assert [len(files.get(each)) for each in kept] == list(sizes)
    lie = [len(files.sealed(each.name)) for each in kept]
    assert len(set(lie[1:3])) == 1
    assert len(set(lie[3:6])) == 1 < len(set(lie[3:]))
    assert all(sealed < max(size * 1.26, 4200) for sealed, size in zip(lie, sizes, strict=True))


def test_a_file_from_before_files_were_filled_up_is_whole(files: Files) -> None:
    kept = files.put(JPEG, "image/jpeg")
    key = DataKey(base64.urlsafe_b64decode(kept.key))
    files.put_sealed(kept.name, key.seal(JPEG, place("file", "bytes", kept.name)))
    assert files.get(kept) == JPEG


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
