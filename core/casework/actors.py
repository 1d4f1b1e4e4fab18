"""Who acts: an account that is whole, by which way in, or an operator."""

from dataclasses import dataclass

from core.errors import Refused
from core.model import Right, Staff
from core.ports import StaffRepositories, UnitOfWork


@dataclass(frozen=True, slots=True)
class Actor:
    """The account that somebody acts under, and by which way in."""

    name: str
    via: str = "terminal"


OPERATOR = Actor("-")
"""Whoever has a shell with the keys: no account can be called so."""


def account(tx: StaffRepositories, name: str) -> Staff:
    """Who acts; raises Refused where there is no such account, none any more, or none yet."""
    return acting(tx.accounts.by_name(name))


def acting(staff: Staff | None) -> Staff:
    """Same as `account`, of an account that was found already."""
    if staff is None or not staff.active:
        raise Refused("staff_unknown")
    if staff.pending is not None:
        raise Refused("staff_pending")
    return staff


def leader(tx: StaffRepositories, name: str) -> Staff:
    """Who checks and answers for an office: a head for their own, the Biro for every one. Raises Refused."""
    return leading(account(tx, name))


def leading(staff: Staff) -> Staff:
    """Same as `leader`, of an account that was found already."""
    if not staff.may(Right.LEAD, Right.CITY):
        raise Refused("case_not_yours")
    return staff


def arranges(tx: UnitOfWork, by: Actor) -> None:
    """Operators do, and administrators as long as they are; raises Refused."""
    if by != OPERATOR and not account(tx, by.name).may(Right.ARRANGE):
        raise Refused("case_not_yours")
