"""`resi routes`: where new reports go by themselves, and what cannot be sent anywhere."""

from pathlib import Path

import pytest

from tests.fakes.offices import RESTRICTED, Offices


@pytest.fixture
def offices(tmp_path: Path) -> Offices:
    return Offices(tmp_path)


def test_a_row_sends_new_reports_straight_to_an_office_and_those_before_stay(offices: Offices) -> None:
    offices.hire("lurah")
    offices.hire("dinas", "dinas_bina_marga")
    offices.files()
    assert offices.done("routes", "add", "--category", "pju", "--area", "31.74.01", "--to", " dinas_bina_marga").lines
    offices.files(who="siti@surat.test")
    assert len(offices.queue("lurah")) == 1
    assert len(offices.queue("dinas")) == 1


def test_rows_are_listed_replaced_and_taken_away(offices: Offices) -> None:
    assert "place" in offices.done("routes", "list").out
    offices.done("routes", "add", "--to", "dinas_sda", "--area", "31.74.01.1001")
    offices.done("routes", "add", "--to", "dinas_sda", "--category", "banjir")
    offices.done("routes", "add", "--to", "kota:jaksel", "--category", "banjir")
    assert sorted(offices.done("routes", "list").lines) == ["* 31.74.01.1001 dinas_sda", "banjir * kota:jaksel"]
    assert offices.done("routes", "remove", "--category", "banjir").out == "Removed.\n"
    ran = offices.resi("routes", "remove", "--category", "banjir")
    assert (ran.code, ran.out) == (1, "")
    assert "No such row." in ran.err
    assert offices.resi("routes", "remove").code == 1
    assert offices.done("routes", "list").lines == ["* 31.74.01.1001 dinas_sda"]


def test_a_row_that_takes_everything_says_so(offices: Offices) -> None:
    assert offices.done("routes", "add", "--to", "dinas_sda", "--category", "banjir").err == ""
    ran = offices.resi("routes", "add", "--to", "dinas_sda")
    assert ran.out == "* * dinas_sda\n"
    assert "every new report" in ran.err
    offices.done("routes", "remove")
    assert offices.done("routes", "list").lines == ["banjir * dinas_sda"]


def test_what_is_not_known_makes_no_row(offices: Offices) -> None:
    for words in (
        ("--to", "nowhere"),
        ("--to", ""),
        ("--to", "dinas_sda", "--category", "nonsense"),
        ("--to", "dinas_sda", "--area", "31.99"),
        ("--to", "dinas_sda", "--area", "x" * 10_000),
    ):
        assert offices.refused("routes", "add", *words)
    assert offices.resi("routes", "add").code == 2
    assert len(offices.done("routes", "list").lines) == 1


def test_restricted_reports_are_sent_nowhere_else(offices: Offices) -> None:
    offices.hire("inspektur", "inspektorat")
    why = offices.refused("routes", "add", "--to", "dinas_sda", "--category", "pungli_korupsi")
    assert "terbatas" in why
    offices.resi("routes", "add", "--to", "dinas_sda")
    offices.files(RESTRICTED)
    assert len(offices.queue("inspektur")) == 1
