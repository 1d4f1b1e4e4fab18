"""The list of the desk: by deadline, in parts, with links to every report."""

import re

import pytest

from core.model import AgencyId, StaffRole
from tests.fakes.office import ROOT, Office

BIRO = AgencyId("biro_pemerintahan")


def numbers(html: str) -> list[str]:
    return re.findall(r'href="/petugas/laporan/(R\w{8})"', html)


async def test_new_reports_are_reached_from_the_front_page_nearest_deadline_first() -> None:
    office = Office()
    office.hire("siti")
    first = office.receives()
    office.town.clock.passes(hours=3)
    second = office.receives("Sampah menumpuk di kelurahan Gambir")
    browser = await office.at_work("siti")
    html = (await browser.opens()).text
    assert numbers(html) == [first.number, second.number]
    assert (await browser.opens(f"{ROOT}/laporan/{second.number}")).status_code == 200


async def test_the_list_tells_what_is_late_due_today_and_waiting_for_me() -> None:
    office = Office()
    office.hire("siti")
    report = office.receives()
    browser = await office.at_work("siti")
    assert "<b>1</b> Menunggu saya" in (await browser.opens()).text
    await browser.does(report.number, "plan", {"text": "Ganti lampu"})
    assert "<b>0</b> Menunggu saya" in (await browser.opens()).text
    office.town.clock.passes(days=7, hours=-8, seconds=-15)
    browser = await office.at_work("siti")
    today = (await browser.opens(f"{ROOT}?daftar=today")).text
    assert numbers(today) == [report.number]
    assert "batas waktunya hari ini" in today
    office.town.clock.passes(days=2)
    browser = await office.at_work("siti")
    late = (await browser.opens(f"{ROOT}?daftar=late")).text
    assert numbers(late) == [report.number]
    assert "lewat 2 hari" in late


async def test_the_list_is_filtered_by_status_and_by_kind() -> None:
    office = Office()
    office.hire("siti")
    lamp, waste = office.receives(), office.receives("Sampah menumpuk di kelurahan Gambir")
    browser = await office.at_work("siti")
    await browser.does(lamp.number, "start")
    assert numbers((await browser.opens(f"{ROOT}?status=proses")).text) == [lamp.number]
    assert numbers((await browser.opens(f"{ROOT}?jenis={waste.category}")).text) == [waste.number]
    assert numbers((await browser.opens(f"{ROOT}?status=proses&jenis={waste.category}")).text) == []
    html = (await browser.opens(f"{ROOT}?status=proses")).text
    assert 'href="/petugas?daftar=late&amp;status=proses"' in html


async def test_the_list_is_narrowed_to_one_office_and_back() -> None:
    office = Office()
    office.hire("biro1", StaffRole.BIRO, BIRO)
    here, there = office.receives(), office.receives("Lampu jalan mati di kelurahan Cideng")
    assert here.agency != there.agency
    browser = await office.at_work("biro1")
    html = (await browser.opens(f"{ROOT}?kantor={here.agency}&status=menunggu")).text
    assert numbers(html) == [here.number]
    assert "Pemegang: <b>Kelurahan Gambir</b>" in html
    assert '<a href="/petugas?status=menunggu">semua pemegang</a>' in html
    assert 'href="/petugas?daftar=late&amp;status=menunggu&amp;kantor=kel%3A31.71.01.1001"' in html
    assert len(numbers((await browser.opens(f"{ROOT}?kantor=nowhere")).text)) == 2


@pytest.mark.parametrize("query", ["daftar=x&status=y&jenis=&hal=z", "hal=0", "hal=99999999999", "hal=\u0664"])
async def test_what_cannot_be_read_is_left_out(query: str) -> None:
    office = Office()
    office.hire("siti")
    report = office.receives()
    assert numbers((await (await office.at_work("siti")).opens(f"{ROOT}?{query}")).text) == [report.number]


async def test_a_long_list_has_pages() -> None:
    office = Office()
    office.hire("biro1", StaffRole.BIRO, BIRO)
    for n in range(51):
        office.receives(f"Lampu jalan ke {n} mati di kelurahan Gambir")
    browser = await office.at_work("biro1")
    first = await browser.opens()
    assert len(numbers(first.text)) == 50
    assert 'rel="next" href="/petugas?hal=2"' in first.text
    assert len(first.content) < 100_000
    second = (await browser.opens(f"{ROOT}?hal=2")).text
    assert len(numbers(second)) == 1
    assert 'rel="prev" href="/petugas"' in second


async def test_the_words_of_a_citizen_are_words_and_nothing_else() -> None:
    office = Office()
    office.hire("siti")
    office.receives('Lampu <script>alert(1)</script> mati " di kelurahan Gambir')
    html = (await (await office.at_work("siti")).opens()).text
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
