"""What belongs to a backup, sealed like all else, and the index, which names every backup that was finished.

A folder holds `index`, `backups/ID` (one for each backup), `pieces/…` and perhaps `drilled`. The index is written last:
what it does not name is left over from a backup that was ended in the middle.
"""

import contextlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from storage.backup.pieces import ID_BYTES, PIECE_BYTES, Pieces, Stream, name_of, split
from storage.backup.pieces import ROOM as PIECES
from storage.backup.problems import BackupFault, Fault
from storage.backup.repository import BackupRepository

INDEX, DRILLED, ROOM = "index", "drilled", "backups"
_VERSION = 1
_ROOT_BYTES = 1_024  # of what is sealed in `index` and the like: their length tells nothing
_ID = re.compile(r"[0-9a-f]{16}")
_FILE = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class Index:
    """Names of the backups, oldest first, and the ledger of erasures as it was when the last one was made.

    `origin`: whose backups they are, as `database_lines.origin_of` tells services apart; empty where nobody knows yet.
    """

    backups: tuple[str, ...] = ()
    marks: frozenset[bytes] = field(default=frozenset(), repr=False)
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What is said of a backup in a list. `tables`: columns in the order of the lines, and how many rows."""

    name: str
    at: datetime
    schema: str
    files: int
    tables: Mapping[str, tuple[tuple[str, ...], int]] = field(repr=False)

    @property
    def reports(self) -> int:
        """How many."""
        return self.tables["report"][1]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All of a backup: ids of the pieces of its rows, and of each file with its length."""

    head: Head
    rows: bytes = field(repr=False)
    files: Mapping[str, tuple[int, bytes]] = field(repr=False)


class BackupFolder:
    """Reads and writes what the pieces mean; raises BackupFault. `lock` the repository before."""

    def __init__(self, repository: BackupRepository, key: bytes) -> None:
        self.repository = repository
        self.pieces = Pieces(repository, key)

    def index(self) -> Index:
        """KEY where nothing opens, EMPTY where nothing lies, MISSING or DAMAGED where the index alone is lost."""
        try:
            lines = self._lines(INDEX)
        except BackupFault as fault:
            heads = [name for name in self.repository.names(ROOM) if _ID.fullmatch(name.removeprefix(f"{ROOM}/"))]
            if fault.fault is Fault.MISSING and fault.where == INDEX and not heads:
                raise BackupFault(Fault.EMPTY) from None
            if fault.where == INDEX and not any(map(self._opens, heads)):
                raise BackupFault(Fault.KEY) from None
            raise
        next(lines)
        said: dict[str, list[str]] = {"b": [], "e": [], "o": []}
        for line in lines:
            kind, value = line.decode().split(" ", 1)
            said[kind].append(value)
        return Index(tuple(said["b"]), frozenset(map(bytes.fromhex, said["e"])), "".join(said["o"]))

    def salvaged(self) -> Index:
        """Every backup that opens, by its time: where the index is lost, and the ledger with it."""
        names = [name.removeprefix(f"{ROOM}/") for name in self.repository.names(ROOM)]
        found = [self.head(name) for name in names if _ID.fullmatch(name) and self._opens(f"{ROOM}/{name}")]
        return Index(tuple(head.name for head in sorted(found, key=lambda head: (head.at, head.name))))

    def put_index(self, index: Index) -> None:
        """The moment in which a backup is made: all that it names must be safe before."""
        self._write(INDEX, _index_lines(index))
        self.repository.settle()

    def head(self, name: str) -> Head:
        """Without the rest of its catalogue."""
        return _head_of(name, next(self._lines(f"{ROOM}/{name}")))

    def catalogue(self, name: str) -> Catalogue:
        """All of it."""
        lines = self._lines(f"{ROOM}/{name}")
        head = _head_of(name, next(lines))
        rows, files = [], {}
        for line in lines:
            kind, *values = line.decode().split(" ")
            if kind == "r":
                rows.append(bytes.fromhex(values[0]))
            else:
                files[values[0]] = (int(values[1]), bytes.fromhex(values[2]))
        if len(files) != head.files or not all(map(_FILE.fullmatch, files)):
            raise BackupFault(Fault.DAMAGED, f"{ROOM}/{name}")
        return Catalogue(head, b"".join(rows), files)

    def put_catalogue(self, catalogue: Catalogue) -> None:
        """Nobody finds it before the index names it."""
        self._write(f"{ROOM}/{catalogue.head.name}", _catalogue_lines(catalogue))
        self.repository.settle()

    def drilled(self) -> datetime | None:
        """When a backup of this folder was last restored on trial and found whole."""
        try:
            return datetime.fromisoformat(next(self._lines(DRILLED)).decode())
        except BackupFault as fault:
            if fault.fault is Fault.MISSING and fault.where == DRILLED:
                return None
            raise

    def put_drilled(self, at: datetime) -> None:
        """In the folder itself, so that whoever makes the next backup learns of it."""
        self._write(DRILLED, [f"{at.isoformat()}\n".encode()])
        self.repository.settle()

    def ids(self, root: str) -> set[bytes]:
        """Of every piece that a root needs: `index`, `drilled`, `backups/ID`; of a backup's rows and files, too."""
        needed: set[bytes] = set()
        needed.update(split(self.pieces.leaves(self._stream(root), needed.add)))
        if root.startswith(ROOM):
            catalogue = self.catalogue(root.removeprefix(f"{ROOM}/"))
            needed.update(split(catalogue.rows))
            for _, ids in catalogue.files.values():
                needed.update(split(ids))
        return needed

    def roots(self, index: Index) -> tuple[str, ...]:
        """All that is needed of the folder."""
        marks = (name for name in (INDEX, DRILLED) if self.repository.has(name))
        return (*marks, *(f"{ROOM}/{name}" for name in index.backups))

    def there(self) -> set[bytes]:
        """Ids of pieces that lie there in their full size."""
        found = self.repository.names(PIECES)
        digits = (name.rpartition("/")[2] for name, size in found.items() if size == PIECE_BYTES)
        return {bytes.fromhex(each) for each in digits if len(each) == 2 * ID_BYTES}

    def sweep(self, roots: Iterable[str]) -> int:
        """Removes what no root needs, and what was never finished; how many files."""
        roots = tuple(roots)
        needed = {name_of(id) for root in roots for id in self.ids(root)} | set(roots)  # noqa: A001 - the word for it
        lying = [*self.repository.names(ROOM), *self.repository.names(PIECES)]
        for name in lying:
            if name not in needed:
                self.repository.remove(name)
        return len(set(lying) - needed)

    def clear(self) -> None:
        """Removes what was written and never named: a full disk is full of it. What cannot be, the next sweep takes."""
        with contextlib.suppress(BackupFault):
            for name in self.pieces.unnamed:
                self.repository.remove(name)

    def _opens(self, root: str) -> bool:
        try:
            self._stream(root)
        except BackupFault:
            return False
        return True

    def _lines(self, root: str) -> Iterator[bytes]:
        stream = self._stream(root)
        return self.pieces.lines(self.pieces.leaves(stream))

    def _stream(self, root: str) -> Stream:
        said = json.loads(self.pieces.open(self.repository.read(root), root))
        if said["version"] > _VERSION:
            raise BackupFault(Fault.LATER)
        return Stream(said["depth"], bytes.fromhex(said["ids"]))

    def _write(self, root: str, lines: Iterable[bytes]) -> None:
        stream = self.pieces.write(lines)
        self.repository.settle()
        said = json.dumps({"version": _VERSION, "depth": stream.depth, "ids": stream.ids.hex()}).encode()
        if root.startswith(ROOM):
            self.pieces.unnamed.append(root)
        else:
            self.pieces.unnamed.clear()  # from here on they may be named
        self.repository.write(root, self.pieces.seal(said.ljust(_ROOT_BYTES), root))


def _index_lines(index: Index) -> Iterator[bytes]:
    yield b"index\n"
    yield from (f"b {name}\n".encode() for name in index.backups)
    yield from (f"e {mark}\n".encode() for mark in sorted(mark.hex() for mark in index.marks))
    if index.origin:
        yield f"o {index.origin}\n".encode()  # a version of before takes it for one more mark, of nothing


def _catalogue_lines(catalogue: Catalogue) -> Iterator[bytes]:
    head = catalogue.head
    said = {"at": head.at.isoformat(), "schema": head.schema, "files": head.files, "tables": head.tables}
    yield json.dumps(said).encode() + b"\n"
    yield from (f"r {each.hex()}\n".encode() for each in split(catalogue.rows))
    for name, (size, ids) in sorted(catalogue.files.items()):
        yield f"f {name} {size} {ids.hex()}\n".encode()


def _head_of(name: str, line: bytes) -> Head:
    said = json.loads(line)
    tables = {table: (tuple(columns), count) for table, (columns, count) in said["tables"].items()}
    return Head(name, datetime.fromisoformat(said["at"]), said["schema"], said["files"], tables)
