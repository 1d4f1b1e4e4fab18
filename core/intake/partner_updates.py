"""What a partner's machine says of a report that it filed: the acts of a code in a conversation, by the same rules."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core import areas, record
from core.analysis import once
from core.authority import Bearer, Deed, may
from core.conversation import Outcome, is_asking
from core.errors import NotAllowed, NotFound, Refused
from core.intake import report_answers
from core.intake.code_forms import KEPT, PAGE
from core.intake.forms import LONGEST
from core.intake.report_answers import GivenAnswer
from core.intake.turn import Done, MessageTurn
from core.messages import Address, Envelope, StoredFile, WireId
from core.model import ENDED, About, Act, Dialogue, Number, Partner, Report, WorkStage
from core.ports import Context, UnitOfWork

_SEEN = "partner update"  # these ids are seen apart from those of messages


class UpdateState(StrEnum):
    """How the partner's citizen sees the matter."""

    OPEN = "open"
    CLOSED = "closed"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class PartnerUpdate:
    """One update. `id`: the partner's own, which makes one that is sent twice one act."""

    number: Number
    id: WireId
    state: UpdateState = UpdateState.OPEN
    words: str = field(default="", repr=False)
    files: tuple[StoredFile, ...] = ()


def update(tx: UnitOfWork, partner: Partner, sent: PartnerUpdate, now: datetime, context: Context) -> bool:
    """Does what it says; False: it was sent before, and nothing is done.

    Raises NotFound for whatever this partner did not file or may not read any more, and Refused: `form_text`,
    `form_long`, `partner_update_ended`, `partner_update_solved`, `partner_update_withdraw`, `partner_update_not_now`,
    `told_apart`.
    """
    with once(), areas.on_map(context.city_map):
        return _update(tx, partner, sent, now, context)


def is_new(tx: UnitOfWork, partner: Partner, sent: PartnerUpdate) -> bool:
    """Whether there is anything to do, before files are fetched; writes nothing. Raises NotFound."""
    if tx.inbox.recorded(_SEEN, _wire_id(partner, sent)):
        return False
    _report(tx, partner, sent)
    return True


def _update(tx: UnitOfWork, partner: Partner, sent: PartnerUpdate, now: datetime, context: Context) -> bool:
    # First: words of the first time may have made the report one that the partner reads no more.
    if not tx.inbox.record_if_new(_SEEN, _wire_id(partner, sent), now):
        return False
    report = _report(tx, partner, sent)
    if len(sent.words) > LONGEST:
        raise Refused("form_long", most=LONGEST)
    envelope = Envelope(PAGE.name, Address(""), sent.id)
    key = tx.dialogues.ordering_key(PAGE.name, envelope.sender)
    turn = MessageTurn(tx, envelope, key, PAGE, now, context, Bearer.PARTNER)
    done = _done(turn, report, sent)
    apart = any(line.key == "told_apart" for line in done.lines)
    if apart or not any(line.key in KEPT for line in done.lines):
        raise Refused("told_apart" if apart else "partner_update_not_now")
    return True


def _wire_id(partner: Partner, sent: PartnerUpdate) -> WireId:
    return WireId(f"{partner.name}\0{sent.number}\0{sent.id.reveal()}")


def _report(tx: UnitOfWork, partner: Partner, sent: PartnerUpdate) -> Report:
    """Found by who filed it, so that one of others is looked for as long as one that is not there."""
    filed = tx.partners.report_of(partner, sent.number)
    report = None if filed is None else tx.reports.get(filed)
    if report is None or report.restricted:
        raise NotFound
    return report


def _done(turn: MessageTurn, report: Report, sent: PartnerUpdate) -> Done:
    given = GivenAnswer(report, About(report.id, ""), sent.words, sent.files)
    outcome = Outcome(Dialogue(lang=turn.context.lang))
    if report.status.row.stage is WorkStage.SOLVED:
        if sent.state is UpdateState.OPEN:
            raise Refused("partner_update_solved")
        _may(Deed.FEEDBACK)
        return report_answers.judged(turn, outcome, given, solved=sent.state is UpdateState.CLOSED)
    if report.status in ENDED:
        raise Refused("partner_update_ended")
    if sent.state is UpdateState.CLOSED:
        raise Refused("partner_update_withdraw")
    if not sent.words and not sent.files:
        raise Refused("form_text")
    asked = record.open_question(turn.tx.reports.history(report.id)) is not None
    if asked and (sent.files or not is_asking(sent.words)):
        _may(Deed.ANSWER)
        return report_answers.answered(turn, outcome, given)
    _may(Deed.ADD)
    return report_answers.written(turn, outcome, given, Act.ADD)


def _may(deed: Deed) -> None:
    if not may(Bearer.PARTNER, deed):
        raise NotAllowed
