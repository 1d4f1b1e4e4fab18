"""The outbox loop: claims what is due, hands it to its wire, writes down what came of it; polls once a second."""

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from app.logs import place_of
from app.turns import Turns
from core import delivery
from core.delivery import Ready
from core.errors import AddressLocked, DeliveryFailed, StoreAway
from core.messages import Outgoing
from core.model import Delivery
from storage import AddressOpener

_log = logging.getLogger(__name__)
_TURNED_BACK = timedelta(minutes=1)  # less is waited out


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds, and how many at once on each wire: one that hangs holds up nobody but itself."""

    at_once: int = 32
    poll: float = 1.0  # another process may have written
    patience: float = 660.0  # for one wire, which has bounds of its own: a mail may wait for ten minutes
    hold: float = 4.0  # between renewals of the lease of what is on a wire; a third of the lease
    away: float = 2.0  # until the store is asked again
    farewell: float = 5.0  # for what is on a wire when all ends


class OutboxLoop:
    """Sends until it is cancelled; what is on the wire then is still written down."""

    def __init__(
        self,
        turns: Turns,
        write_file: Callable[[str, Outgoing], bool],
        pace: Pace | None = None,
        *,
        opener: AddressOpener | None = None,
    ) -> None:
        """`opener`: has the private halves that open addresses, and nothing else of the service has it."""
        self._turns = turns
        self._opener = opener or AddressOpener()
        self._write_file = write_file
        self._pace = pace or Pace()
        self._looked: tuple[datetime, float] | None = None  # at the machine's clock, and at one that only goes on
        self._sending: dict[asyncio.Task[None], str] = {}  # with the channel

    async def run(self) -> None:
        """Never ends by itself; the store being away is waited out."""
        try:
            while True:
                try:
                    await self._round()
                except StoreAway as away:
                    _log.warning("outbox_store_away", extra={"trouble": str(away)})
                    await asyncio.sleep(self._pace.away)
                except Exception as fault:  # noqa: BLE001 - the loop outlives a fault
                    _log.error("outbox_failed", extra={"fault": place_of(fault)})
                    await asyncio.sleep(self._pace.away)
        finally:
            if self._sending:
                await asyncio.wait(self._sending, timeout=self._pace.farewell)

    async def drain(self) -> int:
        """Hands over all that is due now, and ends; how many deliveries. What fails is due again later."""
        handed = 0
        while ready := await self._claim(self._pace.at_once):
            await asyncio.gather(*(self._send(each) for each in ready))
            handed += len(ready)
        return handed

    async def _round(self) -> None:
        self._turns.written.clear()
        await self._notice_clock()
        most, sending = self._pace.at_once, Counter(self._sending.values())
        busy = frozenset(channel for channel, count in sending.items() if count >= most)
        free = most - max((count for channel, count in sending.items() if channel not in busy), default=0)
        ready = await self._claim(free, busy)
        for each in ready:
            task = asyncio.create_task(self._send(each))
            self._sending[task] = each.delivery.channel
            task.add_done_callback(self._finished)
        if not ready:
            await self._wait()

    async def _notice_clock(self) -> None:
        """What waits for its next try waits no longer where the machine's clock was turned back."""
        now, beat = self._turns.clock.now(), asyncio.get_running_loop().time()
        (was, beat_was), self._looked = self._looked or (now, beat), (now, beat)
        if timedelta(seconds=beat - beat_was) - (now - was) > _TURNED_BACK:
            again = await self._turns.ask(lambda: self._turns.store.upkeep.retry_dead(None, now))
            _log.warning("clock_turned_back", extra={"deliveries": again})

    def _finished(self, task: asyncio.Task[None]) -> None:
        del self._sending[task]
        self._turns.written.set()  # the next of its ordering key may go

    async def _wait(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._pace.poll):  # wait_for can swallow the cancelling
                await self._turns.written.wait()

    async def _claim(self, most: int, busy: frozenset[str] = frozenset()) -> tuple[Ready, ...]:
        now, context = self._turns.clock.now(), self._turns.context
        return tuple(await self._turns.run(lambda tx: delivery.claim(tx, now, most, context, busy)))

    async def _send(self, ready: Ready) -> None:
        """Whatever cannot be written down is due again when its lease has ended."""
        holding = asyncio.create_task(self._hold(ready.delivery))
        try:
            await self._sent_or_not(ready)
        except Exception as fault:  # noqa: BLE001 - of the store: one delivery must not stop the others
            _log.error("delivery_not_noted", extra={"channel": ready.delivery.channel, "fault": place_of(fault)})
        finally:
            holding.cancel()

    async def _hold(self, sending: Delivery) -> None:
        """Renews the lease of what takes its time, until it is cancelled, so that no other process sends it too."""
        while True:
            await asyncio.sleep(self._pace.hold)
            note = partial(delivery.hold, delivery=sending, now=self._turns.clock.now())
            try:
                await self._turns.run(note)
            except Exception as fault:  # noqa: BLE001 - at worst it is sent twice, in the same words
                _log.warning("delivery_not_held", extra={"channel": sending.channel, "fault": place_of(fault)})

    async def _sent_or_not(self, ready: Ready) -> None:
        channel, measures, letter = ready.delivery.channel, self._turns.measures, ready.delivery
        if not letter.attempts:
            measures.waited(channel, (self._turns.clock.now() - letter.not_before).total_seconds())
        try:
            with measures.step("send", channel):
                provider_id = await self._hand_over(channel, ready)
        except DeliveryFailed as failure:
            measures.sent(channel, "dead" if failure.final else "again", letter.id)
            # A word or a number of the wire's own, never of whom it was for: else nobody knows what to mend.
            _log.info("delivery_failed", extra={"channel": channel, "why": failure.reason, "final": failure.final})
            await self._note_failure(ready, failure)
        except Exception as fault:  # noqa: BLE001 - a fault of ours may pass with the next version
            measures.sent(channel, "fault", letter.id)
            _log.error("delivery_fault", extra={"channel": channel, "fault": place_of(fault)})
            await self._note_failure(ready, DeliveryFailed("fault", final=False))
        else:
            measures.sent(channel, "sent", letter.id)
            await self._note_sent(ready, provider_id)

    async def _note_sent(self, ready: Ready, provider_id: str) -> None:
        """Until it is written, the message would be sent again: tried while the process lives."""
        letter = ready.delivery
        # Whose answer is awaited from now on is noted between the messages of who was asked, never across one.
        ordering_key = b"" if letter.awaits is None else self._turns.store.ordering_key(letter.channel, letter.to)
        while True:
            now, context = self._turns.clock.now(), self._turns.context
            note = partial(delivery.sent, delivery=letter, provider_id=provider_id, now=now, context=context)
            try:
                await self._turns.run(note, ordering_key=ordering_key)
            except StoreAway:
                await asyncio.sleep(self._pace.away)
            else:
                return

    async def _note_failure(self, ready: Ready, failure: DeliveryFailed) -> None:
        turns = self._turns
        now = turns.clock.now()
        await turns.run(lambda tx: delivery.failed(tx, ready.delivery, failure, now, turns.context.rng))

    def _opened(self, ready: Ready) -> Ready:
        """What takes another key may leave when the operator has set it."""
        try:
            return replace(ready, delivery=self._opener.opened(ready.delivery))
        except AddressLocked as locked:
            _log.error("address_locked", extra={"channel": ready.delivery.channel, "pair": str(locked)})
            raise DeliveryFailed("address locked", final=False) from None

    async def _hand_over(self, channel: str, ready: Ready) -> str:
        outgoing = self._opened(ready).outgoing
        if self._write_file(channel, outgoing):
            return ""
        connection = self._turns.connections.get(channel)
        if connection is None:
            raise DeliveryFailed("channel is off", final=False)
        try:
            return await asyncio.wait_for(connection.send(outgoing), self._pace.patience)
        except TimeoutError:
            raise DeliveryFailed("timeout", final=False) from None
