"""What a form with a tracking code may do: the same acts as a code in a conversation, by the same rules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core import areas, record, workflow
from core.analysis import once
from core.authority import Bearer, Deed, may
from core.conversation import Outcome
from core.errors import NotAllowed
from core.intake import report_answers, withdrawing
from core.intake.codes import Answer, Requester, forget, look_up
from core.intake.report_answers import GivenAnswer
from core.intake.turn import Done, MessageTurn
from core.messages import Address, ChannelProfile, Envelope, Line, StoredFile, WireId
from core.model import ENDED, About, Act, CodeHolder, Dialogue, Report, Role, TrackingCode
from core.ports import Context, UnitOfWork
from core.record import Question
from core.workflow import Relation

PAGE = ChannelProfile("page", limit=4000)
"""A page has no sender: nobody is proved by it, and it has room for every sentence."""
_CITIZEN = frozenset({Relation.CITIZEN})
_OFFERS: Mapping[Deed, Act] = {
    Deed.ADD: Act.ADD,
    Deed.FEEDBACK: Act.SOLVED,
    Deed.WITHDRAW: Act.ASK_WITHDRAWAL,
}
KEPT = frozenset({
    "answer_kept",
    "addition_kept",
    "feedback_solved",
    "feedback_reopened",
    "feedback_disputed",
    "withdrawal_begun",
    "withdrawal_waits",
    "unfollowed",
    "forgotten",
    "forgotten_before",
})  # fmt: skip
"""Sentences that say that something was done."""


@dataclass(frozen=True, slots=True)
class CodeForm:
    """A form that was sent. `wire_id`: what makes a form that is sent twice one act.

    `question`: which one of the report's is answered, from 1; `solved`: what is said of a solution.
    """

    deed: Deed
    code: TrackingCode
    wire_id: WireId
    words: str = field(default="", repr=False)
    files: tuple[StoredFile, ...] = ()
    question: int = 0
    solved: bool = False


@dataclass(frozen=True, slots=True)
class Acted:
    """What became of it: what is said first, and how the report stands now. `again`: it had been sent before.

    `kept` False: nothing was done with the words; they are their writer's to send otherwise.
    """

    lines: tuple[Line, ...]
    answer: Answer
    kept: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Offers:
    """What the holder of a code may do now. `question`: what is asked, with its place among the report's, from 1."""

    deeds: frozenset[Deed]
    question: Question | None = None
    number: int = 0


def offers(report: Report, holder: CodeHolder, answer: Answer) -> Offers:
    """By the table of moves and the table of rights; forgetting is among them where there is an address."""
    acts = workflow.allowed(report, _CITIZEN)
    deeds = {deed for deed, act in _OFFERS.items() if act in acts}
    asked = record.questions(answer.history)
    number = next((at for at, each in enumerate(asked, start=1) if each.open), 0)
    question = asked[number - 1] if number and Act.ANSWER in acts else None
    if question is not None:
        deeds.add(Deed.ANSWER)
    if report.handling.withdrawal is not None and holder.role is not Role.FOLLOWER:
        deeds.discard(Deed.WITHDRAW)
    if holder.contact is not None:
        deeds.add(Deed.FORGET)  # else there is no address to forget
    return Offers(frozenset(deed for deed in deeds if may(Bearer.CODED, deed)), question, number if question else 0)


def act(tx: UnitOfWork, sent: CodeForm, asker: Requester, now: datetime, context: Context) -> Acted:
    """Does it, unless there is no such code: then all is as for a code that is only looked up. Raises NotAllowed."""
    with once(), areas.on_map(context.city_map):
        return _act(tx, sent, asker, now, context)


def _act(tx: UnitOfWork, sent: CodeForm, asker: Requester, now: datetime, context: Context) -> Acted:
    if not may(Bearer.CODED, sent.deed):
        raise NotAllowed
    found = look_up(tx, sent.code, asker, now, context)
    if found.report is None or found.holder is None:
        return Acted((), found)
    if not tx.inbox.record_if_new(PAGE.name, sent.wire_id, now):
        return Acted((), found, kept=True, again=True)
    envelope = Envelope(PAGE.name, Address(""), sent.wire_id)
    key = tx.dialogues.ordering_key(PAGE.name, envelope.sender)
    turn = MessageTurn(tx, envelope, key, PAGE, now, context, Bearer.CODED)
    done = _DEEDS[sent.deed](turn, found, sent, asker)
    kept = any(line.key in KEPT for line in done.lines)
    if not kept:
        tx.inbox.unrecord(PAGE.name, sent.wire_id)
    return Acted(done.lines, look_up(tx, sent.code, asker, now, context), kept)


def _outcome(asker: Requester) -> Outcome:
    return Outcome(Dialogue(lang=asker.lang))


def _given(found: Answer, sent: CodeForm) -> GivenAnswer:
    if found.report is None or found.holder is None:
        raise AssertionError("looked up before")
    about = About(found.report.id, found.holder.last4)
    return GivenAnswer(found.report, about, sent.words, sent.files, found.holder.contact)


def _answer(turn: MessageTurn, found: Answer, sent: CodeForm, asker: Requester) -> Done:
    given = _given(found, sent)
    over = record.closed_question(found.history, sent.question)
    if over and given.report.status not in ENDED:
        return Done((Line("answer_over"),), _outcome(asker))
    return report_answers.answered(turn, _outcome(asker), given)


def _add(turn: MessageTurn, found: Answer, sent: CodeForm, asker: Requester) -> Done:
    return report_answers.written(turn, _outcome(asker), _given(found, sent), Act.ADD)


def _feedback(turn: MessageTurn, found: Answer, sent: CodeForm, asker: Requester) -> Done:
    return report_answers.judged(turn, _outcome(asker), _given(found, sent), solved=sent.solved)


def _withdraw(turn: MessageTurn, found: Answer, sent: CodeForm, asker: Requester) -> Done:
    return withdrawing.withdrawn(turn, _outcome(asker), found, sent.words)


def _forget(turn: MessageTurn, _: Answer, sent: CodeForm, asker: Requester) -> Done:
    return Done(forget(turn.tx, sent.code, asker, turn.now, turn.context).lines, _outcome(asker))


_DEEDS: Mapping[Deed, Callable[[MessageTurn, Answer, CodeForm, Requester], Done]] = {
    Deed.ANSWER: _answer,
    Deed.ADD: _add,
    Deed.FEEDBACK: _feedback,
    Deed.WITHDRAW: _withdraw,
    Deed.FORGET: _forget,
}
