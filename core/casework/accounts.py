"""Who acts: accounts of staff, what their role asks of their office, and who may arrange them."""

import re
from dataclasses import dataclass, replace

from core import workflow
from core.casework import entrance
from core.errors import Refused
from core.model import AgencyId, AuditEntry, Staff, StaffId, StaffRole
from core.ports import Dice, Tx
from core.record import Turn

_NAME = re.compile(r"\w(?:[\w .@'+-]{0,62}[\w.])?")
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is misread on paper
_LENGTH = 16  # 79 bits


@dataclass(frozen=True, slots=True)
class Actor:
    """The account that somebody acts under, and by which way in."""

    name: str
    via: str = "terminal"


OPERATOR = Actor("-")
"""Whoever has a shell with the keys: no account can be called so."""


def account(tx: Tx, name: str) -> Staff:
    """Who acts; raises Refused where there is no such account, or none any more."""
    staff = tx.accounts.by_name(name)
    if staff is None or not staff.active:
        raise Refused("staff_unknown")
    return staff


def arranges(tx: Tx, by: Actor) -> None:
    """Operators do, and administrators as long as they are; raises Refused."""
    if by != OPERATOR and account(tx, by.name).role is not StaffRole.ADMIN:
        raise Refused("case_not_yours")


def made_up(dice: Dice) -> str:
    """A password for somebody else, who changes it at the first login."""
    return "".join(_ALPHABET[dice.below(len(_ALPHABET))] for _ in range(_LENGTH))


def fitting(turn: Turn, staff: Staff) -> None:
    """Raises Refused where there can be no such account."""
    if not _NAME.fullmatch(staff.name):
        raise Refused("staff_name_wrong")
    if not workflow.known(staff.agency):
        raise Refused("case_office_unknown")
    if workflow.external(staff.agency) and not workflow.reads_restricted(staff.agency):
        raise Refused("staff_office_outside")
    if staff.role is StaffRole.BIRO and staff.agency != workflow.BIRO:
        raise Refused("staff_biro_only")
    if turn.tx.accounts.by_name(staff.name) is not None:
        raise Refused("staff_name_taken")


def add_staff(turn: Turn, staff: Staff, password: str, by: Actor = OPERATOR) -> Staff:
    """A new account with the hash of its password; raises Refused."""
    arranges(turn.tx, by)
    fitting(turn, staff)
    named = replace(staff, id=StaffId(turn.house.dice.token()))
    turn.tx.accounts.add(named, password)
    _noted(turn, "staff-add", staff.name, by)
    return named


def disable(turn: Turn, name: str, by: Actor = OPERATOR) -> None:
    """It can act no more, from this moment, and its sessions end; raises Refused."""
    arranges(turn.tx, by)
    _another(name, by)
    staff = account(turn.tx, name)
    turn.tx.accounts.change(replace(staff, active=False))
    entrance.end_sessions(turn, staff)
    _noted(turn, "staff-disable", name, by)


def change_password(turn: Turn, name: str, password: str, *, fresh: bool = False, by: Actor = OPERATOR) -> None:
    """The hash of another password, and its sessions end; `fresh`: it was made up. Raises Refused."""
    arranges(turn.tx, by)
    _another(name, by)
    staff = replace(account(turn.tx, name), fresh=fresh)
    turn.tx.accounts.change(staff, password)
    entrance.end_sessions(turn, staff)
    _noted(turn, "staff-reset", name, by)


def office_of(name: str) -> AgencyId:
    """An office as it is written on a command line; raises Refused."""
    office = AgencyId(name.strip())
    if not workflow.known(office):
        raise Refused("case_office_unknown")
    return office


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
