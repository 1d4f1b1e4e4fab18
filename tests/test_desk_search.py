"""The field of the list: reports are found by words and by number, among those that somebody may read and no others."""

import re

import pytest

from core.model import AgencyId, StaffRole
from tests.fakes.office import ROOT, Browser, Office
from tests.test_desk_queue import BIRO, numbers

TEBET = AgencyId("kel:31.74.01.1001")


def seen(html: str) -> str:
    """What tells something of reports: neither the field, nor marks that differ from page to page."""
    return re.sub(r'value="[^"]*"|Hasil untuk &#34;[^<]*&#34;|cari=[^"&]*', "", html)


async def finds(browser: Browser, typed: str, more: str = "") -> str:
    answer = await browser.opens(f"{ROOT}?cari={typed}{more}")
    assert answer.status_code == 200
    return answer.text


async def test_a_report_is_found_by_words_of_its_text_and_place_and_by_its_number() -> None:
    office = Office()
    office.hire("siti")
    lamp, waste = office.receives(), office.receives("Sampah menumpuk di kelurahan Gambir")
    browser = await office.at_work("siti")
    assert numbers(await finds(browser, "LAMPU+mat")) == [lamp.number]
    assert numbers(await finds(browser, "gambir")) == [waste.number, lamp.number], "newest first"
    assert numbers(await finds(browser, waste.number.lower())) == [waste.number]
    assert "Tidak ada yang cocok" in await finds(browser, "kenari")
    assert "paling sedikit satu kata" in await finds(browser, "a")
    assert "<b>" not in re.findall(r'<nav class="tabs".*', await finds(browser, "lampu"))


async def test_nobody_finds_anothers_report_nor_learns_that_there_is_one() -> None:
    office = Office()
    office.hire("siti")
    office.hire("budi", agency=TEBET)
    office.hire("bnn", agency=AgencyId("bnnp_dki"))
    office.hire("biro1", StaffRole.BIRO, BIRO)
    secret = office.receives("Ada yang jual narkoba kenari di kelurahan Gambir")
    own = office.receives("Lampu kenari mati di kelurahan Gambir")
    assert secret.restricted
    pages = {name: await office.at_work(name) for name in ("siti", "budi", "bnn", "biro1")}
    assert numbers(await finds(pages["siti"], "kenari")) == [own.number]
    assert numbers(await finds(pages["budi"], "kenari")) == []
    assert numbers(await finds(pages["bnn"], "kenari")) == [secret.number]
    assert numbers(await finds(pages["biro1"], "kenari")) == [own.number]
    for name, words in (("siti", "narkoba+kenari"), ("budi", "kenari"), ("biro1", "narkoba"), ("siti", secret.number)):
        nothing = "R00000000" if words == secret.number else "tiadasamasekali"
        assert seen(await finds(pages[name], words)) == seen(await finds(pages[name], nothing))
    for role in (StaffRole.ADMIN, StaffRole.AUDITOR, StaffRole.CLERK):
        office.hire(role.value, role)
        assert numbers(await finds(await office.at_work(role.value), "kenari")) == []


async def test_a_search_is_narrowed_by_the_filters_and_can_be_widened() -> None:
    office = Office()
    office.hire("siti")
    one, two = office.receives(), office.receives("Lampu taman mati di kelurahan Gambir")
    browser = await office.at_work("siti")
    await browser.does(one.number, "start")
    html = await finds(browser, "lampu", "&status=proses")
    assert numbers(html) == [one.number]
    assert 'href="/petugas?cari=lampu">Cari di semua' in html
    assert numbers(await finds(browser, "lampu")) == [two.number, one.number]
    assert "Cari di semua" not in await finds(browser, "lampu")


async def test_a_long_search_has_pages_without_a_total() -> None:
    office = Office()
    office.hire("biro1", StaffRole.BIRO, BIRO)
    for n in range(51):
        office.receives(f"Lampu jalan ke {n} mati di kelurahan Gambir")
    browser = await office.at_work("biro1")
    first = await finds(browser, "lampu")
    assert len(numbers(first)) == 50
    assert 'rel="next" href="/petugas?cari=lampu&amp;hal=2"' in first
    assert "51" not in re.findall(r'<section class="found".*?<thead>', first, re.DOTALL)[0]
    second = await finds(browser, "lampu", "&hal=2")
    assert len(numbers(second)) == 1
    assert 'rel="prev" href="/petugas?cari=lampu"' in second
    assert len(first.encode()) < 100_000


async def test_until_the_index_stands_the_page_says_so_and_numbers_are_found() -> None:
    office = Office(indexed=False)
    office.hire("siti")
    report = office.receives()
    browser = await office.at_work("siti")
    assert "sedang disiapkan" in await finds(browser, "lampu")
    html = await finds(browser, report.number)
    assert numbers(html) == [report.number]
    assert "sedang disiapkan" not in html


@pytest.mark.parametrize(
    "typed", ["%3Cscript%3Ealert(1)%3C/script%3E", "%22%27", "%00lampu", "x" * 5000, "%F0%9F%98%80"]
)
async def test_whatever_is_typed_is_words_and_nothing_else(typed: str) -> None:
    office = Office()
    office.hire("siti")
    html = await finds(await office.at_work("siti"), typed)
    assert "<script>alert" not in html
