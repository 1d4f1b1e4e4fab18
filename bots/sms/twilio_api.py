"""Twilio's REST API through its own SDK, bounded in time and size, and quiet: its errors and its log hold numbers."""

import asyncio
import ssl
import weakref
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from urllib.parse import quote

import httpx
from twilio.http.response import Response  # type: ignore[import-untyped]
from twilio.rest import Client  # type: ignore[import-untyped]

from bots.http_answers import asked_by_thread, json_object, seconds_asked
from bots.sms.our_numbers import OurNumbers
from bots.sms.provider import receipt_url
from bots.twilio_media import TwilioMedia
from core.errors import DeliveryFailed
from core.messages import Outgoing, Values, WireId

T = TypeVar("T")

# No retry changes it: 21211 no such number, 21408 region not allowed, 21610 opted out, 21612 and 21614 out of reach.
_FINAL = frozenset({21211, 21408, 21610, 21612, 21614})
_NOT_FOUND = 404
_SOCKET_SECONDS = 5.0  # to connect, and between two pieces of an answer
_SEND_SECONDS = 11.0
_THREADS = 4  # of our own: a Twilio that hangs shall not hold the threads that the store runs on


class _Refusal(Exception):
    """Twilio said no; carries numbers only, where the SDK's own exception carries the text."""

    def __init__(self, status: int, code: int, retry_after: float | None) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.retry_after = retry_after


def _code_of(answer: httpx.Response) -> int:
    code = json_object(answer).get("code")
    return code if isinstance(code, int) else 0


class _Http:
    """What the SDK calls by: its own client logs numbers, remembers them, and reads whatever comes."""

    is_async = False

    def __init__(self, socket_seconds: float, tls: ssl.SSLContext) -> None:
        self._client = httpx.Client(timeout=socket_seconds, verify=tls)
        weakref.finalize(self, self._client.close)

    def request(self, method: str, url: str, *, headers: Mapping[str, str] | None = None, **rest: object) -> Response:
        """As the SDK calls it; raises _Refusal for any answer but a yes."""
        sent = {name: rest.get(name) for name in ("params", "data", "auth")}
        answer = asked_by_thread(self._client, _SEND_SECONDS, method, url, headers or {}, **sent)
        if not answer.is_success:
            raise _Refusal(answer.status_code, _code_of(answer), seconds_asked(answer))
        if method.upper() == "POST" and not json_object(answer):
            raise _Refusal(answer.status_code, 0, None)
        return Response(answer.status_code, answer.text, dict(answer.headers))


class TwilioApi:
    """One account at Twilio."""

    def __init__(self, values: Values, root: str, socket_seconds: float = _SOCKET_SECONDS) -> None:
        root = root.rstrip("/")
        self._ours = OurNumbers(values.get("TWILIO_FROM", ""))
        self._callback = receipt_url(values)
        account, token = values.get("TWILIO_ACCOUNT_SID", ""), values.get("TWILIO_AUTH_TOKEN", "")
        tls = httpx.create_ssl_context()  # made once: loading the authorities takes 20 ms
        self.media = TwilioMedia(root, httpx.BasicAuth(account, token), tls)
        # The environment is named, or TWILIO_EDGE and TWILIO_REGION of the process would bend our addresses.
        client = Client(
            account, token, http_client=_Http(socket_seconds, tls), environment={"TWILIO_ACCOUNT_SID": account}
        )
        client.api.base_url = root
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
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as trouble:  # OSError: a TimeoutError is one
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
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            return False
        return True
