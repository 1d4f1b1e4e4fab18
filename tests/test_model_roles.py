"""What a role may do is what its row says, and no role sees both who arranges and what was reported."""

from itertools import chain

import pytest

from core.model import RIGHTS, AgencyId, Right, Staff, StaffId, StaffRole, roles_with

LOOKS_AWAY = {Right.COUNTER, Right.ARRANGE, Right.AUDIT}


@pytest.mark.parametrize("role", StaffRole)
def test_each_role_has_its_row_and_may_do_what_it_says_and_nothing_else(role: StaffRole) -> None:
    staff = Staff(StaffId("s"), "siti", AgencyId("dinas_sda"), role)
    assert {right for right in Right if staff.may(right)} == RIGHTS[role]
    assert not staff.may()


def test_each_right_is_somebodys() -> None:
    assert set(chain.from_iterable(RIGHTS.values())) == set(Right)
    assert all(roles_with(right) for right in Right)


def test_any_of_several_rights_is_enough() -> None:
    assert roles_with() == frozenset()
    assert roles_with(*Right) == {role for role in StaffRole if RIGHTS[role]}
    for one in Right:
        assert roles_with(one) == {role for role in StaffRole if one in RIGHTS[role]}
        assert roles_with(one, Right.HANDLE) == roles_with(one) | roles_with(Right.HANDLE)


@pytest.mark.parametrize("role", StaffRole)
def test_who_reads_reports_arranges_nothing_and_who_leads_reads_them(role: StaffRole) -> None:
    rights = RIGHTS[role]
    assert not (Right.HANDLE in rights and rights & LOOKS_AWAY)
    assert Right.HANDLE in rights or not rights & {Right.LEAD, Right.CITY}
