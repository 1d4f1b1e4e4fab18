"""What is late, by agency, as the Biro and heads see it."""

from dataclasses import replace

from core import casework
from core.model import AgencyId, Mark, Notice, StaffRole
from tests.fakes.office import GAMBIR, ROOT, Office

BIRO, INSPECTORS, KECAMATAN = AgencyId("biro_pemerintahan"), AgencyId("inspektorat"), AgencyId("kec:31.71.01")
HERE = f"{ROOT}/terlambat"


async def test_the_biro_sees_agencies_with_how_many_how_long_and_what_is_to_be_evaluated() -> None:
    office = Office()
    office.hire("biro1", StaffRole.BIRO, BIRO)
    report = office.receives()
    office.town.clock.passes(days=40)
    office.turn(casework.process_deadlines)
    browser = await office.at_work("biro1")
    html = (await browser.opens(HERE)).text
    link = f"{ROOT}?daftar=late&amp;kantor=kel%3A31.71.01.1001"
    assert f'<a href="{link}">Kelurahan Gambir</a>' in html
    assert "lewat 33 hari" in html
    assert '<span class="mark evaluation">1</span>' in html
    assert report.number in (await browser.opens(link.replace("&amp;", "&"))).text


async def test_where_nothing_is_late_the_page_says_what_would_be() -> None:
    office = Office()
    office.hire("biro1", StaffRole.BIRO, BIRO)
    office.receives()
    browser = await office.at_work("biro1")
    assert "Tidak ada laporan yang terlambat." in (await browser.opens(HERE)).text
    assert "<table" not in (await browser.opens(HERE)).text


async def test_many_agencies_have_pages() -> None:
    office = Office()
    office.hire("biro1", StaffRole.BIRO, BIRO)
    first = office.receives()
    for n in range(60):
        report = office.receives(f"Lampu jalan ke {n} mati di kelurahan Gambir")
        changed = replace(report, agency=AgencyId(f"kel:31.71.01.{n:04}"), due=first.received)
        office.turn(lambda turn, new=changed: turn.tx.reports.change(new))  # type: ignore[misc] # a default binds the loop variable
    browser = await office.at_work("biro1")
    page = await browser.opens(HERE)
    assert page.text.count('<th scope="row">') == 50
    assert len(page.content) < 100_000
    assert 'rel="next"' in page.text
    assert (await browser.opens(f"{HERE}?hal=2")).text.count('<th scope="row">') == 10


async def test_of_restricted_ones_the_biro_reads_number_agency_and_days_and_no_more() -> None:
    office = Office()
    office.hire("biro1", StaffRole.BIRO, BIRO)
    report = replace(office.receives(), restricted=True, agency=INSPECTORS)
    office.turn(lambda turn: turn.tx.reports.change(report))
    office.town.clock.passes(days=8)
    browser = await office.at_work("biro1")
    assert report.number not in (await browser.opens(HERE)).text
    office.turn(
        lambda turn: turn.tx.notices.add(Notice(BIRO, report.id, report.number, INSPECTORS, Mark.CLIMB, turn.now, 8))
    )
    html = (await browser.opens(HERE)).text
    assert report.number in html
    assert f"laporan/{report.number}" not in html
    assert "Lampu" not in html
    assert "Tidak ada laporan yang terlambat" in html


async def test_a_head_sees_their_own_and_what_climbed_as_numbers_that_open_nothing() -> None:
    office = Office()
    office.hire("camat", StaffRole.HEAD, KECAMATAN)
    office.hire("lurah", StaffRole.HEAD, GAMBIR)
    report = office.receives()
    office.town.clock.passes(days=11)
    office.turn(casework.process_deadlines)
    camat, lurah = await office.at_work("camat"), await office.at_work("lurah")
    assert f'href="{ROOT}?daftar=late&amp;kantor=kel%3A31.71.01.1001"' in (await lurah.opens(HERE)).text
    below = f"{HERE}?kantor=kel%3A31.71.01.1001"
    assert f'<a href="{below}">Kelurahan Gambir</a>' in (await camat.opens(HERE)).text
    html = (await camat.opens(below)).text
    assert report.number in html
    assert "lewat 4 hari" in html
    assert f"laporan/{report.number}" not in html
    assert "Tidak ada keterlambatan" in (await lurah.opens(below)).text
    assert (await camat.opens(f"{HERE}?kantor=nowhere")).status_code == 404


async def test_an_officer_is_refused() -> None:
    office = Office()
    office.hire("siti")
    browser = await office.at_work("siti")
    assert (await browser.opens(HERE)).status_code == 403
    assert f'href="{HERE}"' not in (await browser.opens()).text
