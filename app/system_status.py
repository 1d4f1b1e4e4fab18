"""The state of the service, in numbers, for those who look after it: no word, no address, no report."""

from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version

from app.disk import Disk
from app.measures import Measures
from app.settings import Settings
from bots.channels import CHANNELS
from storage import Figures, is_sqlite
from web import Letters, System

_TOLD_AFTER = 120.0  # seconds in which a wire took nothing
_SOON = timedelta(days=1)
_EVER = timedelta(days=36_500)


def system_status(figures: Figures, settings: Settings, now: datetime, *, leads: bool) -> System:
    """Reads beside whoever writes; raises StoreAway."""
    found = figures.outbox()
    counts = {(channel, kind): {"waiting": 0, "dead": 0} for channel, kind, _, _ in found}
    for channel, kind, state, count in found:
        counts[channel, kind][state] = count
    return System(
        letters=tuple(
            Letters(channel, kind, states["waiting"], states["dead"])
            for (channel, kind), states in sorted(counts.items())
        ),
        oldest=figures.oldest_waiting(),
        leads=leads,
        channels=tuple((each.name, each.configured(settings.values)) for each in CHANNELS if each.settings),
        database="SQLite" if is_sqlite(settings.database_url) else "PostgreSQL",
        due=figures.due_between(now, now + _SOON),
        late=figures.due_between(now - _EVER, now),
        version=_version(),
        now=now,
    )


def troubles(disk: Disk, measures: Measures) -> tuple[tuple[str, str], ...]:
    """What staff are told: a phrase, and the channel that it is about. Asks no database."""
    full = () if disk.has_room() else (("desk_warn_disk", ""),)
    failing = sorted(channel for channel, seconds in measures.failing().items() if seconds >= _TOLD_AFTER)
    return (*full, *(("desk_warn_wire", channel) for channel in failing))


def _version() -> str:
    """Empty where it runs out of a checkout that was not installed."""
    try:
        return version("resi")
    except PackageNotFoundError:
        return ""
