"""`resi migrate`, `purge`, `keys`, `outbox`: what an operator orders of the store."""

from collections.abc import Callable

from app.address_keys import opener_of
from app.errors import CannotStart
from app.keyfile import key_file
from app.runtime import database_troubles_told, opened_runtime, refuse_a_later_database
from app.settings import Settings
from app.time_and_random import SystemClock, SystemRandomSource
from core.model import DeliveryId
from storage import migrate as migrate_database
from storage import new_key_line, new_pair

_MOST_LISTED = 1000
Print = Callable[[str], None]


def migrate(settings: Settings) -> None:
    """Raises CannotStart."""
    with database_troubles_told(settings):
        refuse_a_later_database(settings.database_url)
        migrate_database(settings.database_url)


def new_keys() -> str:
    """A value for RESI_KEYS whose id is the day and four random characters."""
    return new_key_line(f"k{SystemClock().now():%Y%m%d}{SystemRandomSource().token()[:4]}")


def new_backup_key() -> str:
    """A value for RESI_BACKUP_KEY; its id is made as that of `new_keys`."""
    return new_key_line(f"b{SystemClock().now():%Y%m%d}{SystemRandomSource().token()[:4]}")


def new_address_pair() -> tuple[str, str]:
    """Both halves, each as a line of settings, the private one first."""
    private, public = new_pair()
    return f"RESI_ADDRESS_KEYS={private}", f"RESI_ADDRESS_PUBLIC={public}"


def rotate_keys(settings: Settings, say: Print) -> None:
    """Seals every data key and every address anew; safe to stop and begin again."""
    with opened_runtime(settings) as opened:
        count = opened.store.rotation.run()
        left = opened.store.rotation.waiting()
        moved = opened.store.address_rotation.run(opener_of(settings.values))
        stay = opened.store.address_rotation.waiting()
    if moved:
        say(f"{moved} addresses were sealed to the pair of today.")
    if left:
        raise CannotStart(f"{count} keys were sealed anew, {left} were busy. Run `resi keys rotate` once more.")
    say(f"{count} keys were sealed anew. Only the first key of RESI_KEYS is needed now.")
    _left_beside(settings, say)
    if stay:
        raise CannotStart(
            f"{stay} addresses are not sealed to the pair of today: they were busy, or take a private half that "
            "RESI_ADDRESS_KEYS does not have here. Run `resi keys rotate` once more, where it has."
        )


def _left_beside(settings: Settings, say: Print) -> None:
    """The file of development, which processes without RESI_KEYS would still take."""
    path, first = key_file(settings), settings.values["KEYS"].partition(",")[0].strip()
    if path.is_file() and first not in path.read_text(encoding="utf-8", errors="replace"):
        say(f"{path} opens nothing here any more: set RESI_KEYS for every process, and throw that file away.")


def purge(settings: Settings, say: Print, *, dry_run: bool) -> None:
    """Says how many of what."""
    with opened_runtime(settings) as opened:
        now, upkeep = opened.clock.now(), opened.store.upkeep
        counts = upkeep.counts_due(now, opened.rules()) if dry_run else upkeep.purge(now, opened.rules())
    for name, count in counts.items():
        say(f"{name} {count}")


def outbox_list(settings: Settings, say: Print) -> None:
    """A line a delivery."""
    with opened_runtime(settings) as opened:
        rows = opened.store.figures.waiting(_MOST_LISTED)
    for row in rows:
        due = row.not_before.astimezone(settings.zone).isoformat(timespec="minutes")
        why = f" why={row.why}" if row.why else ""
        say(f"{row.id} {row.kind.value} {row.channel} {row.state} tries={row.attempts} due={due}{why}")
    if not rows:
        say("Nothing waits.")


def outbox_retry(settings: Settings, ids: list[str] | None, say: Print) -> None:
    """Makes them due; a running service sends them within a second."""
    with opened_runtime(settings) as opened:
        chosen = [DeliveryId(each) for each in ids] if ids else None
        count = opened.store.upkeep.retry_dead(chosen, opened.clock.now())
    say(f"{count} made due.")
    if ids and count < len(set(ids)):
        raise CannotStart(
            f"{len(set(ids)) - count} of these are no delivery that failed and waits: `resi outbox list` names those. "
            "A dead one has lost its address, and what was never tried goes by itself."
        )
