"""One SMTP conversation, on aiosmtpd, with the limits that it lacks: on endless lines, idlers, crowds."""

import asyncio
import collections
import functools
import logging
from collections.abc import Awaitable, Callable, Sequence
from ssl import SSLContext
from typing import AnyStr

from aiosmtpd.smtp import SMTP, TLSSetupException

from bots.mail.address import argument_of
from bots.mail.content import content_of
from bots.mail.smtp_admission import GOODBYE_SECONDS, LEAST_RATE, WITHOUT_MAIL_SECONDS, SmtpAdmission
from bots.mail.smtp_answers import (
    AGAIN,
    BUSY,
    FULL,
    IDLE,
    NO_MAIL,
    SLOW,
    TOO_MUCH,
    told,
)
from bots.mail.smtp_hooks import SmtpHooks
from bots.mail.submission import Submission, host_of

logger = logging.getLogger(__name__)

LONGEST_LINE = 1_048_576  # of a command; a mail is read in pieces of this size, whatever its lines are
MOST_AHEAD = 4 * LONGEST_LINE  # of what is no mail: far above all commands that one conversation may hold
COMMANDS_WITHOUT_MAIL = 100
ANSWERS_WITHOUT_MAIL = 300  # to lines that are no commands, too
IDLE_SECONDS = 120.0
DATA_SECONDS = 600.0
_OF_THE_WEB = ("CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE")


class SmtpConnection(SMTP):
    """One connection."""

    line_length_limit = LONGEST_LINE

    def __init__(self, admission: SmtpAdmission, tls: SSLContext | None = None) -> None:
        # aiosmtpd keeps these limits on the class, where one connection's EHLO changes another's.
        self.command_size_limits = collections.defaultdict(lambda: 2_048)
        self.admission = admission
        self.committing = False
        self.held = 0  # bytes of the mail that is coming in
        self._began = 0.0  # when its first byte came
        self._most = MOST_AHEAD
        self._commands = self._answers = 0
        self._turned_away = self._known = False
        super().__init__(
            SmtpHooks(),
            data_size_limit=admission.setup.max_bytes,
            enable_SMTPUTF8=True,
            hostname=admission.setup.hostname,
            ident="Resi",
            tls_context=tls,
            timeout=IDLE_SECONDS,
            loop=asyncio.get_running_loop(),
        )
        self._patience = self.loop.time() + WITHOUT_MAIL_SECONDS
        self._smtp_methods = dict.fromkeys(_OF_THE_WEB, self._strange) | {
            name: functools.update_wrapper(functools.partial(self._counted, method), method)  # HELP reads its syntax
            for name, method in self._smtp_methods.items()
            if name not in {"AUTH", "EXPN"}
        }

    @property
    def busy(self) -> "asyncio.Task[None] | None":
        """The conversation, while a mail of it is being committed."""
        return self._handler_coroutine if self.committing else None

    @property
    def rate(self) -> float:
        """Bytes a second of the mail that is coming in."""
        return self.held / (self.loop.time() - self._began + 1)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Comes a second time when TLS has begun."""
        first = self._original_transport is None
        if first and not self.admission.enter(self, host_of(transport.get_extra_info("peername")), self.loop.time()):
            self._turned_away = True
            self.transport = transport
            self.leave(BUSY)
            return
        super().connection_made(transport)
        if first:
            self._reset_timeout(self.admission.greeting)
        else:
            del self._smtp_methods["STARTTLS"]  # aiosmtpd would begin TLS inside of TLS, and fail
        if self._handler_coroutine is not None:
            self._handler_coroutine.add_done_callback(_look_at)

    def connection_lost(self, error: Exception | None) -> None:
        """The conversation ends; a commit of it does not."""
        self._release()
        self.admission.exit(self)
        if self._handler_coroutine is not None:
            super().connection_lost(error)

    def eof_received(self) -> bool | None:
        """A peer that has said all it wants to say still hears the answer (not over TLS, which has no half-closing)."""
        if self._turned_away:
            return False
        answer = asyncio.StreamReaderProtocol.eof_received(self)
        return False if self._tls_protocol is not None else answer

    def data_received(self, data: bytes) -> None:
        """Counts before anything is kept: aiosmtpd would read what never ends without end."""
        if self._turned_away:
            return
        self._began = self._began if self.held else self.loop.time()
        self.held += len(data)
        self.admission.held += len(data)
        if self.held > self._most:
            logger.warning("mail_connection_cut")
            self._release()
            self._turned_away = True
            self.leave(TOO_MUCH)
            return
        super().data_received(data)
        while self.admission.full and (slowest := self.admission.slowest(LONGEST_LINE)) is not None:
            slowest.cut()

    def cut(self) -> None:
        """Ends it without a word, and forgets what it holds."""
        logger.warning("mail_connection_cut")
        self._release()
        if isinstance(self.transport, asyncio.WriteTransport):
            self.transport.abort()

    def gets_on(self) -> None:
        """A step nearer to a mail: others have been silent for longer."""
        self.admission.rests(self, self.loop.time(), known=self._known)

    async def hold(self, sender: str, raw: bytes, submission: Submission) -> str:
        """Waits for the commit with the clock of this connection stopped, and out of others' way."""
        self.committing = True
        self.admission.works(self)
        self._reset_timeout(DATA_SECONDS)
        return await self.admission.run(sender, raw, submission)

    async def push(self, status: AnyStr) -> None:
        """An answer. Who gets many for nothing is ended, and each lets others go on, however many were asked for."""
        self._answers += 1
        if self._answers > ANSWERS_WITHOUT_MAIL:
            await self._end(IDLE)
        await super().push(status)
        await asyncio.sleep(0)

    async def smtp_DATA(self, arg: str | None) -> None:  # noqa: N802 - aiosmtpd's name
        """A mail, whole or not; afterwards this connection has earned new patience."""
        if self.admission.full:
            await self.push(FULL)
            return
        self._reset_timeout(DATA_SECONDS)
        self._pace = self.loop.call_later(self.admission.pace, self._look, self.held)
        try:
            await self._take_mail(arg)
        finally:
            self._pace.cancel()
            committed, self.committing = self.committing, False
        if committed:
            self._commands = self._answers = 0
            self._patience = self.loop.time() + WITHOUT_MAIL_SECONDS
            self._reset_timeout()
            self._known = True
            self.gets_on()
        if self.admission.closing:
            self.leave()  # without a word: a peer that has its 250 would take a 421 for another answer

    async def _take_mail(self, arg: str | None) -> None:
        """As aiosmtpd does it, but by large pieces: of a mail of empty lines it would look at each, for a minute."""
        if not await self._may_send(arg):
            return
        self.gets_on()
        self._most = max(MOST_AHEAD, 4 * self.admission.setup.max_bytes)
        await self.push("354 End data with <CR><LF>.<CR><LF>")
        content = await content_of(self._reader, self.admission.setup.max_bytes)
        self._most = MOST_AHEAD
        if content is None:
            self._set_post_data_state()
            await self.push(TOO_MUCH)
            return
        if self.envelope is not None:
            self.envelope.content = content
        del content
        status = await self._call_handler_hook("DATA")
        self._set_post_data_state()
        await self.push(status)

    async def _may_send(self, arg: str | None) -> bool:
        if await self.check_helo_needed():
            return False
        if arg or not (self.envelope and self.envelope.rcpt_tos):
            await self.push("501 Syntax: DATA" if arg else "503 Error: need RCPT command")
            return False
        return True

    async def handle_exception(self, error: Exception) -> str:
        """Nothing of an exception reaches the peer: it may hold what a citizen wrote."""
        if isinstance(error, asyncio.IncompleteReadError):
            self.leave()
            return IDLE
        if isinstance(error, TLSSetupException):
            logger.info("mail_tls_failed")
            return IDLE
        logger.error("mail_conversation_failed", extra=told(error))
        return AGAIN

    def leave(self, word: str = "") -> None:
        """Closes the connection, what was written to it first; who does not read that is cut."""
        if isinstance(self.transport, asyncio.WriteTransport) and not self.transport.is_closing():
            if word:
                self.transport.write(word.encode() + b"\r\n")
            self.transport.close()
            self.loop.call_later(GOODBYE_SECONDS, self.transport.abort)

    async def _end(self, word: str) -> None:
        """Leaves, and does nothing more: the closing of the connection cancels whoever waits here."""
        self.leave(word)
        await self.loop.create_future()

    async def _strange(self, _arg: str | None) -> None:
        """A page in somebody's browser may make it speak here: what it says behind its first line is no mail."""
        await self._end(NO_MAIL)

    async def _counted(self, method: Callable[[str | None], Awaitable[None]], arg: str | None) -> None:
        self._commands += 1
        if self._commands > COMMANDS_WITHOUT_MAIL or self.loop.time() > self._patience:
            await self._end(IDLE)
        await method(arg)

    def _timeout_cb(self) -> None:
        self.leave(IDLE)

    def _look(self, before: int) -> None:
        """Whether the mail has grown enough since the last look."""
        if self.committing:
            return
        if self.held - before < self.admission.pace * LEAST_RATE:
            self.leave(SLOW)
        else:
            self.gets_on()
            self._pace = self.loop.call_later(self.admission.pace, self._look, self.held)

    def _getparams(self, params: Sequence[str]) -> dict[str, str | bool] | None:
        return super()._getparams(params) if all(map(str.isascii, params)) else None  # it takes a raised 2 for a digit

    def _getaddr(self, arg: str) -> tuple[str | None, str | None]:
        return argument_of(arg)

    def _release(self) -> None:
        self.admission.held -= self.held
        self.held = 0

    def _set_post_data_state(self) -> None:
        self._release()
        super()._set_post_data_state()  # type: ignore[no-untyped-call]


def _look_at(task: "asyncio.Task[None]") -> None:
    """A conversation that broke off is no news; an exception that nobody looks at would be logged with its words."""
    if not task.cancelled():
        task.exception()
