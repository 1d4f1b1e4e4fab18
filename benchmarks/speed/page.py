"""Figures as a table and a picture for docs/performance.md."""

import os
import platform
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from benchmarks.speed.target import Target
from docs.drawing import EDGE, INK, PALE, Sheet

DOCS = Path(__file__).resolve().parents[2] / "docs"
BEGIN, END = "<!-- figures: written by make bench -->\n", "<!-- end of figures -->\n"
_REACHED, _SHORT = "#1b7a3d", "#b45309"
_ROW, _BAR, _NAMES = 26, 380, 400


def written(targets: Sequence[Target], today: date) -> None:
    """Puts them between the marks of the page, and draws the picture beside it."""
    page = DOCS / "performance.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}{table(targets, today)}{END}{after}", encoding="utf-8")
    (DOCS / "performance.svg").write_text(picture(targets), encoding="utf-8")


def table(targets: Sequence[Target], today: date) -> str:
    """A row a figure."""
    machine = f"Python {platform.python_version()}, {os.cpu_count()} processors"
    rows = [
        f"| {each.name} | {each.figure:.3g} | {each.wanted} | {'yes' if each.share >= 1 else 'no'} | {each.beside} |"
        for each in targets
    ]
    head = "| work | figure | wanted | reached | beside |\n|---|---|---|---|---|\n"
    return f"Measured on {today:%d.%m.%Y} with {machine}.\n\n{head}" + "\n".join(rows) + "\n"


def picture(targets: Sequence[Target]) -> str:
    """How much of what is wanted each reaches: the line is all of it."""
    sheet = Sheet("How much of each target is reached", _NAMES + _BAR + 110, 50 + _ROW * len(targets))
    full = _NAMES + _BAR
    for row, each in enumerate(targets):
        top = 40 + row * _ROW
        sheet.write(each.name, (12, top + 14), 12)
        reached = min(1.0, each.share)
        colour = _REACHED if each.share >= 1 else _SHORT
        sheet.put("rect", x=_NAMES, y=top + 3, width=max(1, round(reached * _BAR)), height=_ROW - 10, fill=colour)
        sheet.write(f"{each.share:.0%}", (full + 12, top + 15), 12, fill=INK)
    sheet.put("line", x1=full, x2=full, y1=30, y2=40 + _ROW * len(targets), stroke=EDGE)
    sheet.write("wanted", (full - 20, 22), 11, fill=PALE)
    return sheet.text()
