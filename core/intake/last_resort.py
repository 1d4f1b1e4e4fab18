"""What is done for a message whose turn raised: its words are filed as they are, read by nobody but an office.

Whatever failed may fail again, so this calls none of the conversation's rules, and of the readers only what it can do
without: a kind that may be restricted, and the traces, of which the coarsest rule closes what they cannot.
"""

from dataclasses import replace
from datetime import datetime

from core import conversation, redact, tracking
from core.conversation import Outcome
from core.intake import budgets
from core.intake.filing import Entry, entered
from core.intake.turn import Done, Turn
from core.messages import Incoming, Line, Manner, Say, SenderProof, Taken
from core.model import Contact, ContactId, Delivery, DeliveryId, Dialogue, Kind, TrackingCode
from core.phrases import day
from core.ports import House, Tx
from core.watch import total


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
    proved = envelope.proved or manner.sender_proof is SenderProof.PROVED
    standing = Dialogue(lang=house.lang)
    if proved:  # else the dialogue may be somebody else's
        standing = _standing(tx, lane) or standing
        tx.dialogues.drop(lane)
    lang, draft = standing.lang, conversation.as_told(standing.draft, text, incoming.files)
    reply = DeliveryId(house.dice.token())
    contact = Contact(ContactId(house.dice.token()), envelope.channel, envelope.sender, lang, reply)
    closed = _closed(draft.text, lang)
    entry = Entry(envelope.channel, draft, lang, contact, envelope.sender if proved else None, closed)
    report, code = entered(tx, entry, now, house)
    lines = _lines(code, day(report.due, house.zone, lang), altered=closed != draft.text)
    turn = Turn(tx, envelope, lane, replace(manner, sender_proof=_proof(proved=proved)), now, house)
    done = Done(lines, Outcome(Dialogue(lang=lang)), contact.id, reply, code=code)
    if budgets.may_answer(turn, done):
        tx.outbox.add(_answer(turn, done, reply))
    else:
        budgets.withheld(turn, done)
    return Taken.DONE


def _proof(*, proved: bool) -> SenderProof:
    return SenderProof.PROVED if proved else SenderProof.CLAIMED


def _answer(turn: Turn, done: Done, reply: DeliveryId) -> Delivery:
    return Delivery(
        id=reply,
        lane=turn.lane,
        kind=Kind.REPLY,
        channel=turn.envelope.channel,
        to=turn.envelope.sender,
        say=Say(done.lines),
        lang=done.outcome.dialogue.lang,
        not_before=turn.now,
        thread=turn.envelope.thread,
        contact=done.contact,
    )


def _words(incoming: Incoming) -> str:
    return incoming.envelope.text.replace("\x00", " ").encode("utf-8", "ignore").decode().strip()


def _tells(incoming: Incoming, text: str, manner: Manner) -> bool:
    """Whether it is worth a report: words that tell something, or files that come with a mail."""
    envelope = incoming.envelope
    if envelope.odd is not None or envelope.choice or envelope.revision is not None:
        return False
    photos = manner.threads and bool(incoming.files) and not (tracking.tried(text) or tracking.inside(text))
    return conversation.tells(text) or photos


def _nothing(_tx: Tx, _lane: bytes, /) -> Dialogue | None:
    return None


@total("dialogue", instead=_nothing)
def _standing(tx: Tx, lane: bytes, /) -> Dialogue | None:
    """The conversation that stood; one that cannot be opened may be the very fault."""
    standing = tx.dialogues.get(lane)
    return standing[0] if standing is not None and standing[0].filed is None else None


def _coarsely(text: str, lang: str, /) -> str:
    return redact.closed_coarsely(text, lang)


@total("redact", instead=_coarsely)
def _closed(text: str, lang: str, /) -> str:
    return redact.closed(text, lang)


def _lines(code: TrackingCode, due: str, *, altered: bool) -> tuple[Line, ...]:
    lines = (
        Line("filed", (("code", tracking.shown(code)),)),
        Line("filed_as_it_is"),
        Line("code_secret", keep=False),
        Line("filed_due", (("due", due),), keep=False),
    )
    return (*lines, Line("closed_note", keep=False)) if altered else lines
