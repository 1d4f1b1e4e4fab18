"""What is said to each step of an SMTP conversation: who may write here, to whom, and what became of the mail."""

from typing import Protocol

from aiosmtpd.smtp import SMTP, Envelope, Session

from bots.mail.address import is_null, is_sound
from bots.mail.smtp_admission import SmtpAdmission
from bots.mail.smtp_answers import MALFORMED, TOO_MANY, refusal_of
from bots.mail.submission import Submission, host_of

MOST_RECIPIENTS = 10


class Door(Protocol):
    """The conversation, as these steps see it."""

    admission: SmtpAdmission

    def gets_on(self) -> None:
        """A step nearer to a mail."""

    async def hold(self, sender: str, raw: bytes, submission: Submission) -> str:
        """Waits for the commit."""


class SmtpHooks:
    """The hooks that aiosmtpd calls."""

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, answers: list[str]
    ) -> list[str]:
        """Nobody logs in here."""
        session.host_name = hostname
        return [answer for answer in answers if not answer.startswith("250-AUTH")]

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: Door, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Any sender, the null one too: whether it is read is decided when the mail is whole."""
        if not is_null(address) and not is_sound(address):
            return MALFORMED
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        server.gets_on()
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: Door, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Our own address and no other: this is no relay."""
        if refused := refusal_of(address, server.admission.setup.address):
            return refused
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return TOO_MANY
        envelope.rcpt_tos.append(address)
        server.gets_on()
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: Door, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        """Answers after the commit, and only then."""
        raw = envelope.content
        submission = Submission(server.admission.stranger(host_of(session.peer)), tuple(envelope.rcpt_tos))
        return await server.hold(envelope.mail_from or "", raw if isinstance(raw, bytes) else b"", submission)
