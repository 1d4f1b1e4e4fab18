"""Who has which account by single sign-on: a subject of a provider, which says nothing to anybody but that provider."""

from sqlalchemy import bindparam, delete, select

from core.errors import NameTaken
from core.model import StaffId, StaffIdentity
from storage.statements import Statements
from storage.tables import IDENTITY, AnyRow
from storage.upserts import insert

_ADD = insert(IDENTITY).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
_OF = select(IDENTITY).where(IDENTITY.c.issuer == bindparam("by"), IDENTITY.c.subject == bindparam("of"))
_OF_STAFF = select(IDENTITY).where(IDENTITY.c.staff == bindparam("of"))
_DROP = delete(IDENTITY).where(IDENTITY.c.staff == bindparam("of"))


def row_of(identity: StaffIdentity) -> dict[str, object]:
    """Every column."""
    return {
        "issuer": identity.issuer,
        "subject": identity.subject,
        "staff": identity.staff,
        "by_claim": identity.by_claim,
    }


def identity_of(row: AnyRow) -> StaffIdentity:
    """Returns an identity of its row."""
    return StaffIdentity(row.issuer, row.subject, StaffId(row.staff), row.by_claim)


class SqlIdentities:
    """core.ports.Identities."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    def of(self, issuer: str, subject: str) -> StaffIdentity | None:
        """None: nobody is tied to that subject."""
        row = self._statements.first(_OF, {"by": issuer, "of": subject})
        return None if row is None else identity_of(row)

    def of_staff(self, staff: StaffId) -> StaffIdentity | None:
        """None: the account is tied to no subject."""
        row = self._statements.first(_OF_STAFF, {"of": staff})
        return None if row is None else identity_of(row)

    def put(self, identity: StaffIdentity) -> None:
        """Raises NameTaken."""
        self.drop(identity.staff)
        if self._statements.changed(_ADD, row_of(identity)) == 0:
            raise NameTaken

    def drop(self, staff: StaffId) -> None:
        """Deletes its row."""
        self._statements.change(_DROP, {"of": staff})
