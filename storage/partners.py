"""Partners as rows: found by an HMAC of their key, which is kept nowhere."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert  # SQLite writes ON CONFLICT the same way

from core.errors import NameTaken
from core.model import Partner, ReportId
from storage.keyring import Keyring
from storage.statements import Statements
from storage.tables import PARTNER, PARTNER_REPORT, AnyRow

_ADD = insert(PARTNER).on_conflict_do_nothing(index_elements=["name"]).execution_options(preserve_rowcount=True)
_BY_KEY = select(PARTNER).where(PARTNER.c.key == bindparam("of"))
_ALL = select(PARTNER)
_FILED = insert(PARTNER_REPORT)
_CHANGE = update(PARTNER).where(PARTNER.c.name == bindparam("of"))


def row_of(partner: Partner) -> dict[str, object]:
    """Every column but the key."""
    return {"name": partner.name, "channel": partner.channel, "active": partner.active}


def partner_of(row: AnyRow) -> Partner:
    """Without the key."""
    return Partner(row.name, row.channel, row.active)


class SqlPartners:
    """core.ports.Partners."""

    def __init__(self, statements: Statements, ring: Keyring) -> None:
        self._statements = statements
        self._ring = ring

    def add(self, partner: Partner, key: str) -> None:
        """Raises NameTaken."""
        if self._statements.changed(_ADD, row_of(partner) | {"key": self._ring.partner(key)}) == 0:
            raise NameTaken

    def by_key(self, key: str) -> Partner | None:
        """Finds the partner by the HMAC of its key, so that no answer's time tells how much of a key was right."""
        row = self._statements.first(_BY_KEY, {"of": self._ring.partner(key)})
        return None if row is None else partner_of(row)

    def all(self) -> Sequence[Partner]:
        """Returns every partner, by name."""
        found = [partner_of(row) for row in self._statements.rows(_ALL, {})]
        return sorted(found, key=lambda partner: partner.name)

    def change(self, partner: Partner) -> bool:
        """Returns False where there is none of that name."""
        return self._statements.changed(_CHANGE, {"of": partner.name, **row_of(partner)}) > 0

    def filed(self, partner: Partner, report: ReportId) -> None:
        """Notes it; the report must exist."""
        self._statements.change(_FILED, {"report": report, "partner": partner.name})
