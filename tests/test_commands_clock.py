"""`resi clock`: what is due is done once and leaves; in development as if it were another time."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.time_and_random import SystemClock
from storage import new_key_line
from tests.fakes.offices import KELURAHAN, Offices, after


@pytest.fixture
def offices(tmp_path: Path) -> Offices:
    return Offices.staffed(tmp_path, ("lurah",))


def test_now_nothing_is_due_and_what_waits_leaves(offices: Offices) -> None:
    offices.files()
    assert offices.passes() == {"deadlines": 0, "released": 0, "erased": 0, "sent": 0}
    [row] = offices.queue("lurah")
    offices.does("lurah", "start", row["number"])
    assert offices.passes()["sent"] == 1
    assert "dikerjakan" in offices.arrived()[-1]


def test_at_the_deadline_one_message_leaves_and_the_mark_stays(offices: Offices) -> None:
    offices.files()
    [row] = offices.queue("lurah")
    offices.passes(after(row, minutes=-1))
    assert offices.arrived() == []
    for _ in range(3):
        offices.passes(after(row, minutes=1))
    [letter] = offices.arrived()
    assert "melewati batas waktunya" in letter
    [row] = offices.queue("lurah")
    assert (row["late"], row["evaluation"]) == (True, False)
    last = offices.shows("lurah", row["number"])["history"][-1]
    assert (last["act"], datetime.fromisoformat(last["at"])) == ("late", after(row, minutes=1))


def test_a_leap_over_every_mark_tells_twice_at_most(offices: Offices) -> None:
    offices.files()
    [row] = offices.queue("lurah")
    offices.passes(after(row, days=60))
    offices.passes(after(row, days=60, hours=2))
    assert 1 <= len(offices.arrived()) <= 2
    [row] = offices.queue("lurah")
    assert (row["late"], row["evaluation"]) == (True, True)


def test_what_happens_after_a_leap_is_told_at_once(offices: Offices) -> None:
    offices.files()
    [row] = offices.queue("lurah")
    offices.passes(after(row, days=60))
    offices.arrived()
    offices.does("lurah", "start", row["number"])
    [letter] = offices.letters()
    assert "dikerjakan" in letter
    assert offices.done("outbox", "list").lines == ["Nothing waits."]


def test_later_changes_of_an_hour_wait_together_until_their_time(offices: Offices) -> None:
    offices.files()
    [row] = offices.queue("lurah")
    offices.does("lurah", "start", row["number"])
    assert len(offices.letters()) == 1
    offices.does("lurah", "ask", row["number"], text="Tiang yang mana?")
    assert ["Tiang yang mana?" in letter for letter in offices.letters()] == [True]
    offices.does("lurah", "coordinate", row["number"], to="dinas_sda")
    assert offices.letters() == []
    [waiting] = offices.done("outbox", "list").lines
    assert " digest mail waiting " in waiting
    assert "sda" not in waiting
    passed = offices.passes(SystemClock().now() + timedelta(hours=2))
    assert (passed["released"], passed["sent"]) == (1, 1)
    [letter] = offices.arrived()
    assert "diteruskan" in letter


def test_a_time_without_a_zone_is_one_of_the_city(offices: Offices) -> None:
    offices.files()
    [row] = offices.queue("lurah")
    local = after(row, minutes=1).astimezone(datetime.fromisoformat(row["due"]).tzinfo).replace(tzinfo=None)
    assert offices.done("clock", "--at", local.isoformat()).lines[0] == "deadlines 1"
    [row] = offices.queue("lurah")
    assert row["late"] is True


@pytest.mark.parametrize("at", ["garbage", " ", "tomorrow", "2026-99-01", "x" * 10_000, "25:00", "€"])
def test_a_time_that_is_none_is_refused(offices: Offices, at: str) -> None:
    before = offices.rows()
    assert "2026-12-31T09:00" in offices.refused("clock", "--at", at)
    assert offices.rows() == before


@pytest.mark.parametrize("at", ["0001-01-01T00:00", "0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00", "2200-01-01"])
def test_a_time_that_nothing_could_be_counted_from_is_refused(offices: Offices, at: str) -> None:
    before = offices.rows()
    assert "hundred years" in offices.refused("clock", "--at", at)
    assert offices.rows() == before


def test_a_time_that_has_gone_does_nothing(offices: Offices) -> None:
    offices.files()
    before = offices.rows()
    assert offices.passes(SystemClock().now() - timedelta(days=400)) == dict.fromkeys(
        ("deadlines", "released", "erased", "sent"), 0
    )
    assert offices.rows() == before


def test_production_lives_in_its_own_time(tmp_path: Path) -> None:
    offices = Offices(tmp_path, {"KEYS": new_key_line("a")})
    offices.hire("lurah", KELURAHAN)
    production = {"MODE": "production", "PUBLIC_URL": "https://resi.test", "MAIL_LISTEN": "off"}
    assert "development" in offices.refused("clock", "--at", "2030-01-01", **production)
    ran = offices.resi("clock", **production)
    assert (ran.code, ran.lines[-1]) == (0, "sent 0")
