"""A draft becomes a report, and what was just filed is corrected while nobody has begun to handle it."""

from dataclasses import dataclass, replace
from datetime import datetime

from core import conversation, deadlines, record, redact, tracking, workflow
from core.categories import category, label
from core.conversation import Correct, FileReport, Outcome
from core.intake import closed_words
from core.intake.restricting import leant
from core.intake.turn import Done, MessageTurn, nothing
from core.messages import Address, Line, Say
from core.model import (
    Act,
    CategoryId,
    CodeHolder,
    Contact,
    DeliveryId,
    Draft,
    Filed,
    HistoryEntry,
    Place,
    Report,
    ReportId,
    Role,
    Status,
    TrackingCode,
)
from core.phrases import day, phrase
from core.ports import Context, StaffRepositories, UnitOfWork


def file(turn: MessageTurn, outcome: Outcome) -> Done:
    """Report, first history entry, holder with code and contact, all in this turn; the code is in the reply."""
    effect = outcome.effect
    if not isinstance(effect, FileReport):
        return nothing(turn, outcome)
    if effect.draft.category is not None:
        kind = conversation.filed_as(effect.draft, effect.draft.category)
        effect = replace(effect, draft=replace(effect.draft, category=kind))
    lang = outcome.dialogue.lang
    reply = DeliveryId(turn.context.rng.token())
    contact = turn.contact(lang, reply)
    proved = turn.envelope.counted if turn.proved else None
    counted_as = turn.envelope.counted_as
    entry = Entry(
        turn.envelope.channel,
        effect.draft,
        turn.marks(lang),
        contact,
        proved,
        counted_as=counted_as,
        people=turn.profile.people,
    )
    report, code = entered(turn.tx, entry, turn.now, turn.context)
    closed_words.count(turn, effect.draft)
    placed = report.place.area is not None or not category(report.category).place_required
    filed = Filed(
        report.id,
        placed=placed,
        alternatives=effect.alternatives,
        kind=report.category,
        last4=tracking.last4(code),
    )
    refused = conversation.complained(outcome.say)
    lines = [Line("filed", (("code", tracking.shown(code)),)), *refused]
    if effect.hint:
        lines.insert(0, Line(effect.hint))
    after = conversation.after_filing(outcome.dialogue, effect, filed, turn.profile)
    said = after.say or Say(())
    behind = [Line("filed_due", (("due", day(report.due, turn.context.zone, lang)),), keep=False)]
    if effect.second is not None and turn.profile.terse:
        behind = []  # there is room for one of both, and that something was not filed is the more important
    if effect.one_message:
        behind = [*_closing_lines(turn, effect.draft, lang), *behind]
    # The way to correct stands last, next to its options.
    warning = tuple(replace(each, keep=each.keep and not refused) for each in said.lines[:1])
    said = replace(said, lines=(*warning, *behind, *said.lines[1:]))
    return Done(tuple(lines), replace(after, say=said), contact.id, reply, code=code)


def _closing_lines(turn: MessageTurn, draft: Draft, lang: str) -> list[Line]:
    """Which kinds were closed, and how to close more; first, for a narrow channel leaves the last ones out."""
    kinds = conversation.kinds_of(draft, lang)
    note = [Line("closed_note", (("kinds", kinds),), keep=False)] if kinds else []
    more = [Line("closed_more", keep=False)] if kinds or not turn.profile.terse else []
    return [*note, *more]


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """What messages and forms hand in: a draft with its category, the channel it came by, and who may be told.

    `proved`: who sent it, where nobody else can have: a citizen, the clerk who typed it, the partner who filed it.
    """

    channel: str
    draft: Draft
    lang: str
    contact: Contact | None = None
    proved: Address | None = None
    closed: str | None = None  # the draft's words, where their traces were closed before
    counted_as: str = ""  # the report's channel, where that is another
    people: str = ""  # of its channel's profile


def entered(tx: UnitOfWork, entry: Entry, now: datetime, context: Context) -> tuple[Report, TrackingCode]:
    """Report, first history entry, holder with code and contact; words are closed here and nowhere later."""
    code = tracking.new_code(context.rng)
    report = _report(tx, entry, now, context)
    tx.reports.add(report, HistoryEntry(report.received, report.status, report.agency))
    told = entry.contact.id if entry.contact is not None else None
    tx.code_holders.add(CodeHolder(report.id, Role.REPORTER, tracking.last4(code), told), code, entry.contact)
    if not context.publishing.at_once:
        tx.publications.add_waiting(report.id, entry.people or entry.channel, entry.proved)
    return report, code


def _report(tx: StaffRepositories, entry: Entry, now: datetime, context: Context) -> Report:
    draft = entry.draft
    chosen = draft.category
    if chosen is None:
        raise AssertionError("a draft is filed with its category")
    received = deadlines.minute(now)
    place = draft.place or Place()
    report = Report(
        id=ReportId(context.rng.token()),
        number=tracking.new_number(context.rng),
        channel=entry.counted_as or entry.channel,
        status=Status.MENUNGGU,
        category=chosen,
        agency=workflow.first_holder(chosen, place, tx.routes.all()),
        received=received,
        due=deadlines.due(received, context.zone),
        text=conversation.closed(draft, entry.lang) if entry.closed is None else entry.closed,
        place=replace(
            place.rounded(context.city_map.decimals),
            words=conversation.closed_place(place.words, draft, entry.lang),
        ),
        files=draft.files,
        attributes=conversation.attributes_kept(draft, entry.lang),
        restricted=category(chosen).restricted is not None,
    )
    return workflow.with_alarm(report)


def correct(turn: MessageTurn, outcome: Outcome) -> Done:
    """Another category or place for a report that nobody has begun to handle; a restricted one keeps its category."""
    effect = outcome.effect
    report = turn.tx.reports.get(effect.report) if isinstance(effect, Correct) else None
    if report is None or not isinstance(effect, Correct) or report.status is not Status.MENUNGGU:
        return Done((Line("too_late"), *_unkept(effect)), replace(outcome, say=None))
    if report.restricted and effect.category is not None:
        return Done((Line("kind_stays"), *_unkept(effect)), replace(outcome, say=None))
    if effect.words or effect.place is not None:
        report = leant(turn.recording, report, effect.words or (effect.place.words if effect.place else ""))
    return _corrected(turn, outcome, effect, report)


def _unkept(effect: object) -> tuple[Line, ...]:
    return (Line("photo_again"),) if isinstance(effect, Correct) and effect.files else ()


def _corrected(turn: MessageTurn, outcome: Outcome, effect: Correct, report: Report) -> Done:
    lang = outcome.dialogue.lang
    chosen = effect.category or report.category
    place = _merged(report.place, effect.place, turn.marks(lang)).rounded(turn.context.city_map.decimals)
    changed = replace(report, category=chosen, place=place, restricted=category(chosen).restricted is not None)
    if (chosen, place.area) != (report.category, report.place.area):
        changed = _elsewhere(turn, report, changed)
    said = redact.closed(effect.words, turn.marks(lang))
    said = said or (phrase("only_photo", turn.marks(lang)) if effect.files else "")
    entry = HistoryEntry(deadlines.minute(turn.now), changed.status, changed.agency, said, Act.CORRECTED, effect.files)
    turn.tx.reports.change(workflow.with_alarm(changed), entry)
    missing = category(chosen).place_required and place.area is None
    lines = _said_of(effect, chosen, place, lang)
    lines += (Line("added"),) if effect.files and lines else ()
    pointed = Line("point_noted") in lines
    if missing and (effect.category is not None or pointed) and outcome.say is None:
        lines += (Line("ask_place_filed"),)
    dialogue = outcome.dialogue
    if dialogue.filed is not None:
        dialogue = replace(dialogue, filed=replace(dialogue.filed, placed=not missing))
    return Done(lines or (() if outcome.say else (Line("added"),)), replace(outcome, dialogue=dialogue))


def _said_of(effect: Correct, chosen: CategoryId, place: Place, lang: str) -> tuple[Line, ...]:
    lines: tuple[Line, ...] = ()
    if effect.category is not None:
        lines += (Line("recategorised", (("category", label(chosen, lang)),)),)
    if effect.place is not None and effect.place.area is not None:
        lines += (Line("replaced", (("place", place.name),)),)
    if effect.place is not None and effect.place.point is not None and effect.place.area is None:
        lines += (Line("point_noted"),)
    return lines


def _elsewhere(turn: MessageTurn, report: Report, changed: Report) -> Report:
    """It goes to who is responsible now, and alone."""
    record.unlink_duplicates(turn.recording, report.id)
    if changed.category != report.category:
        turn.tx.reports.count_recategorised(report.category, changed.category)
    return workflow.moved(changed, workflow.first_holder(changed.category, changed.place, turn.tx.routes.all()))


def _merged(old: Place, new: Place | None, lang: str) -> Place:
    if new is None:
        return old
    told = redact.closed(new.words, lang)
    return Place(
        area=new.area or old.area,
        name=new.name or old.name,
        words=told if old.words in told else ", ".join(part for part in (old.words, told) if part),
        point=new.point or old.point,
    )
