"""An answer as a mail, the same for relay and outbox folder: constant headers, no trace of the machine."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate

from bots.mail.ids import message_id, references_of, sound_ids
from bots.mail.tags import tagged
from core.messages import Outgoing, Thread

_LONGEST_SUBJECT = 200
_LONGEST_LINE = 990


def compose(out: Outgoing, address: str, domain: str) -> bytes:
    """The whole mail with CRLF line ends; only Date differs from one try to the next."""
    message = EmailMessage(policy=SMTP)
    message["From"] = address
    message["Subject"] = " ".join(out.subject.split())[:_LONGEST_SUBJECT]
    message["Date"] = formatdate(usegmt=True)
    message["Auto-Submitted"] = "auto-replied"
    message.set_content(out.text, cte=_encoding(out.text))
    return _bound(out, address, domain) + message.as_bytes()


def _bound(out: Outgoing, address: str, domain: str) -> bytes:
    """Headers of ids and addresses, which EmailMessage would fold into encoded words where they are long."""
    lines = [f"To: {''.join(out.to.reveal().split())}", f"Message-ID: {message_id(out.tag or out.id, domain)}"]
    if out.tag:
        lines.append(f"Reply-To: {tagged(address, out.tag)}")
    if out.thread is not None:
        answered, before = _thread(out.thread, domain)
        if answered:
            lines.append(f"In-Reply-To: {answered[0]}")
        if before or answered:
            lines.append("References: " + references_of((*before, *answered)).replace(" ", "\r\n "))
    return "".join(f"{line}\r\n" for line in lines).encode()


def _thread(thread: Thread, domain: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The id that is answered, and those before it; once the citizen's own is forgotten, ours keeps the thread."""
    answered = sound_ids(thread.in_reply_to)[:1]
    if not answered and thread.ours:
        return (message_id(thread.ours, domain),), ()
    return answered, sound_ids(thread.references)


def _encoding(text: str) -> str:
    short = all(len(line) <= _LONGEST_LINE for line in text.splitlines())
    return "7bit" if text.isascii() and short else "quoted-printable"
