"""`resi backup`, `restore` and `drill`: copies of everything that is kept, and the proof that they can be opened."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.address_keys import opener_of
from app.backup_key import backup_key, keys_there
from app.ending import ending_gently
from app.errors import CannotStart
from app.file_places import copies_at, files_of
from app.folders import unwritable
from app.runtime import refuse_a_later_database, retention, stale, troubles_told
from app.settings import Settings
from app.time_and_random import SystemClock
from core.errors import StoreAway
from storage import Bucket, KeysWrong, NotWhole, SqlStore, is_sqlite, migrate, note_copy, schema_current, sqlite_path
from storage.backup import (
    BackupFault,
    Fault,
    Restored,
    Source,
    Wanted,
    drill,
    listed,
    live_marks,
    make_backup,
    restore,
)

Print = Callable[[str], None]
_SAID = {
    Fault.KEY: "Nothing in it opens with RESI_BACKUP_KEY. Set the key with which these backups were made.",
    Fault.EMPTY: "There is no backup in it.",
    Fault.UNKNOWN: "It has no backup of that name; `resi backup DIR --list` names them.",
    Fault.MISSING: "{where} is missing. docs/backup.md says what that costs and how to mend it.",
    Fault.DAMAGED: "{where} was changed, or is damaged. docs/backup.md says what that costs and how to mend it.",
    Fault.FOREIGN: "It holds what is no backup. Name an empty folder, or one that does not exist yet.",
    Fault.OTHER: (
        "The backups in it are of another Resi than the database that is named here, and nothing was written. "
        "Look at RESI_DATA_DIR and RESI_DATABASE_URL; each Resi needs a folder of backups of its own."
    ),
    Fault.BUSY: "Another `resi backup`, `restore` or `drill` works on it. Wait for its end.",
    Fault.ROWS: "What came out of it is not what was counted ({where}). Use another one with --at.",
    Fault.TARGET: "Where it should be restored is not empty. Name an empty folder, and an empty database.",
    Fault.LATER: "A later version of Resi made it. Install that version to read it.",
    Fault.STORE: "The store refuses: {where}. What was there before is there still.",
    Fault.DISK: "The disk refuses: {where}. What was there before is there still.",
}


def make(settings: Settings, named: str, say: Print, *, keep: int | None) -> int:
    """0, or 1 where a file that reports name is on the disk no more; raises CannotStart."""
    folder, now = copies_at(settings.values, named), SystemClock().now()
    key, url = backup_key(settings), settings.database_url
    _bring_up_to_date(settings)
    _of_ours(folder)
    with _told(folder):
        made = make_backup(Source(url, files_of(settings.values, settings.data_dir)), folder, key, now, keep=keep)
    note_copy(url, "backup", now)
    if made.drilled is not None:
        note_copy(url, "drill", made.drilled)
    say(
        f"Backup {made.head.name}: {made.head.reports} reports, {made.head.files} files. "
        f"{made.written // 1024} KB were written; {made.kept} backups are kept in {folder}."
    )
    if made.drilled is None:
        say(f"No backup of this folder was ever restored on trial: run `resi drill {folder}`.")
    if made.lost:
        where = settings.values["FILES"] or settings.data_dir / "files"
        say(f"warning: {made.lost} files that reports name are not in {where} any more.")
    return int(bool(made.lost))


def _of_ours(folder: Path | Bucket) -> None:
    """The disk's own words name no folder; raises CannotStart where this user can neither find nor make it."""
    closed = unwritable(folder) if isinstance(folder, Path) else None
    if closed is not None and not os.path.isdir(closed):  # noqa: PTH112 - raises nothing
        raise CannotStart(f"{folder}: {closed} is there, and no folder. Name another, or move it out of the way.")
    if closed is not None:
        raise CannotStart(
            f"{folder}: this user cannot write to {closed}. Make the folder first, as this user's own: "
            f"install -d -o USER -m 700 {folder}"
        )


def show(settings: Settings, named: str, say: Print) -> None:
    """A line a backup, oldest first."""
    key, folder = backup_key(settings), copies_at(settings.values, named)
    with _told(folder):
        heads = listed(folder, key)
    for head in heads:
        say(f"{head.name} {_when(head.at, settings)} reports={head.reports} files={head.files}")


def bring_back(settings: Settings, named: str, target: Path, say: Print, *, at: str, salvage: bool) -> None:
    """Says what was restored and what to do next; raises CannotStart."""
    url, now = settings.database_url, SystemClock().now()
    folder = copies_at(settings.values, named)
    wanted = replace(_wanted(settings, folder, at), salvage=salvage)
    postgres = url if _on_a_server(url) else ""
    marks = None if postgres else live_marks(url)
    wanted = replace(wanted, marks=marks or frozenset())

    _of_ours(target)

    def erase(store: SqlStore) -> None:
        store.upkeep.purge(now, retention(settings))

    with _room_told(folder):
        done = restore(wanted, target, postgres, now, erase)
    for line in _found(done, settings):
        say(line)
    if marks is not None:
        say("The ledger of the database that is still there was read, too.")
    say("Next: set RESI_DATA_DIR to that folder and RESI_KEYS to the keys of before, since no backup holds them.")
    if settings.values["FILES"]:
        say(f"RESI_FILES names another place: files are in {target / 'files'}. docs/operating.md, Files in a bucket,")
        say("says how they move there: RESI_FILES_BEFORE, then `resi files move`.")
    say("Then: resi doctor, resi run. Reports that came after this backup are gone, and their codes are unknown.")


def prove(settings: Settings, named: str, say: Print, *, at: str) -> None:
    """Changes nothing but the note of the day; raises CannotStart."""
    now, folder = SystemClock().now(), copies_at(settings.values, named)
    wanted = _wanted(settings, folder, at)
    _room_as_named(os.environ)
    with _room_told(folder):
        done = drill(wanted, now)
    say(f"Read {done.backups} backups, {done.pieces} pieces.")
    for line in _found(done.restored, settings):
        say(line)
    if not at and not _noted(settings.database_url, now):
        where = "the next `resi backup` tells it." if done.noted else "and the folder cannot be written."
        say(f"The live database was not told of this drill: {where}")
    say("The drill is good.")


def _wanted(settings: Settings, folder: Path | Bucket, at: str) -> Wanted:
    keys, opener = keys_there(settings), opener_of(settings.values)
    return Wanted(folder, backup_key(settings), keys, at, addresses=opener)


def _room_as_named(environment: Mapping[str, str]) -> None:
    """Else Python takes another folder without a word, whose disk may be too small or somebody else's."""
    named = environment.get("TMPDIR", "")
    if named and not (os.path.isdir(named) and os.access(named, os.W_OK | os.X_OK)):  # noqa: PTH112 - raises nothing
        raise CannotStart(f"TMPDIR {named}: no folder that this user can write to. Make it, or unset TMPDIR.")


def _on_a_server(url: str) -> bool:
    try:
        return not is_sqlite(url)
    except ValueError as error:
        raise CannotStart(f"RESI_DATABASE_URL: {error}. `resi doctor` tells more.") from None


def _noted(url: str, now: datetime) -> bool:
    try:
        if not schema_current(url):
            return False
        note_copy(url, "drill", now)
    except (StoreAway, ValueError, OSError):
        return False
    return True


def _found(done: Restored, settings: Settings) -> Iterator[str]:
    head, whole, replayed = done.head, done.whole, done.replayed
    yield f"Restored: backup {head.name} of {_when(head.at, settings)}, made at {head.schema}."
    yield (
        f"Opened: {whole.reports} reports ({whole.erased} of them without words, since their time was over), "
        f"{whole.steps} steps of history, {whole.holders} codes, {whole.addresses} addresses, {whole.files} files."
    )
    if whole.locked:
        yield (
            f"warning: {whole.locked} addresses take a private half that RESI_ADDRESS_KEYS does not have. "
            "Without it nobody hears of those reports any more, and their codes still answer."
        )
    yield (
        f"Erased since and now here, too: {replayed.contacts} addresses, words of {replayed.words} reports; "
        f"{replayed.withdrawn} reports withdrawn, {replayed.restricted} restricted."
    )


def _when(at: datetime, settings: Settings) -> str:
    return at.astimezone(settings.zone).isoformat(timespec="minutes")


def _bring_up_to_date(settings: Settings) -> None:
    """Never makes a database: a copy of nothing, from a mistyped folder, would look like a backup."""
    with troubles_told(settings):
        if not schema_current(settings.database_url):
            refuse_a_later_database(settings.database_url)
            if settings.production:
                raise CannotStart(f"{stale(settings)} Run `resi migrate`, then back up.")
            if is_sqlite(settings.database_url) and not sqlite_path(settings.database_url).exists():
                raise CannotStart(stale(settings))
            migrate(settings.database_url)


@contextmanager
def _told(folder: Path | Bucket) -> Iterator[None]:
    try:
        with ending_gently():
            yield
    except BackupFault as fault:
        raise CannotStart(f"{folder}: {_SAID[fault.fault].format(where=fault.where)}") from None
    except NotWhole as fault:
        raise CannotStart(f"{folder}: what was restored is not whole: {fault}.") from None
    except KeysWrong as error:
        raise CannotStart(f"{folder}: RESI_KEYS does not open what was restored: {error}.") from None


@contextmanager
def _room_told(folder: Path | Bucket) -> Iterator[None]:
    """What is away is where the restored is written."""
    try:
        with _told(folder):
            yield
    except StoreAway as away:
        raise CannotStart(
            f"{folder}: what is restored cannot be written ({away}). Is there room for it? A drill takes it in TMPDIR."
        ) from None
