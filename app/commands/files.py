"""`resi files move`: citizens' files go from one place to another while the service runs, and each is compared."""

from collections.abc import Callable

from app.errors import CannotStart
from app.runtime import opened_runtime
from app.settings import Settings
from core.errors import StoreAway
from storage import TwoPlaces, move

Print = Callable[[str], None]


def move_files(settings: Settings, say: Print, *, remove: bool) -> int:
    """0, or 1 where files that reports name are in neither place; raises CannotStart."""
    with opened_runtime(settings) as opened:
        places = opened.files.place
        if not isinstance(places, TwoPlaces):
            raise CannotStart("RESI_FILES_BEFORE names no other place: set it to where the files lay until now.")
        try:
            moved = move(places, lambda done: say(f"{done} files ..."), remove=remove)
            lost = opened.store.upkeep.file_names_in_use() - set(places.names())
            lost &= opened.store.upkeep.file_names_in_use()  # none that was let go meanwhile
        except StoreAway as away:
            raise CannotStart(
                f"A place of files does not answer ({away}). What was copied stays: run it again."
            ) from None
    say(f"{moved.compared} files are in the new place, byte by byte the same; {moved.copied} were copied now.")
    say(_next(removed=moved.removed, remove=remove))
    if lost:
        say(f"warning: {len(lost)} files that reports name are in neither place.")
    return int(bool(lost))


def _next(*, removed: int, remove: bool) -> str:
    if remove:
        return f"{removed} were removed from the old place. Take RESI_FILES_BEFORE out now, and restart every process."
    return "They lie in the old place, too: run `resi files move --remove` once every process has both settings."
