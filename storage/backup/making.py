"""A backup is made: rows of one moment, the files behind them, then the ledger, then the index that names it."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from core.errors import NotFound, StoreAway
from storage.backup.bucket_repository import LOCK, repository_at
from storage.backup.catalogue import DRILLED, INDEX, ROOM, BackupFolder, Catalogue, Head, Index
from storage.backup.database_lines import lines, origin_of, schema_of, snapshot, tables
from storage.backup.pieces import PIECE_BYTES, cut, split
from storage.backup.problems import BackupFault, Fault
from storage.backup.repository import LockedRepository
from storage.bucket import Bucket
from storage.erasures import marks_of
from storage.files import Files
from storage.migrations import schema_current
from storage.tables import PHOTO

_OURS = frozenset({INDEX, DRILLED, ROOM, "pieces", LOCK})


@dataclass(frozen=True, slots=True)
class Source:
    """What is copied."""

    url: str
    files: Files


@dataclass(frozen=True, slots=True)
class Made:
    """`written`: bytes that were not there before. `lost`: files that reports name and the disk does not have."""

    head: Head
    written: int
    kept: int
    removed: int
    lost: int
    drilled: datetime | None


def make_backup(source: Source, place: Path | Bucket, key: bytes, now: datetime, *, keep: int | None = None) -> Made:
    """Adds one; `keep` throws away all but so many of the newest. Raises BackupFault, StoreAway.

    Whatever ends it, what was there before is there and whole.
    """
    repository = repository_at(place)
    _refuse_foreign(repository)
    with repository.locked(writes=True):
        backups = BackupFolder(repository, key)
        try:
            return _made(backups, source, now, keep)
        except BaseException:
            backups.clear()
            raise


def _refuse_foreign(repository: LockedRepository) -> None:
    strange = repository.tops() - _OURS
    if strange and not repository.has(INDEX):
        raise BackupFault(Fault.FOREIGN)


def _made(backups: BackupFolder, source: Source, now: datetime, keep: int | None) -> Made:
    index = _found(backups)
    with snapshot(source.url) as connection:
        origin = origin_of(connection)
    if index.origin not in {"", origin}:  # before anything is thrown away
        raise BackupFault(Fault.OTHER)
    drilled = backups.drilled()
    there = tuple(
        name for name in index.backups if backups.repository.has(f"{ROOM}/{name}")
    )  # none that somebody removed
    index = Index(_last(there, keep), index.marks, origin)
    if len(index.backups) < len(there):  # first of all: a disk may be full of them
        backups.put_index(index)
        backups.sweep(backups.roots(index))
    known = _known(backups, index)
    catalogue, lost, marks = _copied(backups, source, now, known)
    backups.put_catalogue(catalogue)
    kept = Index(_last((*index.backups, catalogue.head.name), keep), index.marks | marks, origin)
    backups.put_index(kept)
    removed = backups.sweep(backups.roots(kept))
    return Made(catalogue.head, backups.pieces.count * PIECE_BYTES, len(kept.backups), removed, lost, drilled)


def _found(backups: BackupFolder) -> Index:
    try:
        return backups.index()
    except BackupFault as fault:
        if fault.fault is Fault.EMPTY:
            return Index()
        if fault.fault is Fault.MISSING and fault.where == INDEX:
            return backups.salvaged()  # the live database has the whole ledger, so that it is made anew
        raise


def _last(names: tuple[str, ...], keep: int | None) -> tuple[str, ...]:
    return names if keep is None else names[-keep:]


def _known(backups: BackupFolder, index: Index) -> dict[str, tuple[int, bytes]]:
    """Files that finished backups have; what they need and what lies there is not written again."""
    there = backups.there()
    files: dict[str, tuple[int, bytes]] = {}
    for name in index.backups:
        files |= backups.catalogue(name).files
    for root in backups.roots(index):
        backups.pieces.known |= backups.ids(root) & there
    return {name: row for name, row in files.items() if there.issuperset(split(row[1]))}


def _copied(
    backups: BackupFolder, source: Source, now: datetime, known: dict[str, tuple[int, bytes]]
) -> tuple[Catalogue, int, frozenset[bytes]]:
    """Rows before files: a file is there before a row names it, and goes after it. The ledger last of all."""
    counts: dict[str, int] = {}
    with snapshot(source.url) as connection:
        schema = schema_of(connection)
        rows = b"".join(backups.pieces.put(each) for each in cut(lines(connection, counts)))
        named = frozenset(connection.execute(select(PHOTO.c.name)).scalars())
    files = {}
    for name in source.files.names():
        row = known.get(name) or _stored(backups, source.files, name)
        if row is not None:
            files[name] = row
    with snapshot(source.url) as connection:
        marks = marks_of(connection)
        lost = named.intersection(connection.execute(select(PHOTO.c.name)).scalars()) - files.keys()
    head = Head(secrets.token_hex(8), now, schema, len(files), _shapes(counts))
    return Catalogue(head, rows, files), len(lost), marks


def _stored(backups: BackupFolder, files: Files, name: str) -> tuple[int, bytes] | None:
    """None where it was swept a moment ago."""
    try:
        sealed = files.sealed(name)
    except NotFound:
        return None
    return len(sealed), b"".join(map(backups.pieces.put, cut([sealed])))


def _shapes(counts: Mapping[str, int]) -> dict[str, tuple[tuple[str, ...], int]]:
    return {table.name: (tuple(table.columns.keys()), counts[table.name]) for table in tables()}


def live_marks(url: str) -> frozenset[bytes] | None:
    """The ledger of a database that may not be there any more: None then, and nothing is made."""
    try:
        if not schema_current(url):
            return None
        with snapshot(url) as connection:
            return marks_of(connection)
    except (StoreAway, OSError, ValueError):
        return None
