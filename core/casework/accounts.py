"""Accounts of staff: who can have one, and what administrators and operators do to them; all of it noted."""

import re
from dataclasses import replace

from core import workflow
from core.casework import confirmations, login
from core.casework.actors import OPERATOR, Actor, arranges
from core.errors import NameTaken, Refused
from core.model import AgencyId, AuditEntry, Right, Staff, StaffId, StaffIdentity, StaffRole, roles_with
from core.ports import RandomSource, StaffRepositories
from core.record import Turn

_NAME = re.compile(r"\w(?:[\w .@'+-]{0,62}[\w.])?", re.ASCII)  # no letter of one alphabet that looks like another's
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is misread on paper
_LENGTH = 16  # 79 bits
LONGEST_SUBJECT = 255  # characters, as OpenID Connect has it


def made_up(rng: RandomSource) -> str:
    """A password for somebody else, who changes it at the first login."""
    return "".join(_ALPHABET[rng.below(len(_ALPHABET))] for _ in range(_LENGTH))


def fitting(turn: Turn, staff: Staff) -> None:
    """Raises Refused where there can be no such account."""
    if not _NAME.fullmatch(staff.name):
        raise Refused("staff_name_wrong")
    placed(staff.role, staff.agency)
    if turn.tx.accounts.by_similar_name(staff.name) is not None:
        raise Refused("staff_name_taken")


def placed(role: StaffRole, office: AgencyId) -> None:
    """Raises Refused where nobody can have that role there."""
    if not workflow.known(office):
        raise Refused("case_office_unknown")
    if workflow.external(office) and not workflow.reads_restricted(office):
        raise Refused("staff_office_outside")
    if role in roles_with(Right.CITY) and office != workflow.BIRO:
        raise Refused("staff_biro_only")


def free_name(turn: Turn, wanted: str) -> str:
    """A name as near to the wanted one as an account can have, and that nobody has."""
    plain = "".join(c for c in wanted if c.isascii() and (c.isalnum() or c in " .@'+_-"))[:40].strip(" @'+-.")
    plain = plain if _NAME.fullmatch(plain) else "sso"
    taken = turn.tx.accounts.by_similar_name(plain) is not None
    return f"{plain}-{turn.context.rng.token()[:8]}" if taken else plain


def tie_identity(turn: Turn, name: str, issuer: str, subject: str, by: Actor = OPERATOR) -> Staff:
    """Whoever the provider means by that subject has this account from now on; raises Refused."""
    arranges(turn.tx, by)
    _another(name, by)
    subject = subject.strip()
    if not issuer or not 0 < len(subject) <= LONGEST_SUBJECT or not subject.isprintable():
        raise Refused("desk_oidc_subject_wrong")
    staff = _changed(turn, _there(turn.tx, name), "staff-tie", by)
    try:
        turn.tx.identities.put(StaffIdentity(issuer, subject, staff.id))
    except NameTaken:
        raise Refused("desk_oidc_subject_taken") from None
    turn.tx.accounts.change(staff)
    login.end_sessions(turn, staff)
    return staff


def untie_identity(turn: Turn, name: str, by: Actor = OPERATOR) -> None:
    """Nobody comes in by single sign-on as this account; its sessions end. Raises Refused."""
    arranges(turn.tx, by)
    _another(name, by)
    staff = _there(turn.tx, name)
    if turn.tx.identities.of_staff(staff.id) is not None:
        turn.tx.identities.drop(staff.id)
        login.end_sessions(turn, staff)
        _noted(turn, "staff-untie", name, by)


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
    if not workflow.in_service(office):
        raise Refused("case_office_retired")
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
    """The last administrator must not lock everybody out."""
    if name == by.name:
        raise Refused("staff_not_oneself")


def _noted(turn: Turn, act: str, name: str, by: Actor) -> None:
    """What a terminal does stands under the account that it was done to, what somebody does under their own."""
    if by == OPERATOR:
        turn.tx.audit.add(AuditEntry(turn.now, name, act))
    else:
        turn.tx.audit.add(AuditEntry(turn.now, by.name, f"{act} {name}", via=by.via))
