"""What stands behind the SMS hooks in tests: takes envelopes and receipts as the application would, and remembers."""

import asyncio
from collections.abc import Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.errors import StoreAway
from core.messages import ChannelCallbacks, Connection, Envelope, HookAnswer, HookRequest, IntakeResult

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@dataclass
class Inside:
    """`taken` and `receipts` grow; `away`: the store is; `gate`: nothing is committed before it opens."""

    taken: list[Envelope] = field(default_factory=list)
    receipts: list[tuple[str, bool]] = field(default_factory=list)
    answer: IntakeResult = IntakeResult.DONE
    away: bool = False
    gate: asyncio.Event | None = None

    async def take(self, envelope: Envelope) -> IntakeResult:
        if self.gate is not None:
            await self.gate.wait()
        if self.away:
            raise StoreAway
        self.taken.append(envelope)
        return self.answer

    async def receipt(self, provider_id: str, arrived: bool) -> None:  # noqa: FBT001 - the shape of core's Receipt
        if self.away:
            raise StoreAway
        self.receipts.append((provider_id, arrived))

    def callbacks(self) -> ChannelCallbacks:
        return ChannelCallbacks(self.take, self.receipt)


async def call(
    connection: Connection,
    method: str,
    path: str,
    *,
    body: bytes = b"",
    query: str = "",
    headers: Mapping[str, str] | None = None,
) -> HookAnswer:
    """As web would: the hook is found by method and path, or there is none (404)."""
    for hook in connection.hooks:
        if (hook.method, hook.path) == (method, path):
            return await hook.answer(HookRequest(body, query, headers or {}))
    return HookAnswer(404)


@asynccontextmanager
async def listening(connection: Connection) -> "AsyncIterator[Connection]":
    """The connection while its `listen` runs, as the application keeps it."""
    task = asyncio.create_task(connection.listen())
    await asyncio.wait({task}, timeout=0)  # one turn of the loop: it has begun
    try:
        yield connection
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
