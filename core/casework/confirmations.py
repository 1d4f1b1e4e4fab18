"""The second person: what one alone does to an account that sees much opens nothing until another has confirmed it.

Who confirms is somebody of the same office; where it has nobody, two others. None of them is who did it or whom it was
done to, and each stands behind a second person themselves: an account that anybody can make alone confirms nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from core.casework.actors import OPERATOR, Actor, account
from core.casework.login import needs_factor
from core.errors import Refused
from core.model import AuditEntry, Pending, Right, Staff, StaffId
from core.record import Turn

WITNESS_LONGEST = 64
_OTHERS = 2


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """An account that waits. `mine`: its reader may confirm it now; `within`: somebody of its own office has to."""

    staff: Staff
    mine: bool
    within: bool


def waiting(turn: Turn, staff: Staff, act: str, by: Actor) -> Staff:
    """The account after somebody else changed it so: it opens nothing from now, where a second person is wanted."""
    if not turn.context.second_person or not needs_factor(staff):
        return replace(staff, pending=None)
    before = staff.pending.by if staff.pending is not None else ()
    by_all = tuple(dict.fromkeys((*before, by.name)))
    return replace(staff, pending=Pending(turn.context.rng.token(), act, by_all, turn.now))


def witnessed(turn: Turn, staff: Staff, witness: str, *, first: bool) -> Staff:
    """The account after an operator named who watched; whole where nobody else can have a say. Raises Refused.

    That is the first account of its office (`first`: it is new), or one that nobody there is could confirm.
    """
    witness = " ".join(witness.split())
    if not witness.isprintable() or not 0 < len(witness) <= WITNESS_LONGEST or witness in {staff.name, OPERATOR.name}:
        raise Refused("staff_witness_wrong")
    turn.tx.audit.add(AuditEntry(turn.now, staff.name, f"staff-witness {witness}"))
    everybody = turn.tx.accounts.all()
    alone = first and not any(_beside(each, staff) and needs_factor(each) for each in everybody)
    return replace(staff, pending=None) if alone or not _can_be(everybody, staff) else staff


def may_confirm(staff: Staff) -> bool:
    """Whether somebody can be a second person at all; a head or officer of an office that one alone fills cannot."""
    return staff.whole and needs_factor(staff) and staff.may(Right.HANDLE, Right.ARRANGE)


def to_confirm(turn: Turn, by: Actor) -> Sequence[ToConfirm]:
    """What waits and is theirs to confirm, by name; administrators find all that waits. Raises Refused."""
    reader = account(turn.tx, by.name)
    if not may_confirm(reader):
        return ()
    everybody = turn.tx.accounts.all()
    found = []
    for each in everybody:
        if each.active and each.pending is not None:
            able, within = _able(everybody, each)
            mine = any(one.id == reader.id for one in able) and each.pending.first != reader.name
            found.append(ToConfirm(each, mine, within))
    return [each for each in found if each.mine or reader.may(Right.ARRANGE)]


def confirm(turn: Turn, of: StaffId, change: str, by: Actor) -> Staff:
    """The account as it is after somebody has confirmed the change that they saw; raises Refused.

    A password that was made up is changed by its owner before: whoever made it up could come in with it otherwise.
    """
    reader, tx = account(turn.tx, by.name), turn.tx
    found = tx.accounts.get(of)
    staff = None if found is None else tx.accounts.lock_by_name(found.name)
    if staff is None or not staff.active or staff.pending is None or staff.pending.id != change:
        raise Refused("second_changed")
    everybody = tx.accounts.all()
    able, within = _able(everybody, staff)
    if not any(each.id == reader.id for each in able) or staff.pending.first == reader.name:
        raise Refused("second_not_you")
    if staff.fresh:
        raise Refused("second_fresh")
    enough = within or any(each.name == staff.pending.first for each in able)
    staff = replace(staff, pending=None if enough else replace(staff.pending, first=reader.name))
    tx.accounts.change(staff)
    act = "staff-confirm" if enough else "staff-confirm-first"
    tx.audit.add(AuditEntry(turn.now, by.name, f"{act} {staff.name}", via=by.via))
    return staff


def _able(everybody: Iterable[Staff], staff: Staff) -> tuple[list[Staff], bool]:
    """Who may confirm it now, and whether they are of its office; else two of them have to."""
    by = staff.pending.by if staff.pending is not None else ()
    others = [each for each in everybody if may_confirm(each) and each.id != staff.id and each.name not in by]
    within = [each for each in others if _beside(each, staff)]
    return (
        (within, True)
        if within
        else ([each for each in others if each.may(Right.LEAD, Right.CITY, Right.ARRANGE)], False)
    )


def _can_be(everybody: Iterable[Staff], staff: Staff) -> bool:
    able, within = _able(everybody, staff)
    return within or len(able) >= _OTHERS


def _beside(each: Staff, staff: Staff) -> bool:
    return each.agency == staff.agency and each.id != staff.id
