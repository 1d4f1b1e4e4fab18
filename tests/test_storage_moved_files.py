"""Files on their way: none is missed while they move, and the move ends only when all are the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import NotFound, StoreAway
from storage import Bucket, BucketFiles, Files, Moved, TwoPlaces, move
from storage.file_folder import FolderFiles
from tests.fakes.object_server import Failure, ObjectServer


@pytest.fixture
def server() -> Iterator[ObjectServer]:
    with ObjectServer() as server:
        yield server


@pytest.fixture
def old(tmp_path: Path) -> FolderFiles:
    return FolderFiles(tmp_path / "files")


@pytest.fixture
def places(server: ObjectServer, old: FolderFiles) -> TwoPlaces:
    return TwoPlaces(BucketFiles(Bucket(server.place())), old)


def heard(done: int) -> None:
    """Of a thousand files."""


def test_what_is_new_goes_to_the_new_place_and_both_are_read(places: TwoPlaces, old: FolderFiles) -> None:
    before = Files(old).put(b"before", "image/jpeg")
    files = Files(places)
    after = files.put(b"after", "image/jpeg")
    assert (files.get(before), files.get(after)) == (b"before", b"after")
    assert old.names() == [before.name]
    assert files.names() == sorted((before.name, after.name))


def test_a_move_copies_compares_and_then_removes(places: TwoPlaces, old: FolderFiles) -> None:
    kept = [Files(old).put(bytes([at]) * 100, "image/jpeg") for at in range(20)]
    assert move(places, heard, remove=False) == Moved(20, 20, 0)
    assert move(places, heard, remove=False) == Moved(0, 20, 0)
    assert move(places, heard, remove=True) == Moved(0, 20, 20)
    assert old.names() == []
    assert [Files(places.new).get(each)[:1] for each in kept] == [bytes([at]) for at in range(20)]
    assert move(places, heard, remove=True) == Moved(0, 0, 0)


def test_a_move_that_is_cut_off_goes_on_where_it_was(places: TwoPlaces, old: FolderFiles, server: ObjectServer) -> None:
    kept = [Files(old).put(bytes([at]), "image/jpeg") for at in range(5)]
    server.away = Failure(403, "AccessDenied")
    with pytest.raises(StoreAway):
        move(places, heard, remove=True)
    assert len(old.names()) == 5
    server.away = None
    assert move(places, heard, remove=True).compared == 5
    assert all(Files(places).get(each) for each in kept)


def test_what_lies_half_in_the_new_place_is_copied_anew(places: TwoPlaces, old: FolderFiles) -> None:
    kept = Files(old).put(b"whole", "image/jpeg")
    places.new.write(kept.name, old.read(kept.name)[:-3])
    assert move(places, heard, remove=True) == Moved(1, 1, 1)
    assert Files(places).get(kept) == b"whole"


def test_a_new_place_that_keeps_other_bytes_ends_the_move_and_nothing_is_removed(
    places: TwoPlaces, old: FolderFiles
) -> None:
    class Forgetful(BucketFiles):
        def read(self, name: str) -> bytes:
            return super().read(name)[:-1]

    Files(old).put(b"whole", "image/jpeg")
    assert isinstance(places.new, BucketFiles)
    places.new = Forgetful(places.new._bucket)  # noqa: SLF001 - the same bucket
    with pytest.raises(StoreAway):
        move(places, heard, remove=True)
    assert len(old.names()) == 1


def test_what_is_moved_between_two_looks_is_found(places: TwoPlaces, old: FolderFiles) -> None:
    class MovedNow(FolderFiles):
        """Whoever asks here comes a moment too late."""

        def read(self, name: str) -> bytes:
            if name in old.names():
                places.new.write(name, old.read(name))
                old.remove(name)
            raise NotFound

    kept = Files(old).put(b"moved", "image/jpeg")
    places.old = MovedNow(Path("nowhere"))
    assert Files(places).get(kept) == b"moved"


def test_where_the_new_place_is_away_what_is_in_the_old_one_is_shown(
    places: TwoPlaces, old: FolderFiles, server: ObjectServer
) -> None:
    kept = Files(old).put(b"before", "image/jpeg")
    gone = Files(places).put(b"after", "image/jpeg")
    server.away = Failure(403, "AccessDenied")
    assert Files(places).get(kept) == b"before"
    with pytest.raises(StoreAway):
        Files(places).get(gone)
