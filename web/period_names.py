"""Days, weeks and months of figures as people write them: "Juli 2021", or the first and the last day of a week."""

from datetime import date, timedelta

from core.model import Grain
from core.phrases import phrase
from core.publication import calendar

_TO = "\N{EN DASH}"


def period_name(grain: Grain, starts: str, lang: str) -> str:
    """In full, for a heading or a row."""
    first = calendar.first_day(grain, starts)
    if grain is Grain.MONTH:
        return f"{_month(first, lang)} {first.year}"
    if grain is Grain.DAY:
        return f"{first.day} {_month(first, lang)} {first.year}"
    last = first + timedelta(days=6)
    if first.year != last.year:
        begins = f"{first.day} {_month(first, lang)} {first.year} {_TO} "
    elif first.month != last.month:
        begins = f"{first.day} {_month(first, lang)} {_TO} "
    else:
        begins = f"{first.day}{_TO}"
    return f"{begins}{last.day} {_month(last, lang)} {last.year}"


def short_name(grain: Grain, starts: str, lang: str) -> str:
    """For the axis of a chart; of a week its first day."""
    first = calendar.first_day(grain, starts)
    month = phrase("months", lang).split()[first.month - 1]
    return f"{month} {first.year}" if grain is Grain.MONTH else f"{first.day} {month}"


def _month(of: date, lang: str) -> str:
    return phrase("months_whole", lang).split()[of.month - 1]
