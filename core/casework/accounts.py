"""Who acts: accounts of staff, and what their role asks of their office."""

import re
from dataclasses import dataclass, replace

from core import workflow
from core.casework import entrance
from core.errors import Refused
from core.model import AgencyId, AuditEntry, Staff, StaffId, StaffRole
from core.ports import Tx
from core.record import Turn

_NAME = re.compile(r"\w(?:[\w .@'+-]{0,62}[\w.])?")


@dataclass(frozen=True, slots=True)
class Actor:
    """The account that somebody acts under, and by which way in."""

    name: str
    via: str = "terminal"


def account(tx: Tx, name: str) -> Staff:
    """Who acts; raises Refused where there is no such account, or none any more."""
    staff = tx.accounts.by_name(name)
    if staff is None or not staff.active:
        raise Refused("staff_unknown")
    return staff


def add_staff(turn: Turn, staff: Staff, password: str) -> Staff:
    """A new account with the hash of its password; raises Refused."""
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
    named = replace(staff, id=StaffId(turn.house.dice.token()))
    turn.tx.accounts.add(named, password)
    turn.tx.audit.add(AuditEntry(turn.now, staff.name, "staff-add"))
    return named


def disable(turn: Turn, name: str) -> None:
    """It can act no more, from this moment, and its sessions end; raises Refused."""
    staff = account(turn.tx, name)
    turn.tx.accounts.change(replace(staff, active=False))
    entrance.end_sessions(turn, staff)
    turn.tx.audit.add(AuditEntry(turn.now, name, "staff-disable"))


def change_password(turn: Turn, name: str, password: str, *, fresh: bool = False) -> None:
    """The hash of another password, and its sessions end; `fresh`: it was made up. Raises Refused."""
    staff = replace(account(turn.tx, name), fresh=fresh)
    turn.tx.accounts.change(staff, password)
    entrance.end_sessions(turn, staff)
    turn.tx.audit.add(AuditEntry(turn.now, name, "staff-reset"))


def office_of(name: str) -> AgencyId:
    """An office as it is written on a command line; raises Refused."""
    office = AgencyId(name.strip())
    if not workflow.known(office):
        raise Refused("case_office_unknown")
    return office
