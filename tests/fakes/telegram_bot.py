"""The channel under test, connected to the fake server, and a core that remembers what it took and fails on cue."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from bots.telegram.connection import Telegram
from bots.telegram.wire import Pace
from core.messages import ChannelCallbacks, Envelope, IntakeResult
from tests.fakes.telegram_server import TelegramServer

QUICK = Pace(long_poll=5, first=0.01, most=0.05, farewell=0.05)


@dataclass
class Taker:
    """Stands where app/wiring stands. `cues`: what happens instead for the next envelopes with that text."""

    tried: list[Envelope] = field(default_factory=list)
    taken: list[Envelope] = field(default_factory=list)
    cues: dict[str, list[BaseException | IntakeResult]] = field(default_factory=dict)
    waits: dict[str, asyncio.Event] = field(default_factory=dict)  # an envelope with that text waits for the event

    async def take(self, envelope: Envelope) -> IntakeResult:
        self.tried.append(envelope)
        if envelope.text in self.waits:
            await self.waits[envelope.text].wait()
        cue = (self.cues.get(envelope.text) or [IntakeResult.DONE]).pop(0)
        if isinstance(cue, BaseException):
            raise cue
        if cue is not IntakeResult.LATER:
            self.taken.append(envelope)
        return cue

    async def receipt(self, provider_id: str, arrived: bool) -> None:  # noqa: FBT001  # the shape of Receipt
        raise AssertionError(f"Telegram gives no receipts: {provider_id} {arrived}")

    @property
    def texts(self) -> list[str]:
        return [envelope.text for envelope in self.taken]

    def of(self, number: int) -> Envelope:
        """What became of one update."""
        return next(envelope for envelope in self.taken if envelope.wire_id.reveal() == str(number))


def values(server: TelegramServer, **more: str) -> dict[str, str]:
    """Settings that lead to the fake."""
    return {"TELEGRAM_TOKEN": server.token, "TELEGRAM_API_URL": server.root, **more}


@contextlib.asynccontextmanager
async def listening(
    server: TelegramServer, taker: Taker, pace: Pace = QUICK, **settings: str
) -> AsyncIterator[Telegram]:
    """The bot while it listens; cancelled at the end, as a stopping service does."""
    bot = Telegram(values(server, **settings), ChannelCallbacks(taker.take, taker.receipt), pace)
    task = asyncio.create_task(bot.listen())
    try:
        yield bot
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
