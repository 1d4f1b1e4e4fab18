"""A bucket: what is in it is whole, whatever the store, the line and the library do; and it says no secret."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import NotFound, StoreAway
from storage.bucket import Bucket, BucketPatience
from tests.fakes.object_server import SECRET, Failure, ObjectServer
from tests.fakes.patience import until

HASTY = BucketPatience(connect=0.5, answer=0.3, tries=1)
SLOW_DOWN = Failure(503, "SlowDown")


@pytest.fixture
def server() -> Iterator[ObjectServer]:
    with ObjectServer() as server:
        yield server


def test_what_is_put_is_got_listed_and_erased(server: ObjectServer) -> None:
    bucket = Bucket(server.place())
    assert bucket.put("one", b"first")
    bucket.put("one", b"second")
    bucket.put("rooms/two", b"2")
    server.page = 1
    assert [(each.name, each.size) for each in bucket.listed()] == [("one", 6), ("rooms/two", 1)]
    assert [each.name for each in bucket.listed("rooms/")] == ["rooms/two"]
    assert bucket.get("one") == b"second"
    assert bucket.tops() == {"one", "rooms"}
    bucket.erase("one")
    bucket.erase("never there")
    with pytest.raises(NotFound):
        bucket.get("one")
    assert set(server.whole()) == {"files/rooms/two"}
    assert bucket.changed("rooms/two") == (server.now, server.now)
    assert bucket.changed("one") is None


def test_only_the_first_of_two_writes_what_must_be_new(server: ObjectServer) -> None:
    bucket = Bucket(server.place())
    assert bucket.put("lock", b"mine", only_new=True)
    assert not bucket.put("lock", b"yours", only_new=True)
    assert bucket.get("lock") == b"mine"


def test_no_version_outlives_erasing(server: ObjectServer) -> None:
    server.versioned = True
    bucket = Bucket(server.place())
    for data in (b"canary one", b"canary two"):
        bucket.put("twice", data)
        bucket.put("twice and more", data)
    bucket.erase("twice")
    assert list(server.objects) == ["files/twice and more"]
    assert len(server.objects["files/twice and more"]) == 2


def test_a_store_without_versions_erases_all_the_same(server: ObjectServer) -> None:
    bucket = Bucket(server.place())
    bucket.put("one", b"1")
    server.failures.append(Failure(501, "NotImplemented"))
    bucket.erase("one")
    assert server.objects == {}


def test_a_store_that_asks_for_patience_is_asked_again_and_not_for_ever(server: ObjectServer) -> None:
    bucket = Bucket(server.place(), BucketPatience(tries=2))
    server.failures.append(SLOW_DOWN)
    bucket.put("one", b"1")
    assert len(server.asked) == 2
    server.away = SLOW_DOWN
    with pytest.raises(StoreAway, match=r"^SlowDown$"):
        bucket.put("two", b"2")
    assert len(server.asked) == 4


def test_a_store_that_says_nothing_is_away(server: ObjectServer) -> None:
    bucket = Bucket(server.place(), HASTY)
    server.away = Failure(silent=True)
    with pytest.raises(StoreAway, match="ReadTimeout"):
        bucket.put("one", b"1")
    with pytest.raises(StoreAway):
        bucket.check()


def test_a_store_that_is_not_there_is_away(server: ObjectServer) -> None:
    with pytest.raises(StoreAway, match="EndpointConnectionError"):
        Bucket(replace(server.place(), endpoint="http://127.0.0.1:9"), HASTY).check()


def test_a_body_that_ends_too_early_is_read_once_more_and_never_taken_for_whole(server: ObjectServer) -> None:
    bucket = Bucket(server.place(), HASTY)
    bucket.put("one", b"whole body")
    server.failures.append(Failure(torn=True))
    assert bucket.get("one") == b"whole body"
    server.away = Failure(torn=True)
    with pytest.raises(StoreAway):
        bucket.get("one")


def test_a_store_that_kept_other_bytes_is_not_believed(server: ObjectServer) -> None:
    bucket = Bucket(server.place())
    server.failures.append(Failure(torn=True, tag="0" * 32))
    with pytest.raises(StoreAway, match="other bytes"):
        bucket.put("one", b"whole body")


def test_a_store_that_tags_in_its_own_way_is_looked_into(server: ObjectServer) -> None:
    bucket = Bucket(server.place())
    server.failures.append(Failure(tag="sealed-by-the-store"))
    assert bucket.put("one", b"whole body")


def test_a_wrong_secret_or_bucket_is_away_and_no_missing_file(server: ObjectServer) -> None:
    with pytest.raises(StoreAway, match=r"^SignatureDoesNotMatch$"):
        Bucket(server.place(secret="another")).check()
    with pytest.raises(StoreAway, match=r"^NoSuchBucket$"):
        Bucket(replace(server.place(), bucket="other")).get("one")


def test_nothing_shows_the_secret(server: ObjectServer) -> None:
    place = server.place()
    assert SECRET not in f"{place!r} {place}"
    Bucket(place).put("one", b"1")
    assert SECRET.encode() not in server.all_bytes()


def test_variables_and_profiles_of_the_library_change_nothing(
    server: ObjectServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_CA_BUNDLE"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/never")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "mars-1")
    Bucket(server.place(), HASTY).check()


def test_one_that_hangs_holds_no_more_than_its_share(server: ObjectServer) -> None:
    bucket = Bucket(server.place(), BucketPatience(tries=1), at_once=1)
    server.away = Failure(silent=True)
    with ThreadPoolExecutor(1) as thread:
        hangs = thread.submit(bucket.get, "one")
        until(lambda: server.asked, "a request that hangs")
        with pytest.raises(StoreAway, match="busy"):
            bucket.get("two")
        server.ends.set()
        with pytest.raises(StoreAway):
            hangs.result()


def test_where_it_hangs_pages_are_told_at_once_and_what_is_filed_is_still_tried(server: ObjectServer) -> None:
    bucket = Bucket(server.place(), HASTY)
    bucket.put("one", b"1")
    assert bucket.look("one") == b"1"
    with pytest.raises(NotFound):
        bucket.look("two")
    server.away = Failure(404, "SlowDown")
    with pytest.raises(StoreAway, match="SlowDown"):
        bucket.look("one")
    server.away, asked = None, len(server.asked)
    with pytest.raises(StoreAway, match="silent"):
        bucket.look("one")
    assert len(server.asked) == asked
    assert bucket.put("three", b"3")
    assert bucket.get("one") == b"1"


def test_times_are_those_of_the_store(server: ObjectServer) -> None:
    bucket = Bucket(server.place())
    bucket.put("one", b"1")
    server.now += timedelta(hours=2)
    then, now = bucket.changed("one") or (server.now, server.now)
    assert now - then == timedelta(hours=2)
