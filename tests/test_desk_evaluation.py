"""The month of every agency, as a page and on paper."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pypdfium2  # type: ignore[import-untyped,unused-ignore]
import pytest

from core.casework import Evaluation
from core.model import AgencyId, Feedback, Handling, Report, StaffRole, Status
from tests.fakes.office import GAMBIR, ROOT, Browser, Office
from web.desk import printed
from web.desk.printed import Sheet

BIRO, INSPECTORS = AgencyId("biro_pemerintahan"), AgencyId("inspektorat")
HERE = f"{ROOT}/evaluasi"
SHEET = Sheet(
    "Evaluasi bulanan November 2026", "", "id", datetime(2026, 11, 30, 9, 5, tzinfo=UTC), ZoneInfo("Asia/Jakarta")
)


async def at_work(office: Office, role: StaffRole = StaffRole.BIRO, agency: AgencyId = BIRO) -> Browser:
    office.hire(role.value, role, agency)
    return await office.at_work(role.value)


def closed(office: Office, days: float, agency: AgencyId = GAMBIR, *, restricted: bool = False) -> Report:
    """A report that is solved so many days after it came."""
    report = office.receives()
    changed = replace(
        report,
        agency=agency,
        restricted=restricted,
        status=Status.SELESAI,
        closed=report.received + timedelta(days=days),
        handling=Handling(feedback=Feedback.SOLVED),
    )
    office.turn(lambda turn: turn.tx.reports.change(changed))
    return changed


def words(pdf: bytes) -> list[str]:
    """Of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


async def test_a_month_has_figures_and_bars_for_each_agency_and_for_all() -> None:
    office = Office()
    closed(office, 2), closed(office, 9), office.receives()
    html = (await (await at_work(office)).opens(HERE)).text
    assert "Evaluasi bulanan Juli 2021" in html
    assert f'<a href="{HERE}?bulan=2021-07&amp;kantor=kel%3A31.71.01.1001">Kelurahan Gambir</a>' in html
    for figure in ("<b>2</b> Ditutup", "<b>50%</b> Dalam 7 hari", "<b>5,5</b> Median hari", "<b>100%</b> Warga puas"):
        assert figure in html
    assert '<rect width="50.0%"' in html
    assert "<script" not in html.replace("<script src=", "")


async def test_months_are_switched_and_none_is_still_to_come() -> None:
    office = Office()
    closed(office, 2)
    browser = await at_work(office)
    html = (await browser.opens(HERE)).text
    assert f'rel="prev" href="{HERE}?bulan=2021-06"' in html
    assert 'rel="next"' not in html
    assert 'max="2021-07" value="2021-07"' in html
    june = (await browser.opens(f"{HERE}?bulan=2021-06")).text
    assert "Juni 2021" in june
    assert f'rel="next" href="{HERE}?bulan=2021-07"' in june
    assert "Tidak ada laporan yang ditutup di bulan ini" in june
    for odd in ("2021-13", "2099-01", "x", "2021-7", "1999-12"):
        assert "Juli 2021" in (await browser.opens(f"{HERE}?bulan={odd}")).text
    assert 'rel="prev"' not in (await browser.opens(f"{HERE}?bulan=2000-01")).text


async def test_restricted_reports_are_in_no_figure_of_the_biro_and_in_those_of_their_head() -> None:
    office = Office()
    closed(office, 1)
    closed(office, 3, INSPECTORS, restricted=True)
    biro, head = await at_work(office), await at_work(office, StaffRole.HEAD, INSPECTORS)
    for path in (HERE, f"{HERE}?kantor=inspektorat"):
        html = (await biro.opens(path)).text
        assert "3,0" not in html
        assert "2</b> Ditutup" not in html
    assert "Inspektorat" not in (await biro.opens(HERE)).text
    html = (await head.opens(f"{HERE}?kantor={GAMBIR}")).text
    assert "<b>3,0</b> Median hari" in html
    assert "Laporan terbatas instansi Anda ikut dihitung." in html
    assert "Gambir" not in html
    [page] = words((await biro.opens(f"{HERE}.pdf?kantor=inspektorat")).content)
    assert "3,0" not in page


async def test_many_agencies_have_pages_and_stay_small() -> None:
    office = Office()
    for n in range(60):
        closed(office, 1, AgencyId(f"kel:31.71.01.{n:04}"))
    browser = await at_work(office)
    page = await browser.opens(HERE)
    assert page.text.count('<th scope="row">') == 50
    assert len(page.content) < 100_000
    assert f'rel="next" href="{HERE}?bulan=2021-07&amp;hal=2"' in page.text
    assert (await browser.opens(f"{HERE}?hal=2")).text.count('<th scope="row">') == 10


async def test_the_same_on_paper() -> None:
    office = Office()
    closed(office, 2), closed(office, 9)
    browser = await at_work(office)
    assert f'href="{HERE}.pdf?bulan=2021-07"' in (await browser.opens(HERE)).text
    answer = await browser.opens(f"{HERE}.pdf?bulan=2021-07")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'inline; filename="evaluasi-2021-07.pdf"'
    assert answer.headers["cache-control"] == "no-store"
    [page] = words(answer.content)
    for said in ("Evaluasi bulanan Juli 2021", "Kelurahan Gambir", "50%", "5,5", "100%", "Dibuat 8 Jul 2021"):
        assert said in page
    assert "biro" not in page.lower().replace("biro pemerintahan", ""), "nobody's name"


@pytest.mark.parametrize("path", [HERE, f"{HERE}.pdf"])
async def test_an_officer_is_refused(path: str) -> None:
    office = Office()
    office.hire("siti")
    assert (await (await office.at_work("siti")).opens(path)).status_code == 403


def month(name: str, closed_: int = 3) -> tuple[str, Evaluation]:
    return name, Evaluation(AgencyId(name), closed_, min(closed_, 2), 8.25, 2.5, 4, 1, 1, 0.5)


def test_the_same_figures_at_the_same_time_are_the_same_bytes() -> None:
    rows = [month("Kelurahan Gambir")]
    made = printed.evaluation(SHEET, rows[0][1], rows)
    assert made == printed.evaluation(SHEET, rows[0][1], rows)
    later = replace(SHEET, at=SHEET.at + timedelta(minutes=1))
    assert made != printed.evaluation(later, rows[0][1], rows)


def test_a_long_month_goes_on_over_pages_and_each_has_the_heads() -> None:
    rows = [month(f"Kelurahan {n}") for n in range(80)]
    pages = words(printed.evaluation(SHEET, rows[0][1], rows))
    assert len(pages) == 4
    assert all("Instansi" in page and "Warga puas" in page for page in pages)
    assert [name for name, _ in rows if not any(name in page for page in pages)] == []


def test_where_nothing_was_closed_there_are_dashes_and_a_long_name_is_cut() -> None:
    nothing = Evaluation(AgencyId("x"), 0, 0, None, None, 0, 0, 0, None)
    long = "Kelurahan " + "sangat panjang " * 9
    [page] = words(printed.evaluation(SHEET, nothing, [(long, nothing), month("Dinas \N{CJK UNIFIED IDEOGRAPH-6C34}")]))
    assert "..." in page
    assert "None" not in page
    assert "Dinas ?" in page
    [empty] = words(printed.evaluation(SHEET, nothing, []))
    assert SHEET.title in empty
