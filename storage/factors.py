"""Second steps of logins: secret and recovery codes in one sealed value, under a key that goes with them."""

from sqlalchemy import Column, ColumnElement, bindparam, delete, literal, select

from core.model import Factor, StaffId
from storage.data_keys import DataKeys
from storage.statements import Statements
from storage.tables import FACTOR, AnyRow
from storage.typed_json import TypedJson
from storage.upserts import insert
from storage.vault import DataKey, place

_JSON = TypedJson(Factor)
_OWNER = "factor "
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
    return _opened(row.staff, row.sealed, key)


def is_on(staff: StaffId, sealed: bytes, key: DataKey) -> bool:
    """Of one that was read along with something else; raises SealBroken."""
    return _opened(staff, sealed, key).on


def _opened(staff: str, sealed: bytes, key: DataKey) -> Factor:
    return _JSON.validate_json(key.open(sealed, place("factor", "sealed", staff)))


def owner(staff: StaffId) -> str:
    """Of the key, as the table of keys calls it."""
    return _OWNER + staff


def owner_of(staff: Column[str]) -> ColumnElement[str]:
    """Returns the same id as an SQL expression."""
    return literal(_OWNER).concat(staff)


class SqlFactors:
    """core.ports.Factors."""

    def __init__(self, statements: Statements, keys: DataKeys) -> None:
        self._statements = statements
        self._keys = keys

    def of(self, staff: StaffId) -> Factor | None:
        """None: the account has no second step."""
        row = self._statements.first(_GET, {"of": staff})
        key = None if row is None else self._keys.of(owner(staff))
        return None if row is None or key is None else factor_of(row, key)

    def put(self, factor: Factor) -> None:
        """Encrypts it under the key that it has, or under a new one."""
        its = owner(factor.staff)
        key = self._keys.of(its) or self._keys.create(its)
        self._statements.change(_PUT, row_of(factor, key))

    def drop(self, staff: StaffId) -> None:
        """Deletes it with its key."""
        self._statements.change(_DROP, {"of": staff})
        self._keys.destroy(owner(staff))
        self._statements.keys_erased = True
