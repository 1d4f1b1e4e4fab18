"""What staff are told by mail: number and link, never what a report says; each thing once, and many things together.

A mail names neither kind nor place of any report: were they left out of restricted ones alone, leaving them out would
tell that a report is one. What somebody may not see any more when the mail is written is not in it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core import deadlines
from core.casework.viewing import visibility_of
from core.messages import Line, Say
from core.model import (
    ENDED,
    Alert,
    AlertChoice,
    AlertKind,
    Contact,
    Delivery,
    DeliveryId,
    DeliveryKind,
    Number,
    StaffId,
)
from core.ports import ReportQuery, Visibility
from core.record import Turn

MOST = 200  # that are noted in one turn, so that citizens' turns come in between
SHOWN = 30  # of one mail; the others are counted
ALONE = timedelta(hours=1)  # of alerts at once: the first of an hour alone, later ones together
LOOKS_AT = 7  # hour of the city's day at which those who want alerts at once hear of what is due tomorrow
MAIL = "mail"
ID = "alert-"
"""With which every alert's own id begins, so that an answer to it is known."""

_READ = 1_000  # of one account's that wait
_CHUNK = 100  # of them that are looked for at once


def note_happened(turn: Turn, since: datetime) -> int:
    """Notes what happened from then on to reports of those who want to hear of it; fewer than `MOST`: it was all."""
    found = turn.tx.alerts.happened(since, MOST)
    for each in found:
        turn.tx.alerts.note(each)
    return len(found)


def accounts_to_tell(turn: Turn) -> Sequence[StaffId]:
    """For whom `tell` has something to do now. It reads alone."""
    return [each.staff for each in turn.tx.alerts.choices() if _looks(turn, each) or _waiting(turn, each, 1)]


def tell(turn: Turn, staff: StaffId) -> bool:
    """Looks for what is due tomorrow, and puts one mail into the outbox where its time has come. Whether it did."""
    choice = turn.tx.alerts.choice(staff)
    if choice is None or not choice.confirmed:
        return False
    contact, account = turn.tx.code_holders.contact(choice.contact), turn.tx.accounts.get(staff)
    if contact is None or account is None or not account.active:
        turn.tx.alerts.drop(staff)  # the wire refused the address for good, or the account was ended
        return False
    sight = visibility_of(account) if account.whole else None
    at = _looks(turn, choice)
    if at is not None:
        _note_due(turn, choice, sight, at)
        choice = replace(choice, looked=at)
        turn.tx.alerts.put(choice)
    told = _taken(turn, choice, sight)
    if told:
        turn.tx.alerts.put(replace(choice, sent=turn.now))
        turn.tx.outbox.add(letter(turn, contact, choice.lang, tuple(_lines(turn, told))))
    return bool(told)


def _taken(turn: Turn, choice: AlertChoice, sight: Visibility | None) -> list[Alert]:
    """What waits and may be told, now or never: what somebody may not see when it is due is not told later either."""
    waiting = _waiting(turn, choice, _READ)
    if waiting:
        turn.tx.alerts.tell(choice.staff, _until(turn, choice) or turn.now)
    return [] if sight is None else _still_theirs(turn, sight, waiting)


def _looks(turn: Turn, choice: AlertChoice) -> datetime | None:
    """From when on it hears of what is due tomorrow; None: it was looked for since."""
    at = _last(turn, LOOKS_AT if choice.hour is None else choice.hour)
    return None if choice.looked is not None and choice.looked >= at else at


def _waiting(turn: Turn, choice: AlertChoice, most: int) -> Sequence[Alert]:
    until = _until(turn, choice)
    return () if until is None else turn.tx.alerts.waiting(choice.staff, until, most)


def _note_due(turn: Turn, choice: AlertChoice, sight: Visibility | None, at: datetime) -> None:
    if sight is None or AlertKind.DUE not in choice.kinds or at < choice.since:
        return
    zone = turn.context.zone
    today = at.astimezone(zone).date()
    tomorrow = today + timedelta(days=1)
    ends = (deadlines.end_of(today, zone), deadlines.end_of(tomorrow, zone))
    asked = ReportQuery(agency=sight.agency, due_after=ends[0], due_until=ends[1], most=MOST)
    step = -tomorrow.toordinal()  # so that another day is another alert
    for each in turn.tx.queues.reports(sight, asked):
        turn.tx.alerts.note(Alert(choice.staff, each.id, each.number, AlertKind.DUE, step, at))


def letter(turn: Turn, contact: Contact, lang: str, lines: tuple[Line, ...]) -> Delivery:
    """One mail of the desk to one of its staff."""
    return Delivery(
        id=DeliveryId(f"{ID}{turn.context.rng.token()}"),
        ordering_key=b"",
        kind=DeliveryKind.ALERT,
        channel=contact.channel,
        to=contact.address,
        say=Say(lines),
        lang=lang,
        not_before=turn.now,
        contact=contact.id,
    )


def _until(turn: Turn, choice: AlertChoice) -> datetime | None:
    """Up to which time what was noted is told now; None: nothing yet."""
    if choice.hour is not None:
        return _last(turn, choice.hour)
    # A clock that was asked about another day may have written then: only what is near counts.
    near = choice.sent is not None and abs(turn.now - choice.sent) < ALONE
    return None if near else turn.now


def _last(turn: Turn, hour: int) -> datetime:
    """When it was that hour last, as people of the city count."""
    local = turn.now.astimezone(turn.context.zone)
    at = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    return (at if at <= local else at - timedelta(days=1)).astimezone(turn.now.tzinfo)


def _still_theirs(turn: Turn, sight: Visibility, waiting: Sequence[Alert]) -> list[Alert]:
    """Of reports that the account may see now, that its office holds, and that are open; each kind of each once."""
    held = set[Number]()
    numbers = sorted({each.number for each in waiting})
    for at in range(0, len(numbers), _CHUNK):
        asked = ReportQuery(open=None, numbers=tuple(numbers[at : at + _CHUNK]))
        found = turn.tx.queues.lines(sight, asked)
        held.update(each.number for each in found if each.agency == sight.agency and each.status not in ENDED)
    told = dict[tuple[Number, AlertKind], Alert]()
    for each in waiting:
        if each.number in held:
            told.setdefault((each.number, each.kind), each)
    return list(told.values())


def _lines(turn: Turn, told: Sequence[Alert]) -> Iterator[Line]:
    desk = turn.context.desk_url
    for each in _in_order(told[:SHOWN]):
        given = (("number", each.number), ("link", f"{desk}/laporan/{each.number}"))
        yield Line(f"desk_alert_said_{each.kind.value}", given)
    if len(told) > SHOWN:
        yield Line("desk_alert_more", (("count", str(len(told) - SHOWN)), ("link", desk)))
    yield Line("desk_alert_foot", (("link", f"{desk}/akun/pemberitahuan"),))


def _in_order(told: Iterable[Alert]) -> Sequence[Alert]:
    """What is late first."""
    return sorted(told, key=lambda each: (_URGENT.index(each.kind), each.at, each.number))


_URGENT = (AlertKind.LATE, AlertKind.DUE, AlertKind.ANSWER, AlertKind.NEW)
