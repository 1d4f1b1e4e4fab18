"""`resi migrate`, `purge`, `keys`, `outbox`: what an operator orders of the store."""

from collections.abc import Callable

from app.errors import CannotStart
from app.runtime import open_runtime
from app.settings import Settings
from app.time_and_random import SystemClock, SystemRandomSource
from core.errors import StoreAway
from core.model import DeliveryId
from storage import migrate as migrate_database
from storage import new_key_line

_MOST_LISTED = 1000
Print = Callable[[str], None]


def migrate(settings: Settings) -> None:
    """Raises CannotStart."""
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        migrate_database(settings.database_url)
    except StoreAway as error:
        raise CannotStart(f"The database cannot be reached ({error}). Check RESI_DATABASE_URL.") from None
    except ValueError as error:
        raise CannotStart(f"RESI_DATABASE_URL: {error}. `resi doctor` tells more.") from None
    except OSError as error:
        raise CannotStart(f"{settings.data_dir}: {error.strerror}. Set RESI_DATA_DIR to a folder of ours.") from None


def new_keys() -> str:
    """A value for RESI_KEYS whose id is the day and a little chance."""
    return new_key_line(f"k{SystemClock().now():%Y%m%d}{SystemRandomSource().token()[:4]}")


def rotate_keys(settings: Settings, say: Print) -> None:
    """Seals every data key anew under the first key; safe to stop and begin again."""
    opened = open_runtime(settings)
    try:
        count = opened.store.rotation.run()
        left = opened.store.rotation.waiting()
    finally:
        opened.close()
    if left:
        raise CannotStart(f"{count} keys were sealed anew, {left} were busy. Run `resi keys rotate` once more.")
    say(f"{count} keys were sealed anew. Only the first key of RESI_KEYS is needed now.")


def purge(settings: Settings, say: Print, *, dry_run: bool) -> None:
    """Says how many of what."""
    opened = open_runtime(settings)
    try:
        now, upkeep = opened.clock.now(), opened.store.upkeep
        counts = upkeep.counts_due(now, opened.rules()) if dry_run else upkeep.purge(now, opened.rules())
    finally:
        opened.close()
    for name, count in counts.items():
        say(f"{name} {count}")


def outbox_list(settings: Settings, say: Print) -> None:
    """A line a delivery."""
    opened = open_runtime(settings)
    try:
        rows = opened.store.figures.waiting(_MOST_LISTED)
    finally:
        opened.close()
    for row in rows:
        due = row.not_before.astimezone(settings.zone).isoformat(timespec="minutes")
        say(f"{row.id} {row.kind.value} {row.channel} {row.state} tries={row.attempts} due={due}")
    if not rows:
        say("Nothing waits.")


def outbox_retry(settings: Settings, ids: list[str] | None, say: Print) -> None:
    """Makes them due; a running service sends them within a second."""
    opened = open_runtime(settings)
    try:
        chosen = [DeliveryId(each) for each in ids] if ids else None
        count = opened.store.upkeep.retry_dead(chosen, opened.clock.now())
    finally:
        opened.close()
    say(f"{count} made due.")
