"""The Bot API as python-telegram-bot speaks it, with four of its habits mended: each costs messages or memory.

It refuses a whole batch of updates for one strange field, warns (so fails, under -W error) when it reads retry_after,
takes a file of any size into memory, and wants to be told when to open and close.
"""

import asyncio
import contextlib
import json
import logging
import math
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from itertools import count
from random import SystemRandom
from urllib.parse import quote, urlencode

import aiohttp
import httpx
from telegram import Bot
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

_LOG = logging.getLogger(__name__)
# Telegram takes thirty messages a second, which eight connections carry; each more is looked at with every call. Files
# have their own, so that no answer waits for photos.
_CONNECTIONS, _FILES = 8, 24
_PATIENCE = 10.0  # seconds, for a connection or the next part of an answer
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_LONGEST_REST = 3600.0  # seconds; Telegram asks for minutes, a broken answer could ask for years
_DICE = SystemRandom()

Json = Mapping[str, object]
"""An object of the Bot API as it is sent: the library's own classes took a tenth of the processor for a choice."""


class SlowDown(TelegramError):
    """Telegram said when it will listen again."""

    def __init__(self, seconds: float) -> None:
        super().__init__("slow down")
        self.seconds = seconds


class TooLarge(TelegramError):
    """A file holds more than it may."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long to wait for news from Telegram, and after trouble before asking again; seconds."""

    long_poll: int = 25
    first: float = 0.5
    most: float = 30.0
    farewell: float = 2.0  # how long answers to presses may still take when we stop

    def seconds(self, failures: int, trouble: Exception | None = None) -> float:
        """Longer after each failure in a row, a little less by chance, and never less than Telegram asked for."""
        longest = min(self.most, self.first * 2.0 ** min(failures - 1, 16))
        asked = trouble.seconds if isinstance(trouble, SlowDown) else 0.0
        return max(asked, longest * _DICE.uniform(0.5, 1.0))

    async def rest(self, failures: int, trouble: Exception | None = None) -> None:
        """Waits so long."""
        await asyncio.sleep(self.seconds(failures, trouble))


async def insist(what: str, call: Callable[[], Awaitable[object]], pace: Pace) -> None:
    """Calls until it works: Telegram being away is waited out, however long."""
    for failures in count(1):
        try:
            await call()
        except Exception as trouble:  # noqa: BLE001  # whatever a library or a server invents, the service goes on
            note(what, trouble)
            await pace.rest(failures, trouble)
        else:
            return


def note(what: str, trouble: Exception) -> None:
    """One line for the log: the kind of trouble only, for its text may hold the token, a name or words."""
    _LOG.warning("telegram.trouble what=%s type=%s", what, type(trouble).__name__)


class _Request(BaseRequest):
    """HTTP for the library by aiohttp, to which a call is half the work; retry_after and files are read our way.

    To be made in the loop that calls it.
    """

    __slots__ = ("_session",)

    def __init__(self, tls: ssl.SSLContext, connections: int) -> None:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=connections, ssl=tls),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT},
            trust_env=True,
        )

    @property
    def read_timeout(self) -> float:
        """Seconds."""
        return _PATIENCE

    async def initialize(self) -> None:
        """Nothing: connections are opened as they are needed."""

    async def shutdown(self) -> None:
        """Closes every connection; a call that still waits fails."""
        await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        *_: object,
        **__: object,
    ) -> tuple[int, bytes]:
        """Raises SlowDown, which the library passes through, before it reads retry_after itself."""
        if request_data is not None and request_data.contains_files:
            raise TypeError("no file is ever sent by us")
        patience = _patience(read_timeout if isinstance(read_timeout, int | float) else _PATIENCE)
        given = request_data.json_parameters if request_data is not None else {}
        form = urlencode(given).encode() if given else None  # aiohttp's own way of making one takes a third of the call
        try:
            async with self._session.request(
                method, URL(url, encoded=True), data=form, headers=_FORM, timeout=patience, allow_redirects=False
            ) as answer:
                status, payload = answer.status, await answer.read()
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError, RuntimeError) as trouble:  # RuntimeError: we hung up meanwhile
            raise NetworkError(type(trouble).__name__) from None
        seconds = _retry_after(payload) if status >= HTTPStatus.BAD_REQUEST else None
        if seconds is not None:
            raise SlowDown(seconds)
        return status, payload

    async def download(self, url: str, most: int) -> bytes:
        """The bytes at an address; raises TooLarge as soon as they are too many, BadRequest where nothing is."""
        async with self._session.get(
            URL(url, encoded=True), timeout=_patience(_PATIENCE), allow_redirects=False
        ) as answer:
            if answer.status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
                raise BadRequest("no such file")
            if answer.status != HTTPStatus.OK:
                raise NetworkError("no file")
            data = bytearray()
            async for part in answer.content.iter_any():
                data += part
                if len(data) > most:
                    raise TooLarge("file")
        return bytes(data)


def _patience(read: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(connect=_PATIENCE, sock_connect=_PATIENCE, sock_read=read)


def _retry_after(payload: bytes) -> float | None:
    try:
        seconds = json.loads(payload)["parameters"]["retry_after"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    is_number = isinstance(seconds, int | float) and not isinstance(seconds, bool)
    return float(min(seconds, _LONGEST_REST)) if is_number and 0 < seconds < math.inf else None


class Line(Bot):
    """A Bot whose answers are read leniently.

    An odd update must not cost the batch, and a message that left must not leave again because its receipt looked odd.
    """

    __slots__ = ("_files", "_files_at", "_http", "_polling")

    def __init__(self, token: str, root: str, tls: ssl.SSLContext) -> None:
        self._http, self._polling = _Request(tls, _CONNECTIONS), _Request(tls, _CONNECTIONS)
        self._files = _Request(tls, _FILES)
        self._files_at = f"{root}/file/bot{token}/"
        super().__init__(token, f"{root}/bot", request=self._http, get_updates_request=self._polling)

    async def hang_up(self) -> None:
        """Closes every connection, even when who closes is cancelled meanwhile; a call that still waits fails."""
        closing = asyncio.create_task(self._close())
        try:
            await asyncio.shield(closing)
        finally:
            await asyncio.wait({closing})
            await self._close()  # a loop that ends cancels that task too, perhaps before it began

    async def _close(self) -> None:
        async with contextlib.AsyncExitStack() as closing:
            for each in (self._http, self._polling, self._files):
                closing.push_async_callback(each.shutdown)

    async def updates(self, offset: int | None, wait: int, kinds: Sequence[str]) -> list[object]:
        """What came since `offset`, as JSON; waits so many seconds for something to come."""
        asked = {"offset": offset, "timeout": wait, "allowed_updates": list(kinds)}
        got = await self._post("getUpdates", asked, read_timeout=wait + _PATIENCE)
        if not isinstance(got, list):
            raise TelegramError("not a list of updates")
        return got

    async def say(self, chat: str, text: str, entities: Sequence[Json], markup: Json) -> str:
        """Sends a message; the id that Telegram gave it, or nothing."""
        message: dict[str, object] = {
            "chat_id": chat,
            "text": text,
            "entities": list(entities) or None,
            "link_preview_options": {"is_disabled": True},
            "reply_markup": markup,
        }
        sent = await self._post("sendMessage", message)
        number = sent.get("message_id") if isinstance(sent, dict) else None
        return str(number) if isinstance(number, int) else ""

    async def download(self, file_id: str, most: int) -> bytes:
        """The bytes of a file, from the API's own address alone, whatever path the answer names."""
        about = await self._post("getFile", {"file_id": file_id})
        path, size = (about.get("file_path"), about.get("file_size")) if isinstance(about, dict) else (None, None)
        if not isinstance(path, str) or not path:
            raise BadRequest("no such file")
        if isinstance(size, int) and size > most:
            raise TooLarge("file")
        return await self._files.download(self._files_at + quote(path.lstrip("/")), most)


class Wire:
    """The way to the Bot API; its connections stay open as long as somebody uses them, so none is left behind."""

    def __init__(self, token: str, root: str) -> None:
        self._token = token
        self._root = root
        self._tls = httpx.create_ssl_context()  # once: it reads every certificate authority there is
        self._line: Line | None = None
        self._users = 0

    @contextlib.asynccontextmanager
    async def line(self) -> AsyncIterator[Line]:
        """The line that all share; the last to leave closes it."""
        line = self._line = self._line or Line(self._token, self._root, self._tls)
        self._users += 1
        try:
            yield line
        finally:
            self._users -= 1
            if not self._users:
                self._line = None
                await line.hang_up()
