"""An answer as a mail, the same for relay and outbox folder: constant headers, no trace of the machine.

Written line by line: the header registry of `email` takes longer than a report takes to file. That others read what is
written as it is meant is held by parsing it with the standard library (tests/test_mail_compose.py).
"""

from binascii import b2a_qp
from email.header import Header
from email.utils import formatdate

from bots.mail.ids import message_id, references_of, sound_ids
from bots.mail.reply_tags import UNREAD, tagged
from core.messages import DeliveryKind, Outgoing, Thread

_LONGEST_SUBJECT = 200
_LONGEST_PLAIN_SUBJECT = 60
_LONGEST_LINE = 990


def compose(out: Outgoing, address: str, domain: str) -> bytes:
    """The whole mail with CRLF line ends; only Date differs from one try to the next."""
    encoding, body = _body(out.text)
    lines = (
        *_bound(out, address, domain),
        f"From: {address}",
        f"Subject: {_subject(out.subject)}",
        f"Date: {formatdate(usegmt=True)}",
        f"Auto-Submitted: {'auto-generated' if out.kind is DeliveryKind.ALERT else 'auto-replied'}",
        'Content-Type: text/plain; charset="utf-8"',
        f"Content-Transfer-Encoding: {encoding}",
        "MIME-Version: 1.0",
    )
    return "".join(f"{line}\r\n" for line in lines).encode() + b"\r\n" + body


def _subject(told: str) -> str:
    subject = " ".join(told.split())[:_LONGEST_SUBJECT]
    plain = (
        len(subject) <= _LONGEST_PLAIN_SUBJECT and subject.isascii() and subject.isprintable() and "=?" not in subject
    )
    return subject if plain else Header(subject, "utf-8", header_name="Subject").encode(linesep="\r\n")


def _body(text: str) -> tuple[str, bytes]:
    """How it is encoded, and its lines."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    whole = "".join(f"{line}\r\n" for line in lines).encode(errors="replace")
    if text.isascii() and all(len(line) <= _LONGEST_LINE for line in lines):
        return "7bit", whole
    return "quoted-printable", b2a_qp(whole)


def _bound(out: Outgoing, address: str, domain: str) -> list[str]:
    """Headers of ids and addresses."""
    lines = [f"To: {''.join(out.to.reveal().split())}", f"Message-ID: {message_id(out.tag or out.id, domain)}"]
    if out.kind is DeliveryKind.ALERT:
        lines.append(f"Reply-To: {tagged(address, UNREAD)}")
    if out.tag:
        lines.append(f"Reply-To: {tagged(address, out.tag)}")
    if out.thread is not None:
        answered, before = _thread(out.thread, domain)
        if answered:
            lines.append(f"In-Reply-To: {answered[0]}")
        if before or answered:
            lines.append("References: " + references_of((*before, *answered)).replace(" ", "\r\n "))
    return lines


def _thread(thread: Thread, domain: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The id that is answered, and those before it; once the citizen's own is forgotten, ours keeps the thread."""
    answered = sound_ids(thread.in_reply_to)[:1]
    if not answered and thread.ours:
        return (message_id(thread.ours, domain),), ()
    return answered, sound_ids(thread.references)
