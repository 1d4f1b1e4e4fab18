"""By what right a message speaks, and where the conversation stands that it belongs to.

Where a sender is only claimed, nothing that was filed is read by the address: a tag, four digits or a code opens it.
By mail a message without them reads nothing at all of the person; by SMS an open draft.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from core import conversation, deadlines, record
from core.authority import Bearer
from core.conversation import Command, Event
from core.intake import carried
from core.intake.codes import missed, must_wait, requester_of
from core.intake.turn import MessageTurn
from core.messages import Address, Envelope, Incoming, Tag
from core.model import Asking, Awaited, Capability, Dialogue, Held, Step, TrackingCode, WorkStage

PATIENCE = timedelta(hours=24)
TRIES = 3  # at four digits, in a day; then only the code opens anything
_MOST_SHOWN = 8  # tags of one message that are looked up
_REVISIONS = 1_000_000
_DIGITS = re.compile(r"(?=.*[0-9])[0-9OoIl]{4}")
_MISREAD = str.maketrans("OoIl", "0011")  # letters that people write for digits
_GLUED = re.compile(r"\A(\s*[0-9]{4})[+:,;.)=-]*(?=[^\W\d])")  # "0150+tebet timur", in front of all
_EDGES = ".,:;()#-"  # of a word
_SHORT_WORDS = 4  # of an answer that may have its digits at the end


@dataclass(frozen=True, slots=True)
class Standing:
    """`key`: of the dialogue; None: it gets one of its own where it has to be kept. `draft`: of an open draft apart.

    `incoming`: the message as it is read: with words that were held, without digits. `owner`: the ordering key whose
    waiting list is read. `beside`: the open draft stays as it is, whatever this message comes to.
    """

    turn: MessageTurn
    incoming: Incoming
    dialogue: Dialogue
    key: bytes | None = None
    draft: bytes | None = None
    owner: bytes | None = None
    beside: bool = False


def standing_of(turn: MessageTurn, incoming: Incoming) -> Standing:
    """Reads what the right that it shows lets it read; a message that was held is used up."""
    code = _quoted(turn)
    shown = _shown(turn, code)
    if shown is not None:
        tag, capability, words = shown
        turn = replace(turn, shown=capability.contact, bearer=Bearer.PROVED if turn.proved else Bearer.TAGGED)
        if capability.held is not None:
            return _confirmed(turn, incoming, tag, capability, words)
        return _tagged(turn, incoming, capability, words)
    incoming = _with_code(incoming, code)
    if turn.proved:
        turn = replace(turn, bearer=Bearer.PROVED)
        turn.tx.awaited.get(turn.ordering_key, turn.now)  # first: the dialogue is read along with it
        dialogue = _dialogue(turn, turn.ordering_key)
        return _reading(Standing(turn, incoming, dialogue, turn.ordering_key, owner=turn.ordering_key))
    return _claimed(turn, incoming)


def _claimed(turn: MessageTurn, incoming: Incoming) -> Standing:
    envelope = replace(incoming.envelope, in_thread=False, answers=())
    incoming = replace(incoming, envelope=envelope)
    if turn.profile.threads:
        return Standing(turn, incoming, _fresh(turn))
    if _opens(conversation.event_of(incoming)):
        return Standing(turn, incoming, _fresh(turn), draft=turn.ordering_key, beside=True)
    return Standing(turn, incoming, _dialogue(turn, turn.ordering_key), draft=turn.ordering_key)


def _opens(event: Event) -> bool:
    """Whether it begins a story: that inherits nothing, for anybody could have left a draft there."""
    if not isinstance(event, Command) or event.name != "report":
        return False
    return bool(event.rest) and not conversation.is_greeting(event.rest)


def _quoted(turn: MessageTurn) -> TrackingCode | None:
    """A code of ours in words of ours; another number of that shape counts as a try, and hides no words."""
    if not turn.envelope.codes:
        return None
    code, asker = TrackingCode(turn.envelope.codes[0].reveal()), requester_of(turn, turn.context.lang)
    if must_wait(turn.tx, asker, turn.now):
        return None
    if turn.tx.code_holders.by_code(code) is None:
        missed(turn.tx, asker, turn.now)
        return None
    return code


def _with_code(incoming: Incoming, code: TrackingCode | None) -> Incoming:
    """A quoted code that opens no conversation stands for itself, as if it were written."""
    envelope = incoming.envelope
    if code is None or conversation.holds_code(envelope.text):
        return incoming
    return replace(incoming, envelope=replace(envelope, text=f"{code.reveal()}\n{envelope.text}"))


def _tagged(turn: MessageTurn, incoming: Incoming, capability: Capability, words: str) -> Standing:
    awaited = capability.awaited
    own = () if awaited is None or awaited.asking is Asking.CORRECTION else (awaited,)
    answers = (awaited.message,) if own and awaited is not None else incoming.envelope.answers
    envelope = replace(incoming.envelope, text=words, in_thread=True, answers=answers)
    key = bytes.fromhex(capability.dialogue) if capability.dialogue else None
    dialogue = replace(_fresh(turn) if key is None else _dialogue(turn, key), awaited=own)
    owner = bytes.fromhex(capability.owner) if capability.owner else None
    owner = turn.ordering_key if owner is None and turn.proved else owner
    return _reading(
        Standing(turn, replace(incoming, envelope=envelope), dialogue, key, _draft(turn), owner, beside=True)
    )


def _confirmed(turn: MessageTurn, incoming: Incoming, tag: Tag, capability: Capability, words: str) -> Standing:
    """Who got our question at that address says whose the words are that came from there."""
    turn.tx.capabilities.drop(tag)
    held, owner = capability.held or Held(), bytes.fromhex(capability.owner)
    draft = _draft(turn)
    if draft is not None and _dialogue(turn, draft).draft.text == held.text:
        turn.tx.dialogues.drop(draft)  # they were taken for a report meanwhile
    awaited = turn.tx.awaited.get(owner, turn.now)
    text, new = conversation.confirmed(held.text, words)
    new = new or not awaited
    envelope = replace(incoming.envelope, text=text, in_thread=not new, answers=())
    incoming = replace(incoming, envelope=envelope, files=(*held.files, *incoming.files))
    if new:
        return Standing(turn, incoming, _fresh(turn), draft=draft, beside=True)
    answers = [each for each in awaited if each.asking is not Asking.CORRECTION]
    key = None if held.files and answers else _corrected(awaited)
    dialogue = _fresh(turn) if key is None else _dialogue(turn, key)
    return _reading(Standing(turn, incoming, dialogue, key, draft, owner, beside=True))


def _corrected(awaited: Sequence[Awaited]) -> bytes | None:
    """The dialogue of what was filed last and may still be corrected."""
    keys = [each.dialogue for each in awaited if each.asking is Asking.CORRECTION and each.dialogue]
    return bytes.fromhex(keys[-1]) if keys else None


def _reading(standing: Standing) -> Standing:
    """With all that is awaited from the owner, beside what the tag itself opens."""
    if standing.owner is None:
        return standing
    turn, own = standing.turn, standing.dialogue.awaited
    known = {(each.report, each.asking) for each in own}
    others = [
        each
        for each in turn.tx.awaited.get(standing.owner, turn.now)
        if each.asking is not Asking.CORRECTION and (each.report, each.asking) not in known
    ]
    if not others:
        return standing
    return replace(standing, dialogue=replace(standing.dialogue, awaited=(*others, *own)))


def _draft(turn: MessageTurn) -> bytes | None:
    """Where an open draft is kept that needs no right to go on with."""
    return None if turn.proved or turn.profile.threads else turn.ordering_key


def _fresh(turn: MessageTurn) -> Dialogue:
    """A new one counts its questions from anywhere, so that no button of an older one fits."""
    return Dialogue(lang=turn.context.lang, revision=turn.context.rng.below(_REVISIONS))


def _dialogue(turn: MessageTurn, key: bytes) -> Dialogue:
    """Where the conversation stands; one that was left for a day has ended."""
    standing = turn.tx.dialogues.get(key)
    if standing is None:
        return _fresh(turn)
    dialogue, last = standing
    if turn.now - last < PATIENCE:
        carried.recall(dialogue)
        return dialogue
    return conversation.step(dialogue, conversation.PatienceEnded(), turn.profile).dialogue


def _shown(turn: MessageTurn, code: TrackingCode | None) -> tuple[Tag, Capability, str] | None:
    """The first right that the message shows and that is one, and its words without it."""
    envelope = turn.envelope
    tags = envelope.tags[:_MOST_SHOWN]
    if code is not None and not _asks(turn, code):
        tags += (record.tag_of_code(code),)
    for tag in tags:
        found = turn.tx.capabilities.get(tag, turn.now)
        if found is not None:
            return tag, found, envelope.text
    return _by_digits(turn) if record.needs_digits(turn.profile) else None


def _asks(turn: MessageTurn, code: TrackingCode) -> bool:
    """Whether the report of a code waits for an answer: then the code answers, and corrects nothing."""
    holder = turn.tx.code_holders.by_code(code)
    report = turn.tx.reports.get(holder.report) if holder is not None else None
    if report is None:
        return False
    return (
        report.status.row.stage is WorkStage.SOLVED
        or record.open_question(turn.tx.reports.history(report.id)) is not None
    )


def _by_digits(turn: MessageTurn) -> tuple[Tag, Capability, str] | None:
    """Four digits of ours, three tries a day; counted for the address, whether anything was ever sent there or not."""
    digits, words = digits_in(turn.envelope)
    who = turn.ordering_key.hex()
    if not digits or turn.tx.inbox.counted("digits", who, turn.now, PATIENCE)[0] >= TRIES:
        return None
    tag = record.tag_of_digits(turn.ordering_key, digits)
    found = turn.tx.capabilities.get(tag, turn.now)
    if found is None:
        turn.tx.inbox.count("digits", who, deadlines.minute(turn.now))
        return None
    return tag, found, words


def digits_in(envelope: Envelope) -> tuple[str, str]:
    """The four digits that an answer names, and its other words: in front, behind one word, or at a short one's end."""
    words = _GLUED.sub(r"\1 ", envelope.text).split()
    plain = [unicodedata.normalize("NFKC", word).strip(_EDGES) for word in words]
    places = [0, 1] if len(words) > 1 and words[0].isdigit() and len(words[0]) == 1 else [0]
    if len(words) <= _SHORT_WORDS:
        places = [0, 1, -1]
    for at in places:
        if -len(words) <= at < len(words) and _DIGITS.fullmatch(plain[at]):
            del words[at]
            return plain[at].translate(_MISREAD), " ".join(words).lstrip("+ ")
    return "", envelope.text


def keep(standing: Standing, dialogue: Dialogue) -> bytes | None:
    """Keeps what somebody may still answer; the key that a reply must be given a right to, None where it needs none.

    A language other than the service's is worth a day.
    """
    turn = standing.turn
    dialogue = replace(dialogue, awaited=()) if dialogue.awaited else dialogue
    nothing = dialogue == Dialogue(lang=turn.context.lang, revision=dialogue.revision)
    key = standing.key
    if key is None and standing.draft is not None and not standing.beside and not _filed(dialogue):
        _put(turn, standing.draft, None if nothing else dialogue)
        return None
    if standing.draft is not None and not standing.beside:
        spoken = Dialogue(lang=dialogue.lang, revision=dialogue.revision)
        _put(turn, standing.draft, None if dialogue.lang == turn.context.lang else spoken)
    if key is None and nothing:
        return None
    key = key or turn.tx.dialogues.ordering_key("conversation", Address(turn.context.rng.token()))
    _put(turn, key, None if nothing else dialogue)
    return None if nothing else key


def _filed(dialogue: Dialogue) -> bool:
    """Whether it knows something of a report that was filed, or of what is awaited."""
    return dialogue.filed is not None or dialogue.about is not None or Step.WHICH in {dialogue.step, dialogue.back}


def _put(turn: MessageTurn, key: bytes, dialogue: Dialogue | None) -> None:
    if dialogue is None:
        turn.tx.dialogues.drop(key)
    else:
        kept = carried.noted(dialogue).rounded(turn.context.city_map.decimals)
        turn.tx.dialogues.put(key, kept, deadlines.minute(turn.now))
