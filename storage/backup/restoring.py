"""A backup is restored where nothing is: rows and files, then what was erased since, and all of it is opened."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.addresses import AddressOpener
from storage.backup.bucket_repository import repository_at
from storage.backup.catalogue import BackupFolder, Catalogue, Head, Index
from storage.backup.database_lines import load
from storage.backup.pieces import split
from storage.backup.problems import BackupFault, Fault
from storage.backup.repository import LockedRepository, disk_fault
from storage.bucket import Bucket
from storage.engine import sqlite_url
from storage.file_folder import sync_folder
from storage.files import Files
from storage.ledger import Replayed
from storage.migrations import NotEmpty, fill, finish, is_empty
from storage.proof import NotWhole, Whole
from storage.store import SqlStore, open_store
from storage.vault import Keys

_DATABASE, _FILES = "resi.db", "files"
_LATER = timedelta(days=36_500)  # than any file that was put back
_PERMITTED = frozenset({"lost+found"})  # of a disk that is new
After = Callable[[SqlStore], object]
"""What is done with a restored store before it is proved."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which backup, with which keys; `marks`: a newer ledger, of a database that is still there.

    `salvage`: the index of the folder is lost; take any backup that opens, and do without its ledger. `addresses`:
    private halves of pairs that addresses may be sealed to.
    """

    folder: Path | Bucket
    backup_key: bytes
    keys: Keys
    at: str = ""
    marks: frozenset[bytes] = frozenset()
    salvage: bool = False
    addresses: AddressOpener = field(default_factory=AddressOpener)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A folder whose index was read."""

    wanted: Wanted
    backups: BackupFolder
    index: Index


def _opened(repository: LockedRepository, wanted: Wanted) -> _Opened:
    backups = BackupFolder(repository, wanted.backup_key)
    return _Opened(wanted, backups, backups.salvaged() if wanted.salvage else backups.index())


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it."""

    head: Head
    replayed: Replayed
    whole: Whole


@dataclass(frozen=True, slots=True)
class Drilled:
    """The same, of a drill, and how many backups and pieces were read in whole."""

    restored: Restored
    backups: int
    pieces: int
    noted: bool  # in the folder itself


def listed(folder: Path | Bucket, key: bytes) -> list[Head]:
    """Every backup, oldest first; raises BackupFault."""
    repository = repository_at(folder)
    with repository.locked(writes=False):
        backups = BackupFolder(repository, key)
        return [backups.head(name) for name in backups.index().backups]


def restore(wanted: Wanted, target: Path, postgres_url: str, now: datetime, after: After) -> Restored:
    """Into a folder that is empty or not there, and into PostgreSQL where a URL is given, else into SQLite.

    Raises BackupFault, KeysWrong, StoreAway, NotWhole. Nothing looks restored before all is proved.
    """
    _refuse_full(target)
    if postgres_url and not is_empty(postgres_url):
        raise BackupFault(Fault.TARGET)
    repository = repository_at(wanted.folder)
    with repository.locked(writes=False):
        opened = _opened(repository, wanted)
        try:
            target.mkdir(mode=0o700, parents=True, exist_ok=True)
            with TemporaryDirectory(prefix="restoring-", dir=target) as draft:
                url = postgres_url or sqlite_url(Path(draft) / _DATABASE)
                done = _restored(opened, Path(draft), url, now, after)
                if not postgres_url:
                    finish(url)
                _move(Path(draft), target)
        except OSError as error:
            raise disk_fault(error) from None
    if postgres_url:
        finish(postgres_url)
    return done


def drill(wanted: Wanted, now: datetime) -> Drilled:
    """Reads every piece of every backup, restores one where nobody looks, and forgets it; raises the same."""
    repository = repository_at(wanted.folder)
    with repository.locked(writes=False):
        opened = _opened(repository, wanted)
        backups, index = opened.backups, opened.index
        pieces = {id for root in backups.roots(index) for id in backups.ids(root)}  # noqa: A001 - the word for it
        for each in pieces:
            backups.pieces.get(each)
        backups.drilled()
        try:
            with TemporaryDirectory(prefix="resi-drill-") as draft:
                url = sqlite_url(Path(draft) / _DATABASE)
                done = _restored(opened, Path(draft), url, now, lambda _: None)
        except OSError as error:
            raise disk_fault(error) from None
    if done.whole.locked:
        raise NotWhole(f"{done.whole.locked} addresses take a private half that RESI_ADDRESS_KEYS does not have")
    noted = not wanted.at and _noted(repository, wanted.backup_key, now)  # the newest alone counts
    return Drilled(done, len(index.backups), len(pieces), noted)


def _noted(repository: LockedRepository, key: bytes, now: datetime) -> bool:
    """False where the folder cannot be written, or somebody writes there."""
    try:
        with repository.locked(writes=True):
            BackupFolder(repository, key).put_drilled(now)
    except BackupFault:
        return False
    return True


def _refuse_full(target: Path) -> None:
    if target.exists() and (not target.is_dir() or {path.name for path in target.iterdir()} - _PERMITTED):
        raise BackupFault(Fault.TARGET)


def _move(draft: Path, target: Path) -> None:
    """The database last: without it a half of the rest is none."""
    for path in sorted(draft.iterdir(), key=lambda path: (path.name == _DATABASE, path.name)):
        sync_folder(draft)
        path.rename(target / path.name)
    sync_folder(target)


def _chosen(backups: BackupFolder, index: Index, at: str) -> Catalogue:
    if not index.backups:
        raise BackupFault(Fault.EMPTY)
    if at and at not in index.backups:
        raise BackupFault(Fault.UNKNOWN)
    return backups.catalogue(at or index.backups[-1])


def _restored(opened: _Opened, folder: Path, url: str, now: datetime, after: After) -> Restored:
    backups, wanted = opened.backups, opened.wanted
    catalogue = _chosen(backups, opened.index, wanted.at)
    files = Files(folder / _FILES)
    for name, (size, ids) in catalogue.files.items():
        sealed = b"".join(map(backups.pieces.get, split(ids)))
        if len(sealed) != size:
            raise BackupFault(Fault.ROWS, f"file: {len(sealed)} bytes, not {size}")
        files.put_sealed(name, sealed)
    _fill(url, backups, catalogue)
    store = open_store(url, wanted.keys)
    try:
        replayed = store.ledger.replay(opened.index.marks | wanted.marks, now)
        after(store)
        files.sweep(store.upkeep.file_names_in_use(), now + _LATER)
        return Restored(catalogue.head, replayed, store.proof.open_all(files, wanted.addresses))
    finally:
        store.close()


def _fill(url: str, backups: BackupFolder, catalogue: Catalogue) -> None:
    head = catalogue.head
    try:
        fill(url, head.schema, lambda connection: load(connection, head.tables, backups.pieces.lines(catalogue.rows)))
    except NotEmpty:
        raise BackupFault(Fault.TARGET) from None
    except BackupFault:
        raise
    except ValueError:
        raise BackupFault(Fault.LATER) from None
