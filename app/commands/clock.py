"""`resi clock`: does once what is due, as a running service does by itself, and lets what it releases leave."""

from collections.abc import Callable
from datetime import datetime, timedelta

from app.due_work import run_due_work
from app.errors import CannotStart
from app.outbox_drain import drain_outbox
from app.runtime import opened_runtime
from app.settings import Settings

Print = Callable[[str], None]
_FARTHEST = timedelta(days=36500)  # from now; beyond it there are times that cannot be counted from


def clock(settings: Settings, typed: str, say: Print) -> None:
    """Now, or in development as if it were that time. Raises CannotStart."""
    at = _read(settings, typed) if typed else None
    with opened_runtime(settings) as opened:
        now = opened.clock.now()
        if at is not None and abs(at - now) > _FARTHEST:
            raise CannotStart("--at wants a time within a hundred years.")
        counts = run_due_work(opened.store, opened.context, opened.rules(), at or now, now)
        sent = drain_outbox(opened)
    for name, count in (counts | {"sent": sent}).items():
        say(f"{name} {count}")


def _read(settings: Settings, typed: str) -> datetime:
    """A day means its beginning; a time without a zone is one of RESI_TIMEZONE."""
    if settings.production:
        raise CannotStart("`resi clock --at` is for development: production lives in its own time.")
    try:
        at = datetime.fromisoformat(typed.strip())
    except ValueError:
        raise CannotStart("--at wants a time such as 2026-12-31T09:00 or 2026-12-31T09:00+07:00.") from None
    if at.tzinfo is None:
        return at.replace(tzinfo=settings.zone)
    return at
