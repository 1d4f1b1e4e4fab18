"""A small house to copy: reports with photos, contacts and drafts on a real database, its files, its copies."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import create_engine, select
from sqlalchemy.pool import NullPool

from core.messages import Address
from core.model import (
    AuditEntry,
    Contact,
    ContactId,
    Dialogue,
    Draft,
    HistoryEntry,
    Report,
    ReportId,
    Status,
    TrackingCode,
)
from core.ports import UnitOfWork
from storage import AddressOpener, AddressSealer, Files, Keys, SqlStore, open_store
from storage.backup import Drilled, Made, Restored, Source, Wanted, drill, make_backup, restore
from storage.tables import REPORT
from tests.fakes import nouns
from tests.fakes.nouns import NOW

KEY = bytes(range(32))
"""Of backups."""


@dataclass(frozen=True)
class Filed:
    """A report with all that belongs to it."""

    report: Report
    contact: ContactId
    code: TrackingCode
    photo: bytes = field(repr=False)


@dataclass
class House:
    """`url`: migrated. What is restored goes to SQLite, whatever this is."""

    url: str
    keys: Keys
    folder: Path
    sealer: AddressSealer | None = None
    opener: AddressOpener = field(default_factory=AddressOpener)

    @property
    def files(self) -> Files:
        return Files(self.folder / "files")

    @property
    def copies(self) -> Path:
        return self.folder / "copies"

    @contextmanager
    def store(self) -> Iterator[SqlStore]:
        with closing(open_store(self.url, self.keys, self.sealer)) as store:
            yield store

    def files_a_report(self, text: str = "lampu jalan mati", photo: bytes = b"a photo") -> Filed:
        """With a photo, a second one in its history, and an address."""
        kept, later = self.files.put(photo, "image/jpeg"), self.files.put(photo * 2, "image/jpeg")
        report = replace(nouns.report(text, restricted=False), files=(kept,))
        contact = Contact(ContactId(nouns.token()), "sms", Address("+62811223344"), "id")
        code = nouns.code()
        entry = HistoryEntry(NOW, Status.MENUNGGU, report.agency, "with a photo", files=(later,))

        def turn(tx: UnitOfWork) -> None:
            tx.reports.add(report, entry)
            tx.code_holders.add(nouns.holder(report, code, contact), code, contact)
            lane = tx.dialogues.ordering_key("sms", Address(f"+{nouns.token()}"))
            tx.dialogues.put(lane, Dialogue("id", draft=Draft(text="half a draft")), NOW)

        with self.store() as store:
            store.run(turn)
        return Filed(report, contact.id, code, photo)

    def hires(self) -> None:
        """The trail has a row more."""
        with self.store() as store:
            store.run(lambda tx: tx.audit.add(AuditEntry(NOW, "-", "staff-add")))

    def backs_up(self, now: datetime = NOW, *, keep: int | None = None, key: bytes = KEY) -> Made:
        return make_backup(Source(self.url, self.files), self.copies, key, now, keep=keep)

    def wanted(self, at: str = "", *, key: bytes = KEY, marks: frozenset[bytes] = frozenset()) -> Wanted:
        return Wanted(self.copies, key, self.keys, at, marks, addresses=self.opener)

    def drills(self, at: str = "", *, key: bytes = KEY) -> Drilled:
        return drill(self.wanted(at, key=key), NOW)

    def restores(self, at: str = "", marks: frozenset[bytes] = frozenset()) -> tuple["House", Restored]:
        """Somewhere else."""
        target = self.folder / nouns.token()
        done = restore(self.wanted(at, marks=marks), target, "", NOW, lambda _: None)
        return House(f"sqlite:///{target / 'resi.db'}", self.keys, target), done

    def reports(self) -> list[Report]:
        """All of them, opened."""
        engine = create_engine(self.url, poolclass=NullPool)
        with engine.connect() as connection:
            ids = [ReportId(each) for each in connection.execute(select(REPORT.c.id).order_by(REPORT.c.id)).scalars()]
        with self.store() as store:
            return store.read(lambda tx: [found for each in ids if (found := tx.reports.get(each)) is not None])

    def everything_in_the_copies(self) -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in sorted(self.copies.rglob("*")) if path.is_file()}
