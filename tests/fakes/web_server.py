"""The real server on a free port, and the plainest client there is: bytes out, bytes in."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI

from core.admission import Bounds
from tests.fakes.patience import PATIENCE
from web import Listener, serve
from web.protocol import Patience

_BOUNDS = Bounds(total=600, address=200)


async def until(true: Callable[[], bool]) -> None:
    """Returns when it is true; TimeoutError when it never becomes so."""
    async with asyncio.timeout(PATIENCE):
        while not true():  # noqa: ASYNC110 - the server tells it by a flag alone
            await asyncio.sleep(0.005)


@asynccontextmanager
async def serving(
    app: FastAPI,
    *,
    stop_seconds: int = 1,
    head_seconds: float = 5.0,
    unread_seconds: float = 5.0,
    bounds: Bounds = _BOUNDS,
    trusted: tuple[str, ...] = (),
    onion: bool = False,
) -> AsyncIterator[Listener]:
    patience = Patience(head_seconds, unread_seconds)
    listener = serve(
        app,
        "127.0.0.1",
        0,
        bounds=bounds,
        trusted=trusted,
        stop_seconds=stop_seconds,
        patience=patience,
        onion=("127.0.0.1", 0) if onion else None,
    )
    running = asyncio.create_task(listener.run())
    try:
        await until(lambda: listener.listening or running.done())
        yield listener
    finally:
        listener.stop()
        await running


@asynccontextmanager
async def connected(listener: Listener) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", listener.port)
    try:
        yield reader, writer
    finally:
        writer.close()


async def said(listener: Listener, out: bytes) -> bytes:
    """All that comes back until the server closes."""
    async with connected(listener) as (reader, writer), asyncio.timeout(PATIENCE):
        writer.write(out)
        return await reader.read()
