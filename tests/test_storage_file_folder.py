"""Files on disk: sealed, nameless, timeless, and gone when nothing names them."""

import os
import resource
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.errors import NotFound, StoreAway
from storage import Files, SealBroken

JPEG = b"\xff\xd8\xff\xe0 canary of a picture " * 50
FUTURE = datetime(2100, 1, 1, tzinfo=UTC)
PAST = datetime(2000, 1, 1, tzinfo=UTC)


def _on_disk(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_comes_back_as_it_was_put_and_lies_sealed(tmp_path: Path) -> None:
    files = Files(tmp_path / "files")
    kept = files.put(JPEG, "image/jpeg")
    assert (kept.kind, kept.size) == ("image/jpeg", len(JPEG))
    assert files.get(kept) == JPEG
    (path,) = _on_disk(tmp_path)
    assert b"canary" not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    assert "image" not in path.name
    assert kept.key not in repr(kept)


def test_names_and_times_tell_nothing(tmp_path: Path) -> None:
    files = Files(tmp_path)
    names = {files.put(JPEG, "image/jpeg").name for _ in range(20)}
    assert len(names) == 20
    times = {(path.stat().st_mtime, path.stat().st_atime) for path in _on_disk(tmp_path)}
    assert times == {(0.0, 0.0)}


def test_a_file_that_was_changed_or_exchanged_is_refused(tmp_path: Path) -> None:
    files = Files(tmp_path)
    one, two = files.put(JPEG, "image/jpeg"), files.put(b"other", "image/png")
    with pytest.raises(SealBroken):
        files.get(replace(one, key=two.key))
    paths = {path.name: path for path in _on_disk(tmp_path)}
    paths[one.name].write_bytes(paths[two.name].read_bytes())
    with pytest.raises(SealBroken):
        files.get(replace(two, name=one.name))


def test_a_file_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    files = Files(tmp_path)
    kept = files.put(JPEG, "image/jpeg")
    with pytest.raises(NotFound):
        files.get(replace(kept, name="00ff"))


def test_a_disk_that_takes_no_more_is_away_and_keeps_no_half(tmp_path: Path) -> None:
    files = Files(tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_000_000, hard))
    try:
        with pytest.raises(StoreAway):
            files.put(bytes(5_000_000), "image/jpeg")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert files.sweep(set(), FUTURE) == 1
    assert _on_disk(tmp_path) == []


def test_a_sweep_takes_what_nothing_names_once_it_is_old(tmp_path: Path) -> None:
    files = Files(tmp_path)
    used, unused = files.put(JPEG, "image/jpeg"), files.put(JPEG, "image/jpeg")
    assert files.sweep({used.name}, PAST) == 0
    assert files.get(unused) == JPEG
    assert files.sweep({used.name}, FUTURE) == 1
    assert files.get(used) == JPEG
    with pytest.raises(NotFound):
        files.get(unused)


def test_a_sweep_sets_the_times_that_the_disk_keeps_by_itself_anew(tmp_path: Path) -> None:
    files = Files(tmp_path)
    kept = files.put(JPEG, "image/jpeg")
    (path,) = _on_disk(tmp_path)
    before = path.stat().st_ctime_ns
    os.sync()
    files.sweep({kept.name}, datetime.fromtimestamp(path.stat().st_ctime, UTC) + timedelta(hours=1))
    assert path.stat().st_ctime_ns > before
    assert path.stat().st_mtime == 0
