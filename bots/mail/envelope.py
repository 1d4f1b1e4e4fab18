"""From a mail's bytes to the Envelope that core may see, or to nothing where a program wrote it."""

import hashlib
import re

from bots.mail.absence import is_absence
from bots.mail.address import is_null, is_ours, is_robot, mailbox, owned_domain
from bots.mail.authentication import answered_at, authenticated
from bots.mail.forwards import passed_on, says_so, unquoted
from bots.mail.ids import answered, thread_of
from bots.mail.mime import Letter, read
from bots.mail.reply_tags import answers_alert, quoted_codes, quotes_us, shown
from bots.mail.setup import MailSetup
from bots.mail.submission import Submission
from bots.mail.trim import trim
from core.messages import TAG_MARK, Address, Envelope, FileRef, WireId
from core.phrases import LANGUAGES, phrase

_PREFIX = re.compile(
    r"(?:(?:re|fw|fwd|bls|balas|tr|trs|terusan|teruskan|aw|wg|sv|emailing)\s*(?:\[\d{1,3}\]|\(\d{1,3}\))?\s*[:\uff1a]"
    r"|\[(?:#|tiket|ticket|external|eksternal|ext|spam|suspected)[^\]]{0,60}\])\s*",
    re.IGNORECASE,
)
_REPLY = re.compile(r"\s*(?:re|bls|balas|aw|sv)\s*[:\[(\uff1a]", re.IGNORECASE)
_LONGEST_TEXT = 50_000
_GREETING = 5  # words: fewer are a greeting, or thanks


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


_OUR_SUBJECTS = frozenset(_folded(phrase("mail_subject", lang)) for lang in LANGUAGES)
_UNKNOWN = Submission()
_SAYS_NOTHING = re.compile(
    r"(?:[\W_]*|\W*(?:no subject|without subject|tanpa subjek|tanpa judul|tidak ada subjek|none)\W*"
    r"|(?:lapor(?:an)?|pengaduan|aduan|keluhan|report|complaint|halo|hai|hello|hi|test?|tanya|foto|photo|info)\W*"
    # of a program, for what was attached
    r"|(?:chat|obrolan) whatsapp dengan .{1,80}|whatsapp chat (?:with|-) .{1,80}|mms"
    r"|(?:img|vid|dsc[fn]?|pxl|mvimg|scan|skm|screenshot)[_ -]?[\d_ ()-]{3,40}"
    r"|[\w()+-]{1,80}\.(?:jpe?g|png|heic|pdf|tiff?|docx?|mp4)|scan(?:ned)? (?:data |document |image |file )?from .*"
    r"|(?:message|send data|attached image) from \W?(?:km_|rnp|bizhub|mfp|scanner|printer|canon|ricoh|epson|hp|kyocera"
    r"|sharp|xerox|fuji|brother|samsung|konica|taskalfa|ir-?adv).*)",
    re.IGNORECASE,
)


class AnswersAlert(Exception):
    """Somebody of the staff answered what the desk told them: it is nobody's report."""


def envelope_of(raw: bytes, sender: str, setup: MailSetup, submission: Submission = _UNKNOWN) -> Envelope | None:
    """None for mail that is neither filed nor answered. `sender` is the envelope's, as SMTP gave it.

    Raises AnswersAlert.
    """
    # A mail server of ours in front of us is believed (on loopback, or in MAIL_FRONT); of a stranger the peer is known.
    authserv = "" if submission.peer else setup.authserv
    person = answered_at(raw, sender, authserv)
    if is_null(sender) or is_robot(person) or is_ours(person, setup.address):
        return None
    letter = read(raw)
    if letter.automatic:
        return None
    claimed = answered(letter.in_reply_to, letter.references, setup.domains)
    if answers_alert(claimed):
        raise AnswersAlert
    tags = shown(submission.recipients, (f"{TAG_MARK}{each}" for each in claimed), letter.source)
    subject = _without_prefix(letter.subject)
    own_words = trim(letter.text)
    answers = bool(claimed or tags) or _folded(subject) in _OUR_SUBJECTS or quotes_us(letter.whole, own_words)
    if is_absence(own_words) and not (letter.files or letter.enclosed or letter.place):
        return None
    own_words = f"{own_words}\n{letter.place}".strip()
    vouched = authenticated(raw, person, authserv)
    return Envelope(
        channel="mail",
        sender=Address(person),
        wire_id=_wire_id(person, letter),
        text=(own_words if answers else _with_subject(subject, _with_passed_on(own_words, letter)))[:_LONGEST_TEXT],
        files=tuple(FileRef(data=data, size=len(data)) for data in letter.files),
        refused=letter.missing,
        in_thread=answers,
        answers=claimed,
        thread=thread_of(letter.message_id, letter.in_reply_to, letter.references),
        path=vouched.path or submission.path,
        proved=vouched.proved,
        person=Address(mailbox(person)) if vouched.proved else None,
        domain=owned_domain(person) if vouched.proved else "",
        tags=tags,
        codes=quoted_codes(letter.source, own_words),
    )


def _with_passed_on(own_words: str, letter: Letter) -> str:
    """Behind one's own words those of the mails that are passed on: they may be all the story.

    Where there are none, what looks like an answered mail may be a letter with a head of its own.
    """
    first = not own_words and not _REPLY.match(letter.subject)
    inside = passed_on(letter.whole, announced=first or says_so(letter.subject))
    enclosed = (trim(text) or passed_on(whole, announced=True) for text, whole in letter.enclosed)
    told = [own_words]
    told += [each for each in (inside, *enclosed) if each and _folded(each) not in _folded(own_words)]
    return _with_quoted("\n\n".join(filter(None, told)), letter)


def _with_quoted(told: str, letter: Letter) -> str:
    """Signs of a quote in a mail that answers nobody are the writer's own, and so is a page that is all one quote.

    In an answer to somebody else a quote is read where nothing else is told. What shows a code of ours is ours.
    """
    replies = _REPLY.match(letter.subject) or letter.in_reply_to or letter.references
    if (replies and told) or quoted_codes(letter.source, ""):
        return told
    every = unquoted(letter.whole if len(told.split()) < _GREETING else letter.text)
    return every if len(every.split()) > len(told.split()) else told


def _wire_id(person: str, letter: Letter) -> WireId:
    """The same for the same mail again, whatever its relays added; another where only the Message-ID is the same."""
    name = letter.message_id if letter.message_id.strip("<> ") else letter.date
    digest = hashlib.sha256()
    for piece in (
        person,
        name,
        letter.subject,
        *(" ".join(text.split()) for text in (letter.text, *(whole for _, whole in letter.enclosed))),
    ):
        digest.update(hashlib.sha256(piece.encode()).digest())
    for data in letter.files:
        digest.update(hashlib.sha256(data).digest())
    return WireId(digest.hexdigest())


def _without_prefix(subject: str) -> str:
    while match := _PREFIX.match(subject):
        subject = subject[match.end() :]
    return subject.strip()


def _with_subject(subject: str, body: str) -> str:
    if _SAYS_NOTHING.fullmatch(subject) or _folded(subject) in _folded(body):
        return body
    return f"{subject}\n{body}".rstrip()
