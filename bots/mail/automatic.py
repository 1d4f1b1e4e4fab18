"""Whether a mail was written by a program: such mail is neither filed nor answered, or two robots talk for ever."""

import re

from bots.mail.mime_parts import LIST_HEADER, Head

# X-Auto-Response-Suppress is not among the signs: Exchange sets it on what people write, too.
_PRESENT = ("x-autoreply", "x-autorespond")
_PRECEDENCE = frozenset({"bulk", "list", "junk", "auto_reply"})
_KINDS = ("multipart/report", "message/disposition-notification", "message/delivery-status")
# Only what a program puts first: "Lurah tidak di tempat" is a report.
_SUBJECT = re.compile(
    r"(?:(?:re|aw|sv|balas|bls)\s*:\s*)*(?:"
    r"(?:automatic|auto)[ -]?(?:reply|response|responder|balas)\b|autoreply\b|out of (?:the )?office\b"
    r"|(?:balasan|jawaban|respon|respons|tanggapan) otomatis\b|(?:sedang )?di luar kantor\b"
    r"|undeliver(?:able|ed)\b|delivery status notification\b|mail delivery (?:failed|subsystem|system)\b"
    r"|returned mail\b|failure notice\b|pemberitahuan status pengiriman\b|tidak terkirim:"
    r")",
    re.IGNORECASE,
)


def is_automatic(head: Head, subject: str) -> bool:
    """Whether head or subject say so; `subject` is decoded."""
    submitted = re.split(r"[;(\s]", head.get("auto-submitted", "").strip().lower(), maxsplit=1)[0]
    return (
        submitted not in {"", "no"}
        or head.get("precedence", "").strip().lower() in _PRECEDENCE
        or any(name.startswith(LIST_HEADER) for name in head)
        or any(name in head for name in _PRESENT)
        or head.get("content-type", "").strip().lower().startswith(_KINDS)
        or _SUBJECT.match(subject) is not None
    )
