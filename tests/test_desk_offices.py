"""Offices at the desk: how many accounts each has, and which have nobody who handles reports."""

import re

from core import casework
from core.model import AgencyId, StaffRole
from tests.fakes.office import GAMBIR, ROOT, Office

OFFICES = f"{ROOT}/instansi"


def shown(html: str, name: str) -> tuple[str, bool]:
    """What stands beside an office, and whether it is marked."""
    found = re.search(rf'<li( class="nobody")?><span>{name}</span> <b>([^<]+)</b>', html)
    assert found is not None
    return found.group(2), bool(found.group(1))


async def test_each_office_stands_with_its_accounts_and_those_with_nobody_are_marked() -> None:
    office = Office()
    office.hire("admin", StaffRole.ADMIN, AgencyId("biro_pemerintahan"))
    office.hire("siti")
    office.hire("loket", StaffRole.CLERK, GAMBIR)
    browser = await office.at_work("admin")
    html = (await browser.opens(OFFICES)).text
    assert shown(html, "Kelurahan Gambir") == ("2", False)
    assert shown(html, "Biro Pemerintahan") == ("1", True)
    assert shown(html, "Kelurahan Petojo Selatan") == ("belum ada", True)
    assert f"<b>{len(casework.offices())}</b>" in html
    assert len(html) < 100_000


async def test_only_those_with_nobody_are_shown_where_that_is_asked() -> None:
    office = Office()
    office.hire("admin", StaffRole.ADMIN, AgencyId("biro_pemerintahan"))
    office.hire("siti")
    html = (await (await office.at_work("admin")).opens(f"{OFFICES}?daftar=kosong")).text
    assert "<span>Kelurahan Gambir</span>" not in html
    assert "<span>Kelurahan Petojo Selatan</span>" in html
