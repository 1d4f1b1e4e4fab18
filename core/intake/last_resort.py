"""What is done for a message whose turn raised: its words are filed as they are, read by nobody but an office.

Whatever failed may fail again, so this calls none of the conversation's rules but those that cannot raise: a kind that
may be restricted, what its draft waits for, and the traces, of which the coarsest rule closes what they cannot.
"""

from dataclasses import replace
from datetime import datetime

from core import conversation, tracking
from core.categories import FALLBACK
from core.conversation import Outcome
from core.errors import Refused
from core.intake import budgets
from core.intake.filing import Entry, entered
from core.intake.forms import LONGEST, Filled, Receipt
from core.intake.turn import Done, reply_of, turn_of
from core.messages import ChannelProfile, Incoming, IntakeResult, Line
from core.model import Contact, ContactId, DeliveryId, Dialogue, Draft, TrackingCode
from core.phrases import day
from core.ports import Context, ConversationRepositories, UnitOfWork
from core.watch import total_else

_LONGEST = 3 * LONGEST  # of story, place and answers together


def as_it_is(tx: UnitOfWork, incoming: Incoming, now: datetime, context: Context) -> IntakeResult | None:
    """Files what a message says, with its files, and answers with the code; None: there is nothing to file in it.

    Held by the Biro without a place, for it may be about whoever is at that place; of a restricted kind, where it may
    be one, by the agency that alone may read it. A draft that stood in a chat goes with it.
    """
    envelope = incoming.envelope
    text = _words(incoming)
    turn, standing = turn_of(tx, envelope, now, context), Dialogue(lang=context.lang)
    tells = _tells(incoming, text, turn.profile)
    if turn.proved or not (tells or turn.profile.threads):  # else the dialogue may be somebody else's
        standing = _standing(tx, turn.ordering_key) or standing
    draft = conversation.as_told(standing.draft, text, incoming.files) if tells else _ready(incoming, standing, text)
    if draft is None:
        return None
    if not tx.inbox.record_if_new(envelope.channel, envelope.wire_id, now):
        return IntakeResult.SEEN
    if not budgets.may_file(turn):
        tx.inbox.unrecord(envelope.channel, envelope.wire_id)
        return IntakeResult.LATER
    budgets.count_filed(turn)
    if standing.draft.text or turn.proved:
        tx.dialogues.drop(turn.ordering_key)
    lang = standing.lang
    reply = DeliveryId(context.rng.token())
    contact = turn.contact(lang, reply)
    closed = conversation.closed(draft, lang)
    proved = envelope.counted if turn.proved else None
    people = turn.profile.people
    entry = Entry(envelope.channel, draft, lang, contact, proved, closed, envelope.counted_as, people)
    report, code = entered(tx, entry, now, context)
    refused = conversation.complaints(incoming.refused)
    lines = _lines(code, day(report.due, context.zone, lang), refused, altered=closed != draft.text)
    done = Done(lines, Outcome(Dialogue(lang=lang)), contact.id, reply, code=code)
    answer = reply_of(turn, done)
    if answer is not None and budgets.may_answer(turn, done):
        tx.outbox.add(answer)
    else:
        budgets.withheld(turn, done)
    return IntakeResult.DONE


def form_as_it_is(tx: UnitOfWork, filled: Filled, now: datetime, context: Context) -> Receipt:
    """The same for a form; of the kind that was chosen, unless its words may mean a restricted one.

    Raises Refused: `form_long`.
    """
    told = "\n".join(filter(None, map(str.strip, (filled.text, filled.words, *filled.attributes.values()))))
    if len(told) > _LONGEST:
        raise Refused("form_long", most=LONGEST)
    draft = conversation.as_told(Draft(category=filled.category, hidden=filled.hidden), told, filled.files)
    kind = filled.category if draft.category == FALLBACK else draft.category
    contact = None
    if filled.reach is not None:
        contact = Contact(ContactId(context.rng.token()), *filled.reach, filled.lang)
    entry = Entry(filled.channel, replace(draft, category=kind), filled.lang, contact, filled.proved)
    return Receipt(*entered(tx, entry, now, context))


def _words(incoming: Incoming) -> str:
    return incoming.envelope.text.replace("\x00", " ").encode("utf-8", "ignore").decode().strip()


def _tells(incoming: Incoming, text: str, profile: ChannelProfile) -> bool:
    """Whether it is worth a report: words that tell something, or files that come with a mail."""
    envelope = incoming.envelope
    if envelope.unsupported is not None or envelope.choice or envelope.revision is not None:
        return False
    photos = profile.threads and bool(incoming.files) and not (tracking.tried(text) or tracking.inside(text))
    return conversation.tells(text) or photos


def _ready(incoming: Incoming, standing: Dialogue, text: str) -> Draft | None:
    """The draft that stood, where only a yes or an answer was missing."""
    envelope = incoming.envelope
    if envelope.unsupported is not None or envelope.point is not None:
        return None
    choice = envelope.choice if envelope.revision in {None, standing.revision} else ""
    draft = conversation.ready(standing, choice, text) if choice or text else None
    return None if draft is None else conversation.as_told(draft, "", incoming.files)


@total_else("dialogue", answer=None)
def _standing(tx: ConversationRepositories, ordering_key: bytes, /) -> Dialogue | None:
    """The conversation that stood; one that cannot be opened may be the very fault."""
    standing = tx.dialogues.get(ordering_key)
    return standing[0] if standing is not None and standing[0].filed is None else None


def _lines(code: TrackingCode, due: str, refused: tuple[Line, ...], *, altered: bool) -> tuple[Line, ...]:
    lines = (
        Line("filed", (("code", tracking.shown(code)),)),
        *refused,
        Line("filed_as_it_is"),
        Line("code_secret", keep=False),
        Line("filed_due", (("due", due),), keep=False),
    )
    return (*lines, Line("closed_any", keep=False)) if altered else lines
