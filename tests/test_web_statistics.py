"""/statistik: plain tables, counted at most once a minute."""

from dataclasses import replace

from core.phrases import phrase
from tests.fakes.web_services import Behind, get
from web import Statistics, Table

COUNTED = Statistics(
    12345,
    (
        Table("Menurut kota", (("Jakarta Selatan", 10000), ("Jakarta Utara", 2345))),
        Table("Kosong", ()),
        Table("Nol", (("Tidak ada", 0),)),
    ),
)


async def test_the_tables_are_shown_with_numbers_as_people_write_them() -> None:
    behind = Behind(counted=COUNTED)
    indonesian = (await get(behind.app(), "/statistik")).text
    english = (await get(behind.app(), "/statistik?lang=en")).text
    assert "12.345" in indonesian
    assert "12,345" in english
    assert "Jakarta Selatan" in indonesian
    assert "Kosong" not in indonesian


async def test_the_longest_bar_is_the_greatest_number() -> None:
    html = (await get(Behind(counted=COUNTED).app(), "/statistik")).text
    assert 'width="100.0%"' in html
    assert 'width="23.4%"' in html or 'width="23.5%"' in html
    assert 'width="0.0%"' in html


async def test_a_service_without_reports_says_so() -> None:
    html = (await get(Behind(counted=Statistics(0)).app(), "/statistik")).text
    assert phrase("web_statistics_none", "id") in html


async def test_how_batches_are_counted_is_said_in_place_of_how_all_are() -> None:
    html = (await get(Behind(counted=replace(COUNTED, note="Dari terbitan.")).app(), "/statistik")).text
    assert "Dari terbitan." in html
    assert phrase("web_statistics_note", "id") not in html
    assert phrase("web_statistics_lead", "id") not in html
