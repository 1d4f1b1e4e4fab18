"""Who has a code of a report: found by the HMAC of the code, which nothing else in the database leads to."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from core.deadlines import minute
from core.model import CodeHolder, Contact, ContactId, ReportId, Role, TrackingCode
from storage.contacts import Contacts
from storage.data_keys import DataKeys
from storage.erasures import Erased, note
from storage.keyring import Keyring
from storage.outbox import SqlOutbox
from storage.prefetch import Prefetch
from storage.statements import Statements
from storage.tables import HOLDER, UNPUBLISHED, AnyRow
from storage.vault import DataKey, place

_ADD = insert(HOLDER)
_GET = select(HOLDER).where(HOLDER.c.code == bindparam("of"))
_OF = select(HOLDER).where(HOLDER.c.report == bindparam("of")).order_by(HOLDER.c.code)  # an HMAC: by chance
_TOLD = update(HOLDER).where(HOLDER.c.contact == bindparam("of")).values(told=bindparam("at"))
_FORGET = update(HOLDER).where(HOLDER.c.contact == bindparam("of")).values(contact=None)

_UNMARK = (
    update(UNPUBLISHED)
    .where(UNPUBLISHED.c.report.in_(select(HOLDER.c.report).where(HOLDER.c.contact == bindparam("of"))))
    .values(sealed=None)
)


def row_of(holder: CodeHolder, code: bytes, key: DataKey) -> dict[str, object]:
    """`code` is the HMAC, `key` the report's."""
    return {
        "code": code,
        "report": holder.report,
        "role": holder.role.value,
        "contact": holder.contact,
        "told": holder.told and minute(holder.told),
        "sealed": key.seal(holder.last4.encode(), place("holder", "sealed", code.hex())),
    }


def holder_of(row: AnyRow, key: DataKey | None) -> CodeHolder:
    """`key` None: the report was erased, and the four digits are empty."""
    last4 = "" if key is None else key.open(row.sealed, place("holder", "sealed", row.code.hex())).decode()
    return CodeHolder(row.report, Role(row.role), last4, row.contact, row.told)


class SqlCodeHolders:
    """core.ports.CodeHolders."""

    def __init__(
        self,
        statements: Statements,
        ring: Keyring,
        keys: DataKeys,
        outbox: SqlOutbox,
        along: Prefetch,
    ) -> None:
        self._statements = statements
        self._ring = ring
        self._keys = keys
        self._contacts = Contacts(statements, ring, keys, outbox)
        self._outbox = outbox
        self._along = along
        self._read: dict[ReportId, list[CodeHolder]] = {}  # a turn tells, settles and asks the same people

    def add(self, holder: CodeHolder, code: TrackingCode, contact: Contact | None) -> None:
        """Inserts the contact before the holder, whose row refers to it."""
        self._read.pop(holder.report, None)
        key = self._keys.of(holder.report)
        if key is None:
            raise ValueError("no such report")
        if contact is not None:
            self._contacts.add(contact)
        self._statements.change(_ADD, row_of(holder, self._ring.code(code), key))

    def by_code(self, code: TrackingCode) -> CodeHolder | None:
        """None: that code was never given."""
        row = self._statements.first(_GET, {"of": self._ring.code(code)})
        return None if row is None else holder_of(row, self._keys.of(row.report))

    def of(self, report: ReportId) -> Sequence[CodeHolder]:
        """Returns all of them, in the order of their HMACs."""
        if report not in self._read:
            key = self._keys.of(report)
            rows = self._along.rows_with((_OF, {"of": report}), report)
            self._read[report] = [holder_of(row, key) for row in rows]
        return self._read[report]

    def set_last_news(self, contact: ContactId, at: datetime) -> None:
        """Stores the time in minutes."""
        self._read.clear()
        self._statements.change(_TOLD, {"of": contact, "at": minute(at)})

    def contact(self, contact: ContactId) -> Contact | None:
        """None: it was erased."""
        return self._contacts.get(contact)

    def forget(self, contact: ContactId) -> None:
        """Deletes in order: waiting deliveries, the sender's mark, the reference, the contact's row, its key."""
        self._outbox.drop_all_for(contact)
        self._read.clear()
        self._statements.change(_UNMARK, {"of": contact})
        self._statements.change(_FORGET, {"of": contact})
        self._contacts.drop(contact)
        note(self._statements, self._ring, Erased.CONTACT, contact)
        self._statements.keys_erased = True
