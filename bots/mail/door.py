"""One SMTP conversation, on aiosmtpd, with the limits that it lacks: on endless lines, idlers, crowds."""

import asyncio
import collections
import functools
import logging
from collections.abc import Awaitable, Callable
from pathlib import PurePath
from ssl import SSLContext

from aiosmtpd.smtp import SMTP, Envelope, Session

from bots.mail.address import is_null, is_ours, is_sound
from bots.mail.setup import MailSetup
from bots.mail.submission import Submission

logger = logging.getLogger(__name__)

LONGEST_LINE = 1_048_576
MOST_RECIPIENTS = 10
COMMANDS_WITHOUT_MAIL = 100
IDLE_SECONDS = 120.0
WITHOUT_MAIL_SECONDS = 900.0
DATA_SECONDS = 600.0
IN_FLIGHT_BYTES = 268_435_456  # of mails half come in, over all connections; never below two of the largest

NOT_OURS = "550 5.1.1 Bukan alamat laporan kami. No such address here."
TOO_MANY = "452 4.5.3 Too many recipients"
BUSY = "421 4.3.2 Sibuk, coba lagi nanti. Busy, try again later"
FULL = "452 4.3.1 Busy, try again later"
AGAIN = "451 4.3.0 Belum tersimpan, coba lagi nanti. Not kept yet, try again later"
IDLE = "421 4.4.2 Too long without a mail, goodbye"
MALFORMED = "553 5.1.7 An answer could not be sent to that address"

Commit = Callable[[str, bytes, Submission], Awaitable[str]]
"""Takes envelope sender, bytes and how they came; returns the SMTP answer, after the commit; raises nothing."""


class Lobby:
    """What the doors share: how many are open, how much they hold, what runs, whether we are closing."""

    def __init__(self, setup: MailSetup, commit: Commit) -> None:
        self.setup = setup
        self.commit = commit
        self.doors: set[Door] = set()
        self.running: set[asyncio.Task[str]] = set()
        self.held = 0
        self.closing = False

    @property
    def full(self) -> bool:
        """Whether the mails that are coming in hold all the memory they may."""
        return self.held > max(IN_FLIGHT_BYTES, 2 * self.setup.max_bytes)

    async def run(self, sender: str, raw: bytes, submission: Submission) -> str:
        """The commit, which goes on whatever becomes of the connection that asked for it."""
        task = asyncio.ensure_future(self.commit(sender, raw, submission))
        self.running.add(task)
        task.add_done_callback(self.running.discard)
        return await asyncio.shield(task)


class Desk:
    """The hooks that aiosmtpd calls."""

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, answers: list[str]
    ) -> list[str]:
        """Nobody logs in here."""
        session.host_name = hostname
        return [answer for answer in answers if not answer.startswith("250-AUTH")]

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Any sender, the null one too: whether it is read is decided when the mail is whole."""
        if not is_null(address) and not is_sound(address):
            return MALFORMED
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: "Door", _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Our own address and no other: this is no relay."""
        if not is_ours(address, server.lobby.setup.address):
            return NOT_OURS
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return TOO_MANY
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: "Door", session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        """Answers after the commit, and only then."""
        raw = envelope.content
        submission = Submission(_host(session.peer), tuple(envelope.rcpt_tos))
        return await server.hold(envelope.mail_from or "", raw if isinstance(raw, bytes) else b"", submission)


class Door(SMTP):
    """One connection."""

    line_length_limit = LONGEST_LINE

    def __init__(self, lobby: Lobby, tls: SSLContext | None = None) -> None:
        # aiosmtpd keeps these limits on the class, where one connection's EHLO changes another's.
        self.command_size_limits = collections.defaultdict(lambda: 2_048)
        self.lobby = lobby
        self.committing = False
        self._turned_away = False
        self._held = 0  # bytes of the mail that is coming in
        self._line = 0  # bytes since the last line ended
        self._ends_in_cr = False
        self._commands = 0
        super().__init__(
            Desk(),
            data_size_limit=lobby.setup.max_bytes,
            enable_SMTPUTF8=True,
            hostname=lobby.setup.hostname,
            ident="Resi",
            tls_context=tls,
            timeout=IDLE_SECONDS,
            loop=asyncio.get_running_loop(),
        )
        self._patience = self.loop.time() + WITHOUT_MAIL_SECONDS
        self._smtp_methods = {
            name: functools.partial(self._counted, method)
            for name, method in self._smtp_methods.items()
            if name not in {"AUTH", "EXPN"}
        }

    @property
    def busy(self) -> "asyncio.Task[None] | None":
        """The conversation, while a mail of it is being committed."""
        return self._handler_coroutine if self.committing else None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Comes a second time when TLS has begun."""
        if self._original_transport is None:
            if self.lobby.closing or len(self.lobby.doors) >= self.lobby.setup.connections:
                self._turn_away(transport)
                return
            self.lobby.doors.add(self)
        super().connection_made(transport)
        if self._handler_coroutine is not None:
            self._handler_coroutine.add_done_callback(_look_at)

    def connection_lost(self, error: Exception | None) -> None:
        """The conversation ends; a commit of it does not."""
        self._release()
        self.lobby.doors.discard(self)
        if not self._turned_away:
            super().connection_lost(error)

    def eof_received(self) -> bool | None:
        """A peer that has said all it wants to say still hears the answer (not over TLS, which has no half-closing)."""
        if self._turned_away:
            return False
        answer = asyncio.StreamReaderProtocol.eof_received(self)
        return False if self._tls_protocol is not None else answer

    def data_received(self, data: bytes) -> None:
        """Counts before anything is kept: aiosmtpd would collect an endless line without end."""
        if self._turned_away:
            return
        self._count(data)
        largest = self.lobby.setup.max_bytes
        hopeless = self._line > 2 * LONGEST_LINE or self._held > 4 * largest
        if hopeless or (self.lobby.full and self._held > LONGEST_LINE):
            logger.warning("mail_connection_cut")
            if isinstance(self.transport, asyncio.WriteTransport):
                self.transport.abort()
            return
        super().data_received(data)

    async def hold(self, sender: str, raw: bytes, submission: Submission) -> str:
        """Waits for the commit with the clock of this connection stopped."""
        self.committing = True
        self._reset_timeout(DATA_SECONDS)
        return await self.lobby.run(sender, raw, submission)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's name
        """A mail, whole or not; afterwards this connection has earned new patience."""
        if self.lobby.full:
            await self.push(FULL)
            return
        self._reset_timeout(DATA_SECONDS)
        try:
            await super().smtp_DATA(arg)
        finally:
            committed, self.committing = self.committing, False
        if committed:
            self._commands = 0
            self._patience = self.loop.time() + WITHOUT_MAIL_SECONDS
            self._reset_timeout()
        if self.lobby.closing:
            self.leave()  # without a word: a peer that has its 250 would take a 421 for another answer

    async def handle_exception(self, error: Exception) -> str:
        """Nothing of an exception reaches the peer: it may hold what a citizen wrote."""
        if isinstance(error, asyncio.IncompleteReadError):
            self.leave()
            return IDLE
        logger.error("mail_conversation_failed", extra=told(error))
        return AGAIN

    def leave(self, word: str = "") -> None:
        """Closes the connection, what was written to it first."""
        if isinstance(self.transport, asyncio.WriteTransport) and not self.transport.is_closing():
            if word:
                self.transport.write(word.encode() + b"\r\n")
            self.transport.close()

    async def _counted(self, method: Callable[[str | None], Awaitable[None]], arg: str | None) -> None:
        self._commands += 1
        if self._commands > COMMANDS_WITHOUT_MAIL or self.loop.time() > self._patience:
            self.leave(IDLE)
            return
        await method(arg)

    def _getaddr(self, arg: str) -> tuple[str | None, str | None]:
        """Address and what follows it; the standard parser recurses on what a stranger sends."""
        head, closed, rest = arg.strip().partition(">")
        if head.startswith("<") and closed:
            address = head[1:].rpartition(":")[2] if head.startswith("<@") else head[1:]
            return address or "<>", rest.strip()
        address, _, rest = arg.strip().partition(" ")
        return (None if "<" in address else address), rest.strip()

    def _turn_away(self, transport: asyncio.BaseTransport) -> None:
        self._turned_away = True
        if isinstance(transport, asyncio.WriteTransport):
            transport.write(BUSY.encode() + b"\r\n")
            transport.close()

    def _count(self, data: bytes) -> None:
        end = data.rfind(b"\r\n")
        if end >= 0:
            self._line = len(data) - end - 2
        elif self._ends_in_cr and data.startswith(b"\n"):
            self._line = len(data) - 1
        else:
            self._line += len(data)
        self._ends_in_cr = data.endswith(b"\r")
        self._held += len(data)
        self.lobby.held += len(data)

    def _release(self) -> None:
        self.lobby.held -= self._held
        self._held = 0

    def _set_post_data_state(self) -> None:
        self._release()
        super()._set_post_data_state()  # type: ignore[no-untyped-call]


def told(error: BaseException) -> dict[str, str]:
    """What a log may know of an error of ours: its type and its place, never its words."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    place = f"{PurePath(last.tb_frame.f_code.co_filename).name}:{last.tb_lineno}" if last is not None else ""
    return {"kind": type(error).__name__, "place": place}


def _host(peername: object) -> str:
    return peername[0] if isinstance(peername, tuple) and peername and isinstance(peername[0], str) else ""


def _look_at(task: "asyncio.Task[None]") -> None:
    """A conversation that broke off is no news; an exception that nobody looks at would be logged with its words."""
    if not task.cancelled():
        task.exception()
