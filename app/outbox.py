"""The outbox loop: claims what is due, hands it to its wire, writes down what came of it; polls once a second."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from app.logs import place_of
from app.turns import Turns
from core import delivery
from core.delivery import Ready
from core.errors import DeliveryFailed, StoreAway
from core.messages import Outgoing
from core.ports import Tx

_log = logging.getLogger(__name__)
_AT_ONCE = 32
_POLL = 1.0  # seconds: another process may have written
_PATIENCE = 40.0  # seconds for one wire; shorter than the lease of a delivery
_AWAY_PAUSE = 2.0


class OutboxLoop:
    """Sends until it is cancelled; what is on the wire then is still written down."""

    def __init__(self, turns: Turns, paper: Callable[[str, Outgoing], bool]) -> None:
        self._turns = turns
        self._paper = paper
        self._sending: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Never ends by itself; the store being away is waited out."""
        try:
            while True:
                try:
                    await self._round()
                except StoreAway as away:
                    _log.warning("outbox_store_away", extra={"trouble": str(away)})
                    await asyncio.sleep(_AWAY_PAUSE)
                except Exception as fault:  # noqa: BLE001 - the loop outlives a fault
                    _log.error("outbox_failed", extra={"fault": place_of(fault)})
                    await asyncio.sleep(_AWAY_PAUSE)
        finally:
            if self._sending:
                await asyncio.wait(self._sending, timeout=5)

    async def drain(self) -> int:
        """Sends what is due now, and returns how many messages were tried; for a command that exits."""
        total = 0
        while ready := await self._claim(_AT_ONCE):
            await asyncio.gather(*(self._send(each) for each in ready))
            total += len(ready)
        return total

    async def _round(self) -> None:
        self._turns.written.clear()
        free = _AT_ONCE - len(self._sending)
        ready = await self._claim(free) if free else ()
        for each in ready:
            task = asyncio.create_task(self._send(each))
            self._sending.add(task)
            task.add_done_callback(self._finished)
        if not ready:
            await self._wait()

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._sending.discard(task)
        self._turns.written.set()  # the next of its lane may go

    async def _wait(self) -> None:
        try:
            await asyncio.wait_for(self._turns.written.wait(), _POLL)
        except TimeoutError:
            return

    async def _claim(self, most: int) -> tuple[Ready, ...]:
        now = self._turns.clock.now()
        return tuple(await self._turns.run(lambda tx: delivery.claim(tx, now, most, self._turns.house)))

    async def _send(self, ready: Ready) -> None:
        sent = ready.delivery
        try:
            provider_id = await self._hand_over(ready)
        except DeliveryFailed as failure:
            _log.info("delivery_failed", extra={"channel": sent.channel, "final": failure.final})
            await self._note_failure(ready, failure)
            return
        except Exception as fault:  # noqa: BLE001 - a fault of ours may pass with the next version
            _log.error("delivery_fault", extra={"channel": sent.channel, "fault": place_of(fault)})
            await self._note_failure(ready, DeliveryFailed("fault", final=False))
            return
        await self._note_sent(ready, provider_id)

    async def _note_sent(self, ready: Ready, provider_id: str) -> None:
        """Until it is written, the message would be sent again: tried while the process lives."""
        while True:
            note = partial(_sent, ready=ready, provider_id=provider_id, now=self._turns.clock.now())
            try:
                await self._turns.run(note)
            except StoreAway:
                await asyncio.sleep(_AWAY_PAUSE)
            else:
                return

    async def _note_failure(self, ready: Ready, failure: DeliveryFailed) -> None:
        turns = self._turns
        now = turns.clock.now()
        try:
            await turns.run(lambda tx: delivery.failed(tx, ready.delivery, failure, now, turns.house.dice))
        except StoreAway:
            _log.warning("outbox_store_away")  # the lease ends by itself, then it is tried again

    async def _hand_over(self, ready: Ready) -> str:
        channel = ready.delivery.channel
        if self._paper(channel, ready.outgoing):
            return ""
        connection = self._turns.connections.get(channel)
        if connection is None:
            raise DeliveryFailed("channel is off", final=False)
        try:
            return await asyncio.wait_for(connection.send(ready.outgoing), _PATIENCE)
        except TimeoutError:
            raise DeliveryFailed("timeout", final=False) from None


def _sent(tx: Tx, ready: Ready, provider_id: str, now: datetime) -> None:
    delivery.sent(tx, ready.delivery, provider_id, now)
