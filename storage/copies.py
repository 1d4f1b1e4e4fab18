"""When copies were last made and tried, so that a monitor can tell how old they are; noted without any key."""

from datetime import datetime

from sqlalchemy import Connection, select

from storage.engine import is_sqlite, single_use_engine, sqlite_transaction
from storage.tables import COPY
from storage.upserts import insert

BACKUP, DRILL = "backup", "drill"
_NEW = insert(COPY)
_PUT = _NEW.on_conflict_do_update(
    index_elements=["what"], set_={"at": _NEW.excluded.at}, where=COPY.c.at < _NEW.excluded.at
)
_ALL = select(COPY.c.what, COPY.c.at).where(COPY.c.what.in_((BACKUP, DRILL)))


def note_copy(url: str, what: str, at: datetime) -> None:
    """In a migrated database; the latest counts. Raises StoreAway."""
    row = {"what": what, "at": at}
    with single_use_engine(url, write=True) as engine:
        if is_sqlite(url):
            with sqlite_transaction(engine, write=True) as (connection, _):
                connection.execute(_PUT, row)
        else:
            with engine.begin() as connection:
                connection.execute(_PUT, row)


def last_copies(connection: Connection) -> dict[str, datetime]:
    """`backup` and `drill`, where there was one."""
    return {row.what: row.at for row in connection.execute(_ALL)}
