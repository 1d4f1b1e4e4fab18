"""Whether a mail was written by a program: such mail is neither filed nor answered, or two robots talk for ever.

A person is never taken for one: what a sign could also be in a report is no sign.
"""

import re
from collections.abc import Iterable

from bots.mail.mime_parts import LIST_HEADER, PROGRAM_HEADERS, Head, Leaf
from core.phrases import LANGUAGES, phrase

_SUBMITTED = ("auto-submitted", "x-auto-submitted")
_SUPPRESS = "x-auto-response-suppress"
_SAYING = frozenset({*_SUBMITTED, _SUPPRESS})  # headers that say more than by being there
_PRECEDENCE = frozenset({"bulk", "list", "junk", "auto_reply", "auto-reply", "autoreply"})
# Exchange sets the header on what people write, too; but nobody forbids an answer to what they wrote themselves.
_SUPPRESSED = frozenset({"all", "autoreply"})
_COMMENT = re.compile(r"\([^()]{0,200}\)")
_WORD = re.compile(r"[a-z_-]+")
_REPORT = (
    *("multipart/report", "message/disposition-notification", "message/delivery-status", "message/feedback-report"),
    "text/vnd.google.email-reaction+json",  # a sign of a face, and no word
)
_CALENDAR_ANSWER = re.compile(rb"\nmethod:[ \t]{0,3}reply\b", re.IGNORECASE)
_CALENDAR_CALL = re.compile(rb"\nmethod:[ \t]{0,3}(?:request|cancel|counter|publish)\b", re.IGNORECASE)
_CALENDAR_HEAD = 2_000  # encoded bytes
_REPLY = r"(?:(?:re|aw|sv|balas|bls)\s*:\s*){0,4}"
_OURS = "|".join(re.escape(phrase("mail_subject", lang)) for lang in LANGUAGES)
_ANSWERED = rf"(?:\s*[:\-\u2013\u2014|]\s*|\s)(?:(?:re|aw|bls|balas|fwd?)\s*[:\uff1a]|{_OURS})"
_ANSWERED_OR_END = rf"(?:{_ANSWERED}|\s*[.!:]?\s*$)"
_END = r"\s*(?:[:\-\u2013\u2014|(\[\]\uff1a]|$|re\b)"


def _begins(*ways: str, end: str = _END) -> re.Pattern[str]:
    return re.compile(f"{_REPLY}(?:{'|'.join(ways)}){end}", re.IGNORECASE)


# Only what a program puts first, and how: "Lurah tidak di tempat" and "Di luar kantor lurah ada sampah" are reports.
_SUBJECTS = (
    _begins(
        r"\[?(?:automatic|auto)[ -]?(?:reply|replied|response|responder|balas|svar)",
        r"\[?(?:balasan|balas|jawaban|jawab|jawapan|respon|respons|tanggapan) (?:otomatis|automatik)",
        r"out of (?:the )?office(?: auto\W?(?:reply|response))?",
        r"(?:saya )?(?:sedang )?di luar kantor",
        r"ooo|away from (?:the )?office",
        r"(?:vacation|holiday) (?:reply|response|message|notice)",
        r"automatische antwort",
        r"abwesenheits(?:notiz|nachricht|assistent)",
        r"réponse automatique",
        r"message d'absence",
        r"(?:respuesta|resposta) autom[aá]tica",
        r"auto-antwort|automatisk svar|automaattinen vastaus|automatick[aá] odpověď|automatyczna odpowiedź",
        r"otomatik (?:yan\u0131t|cevap)|(?:trả lời|phản hồi) tự động|автоответ|автоматический ответ",
        "การตอบกลับอัตโนมัติ|رد تلقائي|자동 (?:회신|응답)",
        r"risposta automatica",
        r"automatisch antwoord",
        "\u81ea\u52a8\u56de\u590d|\u81ea\u52d5\u56de\u8986|\u81ea\u52d5\u8fd4\u4fe1|\u81ea\u52d5\u5fdc\u7b54",
        r"delivery (?:failure|delayed)",
        r"(?:mail|message) (?:delivery|sending) (?:failed|failure|subsystem|system|delayed)",
        r"returned mail",
    ),
    _begins(
        r"out of (?:the )?office (?:reply|response|message|notification|notice|until|till|from|assistant)\b",
        r"undeliver(?:able|ed)(?:\s*:|\s+(?:mail|message)\b)",
        r"delivery status notification\b",
        r"failure notice\s*$",
        r"warning: (?:could not send message|message \S{1,40} delayed)",
        r"pemberitahuan (?:status pengiriman|kegagalan pengiriman)\b",
        r"tidak (?:dapat )?terkirim:",
        r"(?:permanent|message) (?:delivery failure|undeliverable)\b|message status - undeliverable",
        r"(?:return receipt|tanda terima) \((?:displayed|ditampilkan)\)",
        end="",
    ),
    # What persons write about, too: a program's where nothing follows but the subject that it answers.
    _begins(
        r"(?:saya |kami )?sedang (?:cuti|libur|dinas luar)(?: \w{1,12})?",
        r"(?:i am )?on (?:\w{1,10} )?leave|(?:pesan|e-?mail|surel) otomatis",
        end=_ANSWERED_OR_END,
    ),
    _begins(
        r"(?:saya |kami )?(?:sedang )?tidak (?:berada |ada )?di (?:kantor|tempat)|cuti(?: \w{1,12})?|libur|auto",
        r"sedang di luar (?:kota|negeri)|tidak masuk kantor|notifikasi otomatis",
        r"(?:annual |sick |on )?(?:leave|vacation|holiday)|away|absen",
        end=_ANSWERED,
    ),
    re.compile(
        r".{0,200}[\[(](?:auto(?:matic)?[ -]?(?:reply|response)|(?:balas|jawab)an otomatis|out of office|ooo)[\])]\s*$"
        r"|(?:auto: )?.{1,60} is out of (?:the )?office \((?:returning|until)"
        rf"|(?:re: )?(?:{_OURS})\s*[-\u2013|:]\s*(?:ooo|out of office|sedang cuti|auto(?:matic)?[ -]?reply)\s*$"
        r"|auto: .{1,60} is (?:currently )?(?:out of|away from) (?:the )?office",
        re.IGNORECASE,
    ),
    # Who sent it shall prove that they are somebody.
    _begins(
        r"(?:please |mohon )?(?:confirm|verify|authenticate|konfirmasi) (?:that you sent )?"
        r"(?:your|this|kiriman|pengiriman) (?:recent )?(?:e-?mail|message|mail|pesan)\b",
        r"(?:your )?(?:message|e-?mail) (?:to .{1,80} )?(?:is )?(?:awaiting|awaits|requires) (?:your )?"
        r"(?:verification|confirmation|approval|authorization|moderat\w{2,5})",
        r"verification (?:required|needed) (?:for|to deliver) (?:your )?(?:e-?mail|message|mail)",
        r"sender (?:address )?verification\b",
        r"(?:verifikasi|konfirmasi) pengirim\s*(?::|$)",
        end="",
    ),
    # A ticket was opened.
    _begins(
        r"\[?(?:request|ticket|case) (?:received|created|opened)|\[(?:permintaan|tiket) (?:diterima|dibuat)",
        r"(?:tiket|permintaan|email|pesan) anda (?:telah |sudah )?(?:kami )?(?:terima|dibuat|diterima)",
        end=r"\s*(?:[\]:\-\u2013|#.!]|$)",
    ),
    _begins(
        r"konfirmasi penerimaan (?:e-?mail|pesan|tiket)\b",
        r"thank you for (?:contacting|reaching out to) (?:us|our|support)\b",
        r"terima kasih (?:telah|sudah) menghubungi (?:kami|pt|cv|layanan|customer|tim)\b",
        end="",
    ),
    # Many mails in one; an answer to it is a person's.
    re.compile(r"(?!re\s*:).{0,60}\bdigest,? (?:vol(?:ume)?\b|number \d|issue \d|for \S{1,80}@)", re.IGNORECASE),
)
_SALUTE = (
    r"(?:(?:dear|hi|hello|halo|hai|yth|kepada|bapak|ibu|pelanggan|selamat)\b[^\n]{0,60}[\n,]\s{0,5}){0,2}"
    r"(?:terima kasih[^\n.]{0,60}[.,!]\s{0,5})?"
)
_PROMISES = (
    r"(?=[^\x00]{0,280}\b(?:tic?ket|jam (?:kerja|operasional)|1 ?x ?24"
    r"|(?:akan|segera) (?:segera )?(?:kami )?(?:balas|me?respon|(?:meng)?hubungi|proses|jawab|tanggapi|tindak ?lanjuti)"
    r"|sedang (?:kami |di)?(?:proses|tinjau)|being reviewed|will (?:be|get|review|respond|send)"
    r"|business days?|(?:support|customer) (?:representative|service|care))\b)"
)
# How the programs begin that say in no header that they are one.
_BEGINS = re.compile(
    r"send \S{1,80} mailing list submissions to\b|this is the mail system at host\b"
    r"|hi\. this is the qmail-send program|this message was created automatically by mail delivery software"
    r"|this is an automatically generated delivery status notification"
    r"|this is a return receipt for the mail|ini adalah tanda terima untuk (?:pesan|surat|e-?mail)\b"
    r"|hello, this is the mail server on\b|the message that you sent was undeliverable"
    r"|your message did not reach some or all of the intended recipients"
    r"|the following data may contain sections which represent base64|just confirming that we got your request\b"
    r"|your message has been (?:held|quarantined) pending|there are \d{1,4} messages? in this (?:issue|digest)"
    r"|[*\s]{0,5}(?:e-?mail|surel|pesan) ini (?:adalah |merupakan )?(?:balasan|jawaban|dikirim(?:kan)?) "
    r"(?:secara )?(?:otomatis|oleh sistem)"
    r"|[*\s]{0,5}this is an? auto(?:matic|mated|matically generated) (?:reply|response|e-?mail|message)\b"
    r"|your message\s{1,9}to: [^\n]{1,200}\s{1,9}subject: |pesan anda\s{1,9}kepada: [^\n]{1,200}\s{1,9}subjek: "
    r"|##- (?:please type|mohon ketik|silakan ketik)\b|[^\n]{1,80} would like to recall the message\b"
    rf"|{_PROMISES}{_SALUTE}(?:(?:terima kasih|thank you|thanks) (?:(?:karena )?(?:telah|sudah)|for) "
    r"(?:menghubungi (?:kami|pt|cv|layanan|customer|tim|halo|bank|call)|contacting|reaching out)\b"
    r"|(?:we would like to acknowledge that )?we have received your (?:request|e-?mail|message|inquiry|enquiry)\b"
    r"|your (?:request|ticket|case|inquiry) (?:\W?#?\w{1,20}\W? )?has been (?:received|created)\b"
    r"|(?:e-?mail|surel|pesan|tiket|permintaan) anda (?:\W?#?\w+\W? )?(?:telah|sudah) (?:kami |di)?(?:terima|buat)\b)"
    r"|(?:group: )?https?://groups\.google\.com/\S{1,200}/topics",
    re.IGNORECASE,
)


def is_automatic(head: Head, subject: str) -> bool:
    """Whether head or subject say so; `subject` is decoded."""
    return (
        any(_said(head.get(name, "")) not in {"", "no"} for name in _SUBMITTED)
        or any(_said(head.get(name, "")) in _PRECEDENCE for name in ("precedence", "x-precedence"))
        or not _SUPPRESSED.isdisjoint(_WORD.findall(head.get(_SUPPRESS, "").lower()))
        or any(name.startswith((LIST_HEADER, *PROGRAM_HEADERS)) and name not in _SAYING for name in head)
        or head.get("return-path", "").strip() == "<>"
        or head.get("content-type", "").strip().lower().startswith(_REPORT)
        or _is_from_agent(head)
        or any(each.match(subject) for each in _SUBJECTS)
    )


def is_report(parts: Iterable[Leaf]) -> bool:
    """Whether one of the parts tells what became of another mail; who passes such a mail on is a person."""
    return any((part.kind in _REPORT or _answers_date(part)) and not part.message for part in parts)


def _answers_date(part: Leaf) -> bool:
    """Whether a calendar says in it who comes and who does not."""
    return part.kind == "text/calendar" and _CALENDAR_ANSWER.search(part.data(_CALENDAR_HEAD)) is not None


def is_invitation(parts: Iterable[Leaf]) -> bool:
    """Whether a calendar asks for a date: where nobody says a word beside it, it is nobody's report."""
    return any(
        part.kind == "text/calendar" and not part.message and _CALENDAR_CALL.search(part.data(_CALENDAR_HEAD))
        for part in parts
    )


def begins_as_program(text: str) -> bool:
    """Whether the words are those of a mail server or a mailing list."""
    return _BEGINS.match(text.lstrip()[:300]) is not None


def _said(value: str) -> str:
    """The one word of a header, without its comments and parameters."""
    found = _WORD.search(_COMMENT.sub(" ", value.lower()))
    return found[0] if found else ""


def _is_from_agent(head: Head) -> bool:
    return (
        "tmda" in head.get("x-delivery-agent", "").lower()
        or "autorespond" in head.get("x-post-messageclass", "").lower()
        or head.get("delivered-to", "").strip().lower() == "autoresponder"
    )
