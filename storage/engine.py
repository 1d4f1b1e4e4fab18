"""How each database is reached and what its errors mean; here alone SQLite and PostgreSQL are told apart."""

import os
import sqlite3
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast

import sqlalchemy.exc
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text

from core.errors import StoreAway
from storage.statements import Statements

T = TypeVar("T")
Work = Callable[[Statements], T]
"""What is done in one transaction; it may be called again."""

# How long a turn waits for another process's lock: a provider hangs up after 15 s, and SIGTERM gives us no more.
BUSY_MS = 5_000
# Primary result codes: busy, locked, out of memory, read-only, interrupted, I/O, corrupt, full, cannot open, protocol,
# not a database. All else (no such table, misuse, a constraint) is a fault of ours.
_SQLITE_TROUBLE = frozenset({5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 26})
# Classes of SQLSTATE: connection, transaction rolled back, resources, operator, system, damaged.
_POSTGRES_TROUBLE = frozenset({"08", "40", "53", "57", "58", "XX"})
# Lock not had, standby, idle too long, a right that is not given, no schema: what an operator mends.
_POSTGRES_TROUBLE_CODES = frozenset({"55P03", "25006", "25P03", "42501", "3F000"})
_SHUT_DOWN = "57P"
# Who was let in by no server has no SQLSTATE, only words: a piece of them, and what it is. The first that fits counts.
_NOT_LET_IN = (
    ("certificate", "TLS"),
    ("SSL", "TLS"),
    ("pg_hba.conf", "28000"),
    ("password", "28P01"),
    ("authentication failed", "28000"),
    ('role "', "28000"),
    ('database "', "3D000"),
    ("too many", "53300"),
    ("connection slots", "53300"),
    ("resolve host", "NoHost"),
    ("translate host", "NoHost"),
)
_LINE_ERRORS = frozenset({"OperationalError", "InterfaceError"})
_AGAIN = frozenset({"40001", "40P01"})
_WITHOUT_RIGHTS = text(
    "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::text::regnamespace "
    "AND relname = ANY(:names) AND NOT (has_table_privilege(oid, 'SELECT') AND has_table_privilege(oid, 'INSERT'))"
)
_POOL = 10
_WRITER_CACHE, _READER_CACHE = 32_000, 8_000  # KiB of SQLite's pages, of each connection
_SPOKEN = frozenset({"sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg"})
# What a process that hangs holds is free for the others within 20 s. psycopg reads dates in one style alone.
_OPTIONS = (
    "-c timezone=UTC -c datestyle=ISO "
    "-c lock_timeout=10s -c statement_timeout=60s -c idle_in_transaction_session_timeout=20s"
)
# A server that fell off the network is given up as soon; what is not TCP takes no notice.
_LINE = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 2, "tcp_user_timeout": 20_000}


class Database(Protocol):
    """Runs work in transactions; StoreAway for trouble outside, whatever the work raised for all else."""

    def run(self, work: Work[T], ordering_key: bytes = b"") -> T:
        """Returns after the commit."""

    def submit(self, work: Work[T], ordering_key: bytes, threads: Executor) -> Future[T]:
        """The same without waiting, on one of `threads` where there is no thread that does it; raises StoreAway.

        What is cancelled before it begins is not done.
        """

    def read(self, work: Work[T]) -> T:
        """Without a lock; what it writes is refused or lost."""

    def sweep(self) -> None:
        """Clears what erased rows left behind, now."""

    def close(self) -> None:
        """Waits for what runs."""


def is_sqlite(url: str) -> bool:
    """Else it is PostgreSQL; raises ValueError for anything that we do not speak."""
    try:
        name = make_url(url).drivername
    except (sqlalchemy.exc.ArgumentError, ValueError):  # its words may hold the password
        name = ""
    if name not in _SPOKEN:
        raise ValueError("a database is sqlite:///PATH or postgresql+psycopg://…")
    return name.startswith("sqlite")


def sqlite_url(path: Path) -> str:
    """Of a file whose folder may be called as it likes: a `?` in its name begins no options."""
    return URL.create("sqlite", database=str(path.absolute())).render_as_string()


def sqlite_path(url: str) -> Path:
    """Raises ValueError where there is no file: two connections would see two databases."""
    name = make_url(url).database
    if not name or name == ":memory:" or name.startswith("file:"):
        raise ValueError("SQLite needs the path of a file: sqlite:///PATH")
    return Path(name)


def sqlite_engine(url: str, *, write: bool) -> Engine:
    """Begins no transaction by itself: see sqlite_transaction. Raises ValueError where the URL names no file."""
    sqlite_path(url)
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_size=_POOL,
        max_overflow=0,
        pool_use_lifo=True,  # each connection has a cache of its own: no more are warm than are needed at once
        connect_args={"timeout": BUSY_MS / 1000, "check_same_thread": False, "isolation_level": None},
    )

    def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - sqlite3's own, under SQLAlchemy's typing
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "secure_delete=ON",
            "foreign_keys=ON",
            "recursive_triggers=ON",
            "trusted_schema=OFF",
            f"cache_size={-_WRITER_CACHE if write else -_READER_CACHE}",
            "wal_autocheckpoint=4000",
            f"query_only={'OFF' if write else 'ON'}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    event.listen(engine.pool, "connect", prepare)  # of the pool: events of the engine slow every statement down
    return engine


@contextmanager
def sqlite_transaction(
    engine: Engine, *, write: bool, patience_ms: int = BUSY_MS
) -> Iterator[tuple[Connection, sqlite3.Connection]]:
    """Begins IMMEDIATE where it writes: a transaction that reads first could not become a writer later."""
    with engine.connect() as connection, connection.begin():
        raw = cast("sqlite3.Connection", connection.connection.dbapi_connection)
        raw.execute(f"PRAGMA busy_timeout={patience_ms}")
        raw.execute("BEGIN IMMEDIATE" if write else "BEGIN")
        yield connection, raw


def postgres_engine(url: str) -> Engine:
    """READ COMMITTED: after a lock was waited for, the next statement sees what its holder committed."""
    given = make_url(url).query.get("options", ())  # what is set here takes the place of what the URL says
    options = " ".join([*((given,) if isinstance(given, str) else given), _OPTIONS])
    return create_engine(
        url,
        hide_parameters=True,
        isolation_level="READ COMMITTED",
        pool_size=_POOL,
        max_overflow=0,
        pool_timeout=10,
        pool_recycle=1800,
        connect_args={"connect_timeout": 5, "client_encoding": "utf8", "options": options, **_LINE},
    )


def be_patient(connection: Connection) -> None:
    """PostgreSQL ends turns that take a minute; what is done with a whole database takes as long as it takes."""
    if connection.dialect.name == "postgresql":
        for setting in ("statement_timeout", "idle_in_transaction_session_timeout"):
            connection.execute(text(f"SET LOCAL {setting} = 0"))


def may_use(connection: Connection, names: Collection[str]) -> bool:
    """Whether this user may read those tables, and add to each; of a file nobody has rights but who may write it."""
    if connection.dialect.name != "postgresql":
        return True
    return not connection.execute(_WITHOUT_RIGHTS, {"names": list(names)}).scalar_one()


@contextmanager
def single_use_engine(url: str, *, write: bool) -> Iterator[Engine]:
    """For one piece of work beside the service: its connections are closed behind it; raises StoreAway."""
    engine = sqlite_engine(url, write=write) if is_sqlite(url) else postgres_engine(url)
    try:
        yield engine
    except Exception as error:
        if is_trouble(error):
            raise away(error) from None
        raise
    finally:
        engine.dispose()


def own_file(url: str) -> None:
    """Makes the file of a SQLite database, if there is none, readable by its owner only; raises OSError."""
    path = sqlite_path(url)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def wants_again(error: BaseException) -> bool:
    """Whether PostgreSQL asks for the same transaction once more."""
    return getattr(getattr(error, "orig", error), "sqlstate", None) in _AGAIN


def is_lost(error: BaseException) -> bool:
    """Whether the connection to PostgreSQL died, and with it whatever was not committed."""
    if isinstance(error, sqlalchemy.exc.DBAPIError):
        return error.connection_invalidated
    state = getattr(error, "sqlstate", None)
    return _of_psycopg(error) and _is_line(error) and (state is None or state.startswith(_SHUT_DOWN))


def is_trouble(error: BaseException) -> bool:
    """Whether an error tells of the database or the disk, not of a fault of ours."""
    if isinstance(error, sqlalchemy.exc.TimeoutError):
        return True
    if isinstance(error, sqlalchemy.exc.DBAPIError):
        return error.connection_invalidated or _trouble(error.orig)
    return _trouble(error)


def _trouble(error: BaseException | None) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _SQLITE_TROUBLE
    return _of_psycopg(error) and _postgres_trouble(error)


def _of_psycopg(error: object) -> bool:
    return hasattr(error, "sqlstate") and "psycopg" in type(error).__module__


def _postgres_trouble(error: Any) -> bool:  # noqa: ANN401 - psycopg's error, without importing psycopg for SQLite
    state: str | None = error.sqlstate
    if state is None:  # the connection itself: no server, no answer
        return _is_line(error)
    return state[:2] in _POSTGRES_TROUBLE or state in _POSTGRES_TROUBLE_CODES


def _is_line(error: object) -> bool:
    return not _LINE_ERRORS.isdisjoint(kind.__name__ for kind in type(error).__mro__)


def away(error: BaseException) -> StoreAway:
    """Says the kind of trouble; an error's own text may hold values."""
    cause = getattr(error, "orig", None) or error
    return StoreAway(
        getattr(cause, "sqlite_errorname", None)
        or getattr(cause, "sqlstate", None)
        or (_of_psycopg(cause) and _not_let_in(str(cause)))
        or type(cause).__name__
    )


def _not_let_in(words: str) -> str:
    """Empty where nobody answered, or in words of another language."""
    return next((what for piece, what in _NOT_LET_IN if piece in words), "")
