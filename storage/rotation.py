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
            while done := self._pass(table, owner, lambda more, before=total: progress(before + more)):  # type: ignore[misc]  # a default binds the loop variable
                total += done
        self._database.sweep()
        return total

    def _pass(self, table: Table, owner: str, progress: Callable[[int], None]) -> int:
        """Once through the table, each batch behind the one before it; how many keys.

        Whoever asked each time from the beginning would look again at all that is done already.
        """
        total, last = 0, ""
        while True:
            done = self._database.run(partial(self._batch, table=table, owner=owner, after=last))
            if not done:
                return total
            total, last = total + len(done), done[-1]
            progress(total)

    def _batch(self, statements: Statements, table: Table, owner: str, after: str) -> list[str]:
        """The owners, in their order."""
        first, owners = self._vault.first, table.c[owner]
        query = select(table).where(table.c.key_id != first, owners > after).order_by(owners).limit(_BATCH)
        change = (
            update(table)
            .where(table.c[owner] == bindparam("of"), table.c.key_id == bindparam("was"))
            .values(key_id=first, wrapped=bindparam("anew"))
        )
        rows = statements.connection.execute(query.with_for_update(skip_locked=True)).all()
        for row in rows:
            kept = Wrapped(getattr(row, owner), row.key_id, row.wrapped)
            anew = self._vault.wrap(kept.owner, self._vault.unwrap(kept))
            statements.connection.execute(change, {"of": kept.owner, "was": kept.key_id, "anew": anew.wrapped})
        statements.keys_erased = bool(rows)
        return [str(getattr(row, owner)) for row in rows]
