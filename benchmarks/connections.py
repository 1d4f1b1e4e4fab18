"""How long others wait while hundreds of connections idle: python -m benchmarks.connections [WEB [MAIL [CHECKOUT]]]."""

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

from tests.fakes.citizens import OURS
from tests.fakes.fork_server import CHECKOUT
from tests.fakes.kannel_server import KannelServer, incoming
from tests.fakes.resi_process import Resi

_TRIES = 60
_PATIENCE = 10.0  # seconds after which an honest client gives up
_DRIP = 1.0  # seconds between two bytes of a slow one
_PAUSE = 0.2  # before one whose connection was ended opens another
_HOST = "127.0.0.1"
_OTHER = "127.0.0.9"

Writer = asyncio.StreamWriter
Talk = Callable[[asyncio.StreamReader, Writer], Awaitable[None]]


async def _silent(reader: asyncio.StreamReader, _writer: Writer) -> None:
    await reader.read()


async def _drip(reader: asyncio.StreamReader, writer: Writer, first: bytes) -> None:
    """A byte a second for ever, whatever is answered."""
    writer.write(first)
    ended = asyncio.ensure_future(reader.read())
    try:
        while not ended.done():
            await asyncio.wait({ended}, timeout=_DRIP)
            writer.write(b"x")
            await writer.drain()
    finally:
        ended.cancel()
        await asyncio.gather(ended, return_exceptions=True)


async def _half_head(reader: asyncio.StreamReader, writer: Writer) -> None:
    await _drip(reader, writer, b"GET /lacak HTTP/1.1\r\nHost: x\r\nX-Slow: ")


async def _slow_body(reader: asyncio.StreamReader, writer: Writer) -> None:
    form = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 900\r\n"
    await _drip(reader, writer, b"POST /lacak HTTP/1.1\r\nHost: x\r\n" + form + b"\r\n")


async def _kept(reader: asyncio.StreamReader, writer: Writer) -> None:
    writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    await reader.read()


async def _greeted(reader: asyncio.StreamReader, writer: Writer) -> None:
    writer.write(b"EHLO idle.test\r\n")
    await reader.read()


async def _slow_data(reader: asyncio.StreamReader, writer: Writer) -> None:
    head = f"EHLO slow.test\r\nMAIL FROM:<slow@warga.test>\r\nRCPT TO:<{OURS}>\r\nDATA\r\n"
    await _drip(reader, writer, head.encode() + b"Subject: ")


async def _flood(reader: asyncio.StreamReader, writer: Writer) -> None:
    """Pages as fast as they are answered."""
    while not reader.at_eof():
        writer.write(b"GET /statistik HTTP/1.1\r\nHost: x\r\n\r\n")
        await writer.drain()
        await reader.read(65_536)


@dataclass
class Crowd:
    """So many connections that are opened again whenever they are ended."""

    port: int
    talks: tuple[Talk, ...]
    size: int
    open: int = 0
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def __aenter__(self) -> None:
        self._tasks = [asyncio.create_task(self._stay(self.talks[n % len(self.talks)])) for n in range(self.size)]
        await asyncio.sleep(3)

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _stay(self, talk: Talk) -> None:
        while True:
            with suppress(OSError, asyncio.IncompleteReadError):
                reader, writer = await asyncio.open_connection(_HOST, self.port)
                try:
                    await talk(reader, writer)
                finally:
                    writer.transport.abort()
            await asyncio.sleep(_PAUSE)


async def _asked(port: int, head: bytes, address: str) -> bool:
    reader, writer = await asyncio.open_connection(_HOST, port, local_addr=(address, 0))
    try:
        writer.write(head)
        return (await reader.read()).startswith(b"HTTP/1.1 2")
    finally:
        writer.close()


async def _mailed(port: int, number: int, address: str) -> bool:
    reader, writer = await asyncio.open_connection(_HOST, port, local_addr=(address, 0))
    lines = (
        "EHLO pc.test",
        f"MAIL FROM:<warga{number}@surat.test>",
        f"RCPT TO:<{OURS}>",
        "DATA",
        f"Subject: Lampu\r\nMessage-ID: <{number}.{time.time_ns()}@surat.test>\r\n\r\nLampu mati di Jl. Mawar.\r\n.",
    )
    try:
        answer = await reader.readline()
        for line in lines:
            if not answer.startswith((b"2", b"3")):
                return False
            writer.write(line.encode() + b"\r\n")
            answer = await reader.readline()
            while answer[3:4] == b"-":
                answer = await reader.readline()
        return answer.startswith(b"250")
    finally:
        writer.close()


async def _timed(name: str, ask: Callable[[int], Awaitable[bool]]) -> None:
    took, lost = [], 0
    for number in range(_TRIES):
        began = time.perf_counter()
        try:
            good = await asyncio.wait_for(ask(number), _PATIENCE)
        except (OSError, TimeoutError):
            good = False
        took.append(time.perf_counter() - began)
        lost += not good
    cuts = quantiles(took, n=20)
    print(f"  {name:34} p50 {cuts[9] * 1000:7.1f} ms   p95 {cuts[18] * 1000:7.1f} ms   not answered {lost}/{_TRIES}")


async def _all(resi: Resi) -> None:
    numbers = iter(range(1, 1_000_000))
    for address in (_HOST, _OTHER):
        for path in ("/healthz", "/lacak"):
            head = f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
            await _timed(f"GET {path} from {address}", lambda _, a=address, h=head: _asked(resi.web_port, h, a))  # type: ignore[misc]  # defaults bind the loop variables

        def sms(_: int, address: str = address) -> Awaitable[bool]:
            number = next(numbers)
            query = incoming("CEK 4821", sender=f"+62811{number:07d}", id=f"{address}{number}")
            head = f"GET /hooks/sms?{query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
            return _asked(resi.web_port, head.encode(), address)

        await _timed(f"SMS hook from {address}", sms)
        await _timed(f"a mail from {address}", lambda n, a=address: _mailed(resi.mail_port, n, a))  # type: ignore[misc]  # as above


async def run(resi: Resi, web: int, mail: int) -> None:
    """Prints a table for each crowd."""
    print("nobody else")
    await _all(resi)
    for name, talks in (
        ("silent, half a head, a slow body, kept alive", (_silent, _half_head, _slow_body, _kept)),
        ("silent", (_silent,)),
    ):
        print(f"{web} at the web ({name}), {mail} at SMTP")
        async with Crowd(resi.web_port, talks, web), Crowd(resi.mail_port, (_silent, _greeted, _slow_data), mail):
            await _all(resi)
    print("100 that ask for pages as fast as they are answered")
    async with Crowd(resi.web_port, (_flood,), 100):
        await _all(resi)


def main() -> None:
    """The service runs in a process of its own."""
    web, mail = (int(each) for each in (*sys.argv[1:3], *("600", "300")[len(sys.argv[1:3]) :]))
    checkout = Path(sys.argv[3]) if len(sys.argv) > 3 else CHECKOUT
    with tempfile.TemporaryDirectory() as folder, KannelServer() as kannel:
        resi = Resi(Path(folder), {"MAIL_ADDRESS": OURS, "LOG_LEVEL": "INFO"}, checkout=checkout)
        resi.settings |= kannel.settings(resi.root)
        with resi:
            asyncio.run(run(resi, web, mail))


if __name__ == "__main__":
    main()
