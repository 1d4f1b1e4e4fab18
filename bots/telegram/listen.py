"""Two ways in, polling and a webhook; both tell Telegram that an update is done only after it was taken."""

import asyncio
import hmac
import json
import logging
from collections import defaultdict
from http import HTTPStatus

from telegram.error import Conflict

from bots.telegram.receive import ALLOWED_UPDATES, envelope_of, press_of, update_id_of
from bots.telegram.settings import HOOK_PATH
from bots.telegram.wire import Line, Pace, Wire, insist, note
from core.errors import StoreAway
from core.messages import Envelope, Hook, HookAnswer, HookRequest, IntakeResult, TakeEnvelope

_LOG = logging.getLogger(__name__)
_SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105  # the name of the header
_CONNECTIONS = 40
_INSTANT = 0.1  # seconds in which nobody waited for an update


class CallbackAcks:
    """Stops the spinner on a pressed button, aside: it is a courtesy, and its failing harms nothing."""

    def __init__(self, wire: Wire, pace: Pace) -> None:
        self._wire = wire
        self._pace = pace
        self._tasks: set[asyncio.Task[None]] = set()

    def answer(self, update: object) -> None:
        """Answers the callback query that the update holds, if it holds one."""
        press = press_of(update)
        if press:
            task = asyncio.create_task(self._answer(press))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def finish(self) -> None:
        """Leaves nothing running behind."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=self._pace.farewell)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _answer(self, press: str) -> None:
        try:
            async with self._wire.line() as line:
                await line.answer_callback_query(press)
        except Exception as trouble:  # noqa: BLE001  # too old, away, whatever: the answer is in the chat anyway
            note("answerCallbackQuery", trouble)


class UpdateReceiver:
    """Where both ways end: hands one update to the core and says whether it is done with."""

    def __init__(self, take: TakeEnvelope, acks: CallbackAcks) -> None:
        self._take = take
        self._acks = acks

    async def hand_in(self, update: object, envelope: Envelope | None) -> None:
        """Returns when the update may be acknowledged; raises StoreAway when it must come again."""
        if envelope is None:
            _LOG.debug("telegram.update_dropped")
        elif await self._taken(envelope) is IntakeResult.LATER:
            raise StoreAway
        self._acks.answer(update)

    async def _taken(self, envelope: Envelope) -> IntakeResult:
        try:
            return await self._take(envelope)
        except StoreAway:
            raise
        except Exception as bug:  # noqa: BLE001  # one message must never block those behind it
            _LOG.error("telegram.update_failed type=%s", type(bug).__name__)  # a traceback may hold words
            return IntakeResult.FAILED


class Webhook:
    """Telegram calls us."""

    def __init__(self, receiver: UpdateReceiver, url: str, secret: str, pace: Pace) -> None:
        self._receiver = receiver
        self._url = url
        self._secret = secret
        self._pace = pace
        self.hooks = (Hook("POST", HOOK_PATH, self._called),)

    async def run(self, line: Line) -> None:
        """Tells Telegram where we are until it has heard it, then only waits to be stopped."""

        async def tell() -> None:
            await line.set_webhook(
                self._url,
                secret_token=self._secret,
                allowed_updates=ALLOWED_UPDATES,
                max_connections=_CONNECTIONS,
            )

        if self._url:
            await insist("setWebhook", tell, self._pace)
            _LOG.info("telegram.webhook_set")
        else:
            _LOG.error("telegram.webhook_without_public_url")
        await asyncio.Event().wait()

    async def _called(self, request: HookRequest) -> HookAnswer:
        given = request.headers.get(_SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode("utf-8", "replace"), self._secret.encode()):
            return HookAnswer(HTTPStatus.FORBIDDEN)
        try:
            update = json.loads(request.body)
        except (ValueError, RecursionError):
            _LOG.warning("telegram.not_json")
            return HookAnswer(HTTPStatus.OK)  # it would only come again
        await self._receiver.hand_in(update, envelope_of(update))
        return HookAnswer(HTTPStatus.OK)


class Polling:
    """We ask Telegram, also while something is still being taken: a file that hangs holds up its own chat alone."""

    hooks: tuple[Hook, ...] = ()

    def __init__(self, receiver: UpdateReceiver, pace: Pace) -> None:
        self._receiver = receiver
        self._pace = pace
        self._offset: int | None = None
        self._done: set[int] = set()  # taken, but behind one that was not: not handed in again
        self._webhook_gone = False
        self._walks: dict[object, asyncio.Task[bool]] = {}  # by chat
        self._taken = 0

    async def run(self, line: Line) -> None:
        """Asks for ever; whatever fails is asked again, later each time."""
        try:
            await self._poll(line)
        finally:
            walks = tuple(self._walks.values())
            self._walks.clear()
            for walk in walks:
                walk.cancel()
            await asyncio.gather(*walks, return_exceptions=True)

    async def _poll(self, line: Line) -> None:
        failures = 0
        while True:
            before = self._taken
            trouble = await self._ask(line)
            if trouble is None:
                failures = 0
                continue
            failures = 1 if self._taken > before else failures + 1  # one that must come again slows nobody else down
            note("polling", trouble)
            await self._pace.rest(failures, trouble)

    async def _ask(self, line: Line) -> Exception | None:
        """One batch, handed in; what stood in the way, if anything did."""
        loop = asyncio.get_running_loop()
        try:
            await self._drop_webhook(line)
            asked = loop.time()
            batch = await line.updates(self._offset, self._pace.long_poll, ALLOWED_UPDATES)
        except Conflict as trouble:
            self._webhook_gone = False  # one is set, or was meanwhile
            return trouble
        except Exception as trouble:  # noqa: BLE001  # away, broken, refusing: the way in stays open
            return trouble
        self._webhook_gone = True  # else it would have been a conflict
        if not batch and loop.time() - asked < _INSTANT:
            await asyncio.sleep(self._pace.first)  # a server that does not hold the line must not be asked in a frenzy
        return await self._hand_in(batch)

    async def _drop_webhook(self, line: Line) -> None:
        """While a webhook is set, Telegram refuses to be polled; what waits there is kept."""
        if self._webhook_gone:
            return
        try:
            await line.delete_webhook(drop_pending_updates=False)
        except Exception as trouble:  # noqa: BLE001  # whether it mattered, the next call tells
            note("deleteWebhook", trouble)

    async def _hand_in(self, batch: list[object]) -> Exception | None:
        """Chats side by side, each in its own order; the offset then moves up to the first that was not taken.

        What takes longer than a moment is left to itself: Telegram tells it again with the news, until it is done.
        """
        numbered = {number: update for update in batch if (number := update_id_of(update)) is not None}
        if batch and not numbered:
            return ValueError("updates without a number")  # nothing to move past: do not ask at once again
        whole = self._collect()
        by_chat: dict[object, list[tuple[int, Envelope | None]]] = defaultdict(list)
        for number in sorted(numbered.keys() - self._done):
            envelope = envelope_of(numbered[number])
            by_chat[envelope.sender if envelope else None].append((number, envelope))
        for chat in by_chat.keys() - self._walks.keys():
            self._walks[chat] = asyncio.create_task(self._walk(by_chat[chat], numbered))
        if self._walks:
            await asyncio.wait(self._walks.values(), timeout=self._pace.first)
        whole = self._collect() and whole
        self._move(sorted(numbered))
        return None if whole else StoreAway()

    def _collect(self) -> bool:
        """Lets go of the walks that ended; False where one of them was not taken to its end."""
        ended = [self._walks.pop(chat) for chat, walk in tuple(self._walks.items()) if walk.done()]
        whole = [not walk.cancelled() and walk.result() for walk in ended]
        return all(whole)

    async def _walk(self, updates: list[tuple[int, Envelope | None]], numbered: dict[int, object]) -> bool:
        for number, envelope in updates:
            try:
                await self._receiver.hand_in(numbered[number], envelope)
            except StoreAway:
                return False  # those behind it wait too, for the order
            self._done.add(number)
            self._taken += 1
        return True

    def _move(self, numbers: list[int]) -> None:
        held = next((number for number in numbers if number not in self._done), None)
        if numbers:
            self._offset = held if held is not None else numbers[-1] + 1
            self._done = {number for number in self._done if number > self._offset}
