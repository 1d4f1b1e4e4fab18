"""What the public pages of figures show: nothing that points at anybody."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.page_data import Pages
from core import tracking
from core.areas import full_name
from core.categories import CATEGORIES
from core.model import AreaCode, CategoryId, HistoryEntry, Number, Place, Publishing, Report, Status, TrackingCode
from core.phrases import phrase
from storage import Files, Keys
from tests.fakes.cued_house import CuedStore, Inside
from tests.fakes.nouns import holder, report
from tests.fakes.time_and_random import FakeRandomSource

TEBET = "31.74.01.1001"
SENSITIVE = next(each.id for each in CATEGORIES if each.sensitive and each.restricted is None)
DICE = FakeRandomSource(7)


@pytest.fixture
async def inside(sqlite_url: str, keys: Keys, tmp_path: Path) -> AsyncIterator[Inside]:
    made = Inside(CuedStore(sqlite_url, keys), Files(tmp_path / "files"))
    yield made
    made.close()


def filed(inside: Inside, kept: Report) -> TrackingCode:
    code = tracking.new_code(DICE)
    inside.store.run(lambda tx: tx.reports.add(kept, HistoryEntry(kept.received, kept.status, kept.agency)))
    inside.store.run(lambda tx: tx.code_holders.add(holder(kept, code, None), code, None))
    return code


def lamp(number: int, area: str = TEBET) -> Report:
    """One of several, each its own."""
    whole = report(place=Place(AreaCode(area)))
    return replace(whole, number=Number(f"R{number}"), category=CategoryId("pju"))


async def test_the_figures_are_right_in_both_languages(inside: Inside) -> None:
    for number in range(3):
        filed(inside, replace(lamp(number), received=inside.clock.now()))
    filed(inside, replace(report(restricted=True), number=Number("R9"), status=Status.SELESAI, channel="mail"))
    filed(inside, replace(lamp(8), received=inside.clock.now(), category=SENSITIVE, channel="sms"))
    for lang in ("id", "en"):
        counted = await Pages(inside.turns).statistics(lang)
        assert counted.total == 3, "who compares it with the public list learns of no restricted report"
        status, channel, group, area, day = counted.tables
        assert [count for _, count in status.rows] == [3]
        assert [count for _, count in channel.rows] == [3]
        assert [count for _, count in group.rows] == [3], "a restricted report is in no group"
        assert area.rows == ()
        assert day.rows == (("8.7.", 3),)
        assert all(table.title and all(label for label, _ in table.rows) for table in counted.tables)


@pytest.mark.parametrize(("count", "shown"), [(4, False), (5, True)])
async def test_an_area_with_few_reports_is_not_shown(inside: Inside, count: int, *, shown: bool) -> None:
    for number in range(count):
        filed(inside, lamp(number))
    tables = (await Pages(inside.turns).statistics("id")).tables
    kecamatan = full_name(AreaCode(TEBET[:8]))
    assert ((kecamatan, count) in tables[3].rows) == shown
    assert (kecamatan in str(tables)) == shown


async def test_what_the_data_no_longer_knows_breaks_no_page(inside: Inside) -> None:
    for number in range(5):
        filed(inside, replace(lamp(number, "99.99.99.9999"), category=CategoryId("kucing_hilang"), channel="fax"))
    counted = await Pages(inside.turns).statistics("id")
    assert counted.total == 5
    assert ("fax", 5) in counted.tables[1].rows


async def test_where_reports_are_published_in_batches_the_page_counts_those_alone(inside: Inside) -> None:
    inside.turns.context = replace(inside.turns.context, publishing=Publishing(timedelta(days=1), 5))
    for number in range(7):
        filed(inside, lamp(number))
    counted = await Pages(inside.turns).statistics("id")
    assert (counted.total, counted.note) == (0, phrase("web_statistics_batches", "id", least="5"))
    assert all(not table.rows for table in counted.tables)
