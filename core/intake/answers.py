"""What a citizen says of a report that is there: an answer, solved or not, something more, or that it is taken back."""

from dataclasses import dataclass, replace

from core import conversation, record, redact
from core.conversation import Add, ByCode, Heard, Outcome, Withdraw, verdict_of
from core.errors import Refused
from core.intake.codes import Answer, Asker, look_up
from core.intake.turn import Done, Turn, nothing
from core.messages import Line, StoredFile
from core.model import ENDED, About, Act, Asking, ContactId, Report, Role, Status, Step
from core.phrases import phrase
from core.record import Step as Written
from core.workflow import By, Order

_CITIZEN = frozenset({By.CITIZEN})


def heard(turn: Turn, outcome: Outcome) -> Done:
    """The answer to what a message of ours asked."""
    effect = outcome.effect
    if not isinstance(effect, Heard):
        return nothing(turn, outcome)
    report = turn.tx.reports.get(effect.awaited.report)
    if report is None:
        return Done((Line("answer_over"),), outcome)
    about = About(report.id, effect.awaited.last4)
    if effect.awaited.asking is Asking.FEEDBACK:
        return _judged(turn, outcome, report, about, (effect.solved is True, effect.words))
    return _answered(turn, outcome, _Given(report, about, effect.words, effect.files))


def by_code(turn: Turn, outcome: Outcome) -> Done:
    """A code and more: an answer where something was asked, what they say of a solution, else the status."""
    effect = outcome.effect
    if not isinstance(effect, ByCode):
        return nothing(turn, outcome)
    found = look_up(turn.tx, effect.code, _asker(turn, outcome), turn.now, turn.house)
    if found.report is None or found.holder is None:
        return Done(found.lines, outcome)
    about = About(found.report.id, found.holder.last4)
    verdict = verdict_of(effect.words, asked=True)
    if found.report.status is Status.SELESAI and verdict is not None and not effect.files:
        return _judged(turn, outcome, found.report, about, verdict)
    if record.open_question(found.history) is not None:
        return _answered(turn, outcome, _Given(found.report, about, effect.words, effect.files))
    if effect.files:
        return _written(turn, outcome, _Given(found.report, about, effect.words, effect.files), Act.ADD)
    return Done((*found.lines, Line("add_hint", keep=False)), outcome, long=found.long)


def add(turn: Turn, outcome: Outcome) -> Done:
    """More words or photos; without any, the next message is waited for."""
    effect = outcome.effect
    if not isinstance(effect, Add):
        return nothing(turn, outcome)
    if effect.about is not None:
        report = turn.tx.reports.get(effect.about.report)
        if report is None:
            return Done((Line("answer_over"),), outcome)
        quiet = bool(turn.envelope.group) and outcome.dialogue.group == turn.envelope.group
        done = _written(turn, outcome, _Given(report, effect.about, effect.words, effect.files), Act.ADD)
        return replace(done, lines=()) if quiet else done
    found = _found(turn, outcome, effect)
    if found.report is None or found.holder is None:
        return Done(found.lines, outcome)
    about = About(found.report.id, found.holder.last4)
    if not effect.words and not effect.files and found.report.status not in ENDED:
        waits = conversation.waits_for(outcome.dialogue, about, Step.ADD, turn.manner)
        return Done((), waits)
    return _written(turn, outcome, _Given(found.report, about, effect.words, effect.files), Act.ADD)


def withdraw(turn: Turn, outcome: Outcome) -> Done:
    """Ends the report, its history kept; who only follows it follows no more."""
    effect = outcome.effect
    if not isinstance(effect, Withdraw):
        return nothing(turn, outcome)
    found = look_up(turn.tx, effect.code, _asker(turn, outcome), turn.now, turn.house)
    if found.report is None or found.holder is None:
        return Done(found.lines, outcome)
    last4 = (("last4", found.holder.last4),)
    if found.holder.role is Role.FOLLOWER:
        if found.holder.contact is not None:
            record.forgotten(turn.tx, found.report.id, found.holder.contact, turn.now)
        return Done((Line("unfollowed", last4),), outcome)
    order = Order(Act.WITHDRAW, redact.closed(effect.words, outcome.dialogue.lang))
    try:
        record.act(_turn(turn), found.report, order, Written(_CITIZEN, but=found.holder.contact))
    except Refused:
        return Done(found.lines, outcome, long=found.long)
    record.settled(turn.tx, found.report.id, Asking.ANSWER, turn.now)
    return Done((Line("withdrawn", last4),), outcome)


def _found(turn: Turn, outcome: Outcome, effect: Add) -> Answer:
    if effect.code is None:
        return Answer((Line("add_usage"),))
    return look_up(turn.tx, effect.code, _asker(turn, outcome), turn.now, turn.house)


def _asker(turn: Turn, outcome: Outcome) -> Asker:
    return Asker(turn.lane.hex(), outcome.dialogue.lang)


def _turn(turn: Turn) -> record.Turn:
    return record.Turn(turn.tx, turn.now, turn.house)


@dataclass(frozen=True, slots=True)
class _Given:
    """What was given, and to which report."""

    report: Report
    about: About
    words: str
    files: tuple[StoredFile, ...]

    @property
    def last4(self) -> tuple[tuple[str, str], ...]:
        return (("last4", self.about.last4),)


def _answered(turn: Turn, outcome: Outcome, given: _Given) -> Done:
    """The oldest question that has no answer gets it; where none is open any more, it is added all the same."""
    report = given.report
    if record.open_question(turn.tx.reports.history(report.id)) is None:
        return _written(turn, outcome, given, Act.ADD)
    done = _written(turn, outcome, given, Act.ANSWER)
    if record.open_question(turn.tx.reports.history(report.id)) is None:
        record.settled(turn.tx, report.id, Asking.ANSWER, turn.now)
        record.settled_here(turn.tx, turn.lane, report.id, Asking.ANSWER, turn.now)
    return done


_SAID = {Act.ANSWER: "answer_kept", Act.ADD: "addition_kept"}


def _written(turn: Turn, outcome: Outcome, given: _Given, act: Act) -> Done:
    """With the words closed as a report's are; photos alone are words enough."""
    lang = outcome.dialogue.lang
    text = redact.closed(given.words.strip(), lang) or phrase("only_photo", lang)
    step = Written(_CITIZEN, files=given.files, but=_own(turn, given.report))
    try:
        record.act(_turn(turn), given.report, Order(act, text), step)
    except Refused:
        return Done((Line("report_ended", given.last4),), outcome)
    if turn.envelope.group:
        after = replace(outcome.dialogue, group=turn.envelope.group, about=given.about)
        outcome = replace(outcome, dialogue=after)
    return Done((Line(_SAID[act], given.last4),), outcome)


def _judged(turn: Turn, outcome: Outcome, report: Report, about: About, verdict: tuple[bool, str]) -> Done:
    """Solved, or not: then whoever did it takes it up again, twice; after that the Biro decides."""
    main = turn.tx.reports.get(report.handling.main) if report.handling.main is not None else report
    solved, words = verdict
    last4 = (("last4", about.last4),)
    if main is None or main.status is not Status.SELESAI:
        return Done((Line("feedback_not_now", last4),), outcome)
    text = redact.closed(words, outcome.dialogue.lang)
    acts = (Act.SOLVED,) if solved else (Act.NOT_SOLVED, Act.DISPUTE)
    key = ""
    for act in acts:
        try:
            record.act(_turn(turn), main, Order(act, text), Written(_CITIZEN, but=_own(turn, report)))
        except Refused as no:
            if no.phrase != _FEEDBACK[Act.DISPUTE]:
                return Done((Line(no.phrase, last4),), outcome)
        else:
            key = _FEEDBACK[act]
            break
    record.settled(turn.tx, report.id, Asking.FEEDBACK, turn.now)
    record.settled_here(turn.tx, turn.lane, report.id, Asking.FEEDBACK, turn.now)
    return Done((Line(key, last4),), outcome)


_FEEDBACK = {Act.SOLVED: "feedback_solved", Act.NOT_SOLVED: "feedback_reopened", Act.DISPUTE: "feedback_disputed"}


def _own(turn: Turn, report: Report) -> ContactId | None:
    """The address that whoever writes left with the report: they are answered at once, and need no news of it."""
    for holder in turn.tx.holders.of(report.id):
        contact = turn.tx.holders.contact(holder.contact) if holder.contact is not None else None
        if contact is not None and (contact.channel, contact.address) == (turn.envelope.channel, turn.envelope.sender):
            return contact.id
    return None
