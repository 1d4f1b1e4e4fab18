"""The address of alerts: typed by its owner or an administrator, used once the code that was mailed there was typed.

It is sealed like a citizen's, and shown to nobody. Every change stands in the trail, without it.
"""

import hmac
from dataclasses import replace
from datetime import timedelta

from core import deadlines
from core.casework.actors import Actor, account, arranges
from core.casework.alerts import MAIL, letter
from core.casework.viewing import visibility_of
from core.errors import Refused
from core.messages import Address, Line
from core.model import AlertChoice, AlertKind, AuditEntry, Contact, ContactId, Staff, StaffId
from core.record import Turn

DIGITS = 8
LIVES = timedelta(hours=1)  # of a code
TRIES = 5
CODES_A_DAY = 5
_DAY = timedelta(days=1)


def chosen(turn: Turn, actor: Actor) -> AlertChoice | None:
    """One's own; None: no alerts. Raises Refused."""
    return turn.tx.alerts.choice(account(turn.tx, actor.name).id)


def set_address(turn: Turn, actor: Actor, of: StaffId, address: Address, lang: str) -> None:
    """Mails a code there; nothing else goes there until it was typed. Raises Refused.

    `of`: one's own account, or for administrators any that reads reports.
    """
    staff = _theirs(turn, actor, of)
    limit = f"alert code {staff.id}"
    if turn.tx.inbox.counted(limit, staff.id, turn.now, _DAY)[0] >= CODES_A_DAY:
        raise Refused("desk_alert_codes_many")
    turn.tx.inbox.count(limit, staff.id, turn.now)
    before = turn.tx.alerts.choice(staff.id)
    contact = Contact(ContactId(turn.context.rng.token()), MAIL, address, lang)
    code = f"{turn.context.rng.below(10**DIGITS):0{DIGITS}d}"
    kinds, hour = (frozenset(AlertKind), None) if before is None else (before.kinds, before.hour)
    choice = AlertChoice(
        staff.id,
        contact.id,
        lang,
        deadlines.minute(turn.now),
        kinds,
        hour,
        code=turn.tx.alerts.code_hash(staff.id, code),
        code_until=turn.now + LIVES,
    )
    turn.tx.alerts.put(choice, contact)
    kept = turn.tx.code_holders.contact(choice.contact) or contact
    desk = turn.context.desk_url
    said = Line("desk_alert_code", (("code", code), ("link", f"{desk}/akun/pemberitahuan")))
    turn.tx.outbox.add(letter(turn, kept, lang, (said,)))
    _noted(turn, "alerts-address", staff, actor)


def confirm(turn: Turn, actor: Actor, typed: str) -> bool:
    """Whether it was the code; a wrong one is counted, and after five none opens anything. Raises Refused."""
    staff = account(turn.tx, actor.name)
    choice = turn.tx.alerts.choice(staff.id)
    if choice is None or not choice.code or choice.code_until is None or turn.now >= choice.code_until:
        return False
    digits = "".join(c for c in typed if c.isdecimal() and c.isascii())
    if not hmac.compare_digest(choice.code, turn.tx.alerts.code_hash(staff.id, digits)):
        left = choice.tries + 1 < TRIES
        turn.tx.alerts.put(replace(choice, tries=choice.tries + 1, code=choice.code if left else ""))
        return False
    since = deadlines.minute(turn.now)
    turn.tx.alerts.put(
        replace(choice, confirmed=True, code="", code_until=None, tries=0, since=since, sent=None, looked=None)
    )
    _noted(turn, "alerts-confirmed", staff, actor)
    return True


def choose(turn: Turn, actor: Actor, kinds: frozenset[AlertKind], hour: int | None, lang: str) -> None:
    """Of what, and when; raises Refused where there is no address."""
    staff = account(turn.tx, actor.name)
    choice = turn.tx.alerts.choice(staff.id)
    if choice is None or not choice.confirmed:
        raise Refused("desk_alert_no_address")
    if hour is not None and hour not in range(24):
        raise Refused("desk_alert_hour_wrong")
    turn.tx.alerts.put(replace(choice, kinds=kinds, hour=hour, lang=lang))
    when = "at-once" if hour is None else f"{hour:02d}:00"
    _noted(turn, " ".join(("alerts-choice", when, *sorted(kinds))), staff, actor)


def remove(turn: Turn, actor: Actor, of: StaffId) -> None:
    """Erases the address, and whatever waits for it. Raises Refused."""
    staff = _theirs(turn, actor, of)
    if turn.tx.alerts.choice(staff.id) is not None:
        turn.tx.alerts.drop(staff.id)
        _noted(turn, "alerts-removed", staff, actor)


def _theirs(turn: Turn, actor: Actor, of: StaffId) -> Staff:
    own = account(turn.tx, actor.name)
    if own.id != of:
        arranges(turn.tx, actor)
    staff = own if own.id == of else turn.tx.accounts.get(of)
    if staff is None or not staff.active:
        raise Refused("staff_unknown")
    if visibility_of(staff) is None:
        raise Refused("case_role_reads_nothing")
    return staff


def _noted(turn: Turn, act: str, staff: Staff, by: Actor) -> None:
    said = act if staff.name == by.name else f"{act} {staff.name}"
    turn.tx.audit.add(AuditEntry(turn.now, by.name, said, via=by.via))
