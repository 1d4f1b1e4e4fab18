"""What a code answers: status, forgetting, and the limit of wrong tries."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from core import attempt_limits, record, tracking, workflow
from core.intake.turn import MessageTurn
from core.messages import Line, Say
from core.model import ENDED, AgencyId, CodeHolder, HistoryEntry, Report, Status, TrackingCode
from core.phrases import day, phrase
from core.ports import Context, ConversationRepositories, UnitOfWork

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Requester:
    """Who tries a code, for the limit of wrong tries (kept as an HMAC only), and the language of the answer."""

    who: str = field(repr=False)
    lang: str
    shared: bool = False  # an internet address, as web/client_address tells it: many may stand behind it
    path: str = field(default="", repr=False)  # the network that a mail came from, where that is known
    domain: str = field(default="", repr=False)  # of its address, where one owner has all that are below it


def requester_of(turn: MessageTurn, lang: str) -> Requester:
    """Who writes; by an address that anybody can claim, from where: a forger's tries make nobody else wait."""
    path = turn.envelope.path
    claimed = not turn.proved and path
    return Requester(
        f"{turn.person_key}.{path}" if claimed else turn.person_key, lang, path=path, domain=turn.envelope.domain
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What a code is answered with; `report` None: no such code, a mistyped one, or one try too many (`wait`)."""

    lines: tuple[Line, ...]
    holder: CodeHolder | None = None
    report: Report | None = None
    history: tuple[HistoryEntry, ...] = ()
    wait: timedelta = timedelta()
    long: bool = False  # carries words of staff

    def beside(self, said: Say | None) -> tuple[Line, ...]:
        """The lines; beside a question of the conversation only the first has to stay."""
        if said is None or not said.lines:
            return self.lines
        return (*self.lines[:1], *(replace(line, keep=False) for line in self.lines[1:]))


def look_up(tx: UnitOfWork, code: TrackingCode, asker: Requester, now: datetime, context: Context) -> Answer:
    """The status behind a code; a mistyped one is answered at once and is no guess."""
    if not tracking.holds_code(code):
        return Answer((Line("code_mistyped"),))
    wait = must_wait(tx, asker, now)
    if wait:
        minutes = -(-wait // _MINUTE)
        return Answer((Line("code_wait", (("minutes", str(minutes)),)),), wait=minutes * _MINUTE)
    holder = tx.code_holders.by_code(code)
    report = tx.reports.get(holder.report) if holder else None
    if holder is None or report is None:
        missed(tx, asker, now)
        return Answer((Line("code_unknown"),))
    # Its own are erased with the report's words; the code, which is here, has them.
    holder = replace(holder, last4=tracking.last4(code))
    if not holder.may_hear(restricted=report.restricted):
        if holder.contact is not None:
            record.forgotten(tx, report.id, holder.contact, now)
        return Answer((Line("unfollowed", (("last4", holder.last4),)),))
    history = tuple(tx.reports.history(report.id))
    words = _words_of_staff(report, history)
    lines = _status_lines(report, history, holder, _Wording(context, asker.lang, now, long=bool(words)))
    return Answer((*lines, *words), holder, report, history, long=bool(words))


def guessed(tx: ConversationRepositories, now: datetime) -> int:
    """Codes that were tried and do not exist, of everybody in the last hour."""
    return tx.inbox.counted("miss", "everybody", now, attempt_limits.RECENT)[0]


def _allowances(asker: Requester) -> Sequence[attempt_limits.Allowance]:
    nearest = attempt_limits.around(asker.who) if asker.shared else (attempt_limits.Allowance(asker.who),)
    return (*nearest, *attempt_limits.behind(asker.path), *attempt_limits.behind(asker.domain))


def missed(tx: ConversationRepositories, asker: Requester, now: datetime) -> None:
    """Counts a try at a code that was never given."""
    for each in _allowances(asker):
        tx.inbox.count("miss", each.who, now)
    tx.inbox.count("miss", "everybody", now)


def must_wait(tx: UnitOfWork, asker: Requester, now: datetime) -> timedelta:
    """The longest of all; while many are guessing anywhere, the nearest alone has fewer free tries, none around it."""
    recent = guessed(tx, now)
    waits = []
    for each in _allowances(asker):
        misses, last = tx.inbox.counted("miss", each.who, now, attempt_limits.MEMORY)
        waits.append(attempt_limits.wait(misses, last, recent, now, each.free, longest=each.longest))
        recent = 0
    return max(waits)


def forget(tx: UnitOfWork, code: TrackingCode, asker: Requester, now: datetime, context: Context) -> Answer:
    """Erases the address behind a code at once."""
    answer = look_up(tx, code, asker, now, context)
    if answer.holder is None:
        return answer
    had_contact = answer.holder.contact is not None
    if answer.holder.contact is not None:
        record.forgotten(tx, answer.holder.report, answer.holder.contact, now)
    key = "forgotten" if had_contact else "forgotten_before"
    return replace(answer, lines=(Line(key, (("last4", answer.holder.last4),)),))


def _reason(report: Report, history: Sequence[HistoryEntry]) -> tuple[Line, ...]:
    """Why it ended without being solved; none where nobody said."""
    row = report.status.row
    if not row.reason:
        return ()
    why = next((entry.text for entry in reversed(history) if entry.act is row.ended_by), "")
    return (Line(row.reason, (("text", why),)),) if why else ()


def _words_of_staff(report: Report, history: Sequence[HistoryEntry]) -> tuple[Line, ...]:
    asked = record.open_question(history)
    if asked is not None and report.status not in ENDED:
        return (Line("status_question", (("text", asked.asked),)),)
    return _reason(report, history)


@dataclass(frozen=True, slots=True)
class _Wording:
    """How a status is said. `long`: words of staff stand behind it, and need the room."""

    context: Context
    lang: str
    now: datetime
    long: bool

    def day(self, at: datetime) -> str:
        """With the year, where it is another one: "15 Jul" read in January is no day to come."""
        zone = self.context.zone
        year = at.astimezone(zone).year
        said = day(at, zone, self.lang)
        return said if year == self.now.astimezone(zone).year else f"{said} {year}"


def _since(report: Report, history: Sequence[HistoryEntry]) -> datetime:
    """When it came to stand as it does and where it does: a word that was added, or a deadline, changed neither."""
    since = report.received
    before: tuple[Status, AgencyId] | None = None
    for entry in history:
        if (entry.status, entry.agency) != before:
            before, since = (entry.status, entry.agency), entry.at
    return since


def _status_lines(
    report: Report, history: tuple[HistoryEntry, ...], holder: CodeHolder, told: _Wording
) -> tuple[Line, ...]:
    lang, since = told.lang, told.day(_since(report, history))
    named = (("last4", holder.last4), ("status", phrase(f"status_{report.status.value}", lang)), ("since", since))
    if report.status in ENDED:
        return (Line("status_ended", named),)
    agency = phrase("agency_hidden", lang) if report.restricted else workflow.agency_name(report.agency, lang)
    where = (("agency", agency), ("due", told.day(report.due)))
    if told.long:
        return Line("status_ended", named), Line("status_where", where, keep=False)
    return (Line("status_is", (*named, *where)),)
