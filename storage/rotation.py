"""A new master key takes over: only the wrapped data keys are sealed anew, beside running turns, batch by batch."""

from collections.abc import Callable
from functools import partial

from sqlalchemy import Table, bindparam, func, select, update

from storage.engine import Database
from storage.statements import Statements
from storage.tables import DATA_KEY, SECRET
from storage.vault import Vault, Wrapped

_BATCH = 200  # keys in one turn, so that citizens' turns come in between
_TABLES: tuple[tuple[Table, str], ...] = ((SECRET, "name"), (DATA_KEY, "owner"))


class Rotation:
    """Remembers nothing: what is still under another key says where it stopped, so that a kill costs one batch."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    def waiting(self) -> int:
        """Keys that are not wrapped by the first key of RESI_KEYS."""

        def work(statements: Statements) -> int:
            return sum(
                statements.connection.execute(
                    select(func.count()).select_from(table).where(table.c.key_id != self._vault.first)
                ).scalar_one()
                for table, _ in _TABLES
            )

        return self._database.read(work)

    def run(self, progress: Callable[[int], None] = lambda _: None) -> int:
        """Re-wraps all; how many. Raises KeysWrong where RESI_KEYS lacks a key that is still needed."""
        total = 0
        for table, owner in _TABLES:
            batch = partial(self._batch, table=table, owner=owner)
            while done := self._database.run(batch):
                total += done
                progress(total)
        self._database.sweep()
        return total

    def _batch(self, statements: Statements, table: Table, owner: str) -> int:
        first = self._vault.first
        query = select(table).where(table.c.key_id != first).limit(_BATCH).with_for_update(skip_locked=True)
        change = (
            update(table)
            .where(table.c[owner] == bindparam("of"), table.c.key_id == bindparam("was"))
            .values(key_id=first, wrapped=bindparam("anew"))
        )
        rows = statements.connection.execute(query).all()
        for row in rows:
            kept = Wrapped(getattr(row, owner), row.key_id, row.wrapped)
            anew = self._vault.wrap(kept.owner, self._vault.unwrap(kept))
            statements.connection.execute(change, {"of": kept.owner, "was": kept.key_id, "anew": anew.wrapped})
        statements.keys_erased = bool(rows)
        return len(rows)
