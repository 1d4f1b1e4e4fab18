"""The state of the service at the desk: numbers, and nothing of any report."""

from dataclasses import replace

from core.model import AgencyId, StaffRole
from core.phrases import phrase
from tests.fakes import nouns
from tests.fakes.office import ROOT, Office
from tests.fakes.web_services import Behind
from web import create_app


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


async def test_whoever_works_at_the_desk_is_told_what_is_wrong_with_the_service_and_a_stranger_is_not() -> None:
    office = Office()
    office.desk = replace(office.desk, troubles=lambda: (("desk_warn_disk", ""), ("desk_warn_wire", "sms")))
    office.app = create_app(replace(Behind().services(), desk=office.desk))
    office.hire("siti", StaffRole.OFFICER, AgencyId("dinas_bina_marga"))
    told = (phrase("desk_warn_disk", "id"), phrase("desk_warn_wire", "id", channel="SMS"))
    stranger = (await office.browser().opens(f"{ROOT}/masuk")).text
    assert not [each for each in told if each in stranger]
    html = (await (await office.at_work("siti")).opens(ROOT)).text
    assert [each for each in told if each not in html] == []
