"""What is done for a message whose turn raised: its words are filed as they are, read by nobody but an office.

Whatever failed may fail again, so this calls none of the conversation's rules, and of the readers only what it can do
without: a kind that may be restricted, and the traces, of which the coarsest rule closes what they cannot.
"""

from datetime import datetime

from core import redact, suggest, tracking
from core.categories import FALLBACK, category
from core.intake.filing import Entry, entered
from core.messages import Incoming, Line, Manner, OneShot, Say, Taken
from core.model import NOWHERE, CategoryId, Contact, ContactId, Delivery, DeliveryId, Draft, Kind, Report, TrackingCode
from core.phrases import day
from core.ports import House, Tx
from core.watch import total

_LEAST_WORDS = 3  # that tell something
_MOST_FILES = 10
_LONGEST_CODE = 30  # characters: nothing but a code and what stands around it
_CLOSE = 0.25  # of the best guess's score, as where nobody looks at the guess either


def as_it_is(tx: Tx, incoming: Incoming, now: datetime, house: House) -> Taken | None:
    """Files what a message says, with its files, and answers with the code; None: there is nothing to file in it.

    Held by the Biro without a place, for it may be about whoever is at that place; of a restricted kind, where it may
    be one, by the agency that alone may read it. A draft that stood in a chat goes with it.
    """
    envelope = incoming.envelope
    manner = house.manners[envelope.channel]
    text = _words(incoming)
    if not _tells(incoming, text, manner):
        return None
    if not tx.inbox.first_sight(envelope.channel, envelope.wire_id, now):
        return Taken.SEEN
    lane = tx.dialogues.lane(envelope.channel, envelope.sender)
    before = Draft()
    if manner.one_shot is OneShot.NEVER:
        before = _standing(tx, lane)
        tx.dialogues.drop(lane)
    told = "\n".join(part for part in (before.text, text) if part)
    files = (*before.files, *incoming.files)[:_MOST_FILES]
    draft = Draft(text=told, category=_kind(told), place=NOWHERE, files=files)
    reply = DeliveryId(house.dice.token())
    contact = Contact(ContactId(house.dice.token()), envelope.channel, envelope.sender, house.lang, reply)
    closed = _closed(told, house.lang)
    report, code = entered(tx, Entry(envelope.channel, draft, house.lang, contact, closed=closed), now, house)
    tx.outbox.add(
        Delivery(
            id=reply,
            lane=lane,
            kind=Kind.REPLY,
            channel=envelope.channel,
            to=envelope.sender,
            say=Say(_lines(report, code, house, altered=closed != told)),
            lang=house.lang,
            not_before=now,
            thread=envelope.thread,
            contact=contact.id,
        )
    )
    return Taken.DONE


def _words(incoming: Incoming) -> str:
    return incoming.envelope.text.replace("\x00", " ").encode("utf-8", "ignore").decode().strip()


def _tells(incoming: Incoming, text: str, manner: Manner) -> bool:
    """Whether it is worth a report: some words that are no command and no code, or files that come with a mail."""
    envelope = incoming.envelope
    if envelope.odd is not None or envelope.choice or envelope.revision is not None or text.startswith("/"):
        return False
    if tracking.tried(text) or (tracking.inside(text) and len(text) <= _LONGEST_CODE):
        return False
    words = sum(1 for word in text.split() if any(sign.isalpha() for sign in word))
    return words >= _LEAST_WORDS or (manner.threads and bool(incoming.files))


def _no_draft(_tx: Tx, _lane: bytes, /) -> Draft:
    return Draft()


@total("draft", instead=_no_draft)
def _standing(tx: Tx, lane: bytes, /) -> Draft:
    """The story that stood in a conversation; one that cannot be opened may be the very fault."""
    standing = tx.dialogues.get(lane)
    return standing[0].draft if standing is not None else Draft()


def _fallback(_text: str, /) -> CategoryId:
    return FALLBACK


@total("kind", instead=_fallback)
def _kind(text: str, /) -> CategoryId:
    ranked = suggest.suggest(text).ranked
    near = (each for each, score in ranked if score >= ranked[0][1] * _CLOSE)
    return next((each for each in near if category(each).restricted is not None), FALLBACK)


def _coarsely(text: str, lang: str, /) -> str:
    return redact.closed_coarsely(text, lang)


@total("redact", instead=_coarsely)
def _closed(text: str, lang: str, /) -> str:
    return redact.closed(text, lang)


def _lines(report: Report, code: TrackingCode, house: House, *, altered: bool) -> tuple[Line, ...]:
    lines = [
        Line("filed", (("code", tracking.shown(code)),)),
        Line("filed_as_it_is"),
        Line("code_secret", keep=False),
        Line("filed_due", (("due", day(report.due, house.zone, house.lang)),), keep=False),
    ]
    if altered:
        lines.append(Line("closed_note", keep=False))
    return tuple(lines)
