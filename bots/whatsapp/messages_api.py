"""Twilio's Messages API by HTTP: a message out, and away; bounded in time and size, and quiet about both."""

import asyncio
from collections.abc import Mapping
from urllib.parse import quote

import httpx

from bots.http_answers import asked, json_object, seconds_asked
from bots.twilio_media import TwilioMedia
from bots.whatsapp.settings import RECEIPT_PATH, content_sids, value
from bots.whatsapp.window import OutsideWindow
from core.errors import DeliveryFailed
from core.messages import Address, Values

_SECONDS = 11.0
_OUTSIDE = 63016
# Nobody can be reached there: no number (21211), opted out (21610), no WhatsApp (63003, 63024), blocked (63032).
_UNREACHABLE = frozenset({21211, 21610, 63003, 63024, 63032})
# The message can never be sent as it is: too long (21617), without words (21619), content that Meta refuses (63005).
_UNSENDABLE = frozenset({21617, 21619, 63005})


class MessagesApi:
    """One account and one sender at Twilio."""

    def __init__(self, values: Values) -> None:
        account = value(values, "WHATSAPP_TWILIO_SID")
        root = value(values, "WHATSAPP_TWILIO_API_URL").rstrip("/")
        self._messages = f"{root}/2010-04-01/Accounts/{quote(account, safe='')}/Messages"
        self._auth = httpx.BasicAuth(account, value(values, "WHATSAPP_TWILIO_TOKEN"))
        self._from = f"whatsapp:{value(values, 'WHATSAPP_NUMBER')}"
        self._callback = value(values, "PUBLIC_URL").rstrip("/") + RECEIPT_PATH
        self._content = content_sids(values)
        self._tls = httpx.create_ssl_context()  # made once: loading the authorities takes 20 ms
        self.media = TwilioMedia(root, self._auth, self._tls)

    def _client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(timeout=_SECONDS, verify=self._tls)

    def template(self, key: str, lang: str) -> str:
        """The sid of the content for that phrase; empty where none was set."""
        return self._content.get(f"{key}.{lang}", "")

    async def send(self, to: Address, what: Mapping[str, str]) -> str:
        """Twilio's sid of the message; raises OutsideWindow and DeliveryFailed."""
        form = {"To": f"whatsapp:+{to.reveal()}", "From": self._from, "StatusCallback": self._callback, **what}
        try:
            async with asyncio.timeout(_SECONDS), self._client() as client:
                answer = await asked(client, "POST", f"{self._messages}.json", data=form, auth=self._auth)
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as trouble:
            raise DeliveryFailed(f"twilio {type(trouble).__name__}", final=False) from None
        given = json_object(answer)
        if answer.is_success:
            sid = given.get("sid")
            return sid if isinstance(sid, str) else ""
        raise _refused(answer, given.get("code"))

    async def delete(self, sid: str) -> bool:
        """Deletes a message, and with it its media; False when it should be tried again later."""
        try:
            async with asyncio.timeout(_SECONDS), self._client() as client:
                url = f"{self._messages}/{quote(sid, safe='')}.json"
                answer = await asked(client, "DELETE", url, auth=self._auth)
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            return False
        return answer.is_success or answer.status_code == httpx.codes.NOT_FOUND


def _refused(answer: httpx.Response, code: object) -> Exception:
    if code == _OUTSIDE:
        return OutsideWindow()
    known = code if isinstance(code, int) else 0
    return DeliveryFailed(
        f"twilio {known or answer.status_code}",
        final=known in _UNREACHABLE | _UNSENDABLE,
        gone=known in _UNREACHABLE,
        retry_after=seconds_asked(answer),
    )
