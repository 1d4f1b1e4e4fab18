"""How somebody stands to a report: what may be read, and in which part of the table's `by` they are."""

from core.model import AgencyId, Report, Right, Staff
from core.workflow import offices
from core.workflow.table import Relation


def relations(staff: Staff, report: Report) -> frozenset[Relation]:
    """Returns the relations of a member of staff to a report now; an office that held it before has none."""
    if not staff.whole or not staff.may(Right.HANDLE):
        return frozenset()
    found = set[Relation]()
    holds = staff.agency == report.agency
    if holds:
        found.add(Relation.HOLDER)
    biro = staff.may(Right.CITY) and not report.restricted
    if biro:
        found.add(Relation.BIRO)
    alone = report.restricted or report.agency == offices.BIRO
    if (holds and staff.may(Right.LEAD)) if alone else biro:
        found.add(Relation.SECOND)
    return frozenset(found)


def may_read(staff: Staff, report: Report, held: frozenset[AgencyId]) -> bool:
    """Whether a member of staff may read a report; a restricted one only its agency may.

    `held`: offices that held it.
    """
    if not staff.whole or not staff.may(Right.HANDLE):
        return False
    if report.restricted:
        return staff.agency == report.agency
    return staff.agency in held or staff.may(Right.CITY)
