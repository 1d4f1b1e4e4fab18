"""The ledger of erasures: what was erased, taken back or closed off is noted as an HMAC, for copies of before."""

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import Connection, select

from storage.keyring import Keyring
from storage.statements import Statements
from storage.tables import ERASURE
from storage.upserts import insert

_NOTE = insert(ERASURE).on_conflict_do_nothing()
_ALL = select(ERASURE.c.mark)


class Erased(StrEnum):
    """What an older copy must do once more."""

    CONTACT = "contact"  # its address is forgotten
    WORDS = "words"  # the key of a report was destroyed
    WITHDRAWN = "withdrawn"  # its writer took it back
    RESTRICTED = "restricted"  # one agency alone may read it from then on


def note(statements: Statements, ring: Keyring, what: Erased, owner: str, detail: str = "") -> None:
    """In the transaction that erases. `detail` is none of the report's words: a copy must be able to guess it."""
    statements.change(_NOTE, {"mark": ring.erased(what + detail, owner)})


def marks_of(connection: Connection) -> frozenset[bytes]:
    """Every mark of a database."""
    return frozenset(connection.execute(_ALL).scalars())


def keep(connection: Connection, marks: Iterable[bytes]) -> None:
    """Adds those that it lacks."""
    rows = [{"mark": mark} for mark in sorted(marks)]
    if rows:
        connection.execute(_NOTE, rows)
