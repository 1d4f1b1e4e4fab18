"""HTTP/1.1 on loopback in a thread of its own: small enough to break connections on purpose, real to any client."""

import asyncio
import threading
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from tests.fakes.patience import PATIENCE

_REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 409: "Conflict"}


class Dropped(Exception):
    """The connection is to be cut."""


@dataclass(frozen=True)
class Request:
    """One request, with header names in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes = field(repr=False)


@dataclass(frozen=True)
class Reply:
    """Its answer."""

    status: int
    body: bytes = field(repr=False)
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


class LoopbackServer(ABC):
    """Call `start` and `stop`, or use it as a context; `root` is its address. A subclass gives `reply`."""

    def __init__(self) -> None:
        self.root = ""
        self._port = 0
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping = asyncio.Event()

    def start(self) -> Self:
        """Listens on a free port, or on the same one as before."""
        up = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(up)), name="loopback", daemon=True)
        self._thread.start()
        if not up.wait(PATIENCE):
            raise TimeoutError("the fake server did not start")
        return self

    def stop(self) -> None:
        """Cuts every connection and closes the port; what it remembers stays."""
        if self._thread is not None and self._loop is not None:
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join(10)
            self._thread = self._loop = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    @abstractmethod
    async def reply(self, request: Request) -> Reply:
        """The answer to a request; raises Dropped to cut the connection."""

    async def alongside(self) -> None:
        """What else the server does while it is up."""
        await self._stopping.wait()

    async def _serve(self, up: threading.Event) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        talks: set[asyncio.Task[None]] = set()

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.create_task(self._talk(reader, writer))
            talks.add(task)
            task.add_done_callback(talks.discard)

        server = await asyncio.start_server(connected, "127.0.0.1", self._port)
        self._port = server.sockets[0].getsockname()[1]
        self.root = f"http://127.0.0.1:{self._port}"
        aside = asyncio.create_task(self.alongside())
        up.set()
        await self._stopping.wait()
        server.close()
        open_tasks = [aside, *talks]
        for task in open_tasks:
            task.cancel()
        await asyncio.gather(*open_tasks, return_exceptions=True)
        await server.wait_closed()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while (request := await _read(reader)) is not None:
                reply = await self.reply(request)
                head = [f"HTTP/1.1 {reply.status} {_REASONS.get(reply.status, 'Error')}", f"Content-Type: {reply.kind}"]
                head += [f"{name}: {value}" for name, value in reply.headers.items()]
                head += [f"Content-Length: {len(reply.body)}", "", ""]
                writer.write("\r\n".join(head).encode() + reply.body)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, Dropped):
            pass
        finally:
            writer.transport.abort()


async def _read(reader: asyncio.StreamReader) -> Request | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.strip().split("\r\n")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    method, path, _ = first.split(" ", 2)
    return Request(method, path, headers, body)
