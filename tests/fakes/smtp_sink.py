"""A real SMTP server on loopback that collects what it is given, and answers as badly as a test asks of it."""

import asyncio
import base64
import ssl
from collections import defaultdict
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Self

from tests.fakes.patience import PATIENCE

CLOSE = "close"  # instead of an answer: the connection is cut
SILENCE = "silence"  # instead of an answer: nothing, until the peer gives up
GREETING, EHLO, AUTH, MAIL, RCPT, DATA, BODY = "greeting", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "body"


@dataclass(frozen=True, slots=True)
class Caught:
    """One mail as it came over the wire."""

    sender: str
    recipients: tuple[str, ...]
    options: str
    raw: bytes = field(repr=False)

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=SMTP)

    @property
    def text(self) -> str:
        return str(self.message.get_content())


class SmtpSink:
    """`async with SmtpSink() as sink`: `sink.url` for RESI_MAIL_RELAY_URL, `sink.mails` for what came."""

    def __init__(
        self,
        *,
        port: int = 0,
        password: str = "",
        utf8: bool = True,
        tls: ssl.SSLContext | None = None,
        from_the_start: bool = False,
    ) -> None:
        self.secret = 0  # connections that began TLS
        self.commands: list[str] = []  # and of none its arguments
        self.tls = tls
        self._from_the_start = from_the_start
        self.mails: list[Caught] = []
        self.connections = 0
        self.silent = asyncio.Event()  # somebody gets no answer
        self._port = port
        self._password = password
        self._utf8 = utf8
        self._refusals: dict[str, list[str]] = defaultdict(list)
        self._changed = asyncio.Condition()
        self._server: asyncio.Server | None = None
        self._talks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        context = self.tls if self._from_the_start else None
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", self._port, limit=2**25, ssl=context)
        self._port = int(self._server.sockets[0].getsockname()[1])
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.close()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)

    @property
    def url(self) -> str:
        user = f"resi:{self._password}@" if self._password else ""
        return f"smtp://{user}127.0.0.1:{self._port}"

    def answers(self, stage: str, answer: str, *, times: int = 1) -> None:
        """The next `times` at this stage: a reply as "451 later", CLOSE or SILENCE."""
        self._refusals[stage] += [answer] * times

    async def caught(self, count: int = 1, *, within: float = PATIENCE) -> list[Caught]:
        """Waits until so many mails have come."""
        async with asyncio.timeout(within), self._changed:
            await self._changed.wait_for(lambda: len(self.mails) >= count)
        return self.mails

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._talks.add(task)
            task.add_done_callback(self._talks.discard)
        self.connections += 1
        try:
            await _Talk(self, reader, writer).run()
        except (ConnectionError, ssl.SSLError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    def refusal(self, stage: str) -> str:
        waiting = self._refusals[stage]
        return waiting.pop(0) if waiting else ""

    def extensions(self) -> str:
        names = ["sink.test", "8BITMIME", *(["SMTPUTF8"] if self._utf8 else [])]
        names += ["AUTH PLAIN LOGIN"] if self._password else []
        names += ["STARTTLS"] if self.tls is not None and not self._from_the_start else []
        return "\r\n".join(f"250{'-' if at < len(names) - 1 else ' '}{name}" for at, name in enumerate(names))

    def knows(self, credentials: str) -> bool:
        return base64.b64decode(credentials).decode() == f"\0resi\0{self._password}"

    async def keep(self, mail: Caught) -> None:
        async with self._changed:
            self.mails.append(mail)
            self._changed.notify_all()


class _Talk:
    """One connection to the sink."""

    def __init__(self, sink: SmtpSink, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._sink = sink
        self._reader = reader
        self._writer = writer
        self._sender = self._options = ""
        self._recipients: list[str] = []

    async def run(self) -> None:
        await self._say(GREETING, "220 sink.test")
        while line := (await self._reader.readline()).decode().strip():
            command, _, argument = line.partition(" ")
            await self._obey(command.upper(), argument)
            if command.upper() == "QUIT":
                return

    async def _obey(self, command: str, argument: str) -> None:
        self._sink.commands.append(command)
        if command == "STARTTLS" and self._sink.tls is not None:
            await self._say(command, "220 go on")
            await self._writer.start_tls(self._sink.tls)
            self._sink.secret += 1
        elif command in {"MAIL", "RCPT", "DATA"}:
            await self._carry(command, argument.partition(":")[2])
        elif command in {"EHLO", "HELO"}:
            await self._say(command, self._sink.extensions())
        elif command == "AUTH":
            known = argument.startswith("PLAIN ") and self._sink.knows(argument[6:])
            await self._say(AUTH, "235 ok" if known else "535 who are you")
        else:
            await self._say(command, "221 bye" if command == "QUIT" else "250 ok")

    async def _carry(self, command: str, argument: str) -> None:
        if command == "DATA":
            if await self._say(DATA, "354 go on"):
                await self._body()
        elif command == "RCPT":
            if await self._say(RCPT, "250 ok"):
                self._recipients.append(argument.strip("<>"))
        else:
            address, _, self._options = argument.partition(" ")
            self._sender, self._recipients = address.strip("<>"), []
            await self._say(MAIL, "250 ok")

    async def _body(self) -> None:
        content = (await self._reader.readuntil(b"\r\n.\r\n"))[:-3].replace(b"\r\n..", b"\r\n.")
        mail = Caught(self._sender, tuple(self._recipients), self._options, content.removeprefix(b"."))
        if await self._say(BODY, "250 kept"):
            await self._sink.keep(mail)

    async def _say(self, stage: str, usual: str) -> bool:
        """Whether the usual answer was given."""
        refusal = self._sink.refusal(stage)
        if refusal == CLOSE:
            raise ConnectionResetError
        if refusal == SILENCE:
            self._sink.silent.set()
            await self._reader.read()
            raise ConnectionResetError
        self._writer.write(f"{refusal or usual}\r\n".encode())
        await self._writer.drain()
        return not refusal
