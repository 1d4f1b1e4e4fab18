"""A Bot API server on loopback that speaks the real protocol, so that the real client can be tried without Telegram.

It runs in a thread of its own: a test may block, wait in its own loop, or start the bot in another process. Its methods
may be called from any thread.
"""

import asyncio
import contextlib
import json
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx

from tests.fakes.loopback_server import Dropped, LoopbackServer, Reply, Request
from tests.fakes.patience import PATIENCE
from tests.fakes.telegram_methods import BotApi, Call, Json, Refusal, Trouble
from tests.fakes.telegram_people import Group, Person

_DECODED = ("reply_markup", "entities", "commands", "allowed_updates", "link_preview_options")
TOKEN = "4242:TEST-token_of-a-fake"


def _params(request: Request) -> Json:
    given: Json = dict(parse_qsl(urlsplit(request.path).query, keep_blank_values=True))
    if request.headers.get("content-type", "").startswith("application/json"):
        given.update(json.loads(request.body or b"{}"))
    else:
        given.update(parse_qsl(request.body.decode(), keep_blank_values=True))
    for name in _DECODED:
        if isinstance(given.get(name), str):
            given[name] = json.loads(given[name])
    return given


class TelegramServer(LoopbackServer):
    """`root` is what RESI_TELEGRAM_API_URL should be; `patience` is the longest that getUpdates waits, in seconds."""

    def __init__(self, token: str = TOKEN, *, patience: float = 0.2) -> None:
        super().__init__()
        self.token = token
        self.api = BotApi()
        self.calls: list[Call] = []
        self.webhook_answers: list[int] = []
        self._patience = patience
        self._troubles: list[Trouble] = []
        self._changed = threading.Condition()
        self._news = asyncio.Event()
        self._poller: asyncio.Future[None] | None = None

    # -- who writes --

    def person(self, chat_id: int | None = None, **who: str) -> Person:
        """Somebody with a private chat; `who` are first_name, last_name, username, language_code."""
        with self._changed:
            chat_id = chat_id or 700_000_000 + self.api.new_id()
            self.api.chats[chat_id] = "private"
        return Person(self, chat_id, who)

    def group(self, kind: str = "supergroup") -> Group:
        """A group, supergroup or channel that the bot may be added to."""
        with self._changed:
            chat_id = -1_000_000_000_000 - self.api.new_id()
            self.api.chats[chat_id] = kind
        return Group(self, chat_id, kind)

    def enqueue(self, **update: object) -> int:
        """An update with the next number; the number."""
        with self._changed:
            number = self.api.new_id()
        self.enqueue_raw({"update_id": number, **update})
        return number

    def enqueue_raw(self, update: object) -> None:
        """Anything at all, as it is."""
        with self._changed:
            self.api.updates.append(update)
        self._tell()

    def keep(self, data: bytes, size: int | None = None) -> str:
        """A file that can be fetched; its file_id. `size`: what it pretends to weigh."""
        with self._changed:
            file_id = f"file{self.api.new_id()}"
            self.api.files[file_id] = data
            if size is not None:
                self.api.sizes[file_id] = size
        return file_id

    # -- how it fails --

    def refuse(
        self,
        method: str,
        status: int,
        description: str = "",
        *,
        chat: int | None = None,
        times: int | None = 1,
        **parameters: object,
    ) -> None:
        """The next calls of a method (`*`: any, `file`: a download) are answered with an error."""
        words = description or f"error {status}"
        self._trouble(Trouble(method, chat, Refusal(status, words, **parameters), times))

    def flood(self, method: str, retry_after: float, *, times: int | None = 1) -> None:
        """429, as Telegram says it."""
        words = f"Too Many Requests: retry after {retry_after}"
        self.refuse(method, 429, words, times=times, retry_after=retry_after)

    def babble(self, method: str, body: bytes, *, status: int = 200, times: int | None = 1) -> None:
        """Any answer at all, as it is."""
        self._trouble(Trouble(method, None, Reply(status, body), times))

    def drop(self, method: str, *, times: int | None = 1, after: bool = False) -> None:
        """The connection breaks; `after`: what was asked is done all the same."""
        self._trouble(Trouble(method, None, None, times, after=after))

    def stall(self, method: str, *, times: int | None = 1) -> None:
        """Nothing comes back, and the connection stays open."""
        self._trouble(Trouble(method, None, None, times, stalls=True))

    def heal(self) -> None:
        """No more trouble."""
        with self._changed:
            self._troubles.clear()

    # -- what became of it --

    def calls_of(self, method: str) -> list[Call]:
        """What the bot asked for, in order."""
        with self._changed:
            return [call for call in self.calls if call.method == method]

    def messages_to(self, chat_id: int) -> list[Json]:
        """What a chat was sent, in order."""
        with self._changed:
            return [message for message in self.api.messages if message["chat"]["id"] == chat_id]

    def is_confirmed(self, update_id: int) -> bool:
        """Whether the bot acknowledged an update: by offset, or with 2xx."""
        with self._changed:
            return update_id < self.api.offset or update_id in self.api.webhook_confirmed

    def wait_until(self, holds: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Blocks until something holds; raises AssertionError when it does not in time."""
        with self._changed:
            if not self._changed.wait_for(holds, seconds):
                raise AssertionError("the fake server waited in vain")

    async def until(self, holds: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """The same for a test with a loop of its own."""
        await asyncio.to_thread(self.wait_until, holds, seconds)

    # -- inside --

    def _trouble(self, trouble: Trouble) -> None:
        with self._changed:
            self._troubles.append(trouble)

    def _tell(self) -> None:
        with self._changed:
            self._changed.notify_all()
        loop = self._loop
        if loop is not None:
            with contextlib.suppress(RuntimeError):  # just stopped
                loop.call_soon_threadsafe(self._news.set)

    async def reply(self, request: Request) -> Reply:
        """The Bot API's answer."""
        path = unquote(urlsplit(request.path).path)
        name = path.rpartition("/")[2]
        try:
            if path.startswith(f"/file/bot{self.token}/"):
                return self._file(request, name)
            if path.startswith(f"/bot{self.token}/"):
                return await self._call(name, request)
        except Refusal as no:
            return _refusal(no)
        except (ValueError, TypeError, LookupError, AttributeError):
            return _refusal(Refusal(400, "Bad Request: can't parse the parameters"))
        return _refusal(Refusal(401, "Unauthorized"))

    async def _call(self, method: str, request: Request) -> Reply:
        params = _params(request)
        trouble = self._record(method, params, request)
        if trouble is not None and trouble.stalls:
            await self._stopping.wait()
        if trouble is not None and not trouble.after:
            return _strike(trouble)
        if method == "getUpdates":
            result: object = await self._get_updates(params)
        else:
            with self._changed:
                result = self.api.call(method, params)
        self._tell()
        return _strike(trouble) if trouble else Reply(200, json.dumps({"ok": True, "result": result}).encode())

    def _record(self, method: str, params: Json, request: Request) -> Trouble | None:
        with self._changed:
            self.calls.append(Call(method, params, request.headers.get("user-agent", "")))
            trouble = next((trouble for trouble in self._troubles if trouble.fits(method, params)), None)
            if trouble is not None and trouble.times is not None:
                trouble.times -= 1
            self._changed.notify_all()
            return trouble

    def _file(self, request: Request, name: str) -> Reply:
        trouble = self._record("file", {"path": request.path}, request)
        if trouble is not None:
            return _strike(trouble)
        with self._changed:
            data = self.api.files.get(name.partition(".")[0])
        if data is None:
            raise Refusal(404, "Not Found")
        return Reply(200, data, "application/octet-stream")

    async def _get_updates(self, params: Json) -> list[Any]:
        self._refuse_beside_webhook()
        with self._changed:
            self.api.confirm(int(params.get("offset") or 0))
        self._tell()
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)
        mine = self._poller = asyncio.get_running_loop().create_future()
        deadline = asyncio.get_running_loop().time() + min(float(params.get("timeout") or 0), self._patience)
        while not self.api.updates and (left := deadline - asyncio.get_running_loop().time()) > 0:
            self._news.clear()
            news = asyncio.create_task(self._news.wait())
            await asyncio.wait({news, mine}, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            news.cancel()
            if mine.done():
                raise Refusal(409, "Conflict: terminated by other getUpdates request")
        self._refuse_beside_webhook()
        with self._changed:
            return self.api.updates[: int(params.get("limit") or 100)]

    def _refuse_beside_webhook(self) -> None:
        with self._changed:
            if self.api.webhook:
                raise Refusal(409, "Conflict: can't use getUpdates method while webhook is active; delete it first")

    async def alongside(self) -> None:
        """Posts updates to the webhook, one after the other, each until it is answered with 2xx."""
        self._news, self._poller = asyncio.Event(), None  # of this loop: the server may have been stopped before
        async with httpx.AsyncClient(trust_env=False, timeout=PATIENCE) as client:
            while True:
                self._news.clear()
                with self._changed:
                    hook, update = dict(self.api.webhook), (self.api.updates or [None])[0]
                if not hook or update is None or not await self._post(client, hook, update):
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(0.1):  # wait_for can swallow the cancelling
                            await self._news.wait()

    async def _post(self, client: httpx.AsyncClient, hook: Json, update: object) -> bool:
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook["secret_token"]} if hook.get("secret_token") else {}
        try:
            status = (await client.post(hook["url"], json=update, headers=headers)).status_code
        except httpx.HTTPError:
            status = 0
        with self._changed:
            self.webhook_answers.append(status)
            if httpx.codes.is_success(status):
                self.api.updates.remove(update)
                if isinstance(update, dict) and isinstance(update.get("update_id"), int):
                    self.api.webhook_confirmed.add(update["update_id"])
            self._changed.notify_all()
        return httpx.codes.is_success(status)


def _refusal(no: Refusal) -> Reply:
    answer: Json = {"ok": False, "error_code": no.status, "description": no.description}
    if no.parameters:
        answer["parameters"] = no.parameters
    return Reply(no.status, json.dumps(answer).encode())


def _strike(trouble: Trouble) -> Reply:
    if trouble.answer is None:
        raise Dropped
    return _refusal(trouble.answer) if isinstance(trouble.answer, Refusal) else trouble.answer
