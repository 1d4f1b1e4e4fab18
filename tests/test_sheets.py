"""Tables as files: read back as they were written, and nothing in them is run."""

import csv
from datetime import date
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.sheets import csv_of, harmless, xlsx_of

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


@given(st.text())
def test_no_text_becomes_a_formula_or_breaks_the_file(text: str) -> None:
    told = harmless(text)
    assert isinstance(told, str)
    assert not told.startswith(("=", "+", "-", "@", "\t", "\r"))
    if not any("\ud800" <= character <= "\udfff" for character in text):
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
