"""The real server on a real port: bounds, silence, and an end within seconds."""

import asyncio
import logging
import signal
from http import HTTPStatus

import pytest

from core.messages import Hook, HookAnswer, HookRequest
from tests.fakes.patience import PATIENCE
from tests.fakes.web_server import connected, said, serving
from tests.fakes.web_services import Behind, Ear
from web import CannotListen, serve, server


async def test_it_answers_and_does_not_say_what_it_is() -> None:
    async with serving(Behind().app()) as listener:
        answer = await said(listener, b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.endswith(b"ok\n")
    assert b"\r\nserver:" not in answer.lower()


async def test_the_head_alone_has_no_body() -> None:
    async with serving(Behind().app()) as listener:
        answer = await said(listener, b"HEAD /lacak HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.endswith(b"\r\n\r\n")


async def test_a_busy_port_is_said_at_once() -> None:
    async with serving(Behind().app()) as listener:
        with pytest.raises(CannotListen) as refused:
            serve(Behind().app(), "127.0.0.1", listener.port)
    assert refused.value.busy
    assert refused.value.port == listener.port


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid"])
def test_an_address_that_is_not_ours_is_said_too(host: str) -> None:
    with pytest.raises(CannotListen) as refused:
        serve(Behind().app(), host, 0)
    assert not refused.value.busy


async def test_it_says_when_it_listens_and_when_no_more() -> None:
    listener = serve(Behind().app(), "127.0.0.1", 0)
    assert not listener.listening
    async with serving(Behind().app()) as other:
        assert other.listening
        other.stop()
        assert not other.listening
    listener.stop()
    await listener.run()
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", listener.port)


async def test_an_endless_body_is_refused_and_the_connection_closed() -> None:
    ear = Ear()
    head = b"POST /hooks/sms HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    async with serving(Behind().app(ear.hook(max_bytes=1000))) as listener, connected(listener) as (reader, writer):
        writer.write(head + b"3e8\r\n" + b"x" * 1000 + b"\r\n" + b"1\r\nx\r\n")
        answer = await asyncio.wait_for(reader.read(), PATIENCE)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"connection: close" in answer.lower()
    assert not ear.heard


@pytest.mark.parametrize(
    "lengths",
    [
        b"HTTP/1.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked",
        b"HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 4",
        b"HTTP/1.1\r\ntransfer-encoding:chunked\r\nCONTENT-LENGTH: 0",
        b"HTTP/1.0\r\nTransfer-Encoding: chunked",
        b"HTTP/1.1\r\nContent-Length: 4\r\nContent-Length: 5",
        b"HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity",
    ],
)
async def test_a_request_that_ends_in_two_ways_is_refused_and_nothing_behind_it_is_heard(lengths: bytes) -> None:
    ear = Ear()
    body = b"\r\nHost: x\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    async with serving(Behind().app(ear.hook())) as listener:
        answer = await said(listener, b"POST /hooks/sms " + lengths + body)
    assert answer.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 501 "))
    assert answer.count(b"HTTP/1.1 ") == 1
    assert not ear.heard


@pytest.mark.parametrize(
    ("target", "status"),
    [
        (b"http://x/healthz", 200),
        (b"HTTPS://lapor.example:8443/healthz?a=http://y/", 200),
        (b"http://x", 200),
        (b"http://x?lang=en", 200),
        (b"http://x/nowhere", 404),
        (b"http:///healthz", 404),
        (b"http://a@x/healthz", 404),
        (b"ftp://x/healthz", 404),
    ],
)
async def test_a_whole_address_is_asked_for_by_its_path(target: bytes, status: int) -> None:
    async with serving(Behind().app()) as listener:
        answer = await said(listener, b"GET " + target + b" HTTP/1.1\r\nHost: y\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 %d " % status)


async def test_the_host_of_a_whole_address_is_the_one_that_counts() -> None:
    """Figures are told to this machine alone, by its own name."""
    async with serving(Behind().app()) as listener:
        asked = ((b"http://localhost/metrics", b"x", 200), (b"http://x/metrics", b"localhost", 403))
        for target, host, status in asked:
            head = b"GET " + target + b" HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n"
            assert (await said(listener, head)).startswith(b"HTTP/1.1 %d " % status)


@pytest.mark.parametrize(
    ("chunks", "status"), [((b"a",) * 1_000, 200), ((b"a" * 64,) * 3_000, 200), ((b"a",) * 1_001, 400)]
)
async def test_a_body_comes_in_pieces_and_not_in_crumbs(chunks: tuple[bytes, ...], status: int) -> None:
    """Each piece costs the same, however small: 2 MB of them by the byte kept everybody waiting for two seconds."""
    ear = Ear()
    head = b"POST /hooks/sms HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    body = b"".join(b"%x\r\n%s\r\n" % (len(each), each) for each in chunks) + b"0\r\n\r\n"
    async with serving(Behind().app(ear.hook(max_bytes=1 << 20))) as listener, connected(listener) as (reader, writer):
        for _ in range(2):  # each request of a connection is counted for itself
            writer.write(head + body)
            assert (await reader.readline()).split()[1] == b"%d" % status
            if status != HTTPStatus.OK:
                break
            await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(len(b"<Response/>"))
    assert [one.body for one in ear.heard] == ([b"".join(chunks)] * 2 if status == HTTPStatus.OK else [])


async def test_nonsense_behind_an_answer_ends_the_connection_and_is_no_fault(caplog: pytest.LogCaptureFixture) -> None:
    ear = Ear(status=403)
    head = b"PUT /hooks/sms HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    async with serving(Behind().app(ear.hook())) as listener, connected(listener) as (reader, writer):
        writer.write(head)
        answer = await reader.readuntil(b"Method Not Allowed\n")
        writer.write(b"zz\r\n")
        async with asyncio.timeout(PATIENCE):
            assert await reader.read() == b""
    assert answer.startswith(b"HTTP/1.1 405 ")
    assert not [each for each in caplog.records if each.levelno >= logging.ERROR]


async def test_a_body_that_stalls_is_given_up() -> None:
    ear = Ear()
    head = b"POST /hooks/sms HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf"
    async with serving(Behind().app(ear.hook(), body_seconds=0.1)) as listener:
        answer = await said(listener, head)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert not ear.heard


async def test_a_body_that_breaks_off_is_heard_by_nobody(caplog: pytest.LogCaptureFixture) -> None:
    ear = Ear()
    async with serving(Behind().app(ear.hook())) as listener, connected(listener) as (_, writer):
        writer.write(b"POST /hooks/sms HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf")
        await writer.drain()
    assert not ear.heard
    assert not caplog.records


@pytest.mark.parametrize("start", [b"", b"GET /healthz HTTP/1.1\r\nHost:"])
async def test_who_never_comes_to_the_point_is_cut_off(start: bytes) -> None:
    async with serving(Behind().app(), head_seconds=0.1) as listener, connected(listener) as (reader, writer):
        writer.write(start)
        assert await asyncio.wait_for(reader.read(), PATIENCE) == b""


async def test_a_request_that_works_long_is_not_cut_off() -> None:
    work = Work()
    async with serving(Behind().app(work.hook()), head_seconds=0.1, stop_seconds=5) as listener:
        asking = asyncio.create_task(said(listener, Work.request))
        await work.begun.wait()
        asyncio.get_running_loop().call_later(0.3, work.may_end.set)
        assert (await asking).endswith(b"done")


async def test_a_head_without_end_is_refused() -> None:
    async with serving(Behind().app()) as listener:
        answer = await said(listener, b"GET /?" + b"x" * 100_000)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 400 ")


class Work:
    """A hook that works until it may end."""

    request = b"GET /hooks/work HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.may_end = asyncio.Event()

    async def _answer(self, _request: HookRequest) -> HookAnswer:
        self.begun.set()
        await self.may_end.wait()
        return HookAnswer(200, b"done")

    def hook(self) -> Hook:
        return Hook("GET", "/hooks/work", self._answer)


async def test_a_running_request_ends_before_the_server_does() -> None:
    work = Work()
    async with serving(Behind().app(work.hook()), stop_seconds=5) as listener:
        asking = asyncio.create_task(said(listener, Work.request))
        await work.begun.wait()
        listener.stop()
        work.may_end.set()
    assert (await asking).endswith(b"done")


async def test_a_request_that_never_ends_is_told_to_come_again_and_holds_nobody_up(
    caplog: pytest.LogCaptureFixture,
) -> None:
    work = Work()
    async with serving(Behind().app(work.hook()), stop_seconds=1) as listener:
        asking = asyncio.create_task(said(listener, Work.request))
        await work.begun.wait()
    assert (await asking).startswith(b"HTTP/1.1 503 ")
    assert "Traceback" not in caplog.text


def test_left_to_itself_it_ends_within_eight_seconds() -> None:
    assert server._STOP_SECONDS + server._LAST_SECONDS + 0.5 < 8  # noqa: SLF001 the sum is the promise


async def test_a_cancelled_server_stops_as_gently() -> None:
    work = Work()
    listener = serve(Behind().app(work.hook()), "127.0.0.1", 0, stop_seconds=5)
    running = asyncio.create_task(listener.run())
    asking = asyncio.create_task(said(listener, Work.request))
    await work.begun.wait()
    running.cancel()
    work.may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert (await asking).endswith(b"done")


async def test_signals_stay_with_the_application() -> None:
    before = [signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)]
    async with serving(Behind().app()):
        assert [signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)] == before


async def test_at_the_loudest_level_no_log_holds_an_address_a_query_or_a_body(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(1)
    logging.getLogger("asyncio").setLevel(logging.INFO)  # its own chatter about selectors
    body = b"kode=kanari-badan"
    head = (
        b"POST /lacak?x=kanari-query HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Forwarded-For: 203.0.113.9\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n" % len(body)
    )
    async with serving(Behind(raises=ValueError("kanari-galat")).app()) as listener:
        assert (await said(listener, head + body)).startswith(b"HTTP/1.1 500 ")
        assert (await said(listener, b"kanari nonsense\r\n\r\n")).startswith(b"HTTP/1.1 400 ")
        port = str(listener.port)
    assert "web_fault" in caplog.text
    for secret in ("kanari", "127.0.0.1", "203.0.113.9", port):
        assert secret not in caplog.text
