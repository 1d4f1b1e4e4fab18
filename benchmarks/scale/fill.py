"""Fills a database with such a city: rows and seals by the code that makes them in service, written in bulk.

Looks of photos, the audit trail and staff's own tables stay empty.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from itertools import groupby, islice
from random import Random
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Column, Connection, Table, create_engine, delete, select, text
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from benchmarks.scale.city import City, Life
from core import tracking
from core.categories import category
from core.messages import Address, Line, Say, WireId
from core.model import (
    AgencyId,
    AreaCode,
    CategoryId,
    CodeHolder,
    Contact,
    ContactId,
    Delivery,
    DeliveryId,
    DeliveryKind,
    Dialogue,
    Draft,
    FigureClass,
    FigureOutcome,
    PublicClass,
    Report,
    Role,
    Status,
    Step,
    TrackingCode,
)
from storage import code_holders, contacts, dialogues, figure_keys, outbox
from storage.data_keys import DataKeys
from storage.engine import is_sqlite
from storage.keyring import Keyring, load
from storage.report_rows import clear_of, held_row_of, history_row_of, row_of
from storage.tables import (
    CHAIN_HEAD,
    CONTACT,
    DATA_KEY,
    DIALOGUE,
    FIGURE,
    FIGURE_CHANNEL,
    FIGURE_SUM,
    HELD,
    HISTORY,
    HOLDER,
    OUTBOX,
    OUTCOME,
    PUBLISHED,
    PUBLISHED_CLASS,
    PUBLISHED_STATUS,
    PUBLISHING,
    REPORT,
    SECRET,
    SEEN,
    UNPUBLISHED,
)
from storage.vault import DataKey, Keys, Vault, place

if TYPE_CHECKING:
    import sqlite3

Row = dict[str, Any]
_AT_ONCE = 5000  # lives
_WEEK = 7  # days
_SEALED = 900  # bytes of a report
_NO_KEY: Row = {"sealed": bytes(93)}  # an entry of whose words nothing can be opened
_CACHE = 3_000_000  # KiB: keys are random, and each row lies where its own says
_MESSAGES = 5  # of a story, each answered
_SAY = Say((Line("ask_place"), Line("hint", (("number", "112"),))))
_SHAPES = {(True, 8): 10, (True, 5): 40, (False, 13): 35, (False, 5): 15}
"""How much of a report is published: its kind or only its field, and so many signs of its area's code."""


class Filling:
    """Rows of lives by table, and what is counted of them; `codes` are of the last reports, which measures ask for."""

    def __init__(self, ring: Keyring, rng: Random, now: datetime) -> None:
        self._ring, self._rng, self._now = ring, rng, now.replace(second=0, microsecond=0)
        self._midnight = self._now.replace(hour=0, minute=0)
        self._keys = DataKeys(cast("Any", None), ring.vault)
        self.rows: dict[Table, list[Row]] = defaultdict(list)
        self.codes: list[str] = []
        self._told: Counter[tuple[date, FigureOutcome, FigureClass, int]] = Counter()
        self._channels: Counter[tuple[date, str]] = Counter()
        self._classes: Counter[tuple[datetime, PublicClass]] = Counter()
        self._statuses: Counter[str] = Counter()

    def take(self, life: Life) -> None:
        """All rows of one life."""
        report = life.report
        key = self._key(report.id) if life.worded else None
        row = row_of(report, key, len(life.history)) if key is not None else self._unreadable(report)
        self.rows[REPORT].append(row)
        self.rows[HELD] += [held_row_of(row) | {"agency": each} for each in life.offices]
        self.rows[HISTORY] += [
            history_row_of(report.id, at, entry, key) | (_NO_KEY if key is None else {})
            for at, entry in enumerate(life.history, start=1)
        ]
        self._holder(life, key, Role.REPORTER)
        if life.followed:
            self._holder(life, key, Role.FOLLOWER)
        self._passing(life)
        self._published(life)

    def _unreadable(self, report: Report) -> Row:
        """Sealed under a key that was destroyed: any bytes will do."""
        return clear_of(report) | {"sealed": self._rng.randbytes(_SEALED)}

    def _key(self, owner: str) -> DataKey:
        raw, wrapped = self._ring.vault.create(owner)
        self.rows[DATA_KEY].append({"owner": owner, "key_id": wrapped.key_id, "wrapped": wrapped.wrapped})
        return DataKey(raw)

    def _holder(self, life: Life, key: DataKey | None, role: Role) -> None:
        report, rng = life.report, self._rng
        if key is None:
            sealed: Row = {"report": report.id, "role": role.value, "contact": None, "told": None}
            self.rows[HOLDER].append(sealed | {"code": rng.randbytes(32), "sealed": _NO_KEY["sealed"]})
            return
        digits = f"22{rng.randrange(10**13):013d}"  # no province's
        code = digits + tracking.check_digit(digits)
        self.codes = [*self.codes[-199:], code]
        contact = None
        if life.reached:
            contact = ContactId(f"{rng.getrandbits(128):032x}")
            address = Address(f"+62812{rng.randrange(10**8):08d}")
            made = Contact(contact, report.channel, address, "id")
            self.rows[CONTACT].append(contacts.row_of(made, self._key(contact), self._ring))
        holder = CodeHolder(report.id, role, code[-4:], contact)
        self.rows[HOLDER].append(code_holders.row_of(holder, self._ring.code(TrackingCode(code)), key))

    def _passing(self, life: Life) -> None:
        """What is kept for days: messages that were seen, deliveries that were sent, dialogues, one that waits."""
        age, rng = self._now - life.report.received, self._rng
        if age < timedelta(days=7):
            at = life.report.received
            self.rows[SEEN] += [
                {"message": self._ring.message("sms", WireId(f"{rng.getrandbits(96):x}")), "at": at}
                for _ in range(_MESSAGES)
            ]
        if age < timedelta(hours=72):
            self.rows[OUTBOX] += [self._sent(life) for _ in range(_MESSAGES)]
        if age < timedelta(hours=24) and rng.random() < 0.3:
            lane = self._ring.ordering_key("sms", Address(f"+62813{rng.randrange(10**8):08d}"))
            draft = Dialogue("id", Step.PLACE, Draft(life.report.text))
            self.rows[DIALOGUE].append(dialogues.row_of(lane, draft, self._now, self._ring.transient))
        if age < timedelta(hours=12) and rng.random() < 0.2:
            self.rows[OUTBOX].append(self._waiting())

    def _sent(self, life: Life) -> Row:
        empty: Row = dict.fromkeys(("lease", "lane", "contact", "sealed", "pair", "arrived"))
        at = min(life.report.received + timedelta(hours=self._rng.random()), self._now)
        return empty | {
            "id": f"{self._rng.getrandbits(128):032x}",
            "kind": "reply",
            "channel": life.report.channel,
            "state": "sent",
            "attempts": 0,
            "not_before": at,
            "done": at.replace(second=0, microsecond=0),
            "provider": self._ring.provider("sms", f"{self._rng.getrandbits(96):x}"),
        }

    def _waiting(self) -> Row:
        """News that leaves later."""
        to = Address(f"+62814{self._rng.randrange(10**8):08d}")
        id_, at = DeliveryId(f"{self._rng.getrandbits(128):032x}"), self._now + timedelta(hours=self._rng.random() + 1)
        lane = self._ring.ordering_key("sms", to)
        row = outbox.row_of(Delivery(id_, lane, DeliveryKind.NEWS, "sms", to, _SAY, "id", at), self._ring, self._keys)
        return {**dict.fromkeys(("lease", "provider", "arrived", "done")), **(row or {})}

    def _published(self, life: Life) -> None:
        """In the batch of its day, as coarse as many are; today's wait."""
        report, rng = life.report, self._rng
        leaf = category(report.category)
        if report.restricted or leaf.sensitive:
            return
        if report.received >= self._midnight:
            sealed = self._ring.transient.seal(rng.randbytes(2), place("unpublished", "sealed", report.id))
            self.rows[UNPUBLISHED].append({"report": report.id, "sealed": sealed})
            return
        [(kind, signs)] = rng.choices(tuple(_SHAPES), tuple(_SHAPES.values()))
        area = (report.place.area or "")[:signs]
        shared = PublicClass(leaf.group, CategoryId(leaf.id if kind else ""), AreaCode(area))
        office = AgencyId(report.agency if kind and rng.random() < 0.5 else "")
        batch = report.received.replace(hour=0, minute=0) + timedelta(days=1)
        updated = max(batch, min(life.history[-1].at, self._midnight).replace(hour=0, minute=0))
        at = place("published", "proved", report.id)
        self.rows[PUBLISHED].append(
            {
                "report": report.id,
                "number": report.number,
                "batch": batch,
                "status": report.status.value,
                "field": shared.group,
                "category": shared.category,
                "area": shared.area,
                "updated": updated,
                "pack": f"{batch:%y%m%d}{shared.group}{shared.category}{shared.area}"[:32],
                "office": office,
                "proved": self._ring.transient.seal(b"1", at),
            }
        )
        self._classes[batch, shared] += 1
        self._statuses[report.status.value] += 1
        self._channels[batch.date(), report.channel] += 1
        self._count(life, batch.date(), updated.date(), FigureClass(shared, office))

    def _count(self, life: Life, came: date, became: date, of: FigureClass) -> None:
        report = life.report
        self._told[came, FigureOutcome.RECEIVED, of, 0] += 1
        if report.status is Status.SELESAI and report.closed is not None:
            days = (report.closed - report.received).days
            outcome = FigureOutcome.IN_TIME if days < _WEEK else FigureOutcome.LATER
            self._told[became, outcome, of, days] += 1
            told: Row = {"report": report.id, "kind": "solved", "outcome": outcome.value, "days": days, "told": True}
            self.rows[OUTCOME].append(told)

    def end(self) -> None:
        """What was summed up."""
        self.rows[PUBLISHED_CLASS] = [
            {"batch": batch, "field": of.group, "category": of.category, "area": of.area, "reports": reports}
            for (batch, of), reports in self._classes.items()
        ]
        self.rows[PUBLISHED_STATUS] = [{"status": of, "reports": count} for of, count in self._statuses.items()]
        self.rows[PUBLISHING] = [{"id": 1, "until": self._midnight}]
        self.rows[FIGURE_CHANNEL] = [
            {"grain": grain, "starts": starts, "channel": channel, "reports": reports}
            for (grain, starts, channel), reports in self._by_period().items()
        ]
        self._figures()

    def _figures(self) -> None:
        """Day by day, so that those of a day are summed up and done with."""
        longer = _Sums()
        for _, told in groupby(sorted(self._told.items(), key=_day), _day):
            of_day = _Sums()
            for (day, outcome, of, days), reports in told:
                for when in figure_keys.grains(day):
                    (of_day if when[0] == figure_keys.DAY else longer).add(when, outcome, of, days, reports)
            self._summed(of_day)
        self._summed(longer)

    def _summed(self, sums: "_Sums") -> None:
        self.rows[FIGURE] += [
            dict(zip(_FIGURE, (*key, reports, sums.took[key]), strict=True)) for key, reports in sums.figures.items()
        ]
        self.rows[FIGURE_SUM] += [
            dict(zip(_FIGURE_SUM, (*key, reports), strict=True)) for key, reports in sums.sums.items()
        ]

    def _by_period(self) -> Counter[tuple[str, str, str]]:
        found: Counter[tuple[str, str, str]] = Counter()
        for (day, channel), reports in self._channels.items():
            for grain, starts in figure_keys.grains(day):
                found[grain, starts, channel] += reports
        return found


_summed_by = cache(lambda of: tuple(figure_keys.keys(of)))
_FIGURE, _FIGURE_SUM = FIGURE.columns.keys(), FIGURE_SUM.columns.keys()


def _day(told: tuple[tuple[date, FigureOutcome, FigureClass, int], int]) -> date:
    return told[0][0]


class _Sums:
    """Figures of some periods, as storage/kept_figures adds them up."""

    def __init__(self) -> None:
        self.figures, self.took, self.sums = (Counter[tuple[object, ...]]() for _ in range(3))

    def add(self, when: tuple[str, str], outcome: FigureOutcome, of: FigureClass, days: int, reports: int) -> None:
        """Of one class, with so many days each."""
        if when[0] != figure_keys.EVER:
            cell = *when, outcome.value, of.shared.group, of.shared.category, of.shared.area, of.office
            self.figures[cell] += reports
            self.took[cell] += days * reports
        for by, key in _summed_by(of):
            self.sums[*when, by, key, outcome.value, days] += reports


def fill(url: str, keys: Keys, city: City, count: int) -> list[str]:
    """Writes so many reports into a database that was opened once and has none; returns codes of the last of them."""
    engine = create_engine(url)
    with engine.connect() as connection:
        ring = load(connection, Vault(keys))
        connection.rollback()
    lives, filling = city.lives(count), Filling(ring, Random(f"{city.seed} rows"), city.now)
    indexes = [index for table in SQLModel.metadata.tables.values() for index in table.indexes]
    with engine.connect() as connection:
        write = _sqlite(connection) if is_sqlite(url) else _postgres(connection)
        for index in indexes:
            index.drop(connection)
        while some := list(islice(lives, _AT_ONCE)):
            for life in some:
                filling.take(life)
            _written(filling.rows, write)
        filling.end()
        _written(filling.rows, write)
        for index in indexes:
            index.create(connection)
        connection.commit()
    settle(url)
    engine.dispose()
    return filling.codes


def copied(source: str, to: str) -> None:
    """Writes all rows of a filled database into an empty one of the same shape: made and sealed once for both."""
    reading, writing = create_engine(source), create_engine(to)
    indexes = [index for table in SQLModel.metadata.tables.values() for index in table.indexes]
    with reading.connect() as read, writing.connect() as connection:
        write = _postgres(connection)
        for index in indexes:
            index.drop(connection)
        connection.execute(delete(SECRET))
        connection.execute(delete(CHAIN_HEAD))
        for table in SQLModel.metadata.sorted_tables:
            rows = read.execution_options(yield_per=_AT_ONCE).execute(select(table)).mappings()
            for some in rows.partitions(_AT_ONCE):
                write(table, cast("Sequence[Row]", some))
        for index in indexes:
            index.create(connection)
        connection.commit()
    settle(to)
    reading.dispose()
    writing.dispose()


def settle(url: str) -> None:
    """What each database does by itself after many rows came."""
    with create_engine(url, isolation_level="AUTOCOMMIT").connect() as connection:
        for line in ("PRAGMA wal_checkpoint(TRUNCATE)",) if is_sqlite(url) else ("VACUUM ANALYZE", "CHECKPOINT"):
            connection.execute(text(line))


_Write = Callable[[Table, Sequence[Row]], None]


def _written(rows: Mapping[Table, list[Row]], write: _Write) -> None:
    for table, found in rows.items():
        if found:
            write(table, found)
            found.clear()


def _columns(table: Table) -> list[Column[Any]]:
    """But a number that the database counts."""
    return [column for column in table.columns if column is not OUTBOX.c.seq]


def _sqlite(connection: Connection) -> _Write:
    raw = cast("sqlite3.Connection", connection.connection.dbapi_connection)
    for line in ("journal_mode=WAL", "synchronous=OFF", f"cache_size=-{_CACHE}", "foreign_keys=OFF"):
        raw.execute(f"PRAGMA {line}")

    @cache
    def words(at: datetime | None) -> str | None:
        return None if at is None else f"{at:%Y-%m-%d %H:%M:%S.%f}"

    def write(table: Table, rows: Sequence[Row]) -> None:
        columns = _columns(table)
        names = ", ".join(f'"{column.name}"' for column in columns)
        line = f'INSERT INTO "{table.name}" ({names}) VALUES ({", ".join("?" * len(columns))})'  # noqa: S608 - our own names
        as_text = [isinstance(column.type, UTCDateTime) for column in columns]
        kept = [(column.name, told) for column, told in zip(columns, as_text, strict=True)]
        raw.executemany(line, [[words(row[name]) if told else row[name] for name, told in kept] for row in rows])
        raw.commit()

    return write


def _postgres(connection: Connection) -> _Write:
    raw: Any = connection.connection.dbapi_connection
    raw.execute("SET session_replication_role = replica")  # nothing is looked up for each row that refers to another
    raw.execute("SET synchronous_commit = off")

    def write(table: Table, rows: Sequence[Row]) -> None:
        names = [column.name for column in _columns(table)]
        listed = ", ".join(f'"{name}"' for name in names)
        with raw.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({listed}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row([row[name] for name in names])
        raw.commit()

    return write
