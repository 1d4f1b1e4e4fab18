"""Where files and copies lie: folders, or buckets of S3-compatible stores, as settings and commands name them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from app.errors import CannotStart
from core.messages import Problem, Setting, Values
from storage import Bucket, BucketFiles, BucketPlace, Files, TwoPlaces
from storage.file_folder import FolderFiles
from storage.files import SealedFiles

_SCHEME = "s3://"
_FILES, _BACKUP = "S3", "BACKUP_S3"
_REGION = "us-east-1"
_MEND = "Write a folder, or s3://bucket/prefix."


def _of_a_store(kind: str, what: str, otherwise: str) -> tuple[Setting, ...]:
    return (
        Setting(f"{kind}_ENDPOINT", f"address of the S3-compatible store of {what}; unset: {otherwise or 'AWS'}"),
        Setting(f"{kind}_REGION", f"its region; unset: {otherwise or _REGION}"),
        Setting(f"{kind}_ACCESS_KEY", f"who asks there; unset: {otherwise or 'nobody'}", secret=True),
        Setting(f"{kind}_SECRET_KEY", f"the secret to it; unset: {otherwise or 'none'}", secret=True),
    )


SETTINGS = (
    Setting("FILES", "where citizens' files lie, sealed: a folder, or s3://bucket/prefix; unset: files/ in DATA_DIR"),
    Setting("FILES_BEFORE", "where they lay until now: read there too, until `resi files move` has moved them"),
    *_of_a_store(_FILES, "files", ""),
    *_of_a_store(_BACKUP, "`resi backup s3://bucket/prefix`", "that of the files"),
)


def is_bucket(text: str) -> bool:
    """Else it is a folder."""
    return text.startswith(_SCHEME)


def files_of(values: Values, data_dir: Path) -> Files:
    """As the operator says; raises CannotStart."""
    return Files(place_of(values, data_dir))


def place_of(values: Values, data_dir: Path) -> SealedFiles:
    """The same, unsealed; nothing is asked of a store yet."""
    new = place_named(values, values["FILES"] or str(data_dir / "files"))
    return TwoPlaces(new, place_named(values, values["FILES_BEFORE"])) if values["FILES_BEFORE"] else new


def place_named(values: Values, text: str) -> SealedFiles:
    """A folder, or a bucket; raises CannotStart."""
    if not is_bucket(text):
        return FolderFiles(Path(text))
    return BucketFiles(Bucket(_sound(bucket_place(values, text, _FILES))))


def copies_at(values: Values, text: str) -> Path | Bucket:
    """Where backups lie; raises CannotStart."""
    return Bucket(_sound(bucket_place(values, text, _BACKUP, _FILES))) if is_bucket(text) else Path(text)


def _sound(place: BucketPlace | str) -> BucketPlace:
    if isinstance(place, str):
        raise CannotStart(f"{place}. `resi doctor` tells more.")
    return place


def bucket_place(values: Values, text: str, *kinds: str) -> BucketPlace | str:
    """Or what is wrong. `kinds`: whose settings count, the first that is set."""

    def of(name: str) -> str:
        return next((values[f"{kind}_{name}"] for kind in kinds if values[f"{kind}_{name}"]), "")

    bucket, _, prefix = text.removeprefix(_SCHEME).partition("/")
    if not _named_so(bucket):
        return f"{text} names no bucket: write s3://bucket/prefix"
    if not (of("ACCESS_KEY") and of("SECRET_KEY")):
        return f"{text} needs RESI_{kinds[-1]}_ACCESS_KEY and RESI_{kinds[-1]}_SECRET_KEY"
    if of("ENDPOINT") and not _is_address(of("ENDPOINT")):
        return f"the endpoint of {text} is no address such as https://s3.example"
    below = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
    return BucketPlace(bucket, below, of("ENDPOINT"), of("REGION") or _REGION, of("ACCESS_KEY"), of("SECRET_KEY"))


def _named_so(bucket: str) -> bool:
    return bool(bucket) and bucket.isascii() and all(each.isalnum() or each in ".-_" for each in bucket)


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.username
    except ValueError:
        return False


def problems(values: Values) -> Iterator[Problem]:
    """What cannot be used as it is set."""
    for name in ("FILES", "FILES_BEFORE"):
        place = bucket_place(values, values[name], _FILES) if is_bucket(values[name]) else ""
        if isinstance(place, str) and place:
            yield Problem(name, f"cannot be used: {place}", _MEND)
    if values["FILES_BEFORE"] and values["FILES_BEFORE"].rstrip("/") == values["FILES"].rstrip("/"):
        yield Problem("FILES_BEFORE", "is the same place as FILES", "Take RESI_FILES_BEFORE away.")
    yield from _open_lines(values)


def _open_lines(values: Mapping[str, str]) -> Iterator[Problem]:
    for kind in (_FILES, _BACKUP):
        host = urlsplit(values[f"{kind}_ENDPOINT"]).hostname if _is_address(values[f"{kind}_ENDPOINT"]) else ""
        if values[f"{kind}_ENDPOINT"].startswith("http:") and host not in {"localhost", "127.0.0.1", "::1"}:
            what = "is not https: who stands between sees when files come, and how large they are"
            yield Problem(f"{kind}_ENDPOINT", what, "Set it to an https address.", fatal=False)
