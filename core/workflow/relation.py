"""How somebody stands to a report: what may be read, and in which part of the table's `by` they are."""

from core.model import AgencyId, Report, Staff, StaffRole
from core.workflow import offices
from core.workflow.table import Relation

_HANDLERS = frozenset({StaffRole.OFFICER, StaffRole.HEAD, StaffRole.BIRO})


def relations(staff: Staff, report: Report) -> frozenset[Relation]:
    """How a member of staff stands to a report now; whoever held it before may see it and stands nowhere."""
    if not staff.whole or staff.role not in _HANDLERS:
        return frozenset()
    found = set[Relation]()
    holds = staff.agency == report.agency
    if holds:
        found.add(Relation.HOLDER)
    biro = staff.role is StaffRole.BIRO and not report.restricted
    if biro:
        found.add(Relation.BIRO)
    alone = report.restricted or report.agency == offices.BIRO
    if (holds and staff.role is StaffRole.HEAD) if alone else biro:
        found.add(Relation.SECOND)
    return frozenset(found)


def may_read(staff: Staff, report: Report, held: frozenset[AgencyId]) -> bool:
    """Whether somebody may see a report; a restricted one only its agency."""
    if not staff.whole or staff.role not in _HANDLERS:
        return False
    if report.restricted:
        return staff.agency == report.agency
    return staff.agency in held or staff.role is StaffRole.BIRO
