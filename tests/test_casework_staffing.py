"""Which offices have people: each once, with those who handle reports apart."""

from core import casework, workflow
from core.model import StaffRole
from tests.fakes.town_hall import KELURAHAN, TownHall


def test_every_office_that_can_have_accounts_is_there_once() -> None:
    offices = [office for office, _ in casework.offices()]
    assert len(offices) == len(set(offices))
    assert {"kel:31.71.01.1001", "kec:31.71.01", "kota:jaksel", "inspektorat", "bnnp_dki"} <= set(offices)
    assert "pln_uid_jakarta_raya" not in offices
    assert all(workflow.known(office) for office in offices)


def test_who_acts_no_more_and_who_handles_nothing_is_counted_apart() -> None:
    hall = TownHall()
    for name, role in (("a", StaffRole.OFFICER), ("b", StaffRole.CLERK), ("c", StaffRole.HEAD)):
        hall.hire(name, KELURAHAN, role)
    hall.run(lambda turn: casework.disable(turn, "c"))
    rows = {row.office: row for row in hall.run(casework.office_rows)}
    assert (rows[KELURAHAN].accounts, rows[KELURAHAN].handlers) == (2, 1)
    assert rows[workflow.BIRO].accounts == 0
    assert rows[KELURAHAN].city == "jaksel"
    assert rows[workflow.BIRO].city == ""
