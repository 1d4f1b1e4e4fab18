"""Periods of publication: days and their parts as the city counts them, so that anybody can tell when a batch comes."""

from datetime import UTC, datetime, timedelta, tzinfo

_SHORTEST = timedelta(minutes=1)
_ANCHOR = datetime(2001, 1, 1)  # noqa: DTZ001 - midnight of a Monday on the wall clock of any zone


def period(at: datetime, every: timedelta, zone: tzinfo) -> tuple[datetime, datetime]:
    """Beginning and end of the period that a time lies in, in UTC; the end is the beginning of the next.

    Where `every` is nought, each minute is one.
    """
    length = max(every, _SHORTEST)
    wall = at.astimezone(zone).replace(tzinfo=None)
    begins = _ANCHOR + (wall - _ANCHOR) // length * length
    return _utc(begins, zone), _utc(begins + length, zone)


def _utc(wall: datetime, zone: tzinfo) -> datetime:
    return wall.replace(tzinfo=zone).astimezone(UTC)
