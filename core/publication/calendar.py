"""Days, weeks and months of figures as they are kept, and those before them."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from core.model import Grain

_WEEK = timedelta(days=7)
_FORM = {
    Grain.DAY: re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    Grain.WEEK: re.compile(r"[0-9]{4}-W[0-9]{2}"),
    Grain.MONTH: re.compile(r"[0-9]{4}-[0-9]{2}"),
}


def starts_of(grain: Grain, day: date) -> str:
    """The period that a day lies in."""
    if grain is Grain.MONTH:
        return day.isoformat()[:7]
    return (day - timedelta(days=day.weekday()) if grain is Grain.WEEK else day).isoformat()


def first_day(grain: Grain, starts: str) -> date:
    """Of a period as it is kept."""
    return date.fromisoformat(f"{starts}-01" if grain is Grain.MONTH else starts)


def asked(grain: Grain, typed: str) -> str | None:
    """A period as people write it: 2026-11, 2026-W48, 2026-11-24; None: there is no such."""
    if not typed.isascii() or not _FORM[grain].fullmatch(typed):
        return None
    try:
        return starts_of(grain, date.fromisoformat(f"{typed}-01" if grain is Grain.MONTH else typed))
    except ValueError:
        return None


def written(grain: Grain, starts: str) -> str:
    """The same the other way round."""
    if grain is not Grain.WEEK:
        return starts
    year, week, _ = date.fromisoformat(starts).isocalendar()
    return f"{year}-W{week:02}"


def before(grain: Grain, starts: str) -> str:
    """The period right before; raises OverflowError where there is none."""
    if grain is Grain.WEEK:
        return (date.fromisoformat(starts) - _WEEK).isoformat()
    return starts_of(grain, first_day(grain, starts) - timedelta(days=1))


def ending(grain: Grain, starts: str, most: int) -> Sequence[str]:
    """So many periods up to this one, the earliest first."""
    found = [starts]
    while len(found) < most:
        found.append(before(grain, found[-1]))
    return found[::-1]
