"""What a citizen says of a report that is there: an answer, solved or not, or something more."""

from dataclasses import dataclass, replace

from core import conversation, record, redact, workflow
from core.conversation import Add, ByCode, Heard, Outcome, is_asking, verdict_of
from core.errors import Refused
from core.intake import withdrawing
from core.intake.codes import Answer, look_up, requester_of
from core.intake.restricting import leant, of_a_follower, stands_apart
from core.intake.turn import Done, MessageTurn, nothing, own_contact
from core.messages import Line, StoredFile
from core.model import ENDED, About, Act, Asking, Awaited, ContactId, Report, Step, WorkStage
from core.phrases import phrase
from core.record import ActedBy
from core.workflow import Order, Relation

_CITIZEN = frozenset({Relation.CITIZEN})


@dataclass(frozen=True, slots=True, repr=False)
class GivenAnswer:
    """What was given, and to which report. `contact`: of whoever's code it came with."""

    report: Report
    about: About
    words: str
    files: tuple[StoredFile, ...]
    contact: ContactId | None = None

    @property
    def last4(self) -> tuple[tuple[str, str], ...]:
        """As an argument of a sentence."""
        return (("last4", self.about.last4),)


def heard(turn: MessageTurn, outcome: Outcome) -> Done:
    """The answer to what a message of ours asked, or to several."""
    effect = outcome.effect
    if not isinstance(effect, Heard):
        return nothing(turn, outcome)
    done = _heard(turn, outcome, effect)
    for each in effect.also:
        more = _heard(turn, done.outcome, replace(each, files=()))
        done = replace(more, lines=(*done.lines, *more.lines, *_unkept(each.files)))
    return done


def _heard(turn: MessageTurn, outcome: Outcome, effect: Heard) -> Done:
    asking, about = effect.awaited.asking, About(effect.awaited.report, effect.awaited.last4)
    report = turn.tx.reports.get(about.report)
    if report is None:
        record.settled_here(turn.tx, turn.ordering_key, about.report, asking, turn.now)
        return Done((Line("answer_over"), *_unkept(effect.files)), outcome)
    given = GivenAnswer(report, about, effect.words, effect.files)
    if asking is Asking.OBJECTION:
        return withdrawing.objected(turn, outcome, report, about.last4)
    if _is_over(turn, effect.awaited):
        return Done((Line("answer_over"), *_unkept(effect.files)), outcome)
    if asking is Asking.FEEDBACK:
        return judged(turn, outcome, given, solved=effect.solved is True)
    return answered(turn, outcome, given)


def _is_over(turn: MessageTurn, awaited: Awaited) -> bool:
    """Whether staff closed the question, or asked another one, before it was answered."""
    history = turn.tx.reports.history(awaited.report)
    return awaited.asking is Asking.ANSWER and (awaited.over or record.closed_question(history, awaited.question))


def by_code(turn: MessageTurn, outcome: Outcome) -> Done:
    """A code and more: an answer where something was asked, what they say of a solution, else the status."""
    effect = outcome.effect
    if not isinstance(effect, ByCode):
        return nothing(turn, outcome)
    found = look_up(turn.tx, effect.code, requester_of(turn, outcome.dialogue.lang), turn.now, turn.context)
    if found.report is None or found.holder is None:
        return Done((*found.lines, *_unkept(effect.files)), outcome)
    report = found.report
    about = About(report.id, found.holder.last4)
    given = GivenAnswer(report, about, effect.words, effect.files, found.holder.contact)
    verdict = verdict_of(effect.words, asked=True)
    if report.status.row.stage is WorkStage.SOLVED and verdict is not None:
        return judged(turn, outcome, replace(given, words=verdict[1]), solved=verdict[0])
    if report.status not in ENDED:
        if record.open_question(found.history) is not None and (effect.files or not is_asking(effect.words)):
            return answered(turn, outcome, given)
        return _unasked(turn, outcome, given, found)
    more = () if is_asking(effect.words) and not effect.files else (_closed(turn, given), *_unkept(effect.files))
    return Done(more or found.beside(outcome.say), outcome, long=not more and found.long)


def _unasked(turn: MessageTurn, outcome: Outcome, given: GivenAnswer, found: Answer) -> Done:
    """A code with files or TAMBAH adds to its report, though nothing was asked; other words are told how."""
    added = conversation.added_by(given.words)
    if given.files or added:
        return written(turn, outcome, replace(given, words=added or given.words), Act.ADD)
    lines = found.beside(outcome.say)
    if any(each.closed for each in record.questions(found.history)[-1:]) and not is_asking(given.words):
        return Done((Line("answer_over"), *(replace(line, keep=False) for line in lines)), outcome, long=found.long)
    return Done((*lines, Line("add_hint", keep=False)), outcome, long=found.long)


def add(turn: MessageTurn, outcome: Outcome) -> Done:
    """More words or photos; without any, the next message is waited for."""
    effect = outcome.effect
    if not isinstance(effect, Add):
        return nothing(turn, outcome)
    if effect.about is not None:
        return _added(turn, outcome, effect, effect.about)
    found = _found(turn, outcome, effect)
    if found.report is None or found.holder is None:
        return Done((*found.lines, *_unkept(effect.files)), outcome)
    about = About(found.report.id, found.holder.last4)
    if not effect.words and not effect.files and found.report.status not in ENDED:
        return Done((), conversation.waits_for(outcome.dialogue, about, Step.ADD, turn.profile))
    return written(turn, outcome, GivenAnswer(found.report, about, effect.words, effect.files), Act.ADD)


def _added(turn: MessageTurn, outcome: Outcome, effect: Add, about: About) -> Done:
    """To a report that is known already; the rest of an album says nothing once more."""
    report = turn.tx.reports.get(about.report)
    if report is None:
        return Done((Line("answer_over"), *_unkept(effect.files)), outcome)
    quiet = bool(turn.envelope.group) and outcome.dialogue.group == turn.envelope.group
    done = written(turn, outcome, GivenAnswer(report, about, effect.words, effect.files), Act.ADD)
    return replace(done, lines=()) if quiet else done


def _found(turn: MessageTurn, outcome: Outcome, effect: Add) -> Answer:
    if effect.code is None:
        return Answer((Line("add_usage"),))
    return look_up(turn.tx, effect.code, requester_of(turn, outcome.dialogue.lang), turn.now, turn.context)


def answered(turn: MessageTurn, outcome: Outcome, given: GivenAnswer) -> Done:
    """The oldest question that has no answer gets it; where none is open any more, it is added all the same."""
    report = given.report
    if record.open_question(turn.tx.reports.history(report.id)) is None:
        done = written(turn, outcome, given, Act.ADD)
    else:
        done = written(turn, outcome, given, Act.ANSWER)
    if report.status in ENDED or record.open_question(turn.tx.reports.history(report.id)) is None:
        record.settled(turn.tx, report.id, Asking.ANSWER, turn.now)
        record.settled_here(turn.tx, turn.ordering_key, report.id, Asking.ANSWER, turn.now)
    return done


_SAID = {Act.ANSWER: "answer_kept", Act.ADD: "addition_kept"}


def written(turn: MessageTurn, outcome: Outcome, given: GivenAnswer, act: Act) -> Done:
    """With the words closed as a report's are; photos alone are words enough."""
    lang = turn.marks(outcome.dialogue.lang)
    text = redact.closed(given.words.strip(), lang) or phrase("only_photo", lang)
    step = ActedBy(_CITIZEN, files=given.files, but=own_contact(turn, given.report.id))
    if apart := of_a_follower(turn.recording, given.report, given.about, given.words):
        return Done((*apart, *_unkept(given.files)), outcome)
    report = leant(turn.recording, given.report, given.words)
    try:
        record.act(turn.recording, report, Order(act, text), step)
    except Refused:
        return Done((_closed(turn, given), *_unkept(given.files)), outcome)
    if turn.envelope.group or (outcome.dialogue.free and turn.profile.proved):  # more photos may follow
        after = replace(outcome.dialogue, group=turn.envelope.group, about=given.about)
        outcome = replace(outcome, dialogue=after)
    return Done((Line(_SAID[act], given.last4),), outcome)


def _closed(turn: MessageTurn, given: GivenAnswer) -> Line:
    """What can still be done about a report that has ended."""
    report = given.report
    recent = report.closed is not None and turn.now - report.closed <= workflow.REOPENS_WITHIN
    return Line(
        "report_done" if report.status.row.stage is WorkStage.SOLVED and recent else "report_ended", given.last4
    )


def _unkept(files: tuple[StoredFile, ...]) -> tuple[Line, ...]:
    """Photos that nothing could be done with are asked for again."""
    return (Line("photo_again", keep=False),) if files else ()


def judged(turn: MessageTurn, outcome: Outcome, given: GivenAnswer, *, solved: bool) -> Done:
    """Solved, or not: then whoever did it takes it up again, twice; after that the Biro decides."""
    report = given.report
    main = turn.tx.reports.get(report.handling.main) if report.handling.main is not None else report
    # Others who hold it may see it otherwise: they are still waited for, unless it is opened again.
    record.settled_here(turn.tx, turn.ordering_key, report.id, Asking.FEEDBACK, turn.now)
    record.settled_with(turn.tx, given.contact, report.id, Asking.FEEDBACK, turn.now)
    if main is None or main.status.row.stage is not WorkStage.SOLVED:
        over = _closed(turn, given) if report.status in ENDED else Line("feedback_not_now", given.last4)
        return Done((over, *_unkept(given.files)), outcome)
    apart = stands_apart(report, given.words)
    text = "" if apart else redact.closed(given.words, turn.marks(outcome.dialogue.lang))
    step = ActedBy(_CITIZEN, files=() if apart else given.files, but=own_contact(turn, report.id))
    act = Act.SOLVED if solved else Act.NOT_SOLVED
    try:
        record.act(turn.recording, main, Order(act, text), step)
    except Refused as no:
        if no.phrase != _FEEDBACK[Act.DISPUTE]:
            return Done((Line(no.phrase, given.last4), *_unkept(given.files)), outcome)
        act = Act.DISPUTE
        record.act(turn.recording, main, Order(act, text), step)
    return Done((Line(_FEEDBACK[act], given.last4), *apart), outcome)


_FEEDBACK = {Act.SOLVED: "feedback_solved", Act.NOT_SOLVED: "feedback_reopened", Act.DISPUTE: "feedback_disputed"}
