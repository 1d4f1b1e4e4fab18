"""Twilio's Messages API by its own SDK: a message out, and away; for every channel that Twilio carries.

Bounded in time and size, and quiet about both: its errors hold numbers, where the SDK's own hold the text.
"""

import asyncio
import ssl
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

import httpx
from twilio.http.response import Response  # type: ignore[import-untyped]
from twilio.rest import Client  # type: ignore[import-untyped]

from bots.http_answers import asked, json_object, seconds_asked
from bots.twilio_media import TwilioMedia
from core.errors import DeliveryFailed

_SECONDS: Final = 11.0


class TwilioRefusal(Exception):
    """Twilio said no. `code`: its own, 0 where it told none; `retry_after`: seconds that it asks for."""

    def __init__(self, status: int, code: int, retry_after: float | None) -> None:
        self.reason = f"twilio {code or status}"
        super().__init__(self.reason)
        self.status = status
        self.code = code
        self.retry_after = retry_after


class TwilioUnreadable(Exception):
    """Twilio said yes, and nothing that can be read."""


class _Http:
    """What the SDK calls by: its own client logs numbers, remembers them, and reads whatever comes."""

    is_async = True

    def __init__(self, seconds: float, tls: ssl.SSLContext) -> None:
        self._seconds = seconds
        self._tls = tls

    async def request(self, method: str, url: str, **sent: object) -> Response:
        """As the SDK calls it; raises what httpx raises, TwilioRefusal and TwilioUnreadable."""
        given = {name: sent[name] for name in ("params", "data", "auth") if sent.get(name)}
        client = httpx.AsyncClient(timeout=self._seconds, verify=self._tls)
        async with asyncio.timeout(self._seconds), client:
            answer = await asked(client, method, url, **given)
        said = json_object(answer)
        if not answer.is_success:
            code = said.get("code")
            raise TwilioRefusal(answer.status_code, code if isinstance(code, int) else 0, seconds_asked(answer))
        if method == "POST" and not said:
            raise TwilioUnreadable
        return Response(answer.status_code, answer.text, {})


class TwilioMessages:
    """One account. `root`: of the API; `seconds`: to send, and to delete."""

    def __init__(self, root: str, account: str, token: str, seconds: float = _SECONDS) -> None:
        root = root.rstrip("/")
        tls = httpx.create_ssl_context()  # made once: loading the authorities takes 20 ms
        self.media = TwilioMedia(root, httpx.BasicAuth(account, token), tls)
        # The environment is named, or TWILIO_EDGE and TWILIO_REGION of the process would bend our addresses.
        client = Client(account, token, http_client=_Http(seconds, tls), environment={"TWILIO_ACCOUNT_SID": account})
        client.api.base_url = root
        self._messages = client.messages

    async def send(self, message: Mapping[str, str]) -> str:
        """Twilio's sid. `message`: what the SDK's `create` takes.

        Raises TwilioRefusal, TwilioUnreadable and DeliveryFailed.
        """
        try:
            sent = await self._messages.create_async(**message)
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as trouble:  # OSError: a TimeoutError is one
            raise DeliveryFailed(f"twilio {type(trouble).__name__}", final=False) from None
        return sent.sid if isinstance(sent.sid, str) else ""

    async def delete(self, sid: str) -> bool:
        """Deletes a message, and with it its media; False when it should be tried again later."""
        try:
            await self._messages(quote(sid, safe="")).delete_async()
        except TwilioRefusal as no:
            return no.status == httpx.codes.NOT_FOUND
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            return False
        return True
