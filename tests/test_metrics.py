"""Figures for a monitor: right, read when asked, and without a word."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from app import metrics
from app.faults import Count
from app.metrics import Process
from core import intake
from core.casework import Miss
from core.model import Status
from core.tracking import new_code
from storage import Keys, SqlStore, note_copy, open_store
from tests.fakes.nouns import delivery, entry, report
from tests.fakes.time_and_random import FakeRandomSource
from tests.fakes.town import Town

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.fixture
def kept(sqlite_url: str, keys: Keys) -> Iterator[SqlStore]:
    with closing(open_store(sqlite_url, keys)) as store:
        yield store


def lines(store: SqlStore, *, leads: bool = False) -> set[str]:
    guessed = partial(store.read, lambda tx: intake.guessed(tx, NOW))
    process = Process(leads=leads, refusals=Counter({Miss.LOGIN: 3}))
    said = metrics.text(process, metrics.kept(store.figures, guessed, NOW)).decode()
    return {line for line in said.splitlines() if not line.startswith(("#", "resi_threads ", "resi_memory_bytes "))}


def test_an_empty_house_counts_nothing(kept: SqlStore) -> None:
    assert lines(kept) == {
        "resi_clock_leader 0.0",
        "resi_logins_failed_total 3.0",
        "resi_pages_refused_total 0.0",
        "resi_outbox_pending 0.0",
        "resi_outbox_dead 0.0",
        "resi_codes_wrong 0.0",
        "resi_outbox_oldest_seconds 0.0",
        "resi_messages_busy 0.0",
    }


def test_reports_are_counted_by_channel_and_status_restricted_ones_too(kept: SqlStore) -> None:
    for each in (
        report(),
        report(restricted=True),
        replace(report(), channel="mail"),
        replace(report(), status=Status.SELESAI),
    ):
        kept.run(lambda tx, each=each: tx.reports.add(each, entry()))  # type: ignore[misc]  # a default binds the loop variable
    assert lines(kept) >= {
        'resi_reports{channel="sms",status="menunggu"} 2.0',
        'resi_reports{channel="mail",status="menunggu"} 1.0',
        'resi_reports{channel="sms",status="selesai"} 1.0',
    }


def test_the_outbox_is_counted_waiting_and_dead_and_a_sent_one_is_neither(kept: SqlStore) -> None:
    waiting, sent, dead = delivery(), delivery(), delivery()
    for each in (waiting, sent, dead):
        kept.run(lambda tx, each=each: tx.outbox.add(each))  # type: ignore[misc]  # a default binds the loop variable
    kept.run(lambda tx: tx.outbox.mark_sent(sent, "", sent.not_before))
    kept.run(lambda tx: tx.outbox.mark_dead(dead.id, "blocked"))
    failed = 'resi_outbox_failed{channel="sms",state="dead",why="blocked"} 1.0'
    assert lines(kept) >= {"resi_outbox_pending 1.0", "resi_outbox_dead 1.0", failed}


def test_codes_that_do_not_exist_are_counted_for_an_hour(kept: SqlStore) -> None:
    for ago, code in ((10, 1), (20, 2), (90, 3)):
        asker = intake.Requester(f"2001:db8:{code}::/64", "id", shared=True)
        then = NOW - timedelta(minutes=ago)
        kept.run(lambda tx: intake.look_up(tx, new_code(FakeRandomSource(code)), asker, then, Town().context))  # noqa: B023 - run at once
    assert "resi_codes_wrong 2.0" in lines(kept)


def test_the_age_of_the_last_copy_and_of_the_last_drill_is_told_once_there_was_one(
    kept: SqlStore, sqlite_url: str
) -> None:
    note_copy(sqlite_url, "backup", NOW - timedelta(hours=5))
    assert "resi_backup_age_seconds 18000.0" in lines(kept)
    assert not [line for line in lines(kept) if "drill" in line]
    note_copy(sqlite_url, "drill", NOW - timedelta(days=2))
    assert "resi_drill_age_seconds 172800.0" in lines(kept)


def test_who_leads_the_clock_says_so(kept: SqlStore) -> None:
    assert "resi_clock_leader 1.0" in lines(kept, leads=True)


def test_without_a_database_the_page_still_answers_and_says_it() -> None:
    said = metrics.text(Process(leads=True, readers={"redact": Count(7, 2)}), None).decode()
    assert "\nresi_store_away 1.0\n" in said
    assert "resi_reports{" not in said
    assert "\nresi_clock_leader 1.0\n" in said
    assert '\nresi_reader_faults_total{reader="redact"} 2.0\n' in said


def test_what_readers_failed_on_stands_beside_what_they_read() -> None:
    said = metrics.text(Process(readers={"redact": Count(7, 2), "areas": Count(9, 0)}), None).decode()
    assert {line for line in said.splitlines() if line.startswith("resi_reader")} == {
        'resi_reader_readings_total{reader="redact"} 7.0',
        'resi_reader_readings_total{reader="areas"} 9.0',
        'resi_reader_faults_total{reader="redact"} 2.0',
        'resi_reader_faults_total{reader="areas"} 0.0',
    }


def test_the_delivery_that_waits_longest_says_how_long_and_one_of_tomorrow_nothing(kept: SqlStore) -> None:
    kept.run(lambda tx: tx.outbox.add(replace(delivery(b"a"), not_before=NOW + timedelta(hours=9))))
    assert "resi_outbox_oldest_seconds 0.0" in lines(kept)
    kept.run(lambda tx: tx.outbox.add(replace(delivery(b"b"), channel="mail", not_before=NOW - timedelta(minutes=2))))
    assert lines(kept) >= {
        "resi_outbox_oldest_seconds 120.0",
        'resi_outbox_waiting{channel="mail"} 1.0',
        'resi_outbox_waiting{channel="sms"} 1.0',
    }


def test_a_process_says_which_parts_are_ready_how_old_its_jobs_are_and_what_it_holds() -> None:
    process = Process(parts={"mail": True, "disk": False}, works={"purge": 61.0}, busy=3, disk_free=5)
    said = set(metrics.text(process, None).decode().splitlines())
    assert said >= {
        'resi_part_ready{part="mail"} 1.0',
        'resi_part_ready{part="disk"} 0.0',
        'resi_clock_work_age_seconds{work="purge"} 61.0',
        "resi_messages_busy 3.0",
        "resi_disk_free_bytes 5.0",
    }
    assert {line.split()[0] for line in said} >= {"resi_memory_bytes", "resi_threads"}
