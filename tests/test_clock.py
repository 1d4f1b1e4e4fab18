"""The clock: what is due is erased by whoever leads, and trouble passes."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from apscheduler.jobstores.memory import MemoryJobStore

from app.clock import Clock
from app.time_and_random import SystemClock
from core.errors import NotFound
from core.model import Dialogue, Draft, PublishedQuery, Publishing, Status
from storage import LEAD_SECONDS, Files, Keys, Leader, Retention
from tests.fakes.cued_house import AWAY, CANARY, CuedStore, Inside, until
from tests.fakes.kept import as_it_is, kept
from tests.fakes.nouns import code as new_code
from tests.fakes.nouns import contact, entry, holder, report
from tests.fakes.rows import deliveries


class Baton(Leader):
    """Leads when a test says so."""

    def __init__(self, *, holds: bool = True) -> None:
        super().__init__("sqlite:///unused")
        self.holds = holds
        self.asked = 0
        self.fails: list[Exception] = []

    def leads(self) -> bool:
        self.asked += 1
        if self.fails:
            raise self.fails.pop(0)
        return self.holds

    def resign(self) -> None:
        self.holds = False


@pytest.fixture
async def inside(sqlite_url: str, keys: Keys, tmp_path: Path) -> AsyncIterator[Inside]:
    made = Inside(CuedStore(sqlite_url, keys), Files(tmp_path / "files"))
    yield made
    made.close()


@asynccontextmanager
async def ticking(inside: Inside, folder: Path, leader: Leader) -> AsyncIterator[Clock]:
    clock = Clock(inside.turns, Files(folder / "files"), leader, Retention(contact_days=30))
    clock.start()
    try:
        yield clock
    finally:
        await clock.stop()


def keep_a_dialogue(inside: Inside, draft: Draft = Draft()) -> bytes:  # noqa: B008 - frozen
    ordering_key = inside.store.ordering_key("sms", inside.letter().sender)
    now = inside.clock.now()
    inside.store.run(lambda tx: tx.dialogues.put(ordering_key, Dialogue("id", draft=draft), now))
    return ordering_key


def has_dialogue(inside: Inside, ordering_key: bytes) -> bool:
    return inside.store.run(lambda tx: tx.dialogues.get(ordering_key)) is not None


def asks_now(clock: Clock) -> None:
    """Whether its process leads, and not only at the next tick."""
    clock.scheduler.modify_job("_lead", next_run_time=SystemClock().now())


async def test_who_leads_erases_at_once_what_had_its_time(inside: Inside, tmp_path: Path) -> None:
    code, reach = new_code(), contact()
    closed = replace(report(), status=Status.SELESAI, closed=inside.clock.now())
    inside.store.run(lambda tx: tx.reports.add(closed, entry()))
    inside.store.run(lambda tx: tx.code_holders.add(holder(closed, code, reach), code, reach))
    ordering_key = keep_a_dialogue(inside)
    inside.clock.passes(days=31)
    async with ticking(inside, tmp_path, Baton()) as clock:
        await until(lambda: not has_dialogue(inside, ordering_key))
        assert clock.leads
        await until(lambda: inside.store.run(lambda tx: tx.code_holders.contact(reach.id)) is None)
    assert inside.store.run(lambda tx: tx.code_holders.by_code(code)) is not None
    assert inside.store.run(lambda tx: tx.reports.get(closed.id)) is not None


async def test_what_is_still_young_is_kept(inside: Inside, tmp_path: Path) -> None:
    ordering_key = keep_a_dialogue(inside)
    inside.clock.passes(hours=23)
    files = Files(tmp_path / "files")
    draft, young = files.put(b"photo", "image/jpeg"), files.put(b"photo", "image/jpeg")
    keep_a_dialogue(inside, Draft(files=(draft,)))
    async with ticking(inside, tmp_path, Baton()) as clock:
        await until(lambda: clock.leads)
        await until(lambda: clock.idle)
    assert has_dialogue(inside, ordering_key)
    assert files.get(draft) == files.get(young) == b"photo"


async def test_a_file_that_nothing_names_is_swept_after_an_hour_and_a_named_one_is_not(
    inside: Inside, tmp_path: Path
) -> None:
    files = Files(tmp_path / "files")
    named, nameless = files.put(b"photo", "image/jpeg"), files.put(b"photo", "image/jpeg")
    in_a_draft = files.put(b"photo", "image/jpeg")
    inside.store.run(lambda tx: tx.reports.add(replace(report(), files=(named,)), entry()))
    # A file's age is its disk's, which no test moves: the clock of the house is put ahead of it.
    inside.clock.at = SystemClock().now()
    keep_a_dialogue(inside, Draft(files=(in_a_draft,)))
    inside.clock.passes(hours=2)

    def gone() -> bool:
        try:
            files.get(nameless)
        except NotFound:
            return True
        return False

    async with ticking(inside, tmp_path, Baton()):
        await until(gone)
    assert files.get(named) == files.get(in_a_draft) == b"photo"


async def test_who_does_not_lead_stands_by_and_takes_over(inside: Inside, tmp_path: Path) -> None:
    ordering_key = keep_a_dialogue(inside)
    inside.clock.passes(days=2)
    baton = Baton(holds=False)
    async with ticking(inside, tmp_path, baton) as clock:
        await until(lambda: baton.asked == 1)
        await until(lambda: clock.idle)
        assert not clock.leads
        assert has_dialogue(inside, ordering_key)
        baton.holds = True
        asks_now(clock)
        await until(lambda: clock.leads)
        await until(lambda: not has_dialogue(inside, ordering_key))
        baton.holds = False
        asks_now(clock)
        await until(lambda: not clock.leads)


async def test_who_was_stopped_for_a_while_does_nothing_before_it_has_asked(inside: Inside, tmp_path: Path) -> None:
    seconds = [1000.0]
    clock = Clock(
        inside.turns, Files(tmp_path / "files"), Baton(), Retention(contact_days=30), seconds=lambda: seconds[0]
    )
    clock.start()
    try:
        await until(lambda: clock.leads)
        seconds[0] += LEAD_SECONDS + 1
        assert not clock.leads
        asks_now(clock)
        await until(lambda: clock.leads)
    finally:
        await clock.stop()


async def test_who_stands_by_asks_soon_enough_to_follow_within_thirty_seconds_of_a_last_sign_of_life(
    inside: Inside, tmp_path: Path
) -> None:
    async with ticking(inside, tmp_path, Baton(holds=False)) as clock:
        asks = clock.scheduler.get_job("_lead").trigger
        assert asks.interval + timedelta(seconds=(asks.jitter or 0) + LEAD_SECONDS) <= timedelta(seconds=30)


async def test_who_stops_lets_another_lead(inside: Inside, tmp_path: Path) -> None:
    baton = Baton()
    async with ticking(inside, tmp_path, baton) as clock:
        await until(lambda: clock.leads)
    assert not clock.leads
    assert not baton.holds


async def test_a_store_that_is_away_is_waited_out_and_told_without_words(
    inside: Inside, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ordering_key = keep_a_dialogue(inside)
    inside.clock.passes(days=2)
    baton = Baton()
    baton.fails = [AWAY, ValueError(CANARY)]
    async with ticking(inside, tmp_path, baton) as clock:
        await until(lambda: baton.asked == 1)
        await until(lambda: clock.idle)
        asks_now(clock)
        await until(lambda: baton.asked == 2)
        await until(lambda: clock.idle)
        asks_now(clock)
        await until(lambda: not has_dialogue(inside, ordering_key))
    told = [record.message for record in caplog.records if record.name == "app.clock"]
    assert told[:2] == ["clock_store_away", "clock_failed"]
    assert CANARY not in str([vars(record) for record in caplog.records])


async def test_what_was_erased_is_told_by_kind_and_number(
    inside: Inside, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    keep_a_dialogue(inside)
    inside.clock.passes(days=2)
    async with ticking(inside, tmp_path, Baton()):
        await until(lambda: "purged" in caplog.messages)
    [record] = [record for record in caplog.records if record.message == "purged"]
    assert vars(record)["dialogues"] == 1


async def test_jobs_carry_nothing_are_kept_nowhere_and_never_run_twice_at_once(inside: Inside, tmp_path: Path) -> None:
    async with ticking(inside, tmp_path, Baton()) as clock:
        assert isinstance(clock.scheduler._lookup_jobstore("default"), MemoryJobStore)  # noqa: SLF001 - no other way to ask
        jobs = clock.scheduler.get_jobs()
        assert len(jobs) == 6
        for job in jobs:
            assert (job.args, job.kwargs) == ((), {})
            assert job.coalesce
            assert job.max_instances == 1
            assert job.misfire_grace_time is None, "a busy second would skip a run"
        assert min(job.trigger.interval for job in jobs) <= timedelta(seconds=10)


async def test_who_leads_marks_at_once_what_came_due_while_nobody_looked(
    inside: Inside, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "app.clock")
    filed, _ = kept(inside)
    inside.clock.passes(days=31)
    inside.turns.written.clear()
    async with ticking(inside, tmp_path, Baton()):
        await until(lambda: as_it_is(inside, filed.id).evaluation)
        await until(inside.turns.written.is_set)
    assert as_it_is(inside, filed.id).late
    assert [record.__dict__["reports"] for record in caplog.records if record.message == "deadlines_passed"] == [1]
    assert deliveries(inside.store) == 2


async def test_who_does_not_lead_marks_nothing(inside: Inside, tmp_path: Path) -> None:
    filed, _ = kept(inside)
    inside.clock.passes(days=31)
    baton = Baton(holds=False)
    async with ticking(inside, tmp_path, baton) as clock:
        await until(lambda: baton.asked > 0)
        for job in clock.scheduler.get_jobs():
            clock.scheduler.modify_job(job.id, next_run_time=SystemClock().now())
        await until(lambda: baton.asked > 1)
        await until(lambda: clock.idle)
    assert not as_it_is(inside, filed.id).late


@pytest.mark.parametrize("leads", [True, False])
async def test_who_leads_publishes_the_batches_that_have_ended(inside: Inside, tmp_path: Path, *, leads: bool) -> None:
    inside.turns.context = replace(inside.turns.context, publishing=Publishing(timedelta(days=1), 1))
    filed, _ = kept(inside)
    inside.store.run(lambda tx: tx.publications.add_waiting(filed.id, filed.channel, None))
    inside.clock.passes(days=1)
    async with ticking(inside, tmp_path, Baton(holds=leads)) as clock:
        await until(lambda: clock.leads == leads and clock.idle)
        if leads:
            await until(lambda: bool(inside.store.published.listed(PublishedQuery())))
        clock.scheduler.modify_job("_publish", next_run_time=SystemClock().now())
        await until(lambda: clock.idle)
    assert bool(inside.store.published.listed(PublishedQuery())) == leads
