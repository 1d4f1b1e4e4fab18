"""Accounts from a table: every line is told what is wrong with it, and all are made or none."""

import pytest

from core.casework import Actor, account_import
from core.casework.account_import import ImportedLine
from core.errors import Refused
from core.model import StaffRole
from tests.fakes.town_hall import BIRO, KELURAHAN, TownHall

ADMIN = Actor("admin", "desk")


@pytest.fixture
def hall() -> TownHall:
    hall = TownHall()
    hall.hire("admin", BIRO, StaffRole.ADMIN)
    return hall


def read(hall: TownHall, table: str, by: Actor = ADMIN) -> tuple[ImportedLine, ...]:
    return hall.run(lambda turn: account_import.read(turn, table, by))


def whys(hall: TownHall, *lines: str) -> list[str]:
    return [each.why.phrase if each.why else "" for each in read(hall, "\n".join(lines))]


@pytest.mark.parametrize(
    "table",
    [
        f"siti,{KELURAHAN},officer",
        f"siti;{KELURAHAN};officer",
        f"\ufeffnama;kantor;peran\r\nsiti;{KELURAHAN};officer\r\n\r\n",
        f'Name,Office,Role\n"siti", {KELURAHAN} ,OFFICER',
        "siti,Kelurahan Tebet Timur,petugas",
        "siti,KELURAHAN TEBET TIMUR,Petugas",
    ],
)
def test_a_table_is_read_however_a_spreadsheet_writes_it(hall: TownHall, table: str) -> None:
    (line,) = read(hall, table)
    assert line.why is None
    assert line.staff is not None
    assert (line.staff.name, line.staff.role, line.staff.fresh) == ("siti", StaffRole.OFFICER, True)


def test_each_line_is_told_what_is_wrong_with_it_and_its_number(hall: TownHall) -> None:
    table = [
        "nama;kantor;peran",
        f"siti;{KELURAHAN};officer",
        f"siti;{KELURAHAN};officer",
        f"admin;{KELURAHAN};officer",
        "budi;kantor lain;officer",
        f"budi;{KELURAHAN};raja",
        f"budi;{KELURAHAN}",
        f"budi;{KELURAHAN};officer;lagi",
        f"a/b;{KELURAHAN};officer",
        f"budi;{KELURAHAN};biro",
        "budi;pln_uid_jakarta_raya;officer",
    ]
    assert whys(hall, *table) == [
        "", "staff_name_taken", "staff_name_taken", "case_office_unknown", "import_role", "import_fields",
        "import_fields", "staff_name_wrong", "staff_biro_only", "staff_office_outside",
    ]  # fmt: skip
    assert [each.number for each in read(hall, "\n".join(table))] == list(range(2, 12))


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_what_a_spreadsheet_would_run_is_no_name(hall: TownHall, sign: str) -> None:
    assert whys(hall, f"{sign}budi;{KELURAHAN};officer") == ["import_formula"]


@pytest.mark.parametrize("table", ["", "\n\n", "nama;kantor;peran", "\ufeff"])
def test_an_empty_table_is_told_so(hall: TownHall, table: str) -> None:
    with pytest.raises(Refused, match="import_empty"):
        read(hall, table)


def test_a_table_that_would_take_too_long_is_refused_whole(hall: TownHall) -> None:
    rows = [f"siti{n};{KELURAHAN};officer" for n in range(account_import.MOST + 1)]
    assert len(read(hall, "\n".join(rows[:-1]))) == account_import.MOST
    with pytest.raises(Refused, match="import_long"):
        read(hall, "\n".join(rows))


@pytest.mark.parametrize("table", ['"siti', "a\0b;c;d", "\r\r\r;", ";;;;", '"a\nb";x;y', "é" * 9000])
def test_no_table_breaks_the_reader(hall: TownHall, table: str) -> None:
    for line in read(hall, table) if table.strip(";\r") else ():
        assert line.why is not None


def test_all_are_made_under_the_name_of_who_imports(hall: TownHall) -> None:
    lines = read(hall, f"siti;{KELURAHAN};officer\nbudi;{KELURAHAN};kepala")
    hall.run(lambda turn: account_import.make(turn, lines, ("one", "two"), ADMIN))
    made = {each.name: each for each in hall.state.staff.values()}
    assert made["budi"].role is StaffRole.HEAD
    assert hall.state.passwords[made["siti"].id] == "one"
    noted = [(each.who, each.act, each.via) for each in hall.state.audit.values()][-2:]
    assert noted == [("admin", "staff-add siti", "desk"), ("admin", "staff-add budi", "desk")]


def test_none_is_made_where_one_cannot_be(hall: TownHall) -> None:
    lines = read(hall, f"siti;{KELURAHAN};officer\nbudi;{KELURAHAN};kepala")
    hall.hire("budi", KELURAHAN)  # meanwhile
    before = hall.state.copy()
    with pytest.raises(Refused, match="staff_name_taken"):
        hall.run(lambda turn: account_import.make(turn, lines, ("one", "two"), ADMIN))
    wrong = read(hall, "siti;x;y")
    with pytest.raises(Refused, match="import_role"):
        hall.run(lambda turn: account_import.make(turn, wrong, ("one",), ADMIN))
    assert hall.state == before


def test_only_administrators_import(hall: TownHall) -> None:
    hall.hire("siti", KELURAHAN)
    with pytest.raises(Refused, match="case_not_yours"):
        read(hall, "a;b;c", Actor("siti", "desk"))
