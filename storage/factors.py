"""Second steps of logins: secret and recovery codes in one sealed value, under a key that goes with them."""

from pydantic import TypeAdapter
from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert  # SQLite writes ON CONFLICT the same way

from core.model import Factor, StaffId
from storage.data_keys import DataKeys
from storage.statements import Statements
from storage.tables import FACTOR, AnyRow
from storage.vault import DataKey, place

_JSON = TypeAdapter(Factor)
_GET = select(FACTOR).where(FACTOR.c.staff == bindparam("of"))
_PUT = insert(FACTOR)
_PUT = _PUT.on_conflict_do_update(index_elements=["staff"], set_={"sealed": _PUT.excluded.sealed})
_DROP = delete(FACTOR).where(FACTOR.c.staff == bindparam("of"))


def row_of(factor: Factor, key: DataKey) -> dict[str, object]:
    """All of it sealed."""
    return {
        "staff": factor.staff,
        "sealed": key.seal(_JSON.dump_json(factor), place("factor", "sealed", factor.staff)),
    }


def factor_of(row: AnyRow, key: DataKey) -> Factor:
    """Raises SealBroken."""
    return _JSON.validate_json(key.open(row.sealed, place("factor", "sealed", row.staff)))


def _owner(staff: StaffId) -> str:
    return f"factor {staff}"


class SqlFactors:
    """core.ports.Factors."""

    def __init__(self, statements: Statements, keys: DataKeys) -> None:
        self._statements = statements
        self._keys = keys

    def of(self, staff: StaffId) -> Factor | None:
        """None where there is none."""
        row = self._statements.first(_GET, {"of": staff})
        key = None if row is None else self._keys.of(_owner(staff))
        return None if row is None or key is None else factor_of(row, key)

    def put(self, factor: Factor) -> None:
        """Under the key that it has, or under a new one."""
        owner = _owner(factor.staff)
        key = self._keys.of(owner) or self._keys.create(owner)
        self._statements.change(_PUT, row_of(factor, key))

    def drop(self, staff: StaffId) -> None:
        """With its key."""
        self._statements.change(_DROP, {"of": staff})
        self._keys.destroy(_owner(staff))
        self._statements.keys_erased = True
