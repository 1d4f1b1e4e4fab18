"""Tables as files that a spreadsheet opens, nothing in which it takes for a formula, wherever it may part a cell."""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell

Cell: TypeAlias = str | date
Rows: TypeAlias = Sequence[Sequence[Cell]]
# What a formula begins with, and the signs that some spreadsheets read as these.
_FORMULA = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
# Where a cell may be parted: Excel cuts at ";" where that is the list separator of the country, and then quotes hold
# neither lines nor fields together.
_PARTS = ";,|\t\r\n\x85\u2028\u2029"
_SKIPPED = (
    '\\s"\u00ad\u200b-\u200f\u2060\ufeff'  # may stand before it and is not seen: blanks, the quote of the file itself
)
_BEGINNING = re.compile(f"([{_PARTS}{_SKIPPED}]+)([{_FORMULA}])?")
_FIRST = re.compile(f"[{_SKIPPED}]*[{_FORMULA}\t\r\n]")
_PARTED = re.compile(f"[{_PARTS}]")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML cannot hold
_LONGEST = 32_767  # characters that a cell can have


def harmless(cell: Cell) -> Cell:
    """What a spreadsheet would run, in the cell or in a part of it, begins with an apostrophe: then it is words."""
    if not isinstance(cell, str):
        return cell
    words = _BEGINNING.sub(_told, _UNSEEN.sub("", cell)[:_LONGEST])
    return (f"'{words}" if _FIRST.match(words) else words)[:_LONGEST]


def _told(found: re.Match[str]) -> str:
    before, sign = found.groups()
    return f"{before}'{sign}" if sign and _PARTED.search(before) else found.group()


def csv_of(rows: Rows) -> bytes:
    """UTF-8 with its mark, without which Excel guesses; days as ISO 8601."""
    out = StringIO(newline="")
    csv.writer(out).writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def xlsx_of(rows: Rows) -> bytes:
    """One sheet that is written row by row, with nothing in it that tells who made it."""
    from openpyxl import Workbook  # noqa: PLC0415 - it takes long to load, and few ask for a workbook
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - likewise

    book = Workbook(write_only=True)
    book.properties.creator = "-"
    sheet = book.create_sheet("laporan")

    def cells(row: Sequence[Cell]) -> "Iterator[WriteOnlyCell]":
        for value in row:
            cell = WriteOnlyCell(sheet, harmless(value))
            if isinstance(value, str):
                cell.data_type = "s"  # else "#N/A" would be an error of a formula
            yield cell

    for row in rows:
        sheet.append(cells(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


SHEETS: Mapping[str, Callable[[Rows], bytes]] = {"csv": csv_of, "xlsx": xlsx_of}
