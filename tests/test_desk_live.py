"""Parts that renew themselves: quiet while nothing changed, and no reason to count as there."""

import re
from datetime import timedelta

from core.casework.login import IDLE
from core.model import AgencyId
from tests.fakes.office import ROOT, Browser, Office


def part_of(html: str, name: str) -> str:
    """What a part of a page asks for."""
    found = re.search(rf'id="{name}" hx-get="([^"]+)"', html)
    assert found is not None
    return found.group(1).replace("&amp;", "&")


async def renews(browser: Browser, html: str, name: str) -> str:
    """What comes; empty where nothing changed."""
    answer = await browser.opens(part_of(html, name))
    assert answer.status_code == (200 if answer.text else 204)
    return answer.text


async def test_the_list_is_quiet_until_something_changes() -> None:
    office = Office()
    office.hire("siti")
    first = office.receives()
    browser = await office.at_work("siti")
    page = (await browser.opens(f"{ROOT}?daftar=mine")).text
    assert await renews(browser, page, "daftar") == ""
    second = office.receives("Sampah menumpuk di kelurahan Gambir")
    new = await renews(browser, page, "daftar")
    assert first.number in new
    assert second.number in new
    assert "<html" not in new
    assert "<b>2</b> Menunggu saya" in new
    assert "daftar=mine" in part_of(new, "daftar"), "it goes on with the same filters"
    assert await renews(browser, new, "daftar") == ""


async def test_a_report_tells_who_else_has_it_open_and_that_it_changed() -> None:
    office = Office()
    office.hire("siti")
    office.hire("budi")
    report = office.receives()
    page = f"{ROOT}/laporan/{report.number}"
    siti, budi = await office.at_work("siti"), await office.at_work("budi")
    alone = (await siti.opens(page)).text
    assert "Juga sedang dibuka" not in alone
    assert "Juga sedang dibuka oleh siti." in (await budi.opens(page)).text
    seen = await renews(siti, alone, "bersama")
    assert "Juga sedang dibuka oleh budi." in seen
    assert await renews(siti, seen, "bersama") == ""
    await budi.does(report.number, "start")
    assert "baru saja berubah" in await renews(siti, seen, "bersama")
    office.town.clock.at += timedelta(seconds=91)
    assert "Juga sedang dibuka" not in await renews(siti, seen, "bersama")


async def test_a_part_of_a_report_of_others_is_not_there() -> None:
    office = Office()
    office.hire("siti", agency=AgencyId("kel:31.74.01.1001"))
    report = office.receives()
    browser = await office.at_work("siti")
    assert (await browser.opens(f"{ROOT}/laporan/{report.number}/bersama?versi=1")).status_code == 404
    assert (await browser.opens(f"{ROOT}/laporan/R00000000/bersama")).status_code == 404


async def test_an_open_page_keeps_nobody_logged_in() -> None:
    office = Office()
    office.hire("siti")
    browser = await office.at_work("siti")
    page = (await browser.opens()).text
    ended = office.town.clock.at + IDLE
    while office.town.clock.at < ended:
        answer = await browser.opens(part_of(page, "daftar"))
        assert answer.status_code in {200, 204}
        office.town.clock.passes(minutes=5)
    assert (await browser.opens(part_of(page, "daftar"))).headers["location"].startswith(f"{ROOT}/masuk")


async def test_a_part_whose_session_is_over_asks_for_the_whole_page() -> None:
    office = Office()
    browser = office.browser()
    browser.headers["HX-Request"] = "true"
    answer = await browser.opens(f"{ROOT}/daftar")
    assert (answer.status_code, answer.headers["hx-refresh"], answer.text) == (401, "true", "")


async def test_reading_a_restricted_report_again_and_again_is_noted_once_a_page() -> None:
    office = Office()
    office.hire("siti", agency=AgencyId("bnnp_dki"))
    report = office.receives("Ada yang jual narkoba di kelurahan Gambir dekat stasiun")
    assert report.restricted
    browser = await office.at_work("siti")
    html = (await browser.opens(f"{ROOT}/laporan/{report.number}")).text
    for _ in range(3):
        await browser.opens(part_of(html, "bersama"))
    assert [each.act for each in office.town.store.state.audit.values()].count("read") == 1
