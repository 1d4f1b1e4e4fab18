"""/statistik/peta: published figures of areas in five tones, and a table that has them all."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import StoreAway
from core.model import AreaCode
from core.phrases import phrase
from core.ports import Sheet
from tests.fakes.drawn_city import CREDIT, EAST, NORTH, WEST, FakeBoundaries
from tests.fakes.map_data import map_data
from tests.fakes.web_services import Behind, get
from web import AreaFigure, PlaceFigures
from web.statistics_map import HERE, decimal, tone_of, tones

FIGURES = {WEST: AreaFigure(12, 3.5), EAST: AreaFigure(1234), NORTH: AreaFigure(40, 7.0)}
FOUND = PlaceFigures(FIGURES, FakeBoundaries().sheet(), CREDIT, 5, batches=True)


NONE = "\N{EN DASH}"


async def opened(query: str = "", found: PlaceFigures = FOUND) -> str:
    answer = await get(Behind(placed=found).app(), HERE + query)
    assert answer.status_code == 200
    return answer.text


async def test_each_area_has_the_tone_of_its_figure_and_a_row_in_the_table() -> None:
    html = await opened()
    drawn = dict(re.findall(r'<path class="(q\d)"[^>]*><title>([^<]+)</title>', html))
    assert len(drawn) == 3
    assert f"<td>1.234</td><td>{NONE}</td>" in html
    assert "<td>12</td><td>3,5</td>" in html
    assert CREDIT in html
    assert phrase("web_map_batches", "id") in html
    english = await opened("?lang=en")
    assert f"<td>1,234</td><td>{NONE}</td>" in english
    assert "<td>12</td><td>3.5</td>" in english


async def test_days_are_another_picture_of_the_same_table() -> None:
    html = await opened("?ukuran=hari")
    assert html.count('<path class="q0"') == 1, "of one area there are no days"
    assert "<td>12</td><td>3,5</td>" in html
    assert 'href="/statistik/peta" ' in html or 'href="/statistik/peta">' in html, "and back"


async def test_a_part_of_the_city_is_come_near_to_by_links_alone() -> None:
    html = await opened("?lang=en")
    assert 'href="/statistik/peta?wilayah=31.74&amp;lang=en"' in html
    inside = await opened("?wilayah=31.74.01")
    assert inside.count('<path class="q') == 2
    assert inside.count('<path class="out"') == 1
    assert "1.234" in inside
    assert "<td>40</td>" not in inside


async def test_no_point_and_no_office_is_ever_there() -> None:
    html = await opened()
    assert "circle" not in html
    assert "geo:" not in html


@pytest.mark.parametrize("query", ["?wilayah=<b>", "?wilayah=99", f"?wilayah={WEST}", "?ukuran=<i>", "?wilayah="])
async def test_what_cannot_be_read_shows_the_whole(query: str) -> None:
    html = await opened(query)
    assert html.count('<path class="q') == 3
    assert "<b>" not in html.partition("<main")[2].partition("</main>")[0]


async def test_names_with_markup_are_words() -> None:
    html = await opened(found=replace(FOUND, credit='<script>"&'))
    assert "<script>" not in html
    assert "&lt;script&gt;&#34;&amp;" in html


async def test_without_outlines_the_page_says_so_and_has_its_table() -> None:
    html = await opened(found=replace(FOUND, sheet=None))
    assert phrase("web_map_none", "id") in html
    assert '<svg class="map"' not in html
    assert "<td>12</td><td>3,5</td>" in html


async def test_where_nothing_can_be_shown_the_page_says_so() -> None:
    for found in (PlaceFigures(), PlaceFigures(sheet=FOUND.sheet, least=5)):
        assert phrase("web_map_nothing", "id") in await opened(found=found)


async def test_it_may_be_kept_a_minute_and_is_counted_once() -> None:
    behind = Behind(placed=FOUND)
    app = behind.app()
    for query in ("", "?lang=en", "?ukuran=hari"):
        answer = await get(app, HERE + query)
        assert answer.headers["cache-control"] == "public, max-age=60"
        assert "script-src" not in answer.headers["content-security-policy"]
    assert behind.places_asked == 1


async def test_a_store_that_is_away_is_told() -> None:
    assert (await get(Behind(raises=StoreAway()).app(), HERE)).status_code == 503


async def test_the_page_of_figures_leads_there() -> None:
    assert f'href="{HERE}"' in (await get(Behind().app(), "/statistik")).text


def sheet_of_the_city() -> Sheet:
    from storage.maps import OutlineIndex, read_outlines  # noqa: PLC0415 - shapely is loaded by this test alone

    return OutlineIndex(read_outlines(map_data("kelurahan.geojson").read_bytes()).drawn).sheet()


async def test_of_a_whole_city_with_all_its_figures_the_page_is_light() -> None:
    sheet = sheet_of_the_city()
    figures = {code: AreaFigure(12_345, 12.3) for code in sheet.outlines if len(code) > len("31.74.01")}
    html = await opened(found=PlaceFigures(figures, sheet, CREDIT, 5, batches=True))
    assert len(html.encode()) < 100_000


@given(st.lists(st.integers(0, 10_000) | st.floats(0, 1000), max_size=300))
def test_tones_are_in_order_and_hold_every_value(values: list[float]) -> None:
    found = tones(values)
    assert len(found) <= 5
    assert all(each.least <= each.most for each in found)
    assert all(one.most < other.least for one, other in pairwise(found))
    for value in values:
        tone = found[tone_of(value, found) - 1]
        assert tone.least <= value <= tone.most
    assert tone_of(None, found) == 0


def test_a_number_is_written_as_people_write_it() -> None:
    assert [decimal(each, "id") for each in (0, 3.5, 7.0, 1234.5)] == ["0", "3,5", "7", "1.234,5"]
    assert [decimal(each, "en") for each in (3.5, 1234.5)] == ["3.5", "1,234.5"]


async def test_an_area_whose_code_is_not_of_the_city_is_nowhere() -> None:
    html = await opened(found=replace(FOUND, areas={AreaCode("99.99"): AreaFigure(9)}))
    assert "<td>9</td>" not in html
