"""The state of the service at the desk: numbers, and nothing of any report."""

from core.model import AgencyId, StaffRole
from tests.fakes import nouns
from tests.fakes.office import ROOT, Office


async def test_numbers_stand_there_and_no_report() -> None:
    office = Office()
    office.hire("admin", StaffRole.ADMIN, AgencyId("biro_pemerintahan"))
    report = office.receives()
    office.turn(lambda turn: turn.tx.outbox.add(nouns.delivery()))
    html = (await (await office.at_work("admin")).opens(f"{ROOT}/sistem")).text
    for shown in ("<b>3</b>", "SQLite", "1.2.3", "berjalan di proses ini", '<th scope="row">SMS</th>', "kabar"):
        assert shown in html
    assert report.number not in html
    assert report.text not in html
