"""The trail at the desk: newest first, by account and by number, and whether it is whole."""

import re

from core.model import AuditEntry, Number, StaffRole
from tests.fakes.office import ROOT, Browser, Office

TRAIL = f"{ROOT}/jejak"


async def auditor(office: Office) -> Browser:
    office.hire("auditor", StaffRole.AUDITOR)
    return await office.at_work("auditor")


def noted(office: Office, *entries: tuple[str, str, str]) -> None:
    for who, act, number in entries:
        entry = AuditEntry(office.town.clock.now(), who, act, Number(number) if number else None, "desk")
        office.turn(lambda turn, entry=entry: turn.tx.audit.add(entry))  # type: ignore[misc]  # a default binds the loop variable


def rows(html: str) -> list[str]:
    return re.findall(r'<th scope="row">(\d+)</th>', html)


async def test_the_newest_stands_first_and_older_ones_are_a_page_away() -> None:
    office = Office()
    browser = await auditor(office)
    noted(office, *[("siti", f"act{n}", "") for n in range(60)])
    html = (await browser.opens(TRAIL)).text
    assert rows(html) == [str(n) for n in range(61, 11, -1)]
    assert f'href="{TRAIL}?sebelum=12"' in html
    older = (await browser.opens(f"{TRAIL}?sebelum=12")).text
    assert rows(older) == [str(n) for n in range(11, 0, -1)]
    assert "Lebih lama" not in older


async def test_it_is_asked_by_account_and_by_number() -> None:
    office = Office()
    browser = await auditor(office)
    noted(office, ("siti", "start", "R1ABCDEFG"), ("budi", "note", "R1ABCDEFG"), ("admin", "staff-reset siti", ""))
    assert rows((await browser.opens(f"{TRAIL}?akun=siti")).text) == ["4", "2"]
    assert rows((await browser.opens(f"{TRAIL}?nomor=r1abcdefg")).text) == ["3", "2"]
    assert rows((await browser.opens(f"{TRAIL}?nomor=R1ABCDEFG&akun=budi")).text) == ["3"]
    nobody = await browser.opens(f'{TRAIL}?akun="><b>&sebelum=x')
    assert rows(nobody.text) == []
    assert "<b>&" not in nobody.text
    assert "Tidak ada baris" in nobody.text


async def test_what_an_operator_did_and_a_row_that_was_changed_are_shown_as_such() -> None:
    office = Office()
    browser = await auditor(office)
    noted(office, ("-", "partner-add x", ""), ("siti", "secret act", ""))
    office.trail.unreadable.add(3)
    html = (await browser.opens(TRAIL)).text
    assert ">operator</td>" in html
    assert "bukan yang dulu ditulis" in html
    assert "secret act" not in html


async def test_it_is_verified_by_a_button() -> None:
    office = Office()
    browser = await auditor(office)
    assert "1 baris, jejaknya utuh" in (await browser.sends(TRAIL, f"{TRAIL}/periksa")).text
    office.trail.bad = 7
    assert "Baris 7 tidak cocok" in (await browser.sends(TRAIL, f"{TRAIL}/periksa")).text
