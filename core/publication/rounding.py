"""Counts that the public sees move in steps: no two pages differ by a few, and no sum gives away a few."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

Cell = TypeVar("Cell")


def stepped(shown: Mapping[Cell, int], now: Mapping[Cell, int], least: int) -> dict[Cell, int]:
    """What is shown next, of what was shown and what is true, `now`; one key a cell, all that there can be.

    Each shown count is nought, or `least` at least, and moves by `least` at least or not at all: all that can move do,
    or none does. Who knows the sum of what is true (from the list of reports) learns what all cells lack together, and
    of none alone. Where a cell could be told, the others wait with it.
    """
    before = {cell: shown.get(cell, 0) for cell in now}
    wanted = {cell: count if count >= least else 0 for cell, count in now.items()}
    moves = {cell: abs(wanted[cell] - before[cell]) for cell in now}
    moving = {cell for cell in now if moves[cell] >= least}
    after = {cell: wanted[cell] if cell in moving else before[cell] for cell in now}
    return after if _hidden(after, moving, now, least) else before


def _hidden(shown: Mapping[Cell, int], moving: Iterable[Cell], now: Mapping[Cell, int], least: int) -> bool:
    """Whether what is missing, whose sum anybody knows, can be missing in several ways, for each cell that lacks some.

    A cell that moved lacks nothing, unless it moved to nought. Of any other the bounds are known.
    """
    exact = {cell for cell in moving if shown[cell]}
    cells = [cell for cell in now if cell not in exact]
    missing = sum(now[cell] - shown[cell] for cell in cells)
    fewest = sum(_fewest(shown[cell], least) for cell in cells)
    most = len(cells) * (least - 1)
    if missing == fewest == 0:
        return True  # nothing is missing anywhere
    return len(cells) > 1 and missing not in {fewest, most}


def _fewest(shown: int, least: int) -> int:
    """The least that can be missing from a cell: less than nought where more may be shown than is true."""
    return -min(shown - least, least - 1) if shown else 0
