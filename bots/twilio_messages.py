"""Twilio's Messages API by HTTP: a message out, and away; for every channel that Twilio carries.

Bounded in time and size, and quiet about both: its errors hold numbers.
"""

import asyncio
from collections.abc import Mapping
from urllib.parse import quote

import httpx

from bots.http_answers import asked, json_object, seconds_asked
from bots.twilio_media import TwilioMedia
from core.errors import DeliveryFailed

_SECONDS = 11.0


class TwilioRefusal(Exception):
    """Twilio said no. `code`: its own, 0 where it told none; `retry_after`: seconds that it asks for."""

    def __init__(self, status: int, code: int, retry_after: float | None) -> None:
        self.reason = f"twilio {code or status}"
        super().__init__(self.reason)
        self.code = code
        self.retry_after = retry_after


class TwilioMessages:
    """One account. `root`: of the API; `seconds`: to send, and to delete."""

    def __init__(self, root: str, account: str, token: str, seconds: float = _SECONDS) -> None:
        root = root.rstrip("/")
        self._messages = f"{root}/2010-04-01/Accounts/{quote(account, safe='')}/Messages"
        self._auth = httpx.BasicAuth(account, token)
        self._seconds = seconds
        self._tls = httpx.create_ssl_context()  # made once: loading the authorities takes 20 ms
        self.media = TwilioMedia(root, self._auth, self._tls)

    async def send(self, form: Mapping[str, str]) -> Mapping[str, object]:
        """What Twilio says of the message; empty where its yes cannot be read. Raises TwilioRefusal, DeliveryFailed."""
        try:
            answer = await self._asked("POST", f"{self._messages}.json", form)
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as trouble:  # OSError: a TimeoutError is one
            raise DeliveryFailed(f"twilio {type(trouble).__name__}", final=False) from None
        said = json_object(answer)
        if not answer.is_success:
            code = said.get("code")
            raise TwilioRefusal(answer.status_code, code if isinstance(code, int) else 0, seconds_asked(answer))
        return said

    async def delete(self, sid: str) -> bool:
        """Deletes a message, and with it its media; False when it should be tried again later."""
        try:
            answer = await self._asked("DELETE", f"{self._messages}/{quote(sid, safe='')}.json")
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            return False
        return answer.is_success or answer.status_code == httpx.codes.NOT_FOUND

    async def _asked(self, method: str, url: str, form: Mapping[str, str] | None = None) -> httpx.Response:
        client = httpx.AsyncClient(timeout=self._seconds, verify=self._tls)
        async with asyncio.timeout(self._seconds), client:
            return await asked(client, method, url, data=form, auth=self._auth)
