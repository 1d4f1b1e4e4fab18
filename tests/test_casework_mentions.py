"""A colleague who is named in a note finds the report in a list, until they open it."""

import pytest

from core.casework.mentions import named_in
from core.model import AgencyId, Staff, StaffId, StaffRole
from tests.fakes.office import ROOT, Office
from tests.test_desk_queue import numbers

OFFICE = AgencyId("kel:31.71.01.1001")


def _staff(name: str) -> Staff:
    return Staff(StaffId(name), name, OFFICE, StaffRole.OFFICER)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@siti tolong cek", ["siti"]),
        ("Tolong @Siti.", ["siti"]),
        ("@siti.gambir saja", ["siti.gambir"]),
        ("@siti, @budi s", ["siti", "budi s"]),
        ("siti@budi s", []),
        ("@sitinur", []),
        ("@@siti", ["siti"]),
    ],
)
def test_only_a_whole_name_behind_an_at_is_a_mention(text: str, named: list[str]) -> None:
    colleagues = [_staff(name) for name in ("siti", "siti.gambir", "budi s")]
    assert [each.name for each in named_in(text, colleagues)] == named


async def test_who_is_named_sees_it_until_they_open_it_and_nobody_else_does() -> None:
    office = Office()
    office.hire("siti")
    office.hire("budi")
    office.hire("admin", StaffRole.ADMIN)
    office.hire("jauh", agency=AgencyId("kel:31.74.01.1001"))
    report = office.receives()
    siti, budi = await office.at_work("siti"), await office.at_work("budi")
    await siti.does(report.number, "note", {"text": "@budi @admin @jauh @siti tolong lihat"})
    assert {each.staff for each in office.town.store.state.mentions.values()} == {
        next(staff.id for staff in office.town.store.state.staff.values() if staff.name == "budi")
    }
    assert "tolong lihat" not in str(office.town.store.state.mentions)
    html = (await budi.opens()).text
    assert "Anda disebut di" in html
    assert numbers(html) == [report.number] * 2
    assert "Anda disebut di" not in (await siti.opens()).text
    await budi.opens(f"{ROOT}/laporan/{report.number}")
    assert "Anda disebut di" not in (await budi.opens()).text


async def test_a_mention_of_a_report_that_became_somebody_elses_alone_is_not_shown() -> None:
    office = Office()
    office.hire("siti")
    office.hire("budi")
    report = office.receives()
    siti, budi = await office.at_work("siti"), await office.at_work("budi")
    await siti.does(report.number, "note", {"text": "@budi"})
    office.town.store.state.held[report.id] = frozenset({AgencyId("satpol_pp")})
    assert "Anda disebut di" not in (await budi.opens()).text
