"""Tables as files: read back as they were written, and nothing in them is run."""

import csv
import re
from datetime import date
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.spreadsheets import csv_of, harmless, xlsx_of

DAY = date(2026, 11, 24)


@pytest.mark.parametrize("cell", ["=1+1", "+62", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|'/c calc'!A1", "\x00=1"])
def test_what_a_spreadsheet_would_run_is_words(cell: str) -> None:
    for file in (csv_of([[cell]]), xlsx_of([[cell]])):
        assert file
    [[read]] = csv.reader(StringIO(csv_of([[cell]]).decode("utf-8-sig"), newline=""))
    assert read.startswith("'")
    found = load_workbook(BytesIO(xlsx_of([[cell]]))).active
    assert found is not None
    assert found["A1"].data_type == "s"
    assert found["A1"].value.startswith("'")


SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"


def parts(file: bytes, separator: str) -> list[str]:
    """What a spreadsheet that parts at another sign sees, with quotes and without."""
    text = file.decode("utf-8-sig")
    held = [cell for row in csv.reader(StringIO(text, newline=""), delimiter=separator) for cell in row]
    return [*held, *re.split(rf"[{separator}\r\n\u2028\u2029\x85]", text)]


@pytest.mark.parametrize(
    "cell",
    [
        "Lampu mati\n=1+1",
        "Lampu mati\r\n+62",
        "Lampu mati;=1+1",
        "Lampu mati; =cmd|' /C calc'!A0",
        'Lampu mati;"=1+1"',
        'Lampu mati;""=1+1',
        "Lampu mati,@SUM(A1)",
        "Lampu mati\t-1",
        "Lampu mati\u2028=1",
        "satu\n\n  \n=1",
        " =1",
        '"=1+1',
        "\u200b=1",
        "\uff1d1+1",
        "a;\uff1d1",
        ";=1",
        "\n=1",
        ";;;=1;+2\n-3",
    ],
)
def test_what_a_spreadsheet_would_run_in_a_later_line_or_field_is_words(cell: str) -> None:
    for separator in ";,\t|":
        for part in parts(csv_of([["R1", cell, DAY]]), separator):
            assert not part.strip('" \u200b\t').startswith(tuple(SIGNS)), (separator, part)
    told = harmless(cell)
    assert isinstance(told, str)
    assert told.replace("'", "") == cell.replace("'", ""), "nothing but apostrophes is put in"


@given(st.text(alphabet=st.sampled_from("=+-@;,|\t\r\n \"'a\u2028\uff1d\u200b"), max_size=30))
def test_no_part_of_any_text_becomes_a_formula_whatever_it_is_parted_at(text: str) -> None:
    told = harmless(text)
    assert isinstance(told, str)
    assert harmless(told) == told
    for separator in ";,\t|":
        for part in parts(csv_of([["R1", text]]), separator):
            assert not part.strip('" \u200b\t').startswith(tuple(SIGNS))


def test_a_sign_in_the_middle_of_words_stays_as_it_is() -> None:
    for words in ("lampu - mati", "Jl. A/B no. 3-5", "a@b.example", "2+2=4", "'=1", "a; '-1", "", "R1"):
        assert harmless(words) == words


def test_a_text_that_looks_like_an_error_of_a_formula_is_words() -> None:
    found = load_workbook(BytesIO(xlsx_of([["#N/A", "#REF!"]]))).active
    assert found is not None
    assert [(cell.value, cell.data_type) for cell in next(found.iter_rows())] == [("#N/A", "s"), ("#REF!", "s")]


def test_half_a_character_breaks_no_file() -> None:
    assert harmless("a\ud800b") == "ab"


@given(st.text())
def test_no_text_becomes_a_formula_or_breaks_the_file(text: str) -> None:
    told = harmless(text)
    assert isinstance(told, str)
    assert not told.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert csv_of([[text, DAY]])
    assert load_workbook(BytesIO(xlsx_of([[text, DAY]]))).active is not None


def test_words_and_days_come_back() -> None:
    rows: list[list[str | date]] = [["Nomor", "Diterima"], ["R1", DAY], ['Lampu "mati",\ngelap', DAY]]
    read = list(csv.reader(StringIO(csv_of(rows).decode("utf-8-sig"), newline="")))
    assert read == [[str(cell) for cell in row] for row in rows]
    sheet = load_workbook(BytesIO(xlsx_of(rows))).active
    assert sheet is not None
    cells = [
        [cell.date() if hasattr(cell, "date") else cell for cell in row] for row in sheet.iter_rows(values_only=True)
    ]
    assert cells == rows


def test_a_workbook_does_not_tell_who_made_it() -> None:
    with ZipFile(BytesIO(xlsx_of([["a"]]))) as book:
        assert b"openpyxl" not in book.read("docProps/core.xml")
