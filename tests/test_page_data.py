"""What the public pages show: the status behind a code, and figures that point at nobody."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.page_data import Pages
from core import tracking, workflow
from core.areas import full_name
from core.model import AreaCode, CategoryId, HistoryEntry, Number, Place, Publishing, Report, Status, TrackingCode
from core.phrases import phrase
from storage import Files, Keys, Retention
from tests.fakes.cued_house import CuedStore, Inside
from tests.fakes.nouns import AGENCY, holder, report
from tests.fakes.time_and_random import FakeRandomSource

TEBET = "31.74.01.1001"
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


def other_code(number: int = 0) -> str:
    """One that holds and that nobody was given."""
    digits = f"00000000000{number:04d}"
    return digits + tracking.check_digit(digits)


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("status", list(Status))
async def test_every_status_has_its_words_and_a_phase_in_every_language(
    inside: Inside, status: Status, lang: str
) -> None:
    code = filed(inside, replace(report(), status=status))
    tracked = await Pages(inside.turns).track(code.reveal(), "198.51.100.7", lang)
    assert tracked.found
    assert tracked.status
    assert tracked.phase is status.row.phase
    assert code.reveal()[:12] not in str(tracked)
    assert len(tracked.history) == 1


async def test_a_code_may_be_typed_with_any_separators_or_inside_words(inside: Inside) -> None:
    code = filed(inside, report())
    for typed in (tracking.shown(code), f"kode saya {tracking.shown(code)} terima kasih"):
        assert (await Pages(inside.turns).track(typed, "peer", "id")).found


async def test_the_agency_of_an_open_report_is_named_and_that_of_a_restricted_one_is_not(inside: Inside) -> None:
    named = workflow.agency_name(AGENCY, "id")
    shown = filed(inside, report())
    hidden = filed(inside, replace(report(restricted=True), number=Number("R2")))
    pages = Pages(inside.turns)
    assert named in str(await pages.track(shown.reveal(), "peer", "id"))
    tracked = await pages.track(hidden.reveal(), "peer", "id")
    assert tracked.found
    assert named not in str(tracked)


async def test_what_was_done_is_told_without_the_agency_once_the_words_have_ended(inside: Inside) -> None:
    ended = replace(report(), status=Status.SELESAI, category=CategoryId("pju"))
    ended = replace(ended, closed=ended.received)
    code = filed(inside, ended)
    rules = Retention(contact_days=1, text_days={ended.category: 1})
    assert inside.store.upkeep.purge(ended.received + timedelta(days=2), rules)["texts"] == 1
    ((_, said),) = (await Pages(inside.turns).track(code.reveal(), "peer", "id")).history
    assert said == phrase("status_selesai", "id")


async def test_what_is_no_code_is_said_and_is_no_guess(inside: Inside) -> None:
    pages = Pages(inside.turns)
    code = filed(inside, report())
    wrong = code.reveal()[:-1] + str((int(code.reveal()[-1]) + 1) % 10)
    for typed in ("", "halo", wrong) * 30:
        tracked = await pages.track(typed, "peer", "id")
        assert (tracked.found, tracked.wait) == (False, False)
    assert (await pages.track(code.reveal(), "peer", "id")).found


async def test_who_guesses_on_must_wait_and_others_need_not(inside: Inside) -> None:
    pages = Pages(inside.turns)
    code = filed(inside, report())
    tries = [await pages.track(other_code(number), "198.51.100.7", "id") for number in range(40)]
    assert not tries[0].wait
    assert tries[-1].wait
    assert not any(each.found for each in tries)
    assert (await pages.track(code.reveal(), "198.51.100.7", "id")).wait
    assert (await pages.track(code.reveal(), "198.51.100.8", "id")).found
    inside.clock.passes(hours=25)
    assert (await pages.track(code.reveal(), "198.51.100.7", "id")).found


async def test_the_figures_are_right_in_both_languages(inside: Inside) -> None:
    for number in range(3):
        filed(inside, replace(lamp(number), received=inside.clock.now()))
    filed(inside, replace(report(restricted=True), number=Number("R9"), status=Status.SELESAI, channel="mail"))
    for lang in ("id", "en"):
        counted = await Pages(inside.turns).statistics(lang)
        assert counted.total == 4
        status, channel, group, area, day = counted.tables
        assert [count for _, count in status.rows] == [3, 1]
        assert [count for _, count in channel.rows] == [3, 1]
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
