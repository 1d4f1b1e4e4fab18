"""A process takes over what another one changed, and starts on nothing that does not fit its folder."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from app.city_present import CityWatch, begin, taken_over
from app.errors import CannotStart
from app.sandbox import Sandbox
from app.time_and_random import SystemClock
from app.turns import Turns
from core.categories import AGENCIES, agency
from core.city.present import UNCHANGED, present, replace_present
from core.model import AgencyId, CityChange, CityPart
from core.toml_rows import Row
from storage import Files, Keys, SqlStore, open_store
from tests.fakes.patience import until
from tests.fakes.town import Town

TAMAN = {"name": "Dinas Taman", "short": "Taman", "kind": "dinas"}


@pytest.fixture
async def turns(sqlite_url: str, keys: Keys, tmp_path: Path) -> AsyncIterator[Turns]:
    with closing(open_store(sqlite_url, keys)) as store:
        made = Turns(store, Files(tmp_path / "files"), Sandbox(), Town().context, SystemClock())
        yield made
        made.close()


def changes(store: SqlStore, row: Row) -> None:
    store.run(lambda tx: tx.city_changes.put(CityChange(CityPart.AGENCY, "taman", row)))


async def test_what_another_process_changed_is_known_without_a_restart(turns: Turns) -> None:
    watch = asyncio.create_task(CityWatch(turns).run())
    changes(turns.store, TAMAN)
    await asyncio.to_thread(until, lambda: "taman" in AGENCIES, "the new agency")
    watch.cancel()


async def test_a_row_that_does_not_fit_the_folder_stops_a_start_and_no_service_that_runs(turns: Turns) -> None:
    changes(turns.store, TAMAN)
    watch = CityWatch(turns)
    await watch.renew()
    before = present()
    changes(turns.store, TAMAN | {"reports_to": "nobody"})
    await watch.renew()
    assert present() is before
    with pytest.raises(CannotStart, match="does not fit"):
        begin(turns.store, turns.context.rng)


async def test_what_cannot_be_taken_over_is_told_once(turns: Turns, caplog: pytest.LogCaptureFixture) -> None:
    changes(turns.store, TAMAN | {"reports_to": "nobody"})
    watch = CityWatch(turns)
    for _ in range(3):
        await watch.look()
    assert [each.message for each in caplog.records] == ["city_not_taken_over"]
    changes(turns.store, TAMAN)
    await watch.look()
    assert "taman" in AGENCIES


async def test_a_database_in_which_nothing_changed_is_the_folder_again(turns: Turns) -> None:
    replace_present({(CityPart.HOLIDAY, "2026-01-01"): None})
    assert taken_over(turns.store) == 0
    assert present() is UNCHANGED


async def test_a_turn_that_meets_a_row_of_another_process_reads_it_and_is_done(turns: Turns) -> None:
    CityWatch(turns)
    with pytest.raises(KeyError):
        await turns.run(lambda _: agency(AgencyId("taman")))
    changes(turns.store, TAMAN)
    assert (await turns.run(lambda _: agency(AgencyId("taman")))).name == "Dinas Taman"
    replace_present(UNCHANGED)
    changes(turns.store, TAMAN | {"short": "Tamkot"})
    assert (await turns.ask(lambda: agency(AgencyId("taman")))).short == "Tamkot"
