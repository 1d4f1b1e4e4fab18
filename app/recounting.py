"""Figures where each report is listed at once: this month again and again, every month once a day."""

from datetime import date, datetime, timedelta

from core.ports import Context
from storage import SqlStore


class Recounting:
    """Remembers what it wrote, so that a month in which nothing happened is not written again."""

    def __init__(self) -> None:
        self._whole: date | None = None  # the day on which every month was counted
        self._last: dict[date, object] = {}

    def pass_to(self, store: SqlStore, context: Context, now: datetime) -> int:
        """How many months were written anew, one a turn. Blocks on the database; raises StoreAway."""
        today = now.astimezone(context.zone).date()
        written = 0
        for month in self._months(store, context, today):
            counted = store.recount.month(month, context.zone)
            if self._last.get(month) != counted:
                store.recount.replace(month, counted)
                self._last[month] = counted
                written += 1
        # Of older months nothing is remembered: they are counted once a day at most.
        self._last = {month: each for month, each in self._last.items() if month >= today.replace(day=1)}
        self._whole = today
        return written

    def _months(self, store: SqlStore, context: Context, today: date) -> list[date]:
        """Yesterday's too, so that the last hour of a month is counted."""
        last = today.replace(day=1)
        first = (today - timedelta(days=1)).replace(day=1)
        if self._whole != today:
            began = store.recount.first()
            first = last if began is None else min(began.astimezone(context.zone).date().replace(day=1), first)
        months = [first]
        while months[-1] < last:
            months.append((months[-1] + timedelta(days=32)).replace(day=1))
        return months
