"""A crowd at the port: who idles gives way, who is worked for does not, and who drips or never reads is ended."""

import asyncio
import socket
from contextlib import AsyncExitStack

import pytest

from core.admission import Bounds
from core.messages import Hook, HookAnswer, HookRequest
from tests.fakes.patience import PATIENCE
from tests.fakes.web_server import connected, said, serving, until
from tests.fakes.web_services import Behind, Ear
from web import Listener

ALIVE = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
STARTS = {
    "silence": b"",
    "half a head": b"GET /lacak HTTP/1.1\r\nHost:",
    "half a body": b"POST /hooks/sms HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf",
    "an answer that was read": b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
}
LARGE = b"x" * 30_000_000


async def _crowd(stack: AsyncExitStack, listener: Listener, start: bytes, count: int) -> list[asyncio.StreamReader]:
    """So many that begin so, and say no more."""
    readers = []
    for _ in range(count):
        reader, writer = await stack.enter_async_context(connected(listener))
        writer.write(start)
        if start.startswith(b"GET /healthz"):
            await reader.readuntil(b"ok\n")
        readers.append(reader)
    await until(lambda: listener.connections == count)
    return readers


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS.keys())
async def test_who_idles_gives_way_and_everybody_is_answered(start: bytes) -> None:
    async with serving(Behind().app(Ear().hook()), bounds=Bounds(5, 5)) as listener, AsyncExitStack() as stack:
        idle = await _crowd(stack, listener, start, 5)
        for _ in range(5):
            assert (await said(listener, ALIVE)).startswith(b"HTTP/1.1 200 ")
        async with asyncio.timeout(PATIENCE):
            assert b"HTTP/1.1 2" not in await idle[0].read()


async def test_six_hundred_that_idle_keep_nobody_from_being_answered() -> None:
    ear = Ear()
    post = b"POST /hooks/sms HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nConnection: close\r\n\r\nhalo"
    async with serving(Behind().app(ear.hook()), bounds=Bounds(150, 100)) as listener, AsyncExitStack() as stack:
        for n in range(600):
            _, writer = await stack.enter_async_context(connected(listener))
            writer.write(tuple(STARTS.values())[n % len(STARTS)])
        for out in (ALIVE, ALIVE.replace(b"/healthz", b"/lacak"), post):
            assert (await said(listener, out)).startswith(b"HTTP/1.1 200 ")
        assert listener.connections <= 150
    assert [one.body for one in ear.heard] == [b"halo"]


class _Work:
    """A hook that works until it may end."""

    request = b"GET /hooks/work HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"

    def __init__(self) -> None:
        self.begun = 0
        self.may_end = asyncio.Event()

    async def _answer(self, _request: HookRequest) -> HookAnswer:
        self.begun += 1
        await self.may_end.wait()
        return HookAnswer(200, b"done")

    def hook(self) -> Hook:
        return Hook("GET", "/hooks/work", self._answer)


async def test_who_is_worked_for_is_not_ended_and_where_all_are_the_next_is_told_to_come_again() -> None:
    work = _Work()
    async with serving(Behind().app(work.hook()), bounds=Bounds(3, 2)) as listener:
        asking = [asyncio.create_task(said(listener, _Work.request)) for _ in range(3)]
        await until(lambda: work.begun == 3)
        refused = await said(listener, b"")
        assert refused.startswith(b"HTTP/1.1 503 ")
        assert b"\r\nRetry-After: " in refused
        work.may_end.set()
        assert all(answer.endswith(b"done") for answer in await asyncio.gather(*asking))
        assert (await said(listener, ALIVE)).startswith(b"HTTP/1.1 200 ")


async def test_a_proxy_of_ours_may_bring_as_many_as_there_is_room_for() -> None:
    app = Behind().app()
    async with serving(app, bounds=Bounds(9, 2), trusted=("127.0.0.0/8",)) as listener, AsyncExitStack() as stack:
        idle = await _crowd(stack, listener, STARTS["an answer that was read"], 8)
        assert (await said(listener, ALIVE)).startswith(b"HTTP/1.1 200 ")
        assert not any(reader.at_eof() for reader in idle)


async def test_a_head_that_drips_is_ended_however_often_it_drips() -> None:
    async with serving(Behind().app(), head_seconds=0.3) as listener, connected(listener) as (reader, writer):
        writer.write(b"GET /healthz HTTP/1.1\r\n")
        ended = asyncio.create_task(reader.read())
        async with asyncio.timeout(PATIENCE):
            while not ended.done():
                writer.write(b"X-More: x\r\n")
                await asyncio.wait({ended}, timeout=0.02)
        await asyncio.gather(ended, return_exceptions=True)
        await until(lambda: listener.connections == 0)


async def test_a_body_that_drips_is_ended_however_often_it_drips() -> None:
    ear = Ear()
    app = Behind().app(ear.hook(max_bytes=100_000), body_seconds=0.3)
    async with serving(app) as listener, connected(listener) as (reader, writer):
        writer.write(b"POST /hooks/sms HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\n")
        answer = asyncio.create_task(reader.readline())
        async with asyncio.timeout(PATIENCE):
            while not answer.done():
                writer.write(b"x")
                await asyncio.wait({answer}, timeout=0.02)
        assert (await answer).startswith(b"HTTP/1.1 408 ")
    assert not ear.heard


async def test_a_body_that_nobody_waits_for_does_not_hold_the_connection() -> None:
    async with serving(Behind().app(), head_seconds=0.3) as listener, connected(listener) as (reader, writer):
        writer.write(b"POST /nothing-here HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\n")
        ended = asyncio.create_task(reader.read())
        async with asyncio.timeout(PATIENCE):
            while not ended.done():
                writer.write(b"x")
                await asyncio.wait({ended}, timeout=0.02)
        await until(lambda: listener.connections == 0)
        await asyncio.gather(ended, return_exceptions=True)


async def _large(_request: HookRequest) -> HookAnswer:
    return HookAnswer(200, LARGE)


@pytest.mark.parametrize("more", [b"", b"Connection: close\r\n"])
async def test_an_answer_that_nobody_reads_is_dropped(more: bytes) -> None:
    app = Behind().app(Hook("GET", "/hooks/large", _large))
    async with serving(app, unread_seconds=0.2, head_seconds=0.2) as listener:
        wire = socket.socket()
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        wire.settimeout(0)
        with wire:
            loop = asyncio.get_running_loop()
            await loop.sock_connect(wire, ("127.0.0.1", listener.port))
            await loop.sock_sendall(wire, b"GET /hooks/large HTTP/1.1\r\nHost: x\r\n" + more + b"\r\n")
            await until(lambda: listener.connections == 1)
            await until(lambda: listener.connections == 0)


async def test_a_large_answer_that_is_read_arrives_whole() -> None:
    app = Behind().app(Hook("GET", "/hooks/large", _large))
    async with serving(app) as listener:
        answer = await said(listener, b"GET /hooks/large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert answer.endswith(LARGE)


async def test_requests_that_come_together_are_answered_one_after_the_other() -> None:
    async with serving(Behind().app(), bounds=Bounds(1, 1)) as listener:
        two = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
        answer = await said(listener, two + two + ALIVE)
    assert answer.count(b"HTTP/1.1 200 ") == 3
