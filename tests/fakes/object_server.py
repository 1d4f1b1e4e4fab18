"""An S3-compatible store on loopback, small and strict: it checks signatures and digests, keeps versions, and fails."""

import base64
import hashlib
import re
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, RLock, Thread
from typing import Self
from urllib.parse import parse_qsl, unquote, urlsplit
from xml.sax.saxutils import escape

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from storage.bucket import BucketPlace
from tests.fakes.patience import PATIENCE

KEY, SECRET, BUCKET = "a-key", "a-secret-of-the-store", "of-the-city"
_SIGNED = re.compile(r"Credential=([^/]+)/(\d{8})/([^/]+)/s3/aws4_request, ?SignedHeaders=([^,]+), ?Signature=(\w+)")
_NOW = datetime(2026, 12, 1, tzinfo=UTC)


@dataclass
class Version:
    """One of an object; without bytes it marks that the object is gone."""

    id: str
    data: bytes | None = field(repr=False)
    at: datetime


@dataclass(frozen=True)
class Failure:
    """What the next request meets: an answer instead, half a body, a wrong tag, or silence until the peer hangs up."""

    status: int = 0
    code: str = ""
    torn: bool = False
    tag: str = ""
    silent: bool = False


@dataclass
class ObjectServer:
    """One bucket. `now`: the time by its clock. `failures`: for the requests to come, in order."""

    versioned: bool = False
    now: datetime = _NOW
    page: int = 1000
    objects: dict[str, list[Version]] = field(default_factory=dict)
    failures: deque[Failure] = field(default_factory=deque)
    away: Failure | None = None
    asked: list[tuple[str, str]] = field(default_factory=list)
    heads: list[dict[str, str]] = field(default_factory=list)
    lock: RLock = field(default_factory=RLock)
    ends: Event = field(default_factory=Event)  # the silence

    def __enter__(self) -> Self:
        ours = type("Asked", (_Exchange,), {"store": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), ours)
        self._server.daemon_threads = True
        Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ends.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def place(self, prefix: str = "files/", *, secret: str = SECRET) -> BucketPlace:
        return BucketPlace(BUCKET, prefix, self.url, "eu-test-1", KEY, secret)

    @property
    def settings(self) -> dict[str, str]:
        return {"S3_ENDPOINT": self.url, "S3_REGION": "eu-test-1", "S3_ACCESS_KEY": KEY, "S3_SECRET_KEY": SECRET}

    def whole(self) -> dict[str, bytes]:
        """What a listing shows, with its bytes."""
        with self.lock:
            latest = {name: found[-1].data for name, found in sorted(self.objects.items()) if found}
        return {name: data for name, data in latest.items() if data is not None}

    def all_bytes(self) -> bytes:
        """Of every version, with every name and head that was ever sent here."""
        with self.lock:
            bodies = [each.data or b"" for found in self.objects.values() for each in found]
            return b"\n".join([*bodies, repr(self.asked).encode(), repr(self.heads).encode()])


class _Exchange(BaseHTTPRequestHandler):
    store: ObjectServer
    protocol_version = "HTTP/1.1"
    wbufsize = 65_536  # head and body in one piece: else each waits for the other side

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - of its base class
        """Says nothing."""

    def handle_expect_100(self) -> bool:
        said = super().handle_expect_100()
        self.wfile.flush()
        return said

    def do_GET(self) -> None:
        self._take()

    def do_PUT(self) -> None:
        self._take()

    def do_HEAD(self) -> None:
        self._take()

    def do_DELETE(self) -> None:
        self._take()

    def _take(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        store = self.store
        with store.lock:
            store.asked.append((self.command, self.path))
            store.heads.append(dict(self.headers.items()))
            failure = store.failures.popleft() if store.failures else store.away
        if failure is not None and failure.silent:
            store.ends.wait(PATIENCE)  # or the peer gives up before
            self.close_connection = True
            return None
        if failure is not None and failure.status:
            return self._fails(failure.status, failure.code)
        if not self._is_signed(body):
            return self._fails(403, "SignatureDoesNotMatch")
        with store.lock:
            self._answer(body, failure or Failure())
        return None

    def _is_signed(self, body: bytes) -> bool:
        """Computes what the signature must be, from what was received."""
        found = _SIGNED.search(self.headers.get("Authorization", ""))
        if found is None or found[1] != KEY or self.headers["x-amz-content-sha256"] != hashlib.sha256(body).hexdigest():
            return False
        signed = {name: self.headers[name] for name in found[4].split(";")}
        request = AWSRequest(self.command, f"http://{self.headers['Host']}{self.path}", signed)
        request.context["timestamp"] = self.headers["X-Amz-Date"]
        auth = S3SigV4Auth(Credentials(KEY, SECRET), "s3", found[3])
        asked = "\n".join(
            (
                self.command,
                urlsplit(self.path).path,
                auth.canonical_query_string(request),
                *(f"{name}:{' '.join(signed[name].split())}" for name in found[4].split(";")),
                "",
                found[4],
                self.headers["x-amz-content-sha256"],
            )
        )
        return bool(auth.signature(auth.string_to_sign(request, asked), request) == found[5])

    def _answer(self, body: bytes, failure: Failure) -> None:
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        bucket, _, name = unquote(parts.path).lstrip("/").partition("/")
        if bucket != BUCKET:
            return self._fails(404, "NoSuchBucket")
        if not name:
            return self._list_versions(query) if "versions" in query else self._list(query)
        match self.command:
            case "PUT":
                return self._put(name, body, failure)
            case "DELETE":
                return self._delete(name, query.get("versionId"))
            case _:
                return self._get(name, failure)

    def _put(self, name: str, body: bytes, failure: Failure) -> None:
        digest = hashlib.md5(body, usedforsecurity=False)
        if self.headers.get("Content-MD5") not in {None, base64.b64encode(digest.digest()).decode()}:
            return self._fails(400, "BadDigest")
        found = self.store.objects.setdefault(name, [])
        if self.headers.get("If-None-Match") == "*" and found and found[-1].data is not None:
            return self._fails(412, "PreconditionFailed")
        if not self.store.versioned:
            found.clear()
        kept = body[: len(body) // 2] if failure.torn else body
        found.append(Version(f"v{len(found)}" if self.store.versioned else "null", kept, self.store.now))
        return self._says(200, b"", ETag=f'"{failure.tag or digest.hexdigest()}"')

    def _delete(self, name: str, version: str | None) -> None:
        found = self.store.objects.get(name, [])
        if version is not None:
            found[:] = [each for each in found if each.id != version]
        elif self.store.versioned:
            found.append(Version(f"v{len(found)}", None, self.store.now))
        else:
            found.clear()
        if not found:
            self.store.objects.pop(name, None)
        self._says(204, b"")

    def _get(self, name: str, failure: Failure) -> None:
        found = self.store.objects.get(name)
        if not found or found[-1].data is None:
            return self._fails(404, "NoSuchKey")
        data = found[-1].data
        heads = {"ETag": f'"{hashlib.md5(data, usedforsecurity=False).hexdigest()}"'}
        heads["Last-Modified"] = format_datetime(found[-1].at, usegmt=True)
        return self._says(200, data, torn=failure.torn, **heads)

    def _list(self, query: dict[str, str]) -> None:
        prefix, cut = query.get("prefix", ""), query.get("delimiter")
        names = [name for name in self.store.whole() if name.startswith(prefix)]
        if cut:
            below = {name[: name.index(cut, len(prefix)) + 1] for name in names if cut in name[len(prefix) :]}
            names = [name for name in names if cut not in name[len(prefix) :]]
            common = "".join(f"<CommonPrefixes><Prefix>{escape(each)}</Prefix></CommonPrefixes>" for each in below)
        else:
            common = ""
        names = [name for name in names if name > query.get("continuation-token", "")]
        most = min(self.store.page, int(query.get("max-keys", "1000")))
        more, names = len(names) > most, names[:most]
        lines = [f"<IsTruncated>{str(more).lower()}</IsTruncated>{common}"]
        lines += [f"<NextContinuationToken>{escape(names[-1])}</NextContinuationToken>"] if more else []
        for name in names:
            last = self.store.objects[name][-1]
            at = last.at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
            lines.append(
                f"<Contents><Key>{escape(name)}</Key><Size>{len(last.data or b'')}</Size>"
                f"<LastModified>{at}</LastModified></Contents>"
            )
        self._xml("ListBucketResult", "".join(lines))

    def _list_versions(self, query: dict[str, str]) -> None:
        lines = []
        for name, found in sorted(self.store.objects.items()):
            for each in found if name.startswith(query.get("prefix", "")) else ():
                kind = "DeleteMarker" if each.data is None else "Version"
                lines.append(f"<{kind}><Key>{escape(name)}</Key><VersionId>{each.id}</VersionId></{kind}>")
        self._xml("ListVersionsResult", "".join(lines))

    def _xml(self, name: str, inside: str) -> None:
        self._says(200, f'<?xml version="1.0"?><{name}>{inside}</{name}>'.encode(), Server="of a test")

    def _fails(self, status: int, code: str) -> None:
        self._says(status, f"<Error><Code>{code}</Code><Message>canary of a message</Message></Error>".encode())

    def _says(self, status: int, body: bytes, *, torn: bool = False, **heads: str) -> None:
        self.send_response_only(status)
        self.send_header("Date", format_datetime(self.store.now, usegmt=True))
        for name, value in heads.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body[: len(body) // 2] if torn else body)
        self.close_connection = self.close_connection or torn
