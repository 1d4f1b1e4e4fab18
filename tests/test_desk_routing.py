"""Rows of forwarding at the desk: added and removed by administrators, and counted from then on."""

from core.model import AgencyId, AreaCode, CategoryId, Route
from tests.fakes.office import ROOT, Office

ROUTES = f"{ROOT}/jalur"
ROW = {"jenis": "banjir", "wilayah": "31.71.01", "kantor": "dinas_sda"}


async def test_a_row_sends_new_reports_and_is_listed_and_removed() -> None:
    office = Office()
    browser = await office.administrator()
    assert (await browser.sends(ROUTES, ROUTES, ROW)).headers["location"] == ROUTES
    (row,) = office.town.store.state.routes.values()
    assert row == Route(AgencyId("dinas_sda"), CategoryId("banjir"), AreaCode("31.71.01"))
    assert office.receives("Banjir setinggi lutut di kelurahan Gambir").agency == "dinas_sda"
    html = (await browser.opens(ROUTES)).text
    assert '<td data-label="Wilayah">Kec. Gambir</td>' in html
    await browser.sends(ROUTES, f"{ROUTES}/hapus", ROW)
    assert not office.town.store.state.routes
    acts = [each.act for each in office.town.store.state.audit.values() if each.who == "admin"]
    assert acts[-2:] == ["route-add banjir 31.71.01 dinas_sda", "route-remove banjir 31.71.01 dinas_sda"]


async def test_the_page_is_light_and_any_is_a_row_too() -> None:
    browser = await Office().administrator()
    await browser.sends(ROUTES, ROUTES, {"kantor": "dinas_sda"})
    html = (await browser.opens(ROUTES)).text
    assert '<th scope="row">Semua</th>' in html
    assert len(html) < 100_000
