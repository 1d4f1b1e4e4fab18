"""`resi case evaluation`: a month of every office for the Biro, of their own for heads, and of nobody for others."""

import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.time_and_random import SystemClock
from tests.fakes.offices import KELURAHAN, RESTRICTED, Offices, photo


@pytest.fixture
def offices(tmp_path: Path) -> Offices:
    made = Offices(tmp_path)
    made.hire("lurah", KELURAHAN, "head")
    made.hire("biro", "biro_pemerintahan", "biro")
    return made


def rows(offices: Offices, name: str, *words: str) -> dict[str, dict[str, Any]]:
    found = json.loads(offices.done("case", "evaluation", "--as", name, "--json", *words).out)
    return {row["agency"]: row for row in found}


def solved(offices: Offices, picture: Path) -> str:
    """A report that is done; its code."""
    code = offices.files()
    [number] = [row["number"] for row in offices.queue("lurah", "--status", "menunggu")]
    offices.does("lurah", "start", number)
    offices.does("lurah", "plan", number, text="Ganti lampu")
    offices.does("biro", "approve-plan", number)
    offices.does("lurah", "result", number, text="Sudah menyala", photo=picture)
    offices.does("biro", "validate", number)
    return code


def test_what_was_closed_in_the_month_is_counted_with_what_citizens_say_of_it(offices: Offices, tmp_path: Path) -> None:
    code = solved(offices, photo(tmp_path / "after.jpg"))
    offices.hears(f"{code} 1")
    offices.files(who="siti@surat.test")
    row = rows(offices, "biro")[KELURAHAN]
    assert (row["closed"], row["within"], row["open"], row["overdue"], row["reopened"]) == (1, 1, 1, 0, 0)
    assert row["satisfied"] == 1.0
    assert 0 <= row["mean_days"] == row["median_days"] < 1
    assert rows(offices, "lurah")[KELURAHAN] == row


def test_another_month_has_nothing_that_was_closed_in_this_one(offices: Offices, tmp_path: Path) -> None:
    solved(offices, photo(tmp_path / "after.jpg"))
    month = SystemClock().now().astimezone(ZoneInfo("Asia/Jakarta")).strftime("%Y-%m")
    assert rows(offices, "biro", "--month", month)[KELURAHAN]["closed"] == 1
    assert rows(offices, "biro", "--month", "2020-12") == {}
    for wrong in ("2026-13", "garbage", "2026-11-01"):
        assert offices.resi("case", "evaluation", "--as", "biro", "--month", wrong).code == 2


def test_a_table_has_a_head_and_a_line_an_office(offices: Offices) -> None:
    offices.files()
    head, line = offices.done("case", "evaluation", "--as", "biro").lines
    assert head.split()[:3] == ["agency", "closed", "within"]
    assert line.split() == [KELURAHAN, "0", "0", "-", "-", "1", "0", "0", "-"]


def test_restricted_reports_count_for_their_agency_alone(offices: Offices) -> None:
    offices.hire("inspektur", "inspektorat", "head")
    offices.files(RESTRICTED)
    assert rows(offices, "biro") == {}
    assert rows(offices, "lurah") == {}
    assert rows(offices, "inspektur")["inspektorat"]["open"] == 1


def test_others_read_no_evaluation(offices: Offices) -> None:
    for role in ("officer", "admin", "auditor", "clerk"):
        offices.hire(role, KELURAHAN, role)
        assert offices.refused("case", "evaluation", "--as", role)


def test_a_month_at_the_end_of_the_calendar_is_wrong_usage(offices: Offices) -> None:
    for month in ("0001-01", "1999-12", "2200-01", "9999-12"):
        ran = offices.resi("case", "evaluation", "--as", "biro", "--month", month)
        assert ran.code == 2
        assert "2000" in ran.err
    assert rows(offices, "biro", "--month", "2199-12") == {}
