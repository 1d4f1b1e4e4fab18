"""Tables as files that a spreadsheet opens, none of whose cells it takes for a formula."""

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import TypeAlias

from openpyxl import Workbook

Cell: TypeAlias = str | date
Rows: TypeAlias = Sequence[Sequence[Cell]]
_FORMULA = re.compile(r"[=+\-@\t\r]")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what XML cannot hold
_LONGEST = 32_767  # characters that a cell can have


def harmless(cell: Cell) -> Cell:
    """What a spreadsheet would run begins with an apostrophe: then it is words."""
    if not isinstance(cell, str):
        return cell
    words = _UNSEEN.sub("", cell)
    return (f"'{words}" if _FORMULA.match(words) else words)[:_LONGEST]


def csv_of(rows: Rows) -> bytes:
    """UTF-8 with its mark, without which Excel guesses; days as ISO 8601."""
    out = StringIO(newline="")
    csv.writer(out).writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def xlsx_of(rows: Rows) -> bytes:
    """One sheet that is written row by row, with nothing in it that tells who made it."""
    book = Workbook(write_only=True)
    book.properties.creator = "-"
    sheet = book.create_sheet("laporan")
    for row in rows:
        sheet.append([harmless(cell) for cell in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


SHEETS: Mapping[str, Callable[[Rows], bytes]] = {"csv": csv_of, "xlsx": xlsx_of}
