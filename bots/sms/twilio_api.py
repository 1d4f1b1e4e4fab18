"""Twilio's REST API through its own SDK, bounded in time, and quiet: its errors and its log hold numbers."""

import asyncio
import json
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from urllib.parse import quote, urljoin

import httpx
from twilio.http.http_client import TwilioHttpClient  # type: ignore[import-untyped]
from twilio.http.response import Response  # type: ignore[import-untyped]
from twilio.rest import Client  # type: ignore[import-untyped]

from bots.sms.our_numbers import OurNumbers
from bots.sms.provider import receipt_url, seconds_asked
from core.errors import DeliveryFailed, FileAway
from core.messages import FileRef, Outgoing, Values, WireId

T = TypeVar("T")

# No retry changes it: 21211 no such number, 21408 region not allowed, 21610 opted out, 21612 and 21614 out of reach.
_FINAL = frozenset({21211, 21408, 21610, 21612, 21614})
_NOT_FOUND = 404
_SOCKET_SECONDS = 5.0  # to connect, and between two pieces of an answer
_SEND_SECONDS = 11.0
_FETCH_SECONDS = 30.0
_FETCH_BYTES = 20_000_000
_FETCH_HOPS = 4  # a media address leads on to a storage host
_THREADS = 4  # of our own: a Twilio that hangs shall not hold the threads that the store runs on


class _Refusal(Exception):
    """Twilio said no; carries numbers only, where the SDK's own exception carries the text."""

    def __init__(self, status: int, code: int, retry_after: float | None) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.retry_after = retry_after


def _code_of(text: str) -> int:
    try:
        code = json.loads(text)["code"]
    except (ValueError, TypeError, KeyError):
        return 0
    return code if isinstance(code, int) else 0


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


class _Http:
    """The SDK's HTTP client without its log, its memory of the last request and its talkative errors."""

    is_async = False

    def __init__(self, socket_seconds: float) -> None:
        silence = logging.Logger("unheard")  # noqa: LOG001 - in no tree, so that no configuration can wake it
        silence.disabled = True
        self._inner = TwilioHttpClient(timeout=socket_seconds, logger=silence)

    def request(self, method: str, url: str, **rest: object) -> Response:
        """As the SDK calls it; raises _Refusal for any answer but a yes."""
        answer: Response = self._inner.request(method, url, **rest)
        self._inner._test_only_last_request = None  # noqa: SLF001 - it would keep number and words in memory
        self._inner._test_only_last_response = None  # noqa: SLF001 - likewise
        if not httpx.codes.is_success(answer.status_code):
            raise _Refusal(
                answer.status_code, _code_of(answer.text), seconds_asked((answer.headers or {}).get("Retry-After"))
            )
        if method == "POST" and not _is_object(answer.text):
            raise _Refusal(answer.status_code, 0, None)
        return answer


class TwilioApi:
    """One account at Twilio."""

    def __init__(self, values: Values, root: str, socket_seconds: float = _SOCKET_SECONDS) -> None:
        self._root = root.rstrip("/")
        self._ours = OurNumbers(values.get("TWILIO_FROM", ""))
        self._callback = receipt_url(values)
        self._auth = (values.get("TWILIO_ACCOUNT_SID", ""), values.get("TWILIO_AUTH_TOKEN", ""))
        # The environment is named, or TWILIO_EDGE and TWILIO_REGION of the process would bend our addresses.
        client = Client(
            *self._auth, http_client=_Http(socket_seconds), environment={"TWILIO_ACCOUNT_SID": self._auth[0]}
        )
        client.api.base_url = self._root
        self._messages = client.messages
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="twilio")

    async def _run(self, call: Callable[[], T]) -> T:
        async with asyncio.timeout(_SEND_SECONDS):
            return await asyncio.get_running_loop().run_in_executor(self._threads, call)

    async def send(self, out: Outgoing) -> str:
        """Twilio's sid of the message; raises DeliveryFailed."""
        try:
            return await self._run(lambda: self._create(out))
        except _Refusal as no:
            reason = f"twilio {no.code or no.status}"
            raise DeliveryFailed(reason, final=no.code in _FINAL, retry_after=no.retry_after) from None
        except OSError as trouble:  # every error of requests is one, and so is TimeoutError
            raise DeliveryFailed(f"twilio {type(trouble).__name__}", final=False) from None

    def _create(self, out: Outgoing) -> str:
        callback = {"status_callback": self._callback} if self._callback else {}
        to, ours = self._ours.split(out.to)
        sent = self._messages.create(to=to, from_=ours, body=out.text, **callback)
        return str(sent.sid or "")

    async def delete(self, wire_id: WireId) -> bool:
        """Deletes a message, and with it its media; False when it should be tried again later."""
        sid = quote(wire_id.reveal(), safe="")
        try:
            await self._run(self._messages(sid).delete)
        except _Refusal as no:
            return no.status == _NOT_FOUND
        except OSError:
            return False
        return True

    def holds(self, url: str) -> bool:
        """Whether the address is at the API's own scheme, host and port, where our password may go."""
        try:
            there = httpx.URL(url)  # the parser that will fetch it: two parsers can be made to disagree
        except httpx.InvalidURL:
            return False
        here = httpx.URL(self._root)
        return (there.scheme, there.host, there.port) == (here.scheme, here.host, here.port)

    async def fetch(self, ref: FileRef) -> bytes:
        """The bytes of a picture; raises FileAway."""
        if not self.holds(ref.fetch_id):
            raise FileAway(final=True)
        try:
            async with asyncio.timeout(_FETCH_SECONDS), httpx.AsyncClient(timeout=_SOCKET_SECONDS) as client:
                return await self._follow(client, ref.fetch_id)
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            raise FileAway(final=False) from None

    async def _follow(self, client: httpx.AsyncClient, url: str) -> bytes:
        for _ in range(_FETCH_HOPS):
            ours = self.holds(url)
            if not ours and not url.startswith("https://"):
                break
            async with client.stream("GET", url, auth=self._auth if ours else None) as answer:
                if not answer.has_redirect_location:
                    return await _bounded(answer)
                url = urljoin(url, answer.headers["location"])
        raise FileAway(final=True)


async def _bounded(answer: httpx.Response) -> bytes:
    if answer.status_code in {400, _NOT_FOUND, 410}:
        raise FileAway(final=True)
    if not answer.is_success:
        raise FileAway(final=False)
    data = bytearray()
    async for piece in answer.aiter_bytes():
        data += piece
        if len(data) > _FETCH_BYTES:
            raise FileAway(final=True)
    return bytes(data)
