"""Holds the SMTP port open in the service's own loop; a mail is answered 250 after its commit, and never before."""

import asyncio
import errno
import functools
import logging
import ssl
from concurrent.futures import Executor, ThreadPoolExecutor
from contextvars import copy_context

from bots.mail.envelope import AnswersAlert, envelope_of
from bots.mail.setup import MailSetup
from bots.mail.smtp_admission import SmtpAdmission
from bots.mail.smtp_answers import AGAIN, ANSWERS, IGNORED, UNREAD, UNREADABLE, told
from bots.mail.smtp_server import SmtpConnection
from bots.mail.submission import Submission
from core.errors import StoreAway
from core.messages import TakeEnvelope

logger = logging.getLogger(__name__)

READERS = 2  # threads: reading a mail is work for the processor
GRACE_SECONDS = 10.0


class Receiver:
    """The way in."""

    def __init__(self, setup: MailSetup, take: TakeEnvelope) -> None:
        self.new_readers = _threads
        self._setup = setup
        self._take = take
        self.admission = SmtpAdmission(setup, self._commit)
        self._readers: Executor | None = None
        self._server: asyncio.Server | None = None

    @property
    def port(self) -> int | None:
        """The port that is bound, which is news where any was asked for; None while there is none."""
        bound = self._server.sockets if self._server is not None else ()
        return int(bound[0].getsockname()[1]) if bound else None

    async def listen(self) -> None:
        """Until it is cancelled; then running commits are waited for, and their senders answered, for ten seconds."""
        tls = _context(self._setup.certificate) if self._setup.certificate else None
        self.admission.closing = False
        self._readers = self.new_readers()
        try:
            self._server = await self._bind(tls)
            await asyncio.get_running_loop().create_future()
        finally:
            await self._close()
            self._readers.shutdown(wait=False, cancel_futures=True)

    async def _bind(self, tls: ssl.SSLContext | None) -> asyncio.Server:
        """Raises OSError: a port that is not ours now will not be ours later, and the operator must be told."""
        connection, place = functools.partial(SmtpConnection, self.admission, tls), self._setup.listen
        try:
            return await asyncio.get_running_loop().create_server(connection, place.host, place.port)
        except OSError as error:
            why = "another program listens there" if error.errno == errno.EADDRINUSE else "it cannot be listened on"
            raise OSError(error.errno, f"RESI_MAIL_LISTEN {place.host}:{place.port}: {why}") from None

    async def _close(self) -> None:
        self.admission.closing = True
        if self._server is not None:
            self._server.close()
        busy = [connection.busy for connection in self.admission.connections if connection.busy is not None]
        for connection in tuple(self.admission.connections):
            if not connection.committing:
                connection.leave("421 4.3.2 Shutting down")
        unanswered = {*busy, *self.admission.running}
        if unanswered:
            await asyncio.wait(unanswered, timeout=GRACE_SECONDS)
        for connection in tuple(self.admission.connections):
            connection.leave()
        self._server = None

    async def _commit(self, sender: str, raw: bytes, submission: Submission) -> str:
        loop = asyncio.get_running_loop()
        # A thread of ours inherits nothing: who watches the readers is handed over.
        read = functools.partial(copy_context().run, envelope_of, raw, sender, self._setup, submission)
        try:
            reading = loop.run_in_executor(self._readers, read)
        except (RuntimeError, MemoryError) as error:  # no thread is to be had, which is the machine's want
            return _wanting(error)
        try:
            envelope = await reading
        except MemoryError as error:
            return _wanting(error)
        except AnswersAlert:
            logger.info("mail_answers_alert")
            return UNREAD
        except Exception as error:  # noqa: BLE001 - a fault of ours must not bring this mail again for days
            logger.error("mail_unreadable", extra=told(error))  # noqa: TRY400 - it may quote the mail
            return UNREADABLE
        del raw, read
        if envelope is None:
            logger.info("mail_not_for_us")
            return IGNORED
        try:
            return ANSWERS[await self._take(envelope)]
        except StoreAway:
            return AGAIN
        except Exception as error:  # noqa: BLE001 - whatever it was, the mail was not kept, and may come again
            logger.error("mail_not_taken", extra=told(error))  # noqa: TRY400 - it may quote the mail
            return AGAIN


def _threads() -> Executor:
    return ThreadPoolExecutor(READERS, "mail-reader")


def _wanting(error: Exception) -> str:
    """Another hour may have what it takes: a mail that is refused for it is lost."""
    logger.error("mail_not_read", extra=told(error))
    return AGAIN


def _context(certificate: tuple[str, str]) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    return context
