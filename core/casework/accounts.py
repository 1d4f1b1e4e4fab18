"""Accounts of staff: who can have one, and what administrators and operators do to them; all of it noted."""

import re
from dataclasses import replace

from core import workflow
from core.casework import confirmations, login
from core.casework.actors import OPERATOR, Actor, arranges
from core.errors import Refused
from core.model import AgencyId, AuditEntry, Right, Staff, StaffId
from core.ports import RandomSource, StaffRepositories
from core.record import Turn

_NAME = re.compile(r"\w(?:[\w .@'+-]{0,62}[\w.])?", re.ASCII)  # no letter of one alphabet that looks like another's
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is misread on paper
_LENGTH = 16  # 79 bits


def made_up(rng: RandomSource) -> str:
    """A password for somebody else, who changes it at the first login."""
    return "".join(_ALPHABET[rng.below(len(_ALPHABET))] for _ in range(_LENGTH))


def fitting(turn: Turn, staff: Staff) -> None:
    """Raises Refused where there can be no such account."""
    if not _NAME.fullmatch(staff.name):
        raise Refused("staff_name_wrong")
    if not workflow.known(staff.agency):
        raise Refused("case_office_unknown")
    if workflow.external(staff.agency) and not workflow.reads_restricted(staff.agency):
        raise Refused("staff_office_outside")
    if staff.may(Right.CITY) and staff.agency != workflow.BIRO:
        raise Refused("staff_biro_only")
    if turn.tx.accounts.by_similar_name(staff.name) is not None:
        raise Refused("staff_name_taken")


def add_staff(turn: Turn, staff: Staff, password: str, by: Actor = OPERATOR, *, witness: str = "") -> Staff:
    """A new account with the hash of its password; raises Refused. `witness`: who watched an operator."""
    arranges(turn.tx, by)
    fitting(turn, staff)
    named = replace(staff, id=StaffId(turn.context.rng.token()), given=turn.now)
    made = _changed(turn, named, "staff-add", by)
    if witness:
        made = confirmations.witnessed(turn, made, witness, first=True)
    turn.tx.accounts.add(made, password)
    return made


def disable(turn: Turn, name: str, by: Actor = OPERATOR) -> None:
    """It can act no more, from this moment, and its sessions end; no second person is waited for. Raises Refused."""
    arranges(turn.tx, by)
    _another(name, by)
    staff = _there(turn.tx, name)
    turn.tx.accounts.change(replace(staff, active=False))
    login.end_sessions(turn, staff)
    turn.tx.alerts.drop(staff.id)
    _noted(turn, "staff-disable", name, by)


def change_password(
    turn: Turn, name: str, password: str, *, fresh: bool = False, by: Actor = OPERATOR, witness: str = ""
) -> Staff:
    """The hash of another password, and its sessions end; `fresh`: it was made up. Raises Refused."""
    arranges(turn.tx, by)
    _another(name, by)
    staff = replace(_there(turn.tx, name), fresh=fresh, given=turn.now)
    staff = _changed(turn, staff, "staff-reset", by)
    if witness:
        staff = confirmations.witnessed(turn, staff, witness, first=False)
    turn.tx.accounts.change(staff, password)
    login.end_sessions(turn, staff)
    return staff


def drop_factor(turn: Turn, name: str, by: Actor = OPERATOR) -> None:
    """Whoever lost telephone and recovery codes has no second step any more; sessions end. Raises Refused."""
    arranges(turn.tx, by)
    _another(name, by)
    staff = _there(turn.tx, name)
    if turn.tx.factors.of(staff.id) is not None:
        turn.tx.factors.drop(staff.id)
        login.end_sessions(turn, staff)
        turn.tx.accounts.change(_changed(turn, staff, "second-step-off", by))


def office_of(name: str) -> AgencyId:
    """An office as it is written on a command line; raises Refused."""
    office = AgencyId(name.strip())
    if not workflow.known(office):
        raise Refused("case_office_unknown")
    return office


def _there(tx: StaffRepositories, name: str) -> Staff:
    """Whoever can be given something, or have it taken away: whole or not."""
    staff = tx.accounts.lock_by_name(name)
    if staff is None or not staff.active:
        raise Refused("staff_unknown")
    return staff


def _changed(turn: Turn, staff: Staff, act: str, by: Actor) -> Staff:
    _noted(turn, act, staff.name, by)
    return confirmations.waiting(turn, staff, act, by)


def _another(name: str, by: Actor) -> None:
    """The last administrator must not shut the door behind themselves."""
    if name == by.name:
        raise Refused("staff_not_oneself")


def _noted(turn: Turn, act: str, name: str, by: Actor) -> None:
    """What a terminal does stands under the account that it was done to, what somebody does under their own."""
    if by == OPERATOR:
        turn.tx.audit.add(AuditEntry(turn.now, name, act))
    else:
        turn.tx.audit.add(AuditEntry(turn.now, by.name, f"{act} {name}", via=by.via))
