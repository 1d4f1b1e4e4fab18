"""Alerts at the desk: an address is typed, its code confirms it, what and when is chosen; others can begin it."""

import re
from dataclasses import replace

from core.model import AgencyId, AlertKind, StaffRole
from tests.fakes.office import ROOT, Browser, Office
from tests.fakes.staff_alerts import ticks

HERE = f"{ROOT}/akun/pemberitahuan"
BOX = "siti@kantor.example"


async def with_code(office: Office, browser: Browser) -> str:
    answer = await browser.sends(HERE, f"{HERE}/alamat", {"surel": BOX})
    assert answer.status_code == 303
    mail = office.town.post()[-1]
    assert mail.to is not None
    assert mail.to[1].reveal() == BOX
    (code,) = re.findall(r"\b\d{8}\b", mail.text)
    return str(code)


async def test_an_address_is_typed_confirmed_and_what_is_told_is_chosen() -> None:
    office = Office()
    siti = office.hire("siti")
    browser = await office.at_work("siti")
    assert HERE in (await browser.opens(f"{ROOT}/akun")).text
    code = await with_code(office, browser)
    page = (await browser.opens(HERE)).text
    assert "Konfirmasi alamat" in page
    assert BOX not in page
    wrong = await browser.sends(HERE, f"{HERE}/kode", {"kode": "1"})
    assert wrong.status_code == 422
    assert "Bukan kode itu" in wrong.text
    assert (await browser.sends(HERE, f"{HERE}/kode", {"kode": code})).status_code == 303
    page = (await browser.opens(HERE)).text
    assert BOX not in page
    assert page.count(" checked") == len(AlertKind)
    assert (await browser.sends(HERE, HERE, {"hal": "late", "jam": "7"})).status_code == 303
    choice = office.town.store.state.alert_choices[siti.id]
    assert (choice.kinds, choice.hour) == (frozenset({AlertKind.LATE}), 7)
    for hour in ("24", "-1", "abc", "\u0667", ""):
        assert (await browser.sends(HERE, HERE, {"hal": "late", "jam": hour})).status_code == 422
    assert (await browser.sends(HERE, f"{HERE}/hapus")).status_code == 303
    assert not office.town.store.state.alert_choices


async def test_what_no_mail_can_go_to_is_refused_and_is_not_said_again() -> None:
    office = Office()
    office.hire("siti")
    browser = await office.at_work("siti")
    answer = await browser.sends(HERE, f"{HERE}/alamat", {"surel": "no <address>"})
    assert answer.status_code == 422
    assert "&lt;address&gt;" not in answer.text


async def test_the_page_says_where_there_is_no_mail_or_no_relay() -> None:
    office = Office(ways={})
    office.hire("siti")
    browser = await office.at_work("siti")
    assert "tidak memakai surel" in (await browser.opens(HERE)).text
    assert (await browser.sends(HERE, f"{HERE}/alamat", {"surel": BOX})).status_code == 422
    office = Office(mail_leaves=False)
    office.hire("siti")
    assert "belum punya relai" in (await (await office.at_work("siti")).opens(HERE)).text


async def test_an_administrator_types_the_address_and_never_sees_it() -> None:
    office = Office()
    siti = office.hire("siti")
    admin = await office.administrator()
    person = f"{ROOT}/akun-petugas/orang/{siti.id}"
    assert (await admin.sends(person, f"{person}/pemberitahuan", {"surel": BOX})).status_code == 303
    page = (await admin.opens(person)).text
    assert "menunggu kode" in page
    assert BOX not in page
    (code,) = re.findall(r"\b\d{8}\b", office.town.post()[-1].text)
    browser = await office.at_work("siti")
    assert (await browser.sends(HERE, f"{HERE}/kode", {"kode": code})).status_code == 303
    assert (await admin.sends(person, f"{person}/tanpa-pemberitahuan")).status_code == 303
    assert not office.town.store.state.alert_choices
    auditor = office.hire("audit", StaffRole.AUDITOR, AgencyId("biro_pemerintahan"))
    theirs = f"{ROOT}/akun-petugas/orang/{auditor.id}"
    assert "pemberitahuan" not in (await admin.opens(theirs)).text
    assert (await admin.sends(person, f"{theirs}/pemberitahuan", {"surel": BOX})).status_code == 422


async def test_the_link_of_an_alert_leads_to_the_report() -> None:
    office = Office()
    office.town.context = replace(office.town.context, desk_url=f"https://resi.test{ROOT}")
    office.hire("siti")
    browser = await office.at_work("siti")
    await browser.sends(HERE, f"{HERE}/kode", {"kode": await with_code(office, browser)})
    office.receives()
    (mail,) = ticks(office)
    links = re.findall(r"https://resi\.test(\S+)", mail.text)
    assert len(links) == 2
    for link in links:
        assert (await browser.opens(link)).status_code == 200
