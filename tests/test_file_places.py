"""Where files and copies lie: a folder unless a bucket is named, and what is half set is told."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import CannotStart
from app.file_places import SETTINGS, bucket_place, copies_at, files_of, problems
from core.messages import Values
from storage import Bucket, BucketFiles, BucketPlace, TwoPlaces
from storage.file_folder import FolderFiles

STORE = {"S3_ENDPOINT": "https://s3.example", "S3_REGION": "id-1", "S3_ACCESS_KEY": "who", "S3_SECRET_KEY": "canary"}


def values(**more: str) -> Values:
    return {setting.name: setting.default for setting in SETTINGS} | more


def test_with_nothing_set_they_lie_in_the_data_folder(tmp_path: Path) -> None:
    assert isinstance(files_of(values(), tmp_path).place, FolderFiles)
    kept = files_of(values(), tmp_path).put(b"1", "image/jpeg")
    assert (tmp_path / "files" / kept.name[:2] / kept.name).exists()
    kept = files_of(values(FILES=str(tmp_path / "other")), tmp_path).put(b"1", "image/jpeg")
    assert (tmp_path / "other" / kept.name[:2] / kept.name).exists()


def test_a_bucket_is_reached_as_its_settings_say(tmp_path: Path) -> None:
    found = bucket_place(values(**STORE), "s3://photos/of/resi/", "S3")
    assert found == BucketPlace("photos", "of/resi/", "https://s3.example", "id-1", "who", "canary")
    assert isinstance(files_of(values(FILES="s3://photos", **STORE), tmp_path).place, BucketFiles)
    both = files_of(values(FILES="s3://photos", FILES_BEFORE=str(tmp_path), **STORE), tmp_path).place
    assert isinstance(both, TwoPlaces)
    assert isinstance(both.old, FolderFiles)


def test_copies_go_to_a_store_of_their_own_where_one_is_set() -> None:
    own = {"BACKUP_S3_ENDPOINT": "https://far.example", "BACKUP_S3_ACCESS_KEY": "other", "BACKUP_S3_SECRET_KEY": "x"}
    near, far = copies_at(values(**STORE), "s3://copies"), copies_at(values(**STORE, **own), "s3://copies")
    assert isinstance(near, Bucket)
    assert isinstance(far, Bucket)
    assert near.place == BucketPlace("copies", "", "https://s3.example", "id-1", "who", "canary")
    assert far.place == replace(near.place, endpoint="https://far.example", access_key="other", secret_key="x")
    assert copies_at(values(), "a/folder") == Path("a/folder")


@pytest.mark.parametrize(
    "more",
    [
        {"FILES": "s3://"},
        {"FILES": "s3://bu cket", **STORE},
        {"FILES": "s3://photos"},
        {"FILES": "s3://photos", "S3_ACCESS_KEY": "who"},
        {"FILES": "s3://photos", **STORE, "S3_ENDPOINT": "s3.example"},
        {"FILES": "s3://photos", **STORE, "S3_ENDPOINT": "https://who:canary@s3.example"},
        {"FILES_BEFORE": "s3://photos"},
    ],
)
def test_what_is_half_set_is_told_and_refused(more: dict[str, str], tmp_path: Path) -> None:
    (problem,) = problems(values(**more))
    assert problem.fatal
    assert "canary" not in f"{problem}"
    with pytest.raises(CannotStart) as told:
        files_of(values(**more), tmp_path)
    assert "canary" not in str(told.value)


def test_a_line_that_others_can_read_is_a_warning_but_for_this_machine() -> None:
    (problem,) = problems(values(S3_ENDPOINT="http://s3.example"))
    assert not problem.fatal
    assert not [*problems(values(S3_ENDPOINT="http://127.0.0.1:9000"))]


def test_two_places_that_are_one_are_told() -> None:
    (problem,) = problems(values(FILES="/kept/files/", FILES_BEFORE="/kept/files"))
    assert problem.setting == "FILES_BEFORE"
