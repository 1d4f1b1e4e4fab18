"""Files of citizens' messages at Twilio: at the API, or where it leads; for every channel that Twilio carries."""

import asyncio
import ssl
from collections.abc import Callable
from urllib.parse import urljoin

import httpx

from bots.http_answers import fetched
from core.errors import FileAway
from core.messages import FileRef, UnsupportedContent

_SOCKET_SECONDS = 10.0  # to connect, and between two pieces
_FETCH_SECONDS = 60.0
_HOPS = 4  # a media address leads on to a storage host
_GONE = frozenset({400, 404, 410})
_CARDS = frozenset({"text/vcard", "text/x-vcard", "text/directory"})
_MOST = 10  # files of a message: Twilio's own limit


def media_of(value: Callable[[str], str]) -> tuple[tuple[FileRef, ...], UnsupportedContent | None]:
    """The files of a message, and whether it brings a card. `value`: of a field of its form, empty: there is none."""
    given, files, unsupported = value("NumMedia"), list[FileRef](), None
    count = min(int(given), _MOST) if given.isascii() and given.isdigit() and len(given) <= len("99") else 0
    for index in range(count):
        if value(f"MediaContentType{index}").lower() in _CARDS:
            unsupported = UnsupportedContent.CONTACT
        else:  # one that lies elsewhere is not fetched, and its sender is told so
            files.append(FileRef(fetch_id=value(f"MediaUrl{index}")))
    return tuple(files), unsupported


class TwilioMedia:
    """`root`: of the API; `auth`: of the account, which goes nowhere else."""

    def __init__(self, root: str, auth: httpx.BasicAuth, tls: ssl.SSLContext) -> None:
        self._root = httpx.URL(root)
        self._auth = auth
        self._tls = tls

    def holds(self, url: str) -> bool:
        """Whether the address is at the API's own scheme, host and port, where our password may go."""
        try:
            there = httpx.URL(url)  # the parser that will fetch it: two parsers can be made to disagree
        except httpx.InvalidURL:
            return False
        here = self._root
        return (there.scheme, there.host, there.port) == (here.scheme, here.host, here.port)

    async def fetch(self, url: str) -> bytes:
        """The bytes of a file; raises FileAway."""
        if not self.holds(url):
            raise FileAway(final=True)
        client = httpx.AsyncClient(timeout=_SOCKET_SECONDS, verify=self._tls)
        try:
            async with asyncio.timeout(_FETCH_SECONDS), client:
                return await self._follow(client, url)
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            raise FileAway(final=False) from None

    async def _follow(self, client: httpx.AsyncClient, url: str) -> bytes:
        for _ in range(_HOPS):
            ours = self.holds(url)
            if not ours and not url.startswith("https://"):
                break
            found = await fetched(client, url, self._auth if ours else None)
            if isinstance(found, bytes):
                return found
            if not found.has_redirect_location:
                raise FileAway(final=found.status_code in _GONE)
            url = urljoin(url, found.headers["location"])
        raise FileAway(final=True)
