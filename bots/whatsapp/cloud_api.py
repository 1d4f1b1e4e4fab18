"""Meta's Graph API by HTTP: a message out, a file in; bounded in time and size, and quiet: errors hold numbers."""

import asyncio
from collections.abc import Mapping
from urllib.parse import quote

import httpx

from bots.http_answers import MOST_BYTES, asked, fetched, json_object, seconds_asked
from bots.whatsapp.payload import Json
from bots.whatsapp.settings import value
from bots.whatsapp.window import OutsideWindow
from core.errors import DeliveryFailed, FileAway
from core.messages import Values

_SECONDS = 10.0
_FETCH_SECONDS = 60.0
_GONE_STATUS = frozenset({400, 404, 410})
# Where Meta keeps media. The token goes along with the request, so it goes nowhere else.
_MEDIA_HOSTS = ("fbsbx.com", "facebook.com", "fbcdn.net", "whatsapp.net")

OUTSIDE_WINDOW = 131047
# Nobody can be reached there: no account or an old app (131026), not on the list of a test number (131030), ourselves.
_UNREACHABLE = frozenset({131021, 131026, 131030})
# The message can never be sent as it is: a value that Meta does not take, something missing, a kind it does not know.
_UNSENDABLE = frozenset({100, 131008, 131009, 131051, 131062})
# Meta asks for patience and says for how long only in words: 131056 is six seconds a message to one person.
_PATIENCE = {4: 60.0, 80007: 60.0, 130429: 5.0, 131048: 600.0, 131049: 600.0, 131056: 6.0}


class CloudApi:
    """One number at Meta."""

    def __init__(self, values: Values) -> None:
        self._root = value(values, "WHATSAPP_API_URL").rstrip("/")
        self._number = value(values, "WHATSAPP_PHONE_NUMBER_ID")
        self._headers = {"Authorization": f"Bearer {value(values, 'WHATSAPP_TOKEN')}"}
        self._tls = httpx.create_ssl_context()  # made once: loading the authorities takes 20 ms

    def _client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(timeout=_SECONDS, verify=self._tls, headers=self._headers)

    async def post(self, body: Json) -> str:
        """Meta's id of the message; raises OutsideWindow and DeliveryFailed."""
        try:
            async with asyncio.timeout(_SECONDS), self._client() as client:
                answer = await asked(client, "POST", f"{self._root}/{self._number}/messages", json=body)
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as trouble:
            raise DeliveryFailed(f"whatsapp {type(trouble).__name__}", final=False) from None
        given = json_object(answer)
        if answer.is_success:
            return _sent(given)
        raise _refused(answer, given)

    async def fetch(self, media: str) -> bytes:
        """The bytes of a file by its id; raises FileAway."""
        try:
            async with asyncio.timeout(_FETCH_SECONDS), self._client() as client:
                return await self._download(client, media)
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            raise FileAway(final=False) from None

    async def delete(self, media: str) -> bool:
        """Deletes a file at Meta; False when it should be tried again later."""
        try:
            async with asyncio.timeout(_SECONDS), self._client() as client:
                answer = await asked(client, "DELETE", self._media(media), params={"phone_number_id": self._number})
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            return False
        return answer.is_success or answer.status_code in _GONE_STATUS

    def _media(self, media: str) -> str:
        return f"{self._root}/{quote(media, safe='')}"

    async def _download(self, client: httpx.AsyncClient, media: str) -> bytes:
        about = await asked(client, "GET", self._media(media), params={"phone_number_id": self._number})
        if not about.is_success:
            raise _away(about)
        given = json_object(about)
        url, size = given.get("url"), given.get("file_size")
        too_large = _whole(size) > MOST_BYTES
        if too_large or not isinstance(url, str) or not self._holds(url):
            raise FileAway(final=True, too_large=too_large)
        found = await fetched(client, url)
        if isinstance(found, bytes):
            return found
        raise _away(found)

    def _holds(self, url: str) -> bool:
        """Whether our token may go there: the API itself, or a host of Meta's by https."""
        try:
            there = httpx.URL(url)  # the parser that will fetch it: two parsers can be made to disagree
        except httpx.InvalidURL:
            return False
        here = httpx.URL(self._root)
        if (there.scheme, there.host, there.port) == (here.scheme, here.host, here.port):
            return True
        meta = any(there.host == host or there.host.endswith(f".{host}") for host in _MEDIA_HOSTS)
        return there.scheme == "https" and meta and there.port in {None, 443}


def _away(answer: httpx.Response) -> FileAway:
    return FileAway(final=answer.status_code in _GONE_STATUS or answer.is_redirect)


def _sent(given: Mapping[str, object]) -> str:
    """The id; a yes that cannot be read is a yes, or the message would leave again."""
    match given:
        case {"messages": [{"id": str(wamid)}, *_]}:
            return wamid
        case _:
            return ""


def _refused(answer: httpx.Response, given: Mapping[str, object]) -> Exception:
    error = given.get("error")
    code = _whole(error.get("code")) if isinstance(error, dict) else 0
    if code == OUTSIDE_WINDOW:
        return OutsideWindow()
    reason = f"whatsapp {code or answer.status_code}"
    if code in _UNREACHABLE:
        return DeliveryFailed(reason, final=True)
    if code in _UNSENDABLE:
        return DeliveryFailed(reason, final=True, gone=False)
    # All else may pass: a limit, a token that has to be renewed, a template that is still to be approved.
    rest = seconds_asked(answer)
    return DeliveryFailed(reason, final=False, retry_after=_PATIENCE.get(code) if rest is None else rest)


def _whole(given: object) -> int:
    """Meta writes sizes as a number, and at times as digits."""
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    return int(given) if isinstance(given, str) and given.isascii() and given.isdigit() and len(given) < 20 else 0  # noqa: PLR2004 - far above any size
