"""What each role may do: a row a role, so that a new one opens nothing but what its row says."""

from collections.abc import Mapping
from enum import StrEnum


class StaffRole(StrEnum):
    """What an account is for; the names of the command line."""

    OFFICER = "officer"
    HEAD = "head"  # of an agency
    BIRO = "biro"  # of the office that coordinates: checks and validates
    CLERK = "clerk"  # files for citizens at a counter
    ADMIN = "admin"
    AUDITOR = "auditor"


class Right(StrEnum):
    """One thing that a role may do."""

    HANDLE = "handle"  # read the reports that its office holds or held, and move those that it holds
    LEAD = "lead"  # its office: check what nobody else may read, see what is late, ask once more than others
    CITY = "city"  # the same of every office, but for what is restricted
    COUNTER = "counter"  # file for citizens
    ARRANGE = "arrange"  # accounts, routing, partners, ready answers
    AUDIT = "audit"  # read the trail


RIGHTS: Mapping[StaffRole, frozenset[Right]] = {
    StaffRole.OFFICER: frozenset({Right.HANDLE}),
    StaffRole.HEAD: frozenset({Right.HANDLE, Right.LEAD}),
    StaffRole.BIRO: frozenset({Right.HANDLE, Right.CITY}),
    StaffRole.CLERK: frozenset({Right.COUNTER}),
    StaffRole.ADMIN: frozenset({Right.ARRANGE}),
    StaffRole.AUDITOR: frozenset({Right.AUDIT}),
}


def roles_with(*rights: Right) -> frozenset[StaffRole]:
    """Those that have one of them at least."""
    return frozenset(role for role, has in RIGHTS.items() if has & {*rights})
