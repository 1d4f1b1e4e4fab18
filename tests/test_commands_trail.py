"""`resi audit`: a trail that holds says how long it is, one that was touched says where, and auditors alone read it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.fakes.offices import KELURAHAN, Offices


@pytest.fixture
def offices(tmp_path: Path) -> Offices:
    made = Offices(tmp_path)
    made.hire("lurah")
    made.hire("auditor", KELURAHAN, "auditor")
    return made


def changed(offices: Offices, order: str) -> None:
    with closing(sqlite3.connect(offices.data / "resi.db")) as database:
        database.execute(order)
        database.commit()


def test_a_trail_that_holds_is_told_with_its_length(offices: Offices) -> None:
    assert offices.done("audit", "verify").out == "2 rows, the chain holds.\n"
    offices.files()
    [row] = offices.queue("lurah")
    offices.does("lurah", "start", row["number"])
    offices.may_not("lurah", "validate", row["number"])
    assert offices.done("audit", "verify").out == "3 rows, the chain holds.\n"


@pytest.mark.parametrize(
    "order",
    [
        "UPDATE audit SET at = '2020-01-01 00:00:00.000000' WHERE seq = 1",
        "UPDATE audit SET sealed = x'00' WHERE seq = 2",
        "DELETE FROM audit WHERE seq = 1",
        "DELETE FROM audit WHERE seq = 2",
    ],
)
def test_a_trail_that_was_touched_is_one_and_names_the_first_bad_row(offices: Offices, order: str) -> None:
    changed(offices, order)
    ran = offices.resi("audit", "verify")
    assert ran.code == 1
    assert ran.out.startswith("Row ")
    assert not ran.shows_a_trace


def test_only_an_auditor_reads_the_trail_newest_first(offices: Offices) -> None:
    assert [line.split()[1] for line in offices.done("audit", "list", "--as", "auditor").lines] == ["auditor", "lurah"]
    assert len(offices.done("audit", "list", "--as", "auditor", "--most", "1").lines) == 1
    assert offices.refused("audit", "list", "--as", "lurah")
    assert offices.refused("audit", "list", "--as", "nobody")
    assert offices.resi("audit", "list").code == 2
    assert offices.resi("audit", "list", "--as", "auditor", "--most", "0").code == 2
    assert offices.resi("audit", "list", "--as", "auditor", "--most", "9" * 20).code == 2
    offices.done("staff", "disable", "auditor")
    assert offices.refused("audit", "list", "--as", "auditor")
