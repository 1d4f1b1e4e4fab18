"""One sealing key a report and a contact: whoever deletes its row has erased what it sealed, backups aside."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, insert, select

from storage.statements import Statements
from storage.tables import DATA_KEY, AnyRow
from storage.vault import DataKey, Vault, Wrapped

_ADD = insert(DATA_KEY)
BY_OWNER = select(DATA_KEY.c.key_id, DATA_KEY.c.wrapped).where(DATA_KEY.c.owner == bindparam("of"))
_DROP = delete(DATA_KEY).where(DATA_KEY.c.owner == bindparam("of"))


class DataKeys:
    """The keys of one transaction; each is unwrapped once."""

    def __init__(self, statements: Statements, vault: Vault) -> None:
        self._statements = statements
        self._vault = vault
        self._open: dict[str, DataKey | None] = {}

    def create(self, owner: str) -> DataKey:
        """A fresh key for a new row."""
        raw, kept = self._vault.create(owner)
        self._statements.change(_ADD, {"owner": owner, "key_id": kept.key_id, "wrapped": kept.wrapped})
        key = self._open[owner] = DataKey(raw)
        return key

    def of(self, owner: str) -> DataKey | None:
        """None when it was destroyed; raises KeysWrong."""
        if owner not in self._open:
            self.found(owner, self._statements.rows(BY_OWNER, {"of": owner}))
        return self._open[owner]

    def found(self, owner: str, rows: Sequence[AnyRow]) -> DataKey | None:
        """Returns the key where `key_id` and `wrapped` were read by another query; `rows` has at most one row."""
        if owner not in self._open:
            self._open[owner] = self._unwrapped(owner, rows[0]) if rows else None
        return self._open[owner]

    def opened(self, owner: str, key_id: str | None, wrapped: bytes | None) -> DataKey | None:
        """A key that was read along with its owner's row; None where there was none. Not remembered: lists are long."""
        if key_id is None or wrapped is None:
            return None
        return DataKey(self._vault.unwrap(Wrapped(owner, key_id, wrapped)))

    def _unwrapped(self, owner: str, row: AnyRow) -> DataKey:
        return DataKey(self._vault.unwrap(Wrapped(owner, row.key_id, row.wrapped)))

    def destroy(self, owner: str) -> None:
        """What it sealed can no longer be read."""
        self._statements.change(_DROP, {"of": owner})
        self._open[owner] = None
