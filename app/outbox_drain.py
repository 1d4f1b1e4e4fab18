"""Sends the messages that are due and ends: for a command beside, or without, a running service."""

import asyncio

from app.address_keys import opener_of
from app.development_outbox import DevelopmentOutbox
from app.outbox import OutboxLoop
from app.runtime import Runtime
from app.sandbox import Sandbox
from app.turns import Turns
from bots.channels import CHANNELS
from core.messages import ChannelCallbacks


def drain_outbox(opened: Runtime) -> int:
    """How many were handed to their wires; leases keep a running service from sending the same ones."""
    return asyncio.run(_sent(opened))


async def _sent(opened: Runtime) -> int:
    settings = opened.settings
    turns = Turns(opened.store, opened.files, Sandbox(limits=settings.limits), opened.context, opened.clock)
    try:
        for channel in CHANNELS:
            if channel.configured(settings.values):
                callbacks = ChannelCallbacks(turns.take, _no_receipts)
                turns.connections[channel.name] = channel.connect(settings.values, callbacks)
        return await OutboxLoop(turns, DevelopmentOutbox(settings).write, opener=opener_of(settings.values)).drain()
    finally:
        turns.close()


async def _no_receipts(_: str, __: bool) -> None:  # noqa: FBT001 - core.messages.DeliveryReceipt
    """Nobody listens here: the running service hears them."""
