"""Figures as open data: every class of every day of a month, exactly as it is kept."""

from datetime import date

from core.model import AreaCode, CategoryId, FigureClass, FigureOutcome, Grain, PublicClass
from core.publication import calendar
from storage import FigureSums
from web import OpenData
from web.figure_shapes import OpenFigure


def open_data_of(sums: FigureSums, month: str, today: date, few: int, least: int) -> OpenData:
    """Blocks on the database; raises StoreAway. `few`: what is fewer is left out; `least`: what is said of that."""
    month = month or sums.newest(Grain.MONTH.value) or calendar.starts_of(Grain.MONTH, today)
    found = tuple(
        OpenFigure(
            day=row.starts,
            outcome=FigureOutcome(row.outcome),
            of=FigureClass(PublicClass(row.field, CategoryId(row.category), AreaCode(row.area)), row.office),
            reports=row.reports,
            days=row.days,
        )
        for row in sums.daily(f"{month}-01", f"{month}-31")
        if row.reports >= few
    )
    return OpenData(month, found, least)
