"""/petugas/peta: the list as a map by area and field of kinds, with its filters; in figures where there is no map."""

import re
from dataclasses import replace

import pytest

from core.messages import Point
from core.model import AgencyId, AreaCode, CategoryId, Number, Place, Report, StaffRole
from core.phrases import phrase
from tests.fakes import nouns
from tests.fakes.drawn_city import CREDIT, EAST, IN_EAST, IN_WEST, ISLAND, NORTH, OUTSIDE, WEST, mapped
from tests.fakes.office import ROOT, Office
from tests.fakes.town import Town
from web.desk.queue_map import colour, radius

MAP = f"{ROOT}/peta"
BIRO, TEBET = AgencyId("biro_pemerintahan"), AgencyId("kel:31.74.01.1001")
LAMP, TREE, DRUGS = CategoryId("pju"), CategoryId("pohon"), CategoryId("narkoba")
BNN = AgencyId("bnnp_dki")


def clusters(html: str) -> dict[str, str]:
    """Label of each cluster and where it leads."""
    found = re.findall(r'<a href="([^"]+)" aria-label="([^"]+)"><title>', html)
    return {label: link.replace("&amp;", "&") for link, label in found}


def files(office: Office, *reports: Report) -> None:
    def turn(tx: object) -> None:
        for report in reports:
            tx.reports.add(report, nouns.entry())  # type: ignore[attr-defined] # the town's unit of work

    office.town.store.run(turn)


def lies(
    area: AreaCode | None,
    kind: CategoryId = LAMP,
    *,
    agency: AgencyId = TEBET,
    at: Point | None = None,
    restricted: bool = False,
) -> Report:
    found = nouns.report(place=Place(area, "Di sana", point=at), restricted=restricted)
    return replace(found, number=Number(found.number.upper()), category=kind, agency=agency)


def staffed(*, map_there: bool = True, credit: str = CREDIT) -> Office:
    town = mapped(Town()) if map_there else Town()
    office = Office(town, map_credit=credit)
    office.hire("biro1", StaffRole.BIRO, BIRO)
    office.hire("siti", StaffRole.OFFICER, TEBET)
    office.hire("bnn1", StaffRole.OFFICER, BNN)
    return office


async def test_reports_are_counted_by_area_and_field_of_kinds_and_a_cluster_leads_into_its_area() -> None:
    office = staffed()
    files(office, lies(WEST), lies(WEST), lies(WEST, TREE), lies(EAST), lies(NORTH), lies(None))
    html = (await (await office.at_work("biro1")).opens(MAP)).text
    found = clusters(html)
    assert len(found) == 3
    (west,) = [each for each in found if "3 laporan" in each]
    assert found[west] == f"{MAP}?wilayah={WEST}"
    assert html.count('class="arc') == 4, "one field has one arc, two have two"
    assert phrase("desk_map_rest", "id", count="1") in html
    assert CREDIT in html


async def test_it_has_the_filters_of_the_list_and_keeps_them() -> None:
    office = staffed()
    files(office, lies(WEST), lies(WEST, TREE), lies(EAST, TREE))
    browser = await office.at_work("biro1")
    html = (await browser.opens(f"{MAP}?jenis=pohon&status=menunggu&daftar=all")).text
    assert sorted(each.split(":")[1].split()[0] for each in clusters(html)) == ["1", "1"]
    assert f'href="{ROOT}?daftar=all&amp;status=menunggu&amp;jenis=pohon"' in html, "to the same list"
    listed = (await browser.opens(f"{ROOT}?jenis=pohon&status=menunggu&daftar=all")).text
    assert f'href="{MAP}?daftar=all&amp;status=menunggu&amp;jenis=pohon"' in listed, "and back"


async def test_an_area_that_was_come_near_to_stays_chosen_when_something_else_is_filtered() -> None:
    office = staffed()
    files(office, lies(WEST))
    browser = await office.at_work("biro1")
    for path in (MAP, ROOT):
        assert f'<option value="{WEST}" selected>' in (await browser.opens(f"{path}?wilayah={WEST}")).text


async def test_whoever_sees_a_list_sees_the_same_on_its_map_and_nothing_else() -> None:
    office = staffed()
    secret = lies(WEST, DRUGS, agency=BNN, at=IN_WEST, restricted=True)
    files(office, lies(WEST), lies(EAST, agency=AgencyId("kel:31.74.01.1002")), secret)
    seen = {}
    for name in ("biro1", "siti", "bnn1"):
        browser = await office.at_work(name)
        whole, inside = (await browser.opens(MAP)).text, (await browser.opens(f"{MAP}?wilayah={WEST}")).text
        seen[name] = (len(clusters(whole)), secret.number in inside, "narkoba" in whole)
    assert seen["biro1"][:2] == (2, False)
    assert seen["siti"][:2] == (1, False)
    assert seen["bnn1"] == (1, True, True)


async def test_in_the_smallest_area_each_report_is_seen_at_its_point() -> None:
    office = staffed()
    reports = [
        lies(WEST, at=IN_WEST),
        lies(WEST, at=IN_WEST),
        lies(WEST, at=IN_EAST),
        lies(WEST, at=OUTSIDE),
        lies(WEST),
    ]
    files(office, *reports)
    html = (await (await office.at_work("siti")).opens(f"{MAP}?wilayah={WEST}")).text
    assert html.count('class="disc"') == 1, "two at one place are one mark; what lies outside of the picture has none"
    assert re.search(r'<text class="count"[^>]*>\d\+</text>', html)
    assert html.count(phrase("desk_map_unmarked", "id")) == 3
    for report in reports:
        assert report.number in html, "the list beneath has all"


async def test_an_area_without_outline_is_shown_on_the_whole_and_counted_all_the_same() -> None:
    office = staffed()
    files(office, lies(AreaCode("31.73.01.1001")), lies(ISLAND))
    browser = await office.at_work("biro1")
    html = (await browser.opens(MAP)).text
    assert clusters(html) == {}
    assert html.count(phrase("desk_map_beside", "id")) == 2, "the island and the town lie off the picture"
    assert f'href="{MAP}?wilayah=31.73"' in html
    assert (await browser.opens(f"{MAP}?wilayah=31.73.01.1001")).status_code == 200


@pytest.mark.parametrize("broken", [False, True])
async def test_without_outlines_the_page_says_so_and_has_its_figures(broken: bool) -> None:  # noqa: FBT001 - a parameter of pytest
    office = staffed(map_there=False, credit="")
    if broken:
        mapped(office.town, broken=True)
    files(office, lies(WEST), lies(EAST))
    browser = await office.at_work("biro1")
    html = (await browser.opens(MAP)).text
    assert phrase("desk_map_none", "id") in html
    assert "<figure" not in html
    assert f'href="{MAP}?wilayah=31.74"' in html
    inside = (await browser.opens(f"{MAP}?wilayah={WEST}")).text
    assert f'href="{ROOT}?wilayah={WEST}"' in inside


async def test_those_who_read_no_reports_have_no_map() -> None:
    office = staffed()
    assert (await (await office.administrator()).opens(MAP)).status_code == 403


@pytest.mark.parametrize("query", ["wilayah=<svg>", "wilayah=31.74.01.9999", "hal=99", "daftar=x", "jenis=<b>x</b>"])
async def test_what_cannot_be_read_is_left_out(query: str) -> None:
    office = staffed()
    files(office, lies(WEST))
    answer = await (await office.at_work("biro1")).opens(f"{MAP}?{query}")
    assert answer.status_code == 200
    assert "<svg>" not in answer.text
    assert "<b>x" not in answer.text


def test_a_cluster_grows_with_its_count_and_stays_readable() -> None:
    assert [radius(count, 100) for count in (1, 25, 100)] == [11, 16, 22]
    assert radius(1, 1) == 22


def test_fields_have_colours_of_their_own_and_what_is_unknown_the_last() -> None:
    assert colour("jalan") != colour("air")
    assert colour("") == colour("none of ours") == 7
