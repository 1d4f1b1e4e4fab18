"""A mail channel with its port open, a core that takes as it is told, and a citizen with a real SMTP client."""

import asyncio
import smtplib
import socket
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor, Future
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TypeVar

from bots.mail.connection import MailConnection, connect
from core.messages import ChannelCallbacks, Envelope, IntakeResult
from tests.fakes.patience import PATIENCE

T = TypeVar("T")
OURS = {"MAIL_LISTEN": "127.0.0.1:0", "MAIL_ADDRESS": "lapor@kota.test", "MAIL_HOSTNAME": "mx.kota.test"}
MAIL = b"Subject: Lampu mati\r\nMessage-ID: <satu@warga.test>\r\n\r\nLampu mati di Jl. Mawar.\r\n"
ENVELOPE = b"EHLO phone.test\r\nMAIL FROM:<budi@warga.test>\r\nRCPT TO:<lapor@kota.test>\r\nDATA\r\n"


def codes(answers: bytes) -> list[str]:
    """The code of each answer, one for an answer of many lines."""
    return [line[:3].decode() for line in answers.split(b"\r\n") if line[3:4] == b" "]


@dataclass
class Core:
    """What stands behind the channel: keeps what it took; `answer` may be an error; waits while `gate` is closed."""

    answer: IntakeResult | Exception = IntakeResult.DONE
    taken: list[Envelope] = field(default_factory=list)
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    async def take(self, envelope: Envelope) -> IntakeResult:
        self.asked.set()
        await self.gate.wait()
        if isinstance(self.answer, Exception):
            raise self.answer
        self.taken.append(envelope)
        return self.answer

    async def receipt(self, _wire_id: str, _arrived: bool) -> None:  # noqa: FBT001 - the port's shape
        raise AssertionError


class NoMemory(Executor):
    """Threads that have no room to work in."""

    def submit(self, _fn: Callable[..., T], /, *_args: object, **_named: object) -> Future[T]:
        failed: Future[T] = Future()
        failed.set_exception(MemoryError())
        return failed


class NoThread(Executor):
    """None is to be had."""

    def submit(self, _fn: Callable[..., T], /, *_args: object, **_named: object) -> Future[T]:
        raise RuntimeError("can't start new thread")


@dataclass
class Opened:
    """An open port."""

    way: MailConnection
    core: Core
    listening: asyncio.Task[None]

    @property
    def port(self) -> int:
        port = self.way.receiver.port
        assert port is not None
        return port

    async def with_client(self, talk: Callable[[smtplib.SMTP], T]) -> T:
        """A conversation on a thread of its own, by the standard library's client."""

        def run() -> T:
            with smtplib.SMTP("127.0.0.1", self.port, local_hostname="phone.test", timeout=PATIENCE) as client:
                return talk(client)

        return await asyncio.to_thread(run)

    async def mails(
        self, content: bytes = MAIL, *, sender: str = "budi@warga.test", to: str = "lapor@kota.test"
    ) -> int:
        """The code that ends one mail."""

        def talk(client: smtplib.SMTP) -> int:
            client.ehlo()
            for code, _ in (client.mail(sender), client.rcpt(to)):
                if code >= 400:
                    return code
            return client.data(content)[0]

        return await self.with_client(talk)

    async def raw(self, *pieces: bytes, half_close: bool = False) -> bytes:
        """All that is answered when these bytes are sent as fast as they go, until the server hangs up."""

        def run() -> bytes:
            answers = b""
            with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as wire:
                with suppress(ConnectionError):  # a server that has left has answered before
                    for piece in pieces:
                        wire.sendall(piece)
                    if half_close:
                        wire.shutdown(socket.SHUT_WR)
                with suppress(ConnectionError):
                    while chunk := wire.recv(65_536):
                        answers += chunk
            return answers

        return await asyncio.to_thread(run)


@asynccontextmanager
async def opened(
    core: Core | None = None, readers: Callable[[], Executor] | None = None, **settings: str
) -> AsyncIterator[Opened]:
    """An open port, and a closed one afterwards."""
    core = core or Core()
    way = connect({**OURS, **settings}, ChannelCallbacks(core.take, core.receipt))
    way.receiver.new_readers = readers or way.receiver.new_readers
    listening = asyncio.create_task(way.listen())
    async with asyncio.timeout(PATIENCE):
        while not way.ready():
            await asyncio.wait({listening}, timeout=0.005)
    try:
        yield Opened(way, core, listening)
    finally:
        core.gate.set()
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
