"""Files in a bucket: what else lies there stays, and what is swept is gone in every version."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from core.errors import StoreAway
from storage import Bucket, BucketFiles, Files
from tests.fakes.object_server import Failure, ObjectServer


@pytest.fixture
def server() -> Iterator[ObjectServer]:
    with ObjectServer(versioned=True) as server:
        yield server


def test_a_sweep_leaves_no_version_and_touches_nothing_of_others(server: ObjectServer) -> None:
    bucket = Bucket(server.place())
    files = Files(BucketFiles(bucket))
    bucket.put("a-note-of-the-operator", b"mine")
    Bucket(server.place("other/")).put("ab" * 20, b"of another service")
    kept, let_go = files.put(b"kept", "image/jpeg"), files.put(b"let go", "image/jpeg")
    files.put_sealed(let_go.name, files.sealed(let_go.name))
    server.now += timedelta(hours=2)
    files.put(b"young", "image/jpeg")
    assert files.sweep({kept.name}, server.now - timedelta(hours=1)) == 1
    assert set(server.objects) >= {"files/a-note-of-the-operator", f"files/{kept.name}", f"other/{'ab' * 20}"}
    assert f"files/{let_go.name}" not in server.objects
    assert len(files.names()) == 2


def test_a_store_that_refuses_keeps_nobody_waiting_and_no_file_is_said_to_be_kept(server: ObjectServer) -> None:
    files = Files(BucketFiles(Bucket(server.place())))
    server.away = Failure(403, "AccessDenied")
    for work in (lambda: files.put(b"one", "image/jpeg"), files.names, files.check):
        with pytest.raises(StoreAway, match="AccessDenied"):
            work()
