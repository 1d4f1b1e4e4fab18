"""Partners as rows: found by an HMAC of their key, which is kept nowhere; and what each is told of its reports."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, or_, select, update

from core.errors import NameTaken
from core.model import Number, Partner, PartnerRight, ReportId
from storage.keyring import Keyring
from storage.partner_hooks import note_filed
from storage.statements import Statements
from storage.tables import PARTNER, PARTNER_REPORT, REPORT, AnyRow
from storage.upserts import insert

_ADD = insert(PARTNER).on_conflict_do_nothing(index_elements=["name"]).execution_options(preserve_rowcount=True)
_BY_KEY = select(PARTNER).where(or_(PARTNER.c.key == bindparam("of"), PARTNER.c.old_key == bindparam("of")))
_ALL = select(PARTNER)
_FILED = insert(PARTNER_REPORT)
_REPORT_OF = (
    select(REPORT.c.id)
    .join(PARTNER_REPORT, PARTNER_REPORT.c.report == REPORT.c.id)
    .where(
        REPORT.c.number == bindparam("number"),
        REPORT.c.restricted.is_(False),
        PARTNER_REPORT.c.partner == bindparam("partner"),
    )
)
_CHANGE = update(PARTNER).where(PARTNER.c.name == bindparam("of"))
_ROTATE = _CHANGE.values(key=bindparam("new"), old_key=PARTNER.c.key, old_until=bindparam("end"))


def row_of(partner: Partner) -> dict[str, object]:
    """Every column but its keys and what its secret is made of."""
    return {
        "name": partner.name,
        "channel": partner.channel,
        "active": partner.active,
        "rights": " ".join(sorted(partner.rights)),
        "until": partner.until,
        "hosts": " ".join(partner.hosts),
        "hook": partner.hook,
    }


def partner_of(row: AnyRow) -> Partner:
    """Without the keys."""
    rights = frozenset(map(PartnerRight, row.rights.split()))
    return Partner(row.name, row.channel, row.active, rights, row.until, tuple(row.hosts.split()), row.hook)


class SqlPartners:
    """core.ports.Partners."""

    def __init__(self, statements: Statements, ring: Keyring) -> None:
        self._statements = statements
        self._ring = ring

    def add(self, partner: Partner, key: str) -> None:
        """Raises NameTaken."""
        row = row_of(partner) | {"key": self._ring.partner(key), "salt": ""}
        if self._statements.changed(_ADD, row) == 0:
            raise NameTaken

    def by_key(self, key: str) -> Partner | None:
        """Finds the partner by the HMAC of its key, so that no answer's time tells how much of a key was right.

        By the key before, it ends when that one does.
        """
        row = self._statements.first(_BY_KEY, {"of": self._ring.partner(key)})
        if row is None:
            return None
        ends = [at for at in (row.until, row.old_until) if at is not None]
        old = row.old_key == self._ring.partner(key)
        return partner_of(row._replace(until=min(ends))) if old and ends else partner_of(row)

    def all(self) -> Sequence[Partner]:
        """Returns every partner, by name."""
        found = [partner_of(row) for row in self._statements.rows(_ALL, {})]
        return sorted(found, key=lambda partner: partner.name)

    def change(self, partner: Partner) -> bool:
        """Returns False where there is none of that name."""
        return self._statements.changed(_CHANGE, {"of": partner.name, **row_of(partner)}) > 0

    def rotate(self, partner: Partner, key: str, old_until: datetime) -> None:
        """The key before opens the same until then."""
        self._statements.change(_ROTATE, {"of": partner.name, "new": self._ring.partner(key), "end": old_until})

    def tell_at(self, partner: Partner, salt: str) -> bytes:
        """Stores its `hook`; returns the secret that signs what it is told, made of the salt, which is chance."""
        self._statements.change(_CHANGE, {"of": partner.name, "hook": partner.hook, "salt": salt})
        return self._ring.hook(partner.name, salt)

    def filed(self, partner: Partner, report: ReportId) -> None:
        """Notes it, and that the partner is told; the report must exist."""
        self._statements.change(_FILED, {"report": report, "partner": partner.name})
        note_filed(self._statements, report)

    def report_of(self, partner: Partner, number: Number) -> ReportId | None:
        """Locks nothing."""
        row = self._statements.first(_REPORT_OF, {"partner": partner.name, "number": number})
        return None if row is None else ReportId(row.id)
