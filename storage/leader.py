"""Who runs the clock: on SQLite the only process; on PostgreSQL whoever holds one advisory lock, until it dies."""

import contextlib
import logging

import sqlalchemy.exc
from sqlalchemy import Connection, text

from storage.engine import is_sqlite, postgres_engine

_log = logging.getLogger(__name__)
_KEY = 0x5E51_C10C  # of the advisory lock
_TRY = text("SELECT pg_try_advisory_xact_lock(:key)")
_ALIVE = text("SELECT 1")
LEAD_SECONDS = 15  # seconds without a sign of life after which the server takes the lead away from a process that hangs


class Leader:
    """Call it from one thread at a time, every few seconds; a connection that dies gives the lead to another.

    A transaction holds the lock, for a pooler may give a session's to anybody; between its statements it looks at
    nothing and so keeps no vacuum waiting.
    """

    def __init__(self, url: str, seconds: float = LEAD_SECONDS) -> None:
        """`seconds`: without a sign of life until another may lead."""
        self._engine = None if is_sqlite(url) else postgres_engine(url)
        self._held: Connection | None = None
        self._forgets = text(f"SET LOCAL idle_in_transaction_session_timeout = {round(seconds * 1000)}")

    def leads(self) -> bool:
        """Tries to lead, or proves that the lead is still held."""
        if self._engine is None:
            return True
        try:
            if self._held is not None:
                self._held.execute(_ALIVE)
                return True
            return self._try(self._engine.connect())
        except sqlalchemy.exc.SQLAlchemyError as error:
            _log.warning("lead_lost", extra={"trouble": type(error).__name__})
            self._drop()
            return False

    def _try(self, connection: Connection) -> bool:
        if connection.execute(_TRY, {"key": _KEY}).scalar():
            self._held = connection
            connection.execute(self._forgets)
            return True
        connection.close()
        return False

    def resign(self) -> None:
        """Another may lead as soon as this returns: a server ends a closed connection only when it comes to it."""
        if self._held is not None:
            with contextlib.suppress(sqlalchemy.exc.SQLAlchemyError):
                self._held.rollback()
        self._drop()

    def _drop(self) -> None:
        """The lock goes with its connection."""
        held, self._held = self._held, None
        if held is not None:
            with contextlib.suppress(sqlalchemy.exc.SQLAlchemyError):
                held.invalidate()
                held.close()
        if self._engine is not None:
            self._engine.dispose()
