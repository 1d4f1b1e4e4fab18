"""Where a report lies, drawn by the server: from its kelurahan up to the whole city, for those who may read it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from core.messages import Point
from core.model import AgencyId, AreaCode, CategoryId, Place, StaffRole
from core.phrases import phrase
from core.ports import NO_MAP, CityMap
from tests.fakes.drawn_city import CREDIT, EAST, IN_EAST, IN_WEST, ON_THE_BORDER, OUTSIDE, WEST, FakeBoundaries, mapped
from tests.fakes.drawn_tiles import tiles_file
from tests.fakes.office import ROOT, Office
from tests.fakes.town import Town
from tests.test_desk_queue_map import BNN, TEBET, files, lies
from web.desk.report_map import WHOLE, located

MAP = CityMap(FakeBoundaries())


def office_with(map_there: bool = True) -> Office:  # noqa: FBT001, FBT002 - the one thing that differs
    office = Office(mapped(Town()) if map_there else Town(), map_credit=CREDIT)
    for name, agency in (("siti", TEBET), ("bnn1", BNN), ("other", AgencyId("kel:31.71.01.1001"))):
        office.hire(name, StaffRole.OFFICER, agency)
    office.hire("biro1", StaffRole.BIRO, AgencyId("biro_pemerintahan"))
    return office


def page(number: str) -> str:
    return f"{ROOT}/laporan/{number}"


async def test_a_point_is_drawn_among_outlines_and_names_with_the_source_of_the_map() -> None:
    office = office_with()
    report = lies(WEST, at=IN_WEST)
    files(office, report)
    browser = await office.at_work("siti")
    for path in (page(report.number), f"{page(report.number)}/peta"):
        html = (await browser.opens(path)).text
        assert html.count('class="spot"') == 1
        assert html.count('class="here"') == 1, "its kelurahan"
        assert ">Tebet Timur</text>" in html
        assert CREDIT in html
        assert 'class="tiles"' not in html, "the squares stand in where there is no map"
        assert 'href="geo:-6.20500,106.80300?q=-6.20500,106.80300"' in html


async def test_it_is_seen_nearer_and_farther_by_links_alone() -> None:
    office = office_with()
    report = lies(WEST, at=IN_WEST)
    files(office, report)
    browser = await office.at_work("siti")
    here = f"{page(report.number)}/peta"
    links = re.findall(rf'href="({here}\?wilayah=[^"]+)"', (await browser.opens(here)).text)
    assert [each.partition("=")[2] for each in links] == [WHOLE, "31.74", "31.74.01", WEST]
    pictures = {re.search(r'transform="(scale[^"]+)"', (await browser.opens(each)).text).group(1) for each in links}  # type: ignore[union-attr] # each has one
    assert len(pictures) == 3, "in this small city a kecamatan is all of its town"


@pytest.mark.parametrize("zoom", ["31.71", "<script>", "99", ""])
async def test_a_part_of_the_city_that_does_not_hold_it_is_not_shown(zoom: str) -> None:
    office = office_with()
    report = lies(WEST, at=IN_WEST)
    files(office, report)
    html = (await (await office.at_work("siti")).opens(f"{page(report.number)}/peta?wilayah={zoom}")).text
    assert 'wilayah=31.74.01" aria-current="true"' in html
    assert "<script>" not in html


async def test_who_may_not_read_a_report_has_no_map_of_it() -> None:
    office = office_with()
    secret = lies(WEST, CategoryId("narkoba"), agency=BNN, at=IN_WEST, restricted=True)
    plain = lies(WEST, at=IN_WEST)
    files(office, secret, plain)
    for name, report, status in (
        ("bnn1", secret, 200),
        ("biro1", secret, 404),
        ("siti", secret, 404),
        ("other", plain, 404),
        ("biro1", plain, 200),
    ):
        assert (await (await office.at_work(name)).opens(f"{page(report.number)}/peta")).status_code == status
    assert [each.act for each in office.town.store.state.audit.values() if each.number == secret.number] == ["read"]


async def test_names_with_markup_are_words() -> None:
    office = office_with()
    report = lies(WEST, at=IN_WEST)
    named = replace(report, place=replace(report.place, name='<b onload="x">&amp;', words="</svg><script>"))
    files(office, named)
    browser = await office.at_work("siti")
    for path in (page(report.number), f"{page(report.number)}/peta"):
        html = (await browser.opens(path)).text
        assert "<b onload" not in html
        assert "<script>" not in html.partition("<body>")[2]


async def test_without_outlines_the_page_says_so_and_a_report_is_as_it_was() -> None:
    office = office_with(map_there=False)
    report = lies(WEST, at=IN_WEST)
    files(office, report)
    browser = await office.at_work("siti")
    assert phrase("desk_report_map_none", "id") in (await browser.opens(f"{page(report.number)}/peta")).text
    html = (await browser.opens(page(report.number))).text
    assert 'class="tiles"' in html
    assert "map.css" not in html


def test_what_is_on_a_border_outside_or_nowhere_is_drawn_as_far_as_it_is_known() -> None:
    on_border = located(MAP, Place(WEST, point=ON_THE_BORDER))
    assert on_border is not None
    assert on_border.at is not None
    outside = located(MAP, Place(WEST, point=OUTSIDE), WEST)
    assert outside is not None
    assert outside.at is None
    assert outside.here == WEST
    pointed = located(MAP, Place(point=IN_EAST))
    assert pointed is not None
    assert pointed.here == EAST, "of a point alone the area is where it lies"
    lost = located(MAP, Place(point=Point(91.0, float("nan"))))
    assert lost is not None
    assert (lost.here, lost.at) == (None, None)
    coarse = located(MAP, Place(AreaCode("31.74.01.1007")))
    assert coarse is not None
    assert coarse.here == "31.74.01", "its kelurahan has no outline, its kecamatan has"
    assert located(MAP, Place()) is None
    assert located(NO_MAP, Place(WEST)) is None
    assert located(CityMap(FakeBoundaries(broken=True)), Place(WEST)) is None


async def test_streets_are_there_where_the_operator_has_some_and_the_report_a_point(tmp_path: Path) -> None:
    office = office_with()
    pointed, plain = lies(WEST, at=IN_WEST), lies(WEST)
    files(office, pointed, plain)
    browser = await office.at_work("siti")
    assert "maplibre" not in (await browser.opens(f"{page(pointed.number)}/peta")).text
    office.app.state.services = replace(office.app.state.services, tiles=tiles_file(tmp_path))
    answer = await browser.opens(f"{page(pointed.number)}/peta")
    assert 'id="jalan" hidden' in answer.text, "until there is a script that can draw them"
    assert "connect-src 'self'" in answer.headers["content-security-policy"], "no other host can be asked"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "maplibre" not in (await browser.opens(f"{page(plain.number)}/peta")).text
