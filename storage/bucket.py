"""A bucket of an S3-compatible store: objects by name under a prefix; here alone its library is known."""

import base64
import hashlib
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from typing import TYPE_CHECKING, Any, TypeVar

from core.errors import NotFound, StoreAway
from storage.circuit_breaker import CircuitBreaker

if TYPE_CHECKING:
    from botocore.client import BaseClient

T = TypeVar("T")
_AT_ONCE = 24  # requests of one process: a store that hangs holds no more than so many threads
_LOOKS = 8  # of these, for pages: where the store hangs, what is filed still finds room, and so do other pages
_WAITS = 1.0  # seconds for one of them to end
_TRIES = 2  # to read one body to its end
_MISSING = frozenset({"NoSuchKey", "404", "NotFound"})
_TAKEN = frozenset({"PreconditionFailed", "412", "ConditionalRequestConflict", "409"})
_WITHOUT_VERSIONS = frozenset({"NotImplemented", "501", "MethodNotAllowed", "405", "InvalidRequest", "400"})
_OPENING = threading.Lock()
_MOST_SAID = 40  # characters of what a store says is wrong


@dataclass(frozen=True, slots=True)
class BucketPlace:
    """Where it is and who asks. `endpoint`: empty for AWS. `prefix`: empty, or it ends with a slash."""

    bucket: str
    prefix: str = ""
    endpoint: str = ""
    region: str = "us-east-1"
    access_key: str = field(default="", repr=False)
    secret_key: str = field(default="", repr=False)

    def __str__(self) -> str:
        return f"s3://{self.bucket}/{self.prefix}"


@dataclass(frozen=True, slots=True)
class BucketPatience:
    """Seconds for a connection and for an answer; tries of one request, with growing pauses between."""

    connect: float = 3.0
    answer: float = 8.0
    tries: int = 3


_LOOKING = BucketPatience(connect=1.5, answer=3.0, tries=1)  # of a page that somebody waits for
_HASTY = BucketPatience(connect=1.5, answer=1.5, tries=1)  # of a monitor, who asks again soon


@dataclass(frozen=True, slots=True)
class Lying:
    """An object as a listing shows it; `changed` by the store's own clock."""

    name: str
    size: int
    changed: datetime


class Bucket:
    """From any thread. Raises StoreAway with the store's own word for it; the library is loaded at the first use."""

    def __init__(self, place: BucketPlace, patience: BucketPatience | None = None, *, at_once: int = _AT_ONCE) -> None:
        self.place = place
        self._patience = patience or BucketPatience()
        self._opened: dict[BucketPatience, Any] = {}
        self._room = threading.BoundedSemaphore(at_once)
        self._looks = threading.BoundedSemaphore(_LOOKS)
        self._breaker = CircuitBreaker()

    def __str__(self) -> str:
        return str(self.place)

    def look(self, name: str) -> bytes:
        """The same as `get` for somebody who waits: within seconds, and at once where the store was silent just now."""
        if not self._looks.acquire(timeout=_WAITS):
            raise StoreAway("busy")
        try:
            with self._breaker.asking():
                return self.get(name, _LOOKING)
        finally:
            self._looks.release()

    def get(self, name: str, patience: BucketPatience | None = None) -> bytes:
        """To its last byte; raises NotFound."""

        def read(client: Any) -> bytes:  # noqa: ANN401 - of a library without types
            for _ in range(_TRIES - 1):
                body = client.get_object(**self._named(name))["Body"]
                with suppress(Exception):  # a body that ends too early is asked for again by nobody else
                    return bytes(body.read())
            return bytes(client.get_object(**self._named(name))["Body"].read())

        return self._ask(read, patience)

    def put(self, name: str, data: bytes, *, only_new: bool = False) -> bool:
        """Returns once the store says that it has these bytes; False where `only_new` found another."""
        condition = {"IfNoneMatch": "*"} if only_new else {}
        digest = hashlib.md5(data, usedforsecurity=False)

        def write(client: Any) -> bool:  # noqa: ANN401 - the same
            try:
                md5 = base64.b64encode(digest.digest()).decode()
                said = client.put_object(Body=data, ContentMD5=md5, **self._named(name), **condition)
            except client.exceptions.ClientError as error:
                if only_new and _code(error) in _TAKEN:
                    return False
                raise
            # A store that seals by itself may tag objects otherwise: then what it has is looked at.
            return said.get("ETag", "").strip('"') == digest.hexdigest() or self._has(client, name, data)

        return self._ask(write)

    def _has(self, client: Any, name: str, data: bytes) -> bool:  # noqa: ANN401 - the same
        if client.get_object(**self._named(name))["Body"].read() != data:
            raise StoreAway("other bytes")
        return True

    def listed(self, prefix: str = "") -> Iterator[Lying]:
        """By name, below the prefix of the bucket."""
        for page in self._pages(Prefix=self.place.prefix + prefix):
            for each in page.get("Contents", ()):
                yield Lying(each["Key"].removeprefix(self.place.prefix), each["Size"], each["LastModified"])

    def tops(self) -> set[str]:
        """The first parts of all names."""
        found: set[str] = set()
        for page in self._pages(Prefix=self.place.prefix, Delimiter="/"):
            names = [each["Prefix"] for each in page.get("CommonPrefixes", ())]
            names += [each["Key"] for each in page.get("Contents", ())]
            found |= {name.removeprefix(self.place.prefix).partition("/")[0] for name in names}
        return found

    def _pages(self, **asked: str) -> Iterator[Any]:
        while True:
            page = self._ask(partial(_page, self.place.bucket, asked))
            yield page
            if not page.get("IsTruncated"):
                return
            asked["ContinuationToken"] = page["NextContinuationToken"]

    def changed(self, name: str) -> tuple[datetime, datetime] | None:
        """When it was written, and what time it is there now; None where there is none."""

        def look(client: Any) -> tuple[datetime, datetime]:  # noqa: ANN401 - the same
            from email.utils import parsedate_to_datetime  # noqa: PLC0415 - for backups alone

            said = client.head_object(**self._named(name))
            return said["LastModified"], parsedate_to_datetime(said["ResponseMetadata"]["HTTPHeaders"]["date"])

        try:
            return self._ask(look)
        except NotFound:
            return None

    def erase(self, name: str) -> None:
        """Every version of it, and what marks it as gone; nothing where there is none."""

        def work(client: Any) -> None:  # noqa: ANN401 - the same
            for version in self._versions(client, name) or ({},):
                client.delete_object(**self._named(name), **version)

        self._ask(work)

    def _versions(self, client: Any, name: str) -> list[dict[str, str]]:  # noqa: ANN401 - the same
        """None that are named where the store keeps no versions."""
        whole = self.place.prefix + name
        try:
            said = client.list_object_versions(Bucket=self.place.bucket, Prefix=whole)
        except client.exceptions.ClientError as error:
            if _code(error) in _WITHOUT_VERSIONS:
                return []
            raise
        found = (*said.get("Versions", ()), *said.get("DeleteMarkers", ()))
        return [{"VersionId": each["VersionId"]} for each in found if each["Key"] == whole and each.get("VersionId")]

    def check(self) -> None:
        """Whether it answers us, within seconds: reads the name of one object at most."""
        self._ask(partial(_page, self.place.bucket, {"Prefix": self.place.prefix, "MaxKeys": 1}), _HASTY)

    def _named(self, name: str) -> dict[str, str]:
        return {"Bucket": self.place.bucket, "Key": self.place.prefix + name}

    def _ask(self, work: Callable[[Any], T], patience: BucketPatience | None = None) -> T:
        if not self._room.acquire(timeout=_WAITS):
            raise StoreAway("busy")
        try:
            with _told():
                return work(self._client(patience or self._patience))
        finally:
            self._room.release()

    def _client(self, patience: BucketPatience) -> "BaseClient":
        with _OPENING:  # a session makes one client at a time
            if patience not in self._opened:
                self._opened[patience] = _client(self.place, patience)
            return self._opened[patience]


def _client(place: BucketPlace, patience: BucketPatience) -> "BaseClient":
    from botocore.config import Config  # noqa: PLC0415 - loaded where there is a bucket

    config = Config(
        connect_timeout=patience.connect,
        read_timeout=patience.answer,
        retries={"mode": "standard", "total_max_attempts": patience.tries},
        max_pool_connections=_AT_ONCE,
        # What is signed holds the hash of the body; newer checksums are known to few stores but AWS.
        s3={"payload_signing_enabled": True, "addressing_style": "path" if place.endpoint else "auto"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        ignore_configured_endpoint_urls=True,
        user_agent="resi",
    )
    return _session().create_client(
        "s3",
        region_name=place.region,
        endpoint_url=place.endpoint or None,
        aws_access_key_id=place.access_key,
        aws_secret_access_key=place.secret_key,
        config=config,
    )


def _page(bucket: str, asked: Mapping[str, str | int], client: Any) -> Any:  # noqa: ANN401 - the same
    return client.list_objects_v2(Bucket=bucket, **asked)


@cache
def _session() -> Any:  # noqa: ANN401 - the same
    """Nothing but our own settings says where and as whom: no profile, file or variable of the library's own."""
    from botocore.session import Session  # noqa: PLC0415 - the same

    nowhere = (None, None, os.devnull, None)
    ours = {"profile": (None, None, None, None), "config_file": nowhere, "credentials_file": nowhere}
    return Session(session_vars=ours)


def _code(error: Any) -> str:  # noqa: ANN401 - botocore's ClientError, without loading it
    said = getattr(error, "response", None)  # others of the library have one that is no answer
    return str(said.get("Error", {}).get("Code", "")) if isinstance(said, dict) else ""


@contextmanager
def _told() -> Iterator[None]:
    """An error of the library may hold addresses and what the store answered: its kind alone goes on."""
    try:
        yield
    except (StoreAway, NotFound):
        raise
    except Exception as error:  # noqa: BLE001 - whatever a library raises in the middle of a body
        code = _code(error)
        if code in _MISSING:
            raise NotFound from None
        known = code and code.isascii() and code.isalnum() and len(code) <= _MOST_SAID
        raise StoreAway(code if known else type(error).__name__) from None
