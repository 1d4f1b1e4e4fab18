"""What is late, by agency: all that is not restricted for the Biro, one's own and what has climbed for heads."""

import pytest

from core import casework
from core.casework import Late
from core.categories import CATEGORIES
from core.errors import Refused
from core.model import AgencyId, AreaCode, StaffRole
from tests.fakes.town_hall import BIRO, KELURAHAN, TEBET, TownHall

KECAMATAN = "kec:31.74.01"
INSPECTORS = "inspektorat"
SECRET = next(each.id for each in CATEGORIES if each.restricted == INSPECTORS)


@pytest.fixture
def hall() -> TownHall:
    made = TownHall()
    made.hire("biro1", BIRO, StaffRole.BIRO)
    for name, office in (("lurah", KELURAHAN), ("camat", KECAMATAN), ("kepala", INSPECTORS)):
        made.hire(name, office, StaffRole.HEAD)
    return made


def late(hall: TownHall, name: str) -> Late:
    return hall.run(lambda turn: casework.late(turn, name))


def agencies(hall: TownHall, name: str) -> dict[str, int]:
    return {each.agency: each.reports for each in late(hall, name).agencies}


def test_the_biro_sees_every_agency_that_is_late_and_heads_their_own(hall: TownHall) -> None:
    hall.files(), hall.files(), hall.files(area=AreaCode("31.71.01.1001"))
    assert agencies(hall, "biro1") == {}
    hall.passes(days=8)
    assert agencies(hall, "biro1") == {KELURAHAN: 2, "kel:31.71.01.1001": 1}
    assert agencies(hall, "lurah") == {KELURAHAN: 2}
    assert agencies(hall, "camat") == {}


def test_what_climbs_is_seen_by_the_office_above_until_it_is_done(hall: TownHall) -> None:
    number = hall.files()
    hall.passes(days=11)
    assert agencies(hall, "camat") == {KELURAHAN: 1}
    [row] = hall.run(lambda turn: casework.late_of(turn, "camat", AgencyId(KELURAHAN)))
    assert (row.number, row.readable) == (number, False)
    assert not hall.run(lambda turn: casework.late_of(turn, "lurah", AgencyId(KELURAHAN)))
    hall.hire("siti", KELURAHAN)
    hall.finishes("siti", number, "biro1")
    assert agencies(hall, "camat") == agencies(hall, "biro1") == {}


def test_of_restricted_ones_the_biro_hears_number_agency_and_days_once_they_climbed(hall: TownHall) -> None:
    number = hall.files(SECRET, TEBET)
    hall.passes(days=8)
    assert late(hall, "biro1") == Late(())
    assert agencies(hall, "kepala") == {INSPECTORS: 1}
    hall.passes(days=3)
    found = late(hall, "biro1")
    assert (found.agencies, [(each.number, each.agency) for each in found.restricted]) == ((), [(number, INSPECTORS)])
    assert not any(each.readable for each in found.restricted)
    assert late(hall, "kepala").restricted == ()


def test_marks_for_evaluation_are_counted(hall: TownHall) -> None:
    hall.files()
    hall.passes(days=31)
    [row] = late(hall, "biro1").agencies
    assert (row.reports, row.evaluation) == (1, 1)


@pytest.mark.parametrize("role", sorted(set(StaffRole) - {StaffRole.HEAD, StaffRole.BIRO}))
def test_nobody_else_is_answered_to(hall: TownHall, role: StaffRole) -> None:
    hall.hire("budi", BIRO, role)
    with pytest.raises(Refused, match="case_not_yours"):
        late(hall, "budi")
    with pytest.raises(Refused, match="case_not_yours"):
        hall.run(lambda turn: casework.late_of(turn, "budi", AgencyId(KELURAHAN)))
