"""Staff as rows: officials in office, so nothing of them is sealed but their passwords, which are hashes."""

from collections.abc import Sequence

from sqlalchemy import bindparam, func, select, update

from core.deadlines import minute
from core.errors import NameTaken, NotFound
from core.model import Missed, Pending, Staff, StaffId, StaffRole
from storage.statements import Statements
from storage.tables import STAFF, AnyRow
from storage.typed_json import TypedJson
from storage.upserts import insert

_PENDING = TypedJson(Pending)
COLUMNS = tuple(STAFF.c[name] for name in ("id", "name", "agency", "role", "active", "fresh", "given", "pending"))
"""What `staff_of` reads: all but the password, and what is counted."""

_ADD = insert(STAFF).on_conflict_do_nothing(index_elements=["name"]).execution_options(preserve_rowcount=True)
_BY_NAME = select(STAFF).where(STAFF.c.name == bindparam("of"))
_CLAIM = _BY_NAME.with_for_update()
_LIKE = select(STAFF).where(func.lower(STAFF.c.name) == bindparam("of"))
_GET = select(STAFF).where(STAFF.c.id == bindparam("of"))
_ALL = select(STAFF)
_CHANGE = update(STAFF).where(STAFF.c.id == bindparam("of"))
_MISSES = {
    name: update(STAFF).where(STAFF.c.name == bindparam("of"), STAFF.c.active).values({name: STAFF.c[name] + 1})
    for name in ("missed_logins", "missed_pages")
}


def row_of(staff: Staff) -> dict[str, object]:
    """Every column but the password, and what is counted."""
    return {
        "id": staff.id,
        "name": staff.name,
        "agency": staff.agency,
        "role": staff.role.value,
        "active": staff.active,
        "fresh": staff.fresh,
        "given": staff.given and minute(staff.given),
        "pending": None if staff.pending is None else _PENDING.dump_json(staff.pending).decode(),
    }


def staff_of(row: AnyRow) -> Staff:
    """Without the password."""
    pending = None if row.pending is None else _PENDING.validate_json(row.pending)
    return Staff(row.id, row.name, row.agency, StaffRole(row.role), row.active, row.fresh, row.given, pending)


class SqlAccounts:
    """core.ports.Accounts. A turn asks several times who acts: what it read of a name holds until it writes."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements
        self._known: dict[str, Staff | None] = {}

    def add(self, staff: Staff, password: str) -> None:
        """Raises NameTaken."""
        self._known.clear()
        if self._statements.changed(_ADD, row_of(staff) | {"password": password}) == 0:
            raise NameTaken

    def by_name(self, name: str) -> Staff | None:
        """None: there is no such account. Read once a turn, until the turn writes."""
        if name not in self._known:
            self._known[name] = self._named(name)
        return self._known[name]

    def know(self, staff: Staff) -> None:
        """Remembers an account that another query of this turn has read."""
        self._known[staff.name] = staff

    def _named(self, name: str) -> Staff | None:
        row = self._statements.first(_BY_NAME, {"of": name})
        return None if row is None else staff_of(row)

    def lock_by_name(self, name: str) -> Staff | None:
        """Locks the row until the commit (PostgreSQL; on SQLite one turn writes at a time)."""
        row = self._statements.first(_CLAIM, {"of": name})
        self._known[name] = None if row is None else staff_of(row)
        return self._known[name]

    def by_similar_name(self, name: str) -> Staff | None:
        """Compares in lower case: names are ASCII, whose capitals every database knows."""
        row = self._statements.first(_LIKE, {"of": name.lower()})
        return None if row is None else staff_of(row)

    def get(self, staff: StaffId) -> Staff | None:
        """None: there is no such account."""
        row = self._statements.first(_GET, {"of": staff})
        return None if row is None else staff_of(row)

    def all(self) -> Sequence[Staff]:
        """Returns every account, by name; also those that are disabled."""
        found = [staff_of(row) for row in self._statements.rows(_ALL, {})]
        return sorted(found, key=lambda staff: staff.name)  # here: each database sorts by rules of its own

    def change(self, staff: Staff, password: str | None = None) -> None:
        """Raises NotFound, or NameTaken."""
        other = self._named(staff.name)
        if other is not None and other.id != staff.id:
            raise NameTaken
        self._known.clear()
        new = row_of(staff) | ({} if password is None else {"password": password})
        del new["id"]
        if self._statements.changed(_CHANGE, {"of": staff.id} | new) == 0:
            raise NotFound

    def password_hash(self, name: str) -> str | None:
        """Returns the hash. None: there is no such account."""
        row = self._statements.first(_BY_NAME, {"of": name})
        return None if row is None else str(row.password)

    def count_miss(self, name: str, *, page: bool = False) -> None:
        """Runs the same statement whether or not anybody has that name."""
        self._statements.change(_MISSES["missed_pages" if page else "missed_logins"], {"of": name})

    def take_misses(self, staff: StaffId) -> Missed:
        """Returns the counts and sets them to zero."""
        row = self._statements.first(_GET, {"of": staff})
        if row is None:
            return Missed()
        self._statements.changed(_CHANGE, {"of": staff, "missed_logins": 0, "missed_pages": 0})
        return Missed(row.missed_logins, row.missed_pages)
