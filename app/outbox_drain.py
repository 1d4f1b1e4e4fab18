"""Sends the messages that are due and ends: for a command beside, or without, a running service."""

import asyncio

from app.address_keys import opener_of, sealer_of
from app.development_outbox import DevelopmentOutbox
from app.outbox import OutboxLoop
from app.runtime import Runtime
from app.sandbox import Sandbox
from app.turns import Turns
from bots.channels import CHANNELS
from core.messages import ChannelCallbacks
from storage import AddressOpener


def drain_outbox(opened: Runtime) -> int:
    """How many were handed to their wires; leases keep a running service from sending the same ones.

    None where only another process has the private half that opens addresses: a try would put them off.
    """
    sealer, opener = sealer_of(opened.settings.values), opener_of(opened.settings.values)
    if sealer is not None and sealer.pair not in opener.pairs:
        return 0
    return asyncio.run(_sent(opened, opener))


async def _sent(opened: Runtime, opener: AddressOpener) -> int:
    settings = opened.settings
    turns = Turns(opened.store, opened.files, Sandbox(limits=settings.limits), opened.context, opened.clock)
    try:
        for channel in CHANNELS:
            if channel.configured(settings.values):
                callbacks = ChannelCallbacks(turns.take, _no_receipts)
                turns.connections[channel.name] = channel.connect(settings.values, callbacks)
        return await OutboxLoop(turns, DevelopmentOutbox(settings).write, opener=opener).drain()
    finally:
        turns.close()


async def _no_receipts(_: str, __: bool) -> None:  # noqa: FBT001 - core.messages.DeliveryReceipt
    """Nobody listens here: the running service hears them."""
