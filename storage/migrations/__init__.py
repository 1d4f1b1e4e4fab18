"""The database's shape, brought up to date by one process at a time; Alembic is imported here and nowhere else."""

import fcntl
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import ProgrammingError

from storage.engine import (
    away,
    be_patient,
    is_sqlite,
    is_trouble,
    own_file,
    single_use_engine,
    sqlite_path,
    sqlite_transaction,
)

if TYPE_CHECKING:
    import psycopg

HEAD = "r0022"
_UNFINISHED = "restoring"
_NUMBERED = re.compile(r"r\d{4}")
_STAND_AT = text("UPDATE alembic_version SET version_num = :at")
_LOCK = text(f"SELECT pg_advisory_xact_lock({0x72657369})")  # "resi": no ordering key makes so small a number
_AT_LENGTH = text("SET LOCAL statement_timeout = 0")
_WAIT = text("SET LOCAL lock_timeout = 0")
_NO_LONGER = text("SET LOCAL lock_timeout = DEFAULT")


def migrate(url: str) -> None:
    """Makes the database as this version needs it; raises StoreAway, or ValueError where a later version made it."""
    with _trouble_told():
        if not is_sqlite(url):
            with _begun(url) as connection:
                _upgrade(connection)
            return
        with _alone(sqlite_path(url)):
            own_file(url)
            with _sqlite(url, write=True) as connection:
                _upgrade(connection)


class NotEmpty(ValueError):
    """The database holds tables already."""


def is_empty(url: str) -> bool:
    """Whether a PostgreSQL has no table; raises StoreAway."""
    with _trouble_told(), _postgres(url) as connection:
        return not inspect(connection).get_table_names()


def fill(url: str, revision: str, load: Callable[[Connection], None]) -> None:
    """Makes an empty database as an older version had it, lets `load` write its rows and brings it up to date.

    All of it or nothing; until `finish` no service starts on it. Raises NotEmpty, ValueError for a revision that is not
    known, StoreAway, and what `load` raises.
    """
    with _trouble_told():
        if is_sqlite(url):
            own_file(url)
        with _sqlite(url, write=True) if is_sqlite(url) else _begun(url) as connection:
            if inspect(connection).get_table_names():
                raise NotEmpty
            be_patient(connection)  # what is loaded may come from afar
            _upgrade(connection, revision)
            load(connection)
            _upgrade(connection)
            connection.execute(_STAND_AT, {"at": _UNFINISHED})


def finish(url: str) -> None:
    """Lets a service start on what `fill` made."""
    with _trouble_told(), _sqlite(url, write=True) if is_sqlite(url) else _begun(url) as connection:
        connection.execute(_STAND_AT, {"at": HEAD})


@contextmanager
def _begun(url: str) -> Iterator[Connection]:
    with _postgres(url) as connection, connection.begin():
        connection.execute(_AT_LENGTH)  # an index of a million rows
        connection.execute(_WAIT)  # for another who does the same
        connection.execute(_LOCK)
        connection.execute(_NO_LONGER)  # for a table: all who want it wait behind us
        yield connection


def schema_current(url: str) -> bool:
    """Whether `migrate` has nothing left to do; raises StoreAway, or ValueError for one of another program."""
    return _stands(url) == HEAD


def made_later(url: str) -> bool:
    """Whether a later version than this one brought it up to date; raises StoreAway."""
    at = _stands(url)
    return at is not None and _NUMBERED.fullmatch(at) is not None and at > HEAD


def _stands(url: str) -> str | None:
    with _trouble_told():
        if is_sqlite(url) and not sqlite_path(url).exists():
            return None
        with _sqlite(url, write=False) if is_sqlite(url) else _postgres(url) as connection:
            return _stands_at(connection)


def _stands_at(connection: Connection) -> str | None:
    """Raises ValueError for a database that is none of ours: nothing must be added to it."""
    tables = inspect(connection).get_table_names()
    if tables and "alembic_version" not in tables:
        raise ValueError("that database holds tables of another program")
    if not tables:
        return None
    at: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return at


@contextmanager
def _trouble_told() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        if is_trouble(error) or isinstance(error, OSError):
            raise away(error) from None
        raise


@contextmanager
def _postgres(url: str) -> Iterator[Connection]:
    with single_use_engine(url, write=True) as engine:
        try:
            opened = engine.connect()
        except ProgrammingError:  # before any statement: the driver speaks of the URL, and its words hold it
            raise ValueError("it has an option that the driver of PostgreSQL does not know") from None
        with opened as connection:
            raw = cast("psycopg.Connection[object]", connection.connection.dbapi_connection)
            if raw.info.parameter_status("server_encoding") != "UTF8":
                raise ValueError(
                    "that database keeps no UTF8. Make it so: createdb --encoding UTF8 --template template0"
                )
            yield connection


@contextmanager
def _sqlite(url: str, *, write: bool) -> Iterator[Connection]:
    with single_use_engine(url, write=write) as engine, sqlite_transaction(engine, write=write) as (connection, _raw):
        yield connection


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """SQLite cannot turn to write-ahead logging while another process does the same: one after the other."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(path.with_name(path.name + "-migrating"), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _upgrade(connection: Connection, to: str = "head") -> None:
    if _stands_at(connection) == HEAD:
        return
    from alembic import command  # noqa: PLC0415 - 300 ms that only a migration pays
    from alembic.config import Config  # noqa: PLC0415 - the same
    from alembic.util import CommandError  # noqa: PLC0415 - the same

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, to)
    except CommandError:
        raise ValueError("the database was made by a later version of Resi") from None
