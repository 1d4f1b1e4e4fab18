"""The channel switched on: one line to Telegram, one way in, messages out."""

import asyncio

from bots.telegram.bot_profile import introduce
from bots.telegram.listen import CallbackAcks, Polling, UpdateReceiver, Webhook
from bots.telegram.send import fetch, send
from bots.telegram.settings import api_root, hook_url
from bots.telegram.wire import Pace, Wire
from core.messages import ChannelCallbacks, FileRef, Hook, Outgoing, Values

PACE = Pace()


class Telegram:
    """A core.messages.Connection; `pace` is for those who cannot wait, like tests."""

    def __init__(self, values: Values, callbacks: ChannelCallbacks, pace: Pace = PACE) -> None:
        self._wire = Wire(values["TELEGRAM_TOKEN"], api_root(values))
        self._pace = pace
        self._acks = CallbackAcks(self._wire, pace)
        self._listening = False
        receiver = UpdateReceiver(callbacks.take, self._acks)
        secret = values.get("TELEGRAM_WEBHOOK_SECRET", "")
        self._way_in = Webhook(receiver, hook_url(values), secret, pace) if secret else Polling(receiver, pace)

    @property
    def hooks(self) -> tuple[Hook, ...]:
        """The webhook, where there is one."""
        return self._way_in.hooks

    async def listen(self) -> None:
        """Works until it is cancelled, and closes what it opened."""
        async with self._wire.line() as line:
            try:
                async with asyncio.TaskGroup() as group:
                    group.create_task(introduce(line, self._pace))
                    group.create_task(self._way_in.run(line))
                    self._listening = True
            finally:
                self._listening = False
                await self._acks.finish()

    def ready(self) -> bool:
        """Whether we listen; Telegram being away makes nothing unready."""
        return self._listening

    async def send(self, out: Outgoing) -> str:
        """Telegram's id of the message; raises DeliveryFailed."""
        return await send(self._wire, out)

    async def fetch(self, ref: FileRef) -> bytes:
        """The bytes of a photo or document; raises FileAway."""
        return await fetch(self._wire, ref)
