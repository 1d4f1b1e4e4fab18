"""Who is logged in: a row a browser, found by an HMAC, so that whoever reads the table can log in as nobody."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, insert, select, update

from core.deadlines import minute
from core.model import Missed, Session, SessionId, SessionToken, Staff, StaffId
from storage import factors
from storage.accounts import COLUMNS, staff_of
from storage.data_keys import DataKeys
from storage.keyring import Keyring
from storage.statements import Statements
from storage.tables import DATA_KEY, FACTOR, SESSION, STAFF, AnyRow

_ADD = insert(SESSION)
_READ = ("id", "began", "seen", "whole", "proved", "missed_logins", "missed_pages", "provider")
_BY_TOKEN = (
    select(
        *(SESSION.c[name].label(f"session_{name}") for name in _READ),
        *COLUMNS,
    )
    .join_from(SESSION, STAFF, STAFF.c.id == SESSION.c.staff)
    .where(SESSION.c.token == bindparam("of"))
)
_WITH_FACTOR = (
    _BY_TOKEN.add_columns(FACTOR.c.staff.label("factor_staff"), FACTOR.c.sealed, DATA_KEY.c.key_id, DATA_KEY.c.wrapped)
    .outerjoin(FACTOR, FACTOR.c.staff == STAFF.c.id)
    .outerjoin(DATA_KEY, DATA_KEY.c.owner == factors.owner_of(FACTOR.c.staff))
)
_OF = select(SESSION).where(SESSION.c.staff == bindparam("of"))
_OF_PROVIDER = select(SESSION).where(SESSION.c.provider_session == bindparam("of"))
_CHANGE = update(SESSION).where(SESSION.c.id == bindparam("of"))
_END = delete(SESSION).where(SESSION.c.id == bindparam("of"))


def row_of(session: Session, token: bytes) -> dict[str, object]:
    """Times in minutes."""
    return {
        "token": token,
        "id": session.id,
        "staff": session.staff,
        "began": minute(session.began),
        "provider": session.provider,
        "provider_session": session.provider_session,
    } | _changing(session)


def _changing(session: Session) -> dict[str, object]:
    return {
        "seen": minute(session.seen),
        "whole": session.whole,
        "proved": session.proved and minute(session.proved),
        "missed_logins": session.missed.logins,
        "missed_pages": session.missed.pages,
    }


def session_of(row: AnyRow) -> Session:
    """Without its token."""
    missed = Missed(row.missed_logins, row.missed_pages)
    times = (row.began, row.seen)
    return Session(row.id, row.staff, *times, row.whole, row.proved, missed, row.provider, row.provider_session)


def _shown(row: AnyRow) -> tuple[Session, Staff]:
    missed = Missed(row.session_missed_logins, row.session_missed_pages)
    whole, proved = row.session_whole, row.session_proved
    times = (row.session_began, row.session_seen)
    session = Session(row.session_id, row.id, *times, whole, proved, missed, row.session_provider)
    return session, staff_of(row)


class SqlSessions:
    """core.ports.Sessions."""

    def __init__(self, statements: Statements, ring: Keyring, keys: DataKeys) -> None:
        self._statements = statements
        self._ring = ring
        self._keys = keys

    def add(self, session: Session, token: SessionToken) -> None:
        """Inserts the session; the account must exist."""
        self._statements.change(_ADD, row_of(session, self._ring.session(token)))

    def by_token(self, token: SessionToken) -> tuple[Session, Staff] | None:
        """Returns the session with its account.

        None: the token was never given, or its session has ended. Locks nothing.
        """
        row = self._statements.first(_BY_TOKEN, {"of": self._ring.session(token)})
        return None if row is None else _shown(row)

    def with_factor(self, token: SessionToken) -> tuple[Session, Staff, bool] | None:
        """It is opened for that, and forgotten."""
        row = self._statements.first(_WITH_FACTOR, {"of": self._ring.session(token)})
        if row is None:
            return None
        key = self._keys.opened(factors.owner(row.id), row.key_id, row.wrapped)
        return *_shown(row), key is not None and factors.is_on(row.id, row.sealed, key)

    def of(self, staff: StaffId) -> Sequence[Session]:
        """Returns the sessions of an account, last used first."""
        found = [session_of(row) for row in self._statements.rows(_OF, {"of": staff})]
        return sorted(found, key=lambda session: (session.seen, session.began, session.id), reverse=True)

    def of_provider(self, provider_session: str) -> Sequence[Session]:
        """There are as many rows as people who are logged in: none of them is found by an index."""
        return [session_of(row) for row in self._statements.rows(_OF_PROVIDER, {"of": provider_session})]

    def provider_session(self, issuer: str, sid: str) -> str:
        """As much as a token of ours, for whoever reads the table."""
        return self._ring.provider_session(issuer, sid).hex()

    def change(self, session: Session) -> None:
        """Stores all of it but its beginning, its account and by whom it was begun."""
        self._statements.changed(_CHANGE, {"of": session.id} | _changing(session))

    def end(self, session: SessionId) -> None:
        """Deletes the row."""
        self._statements.change(_END, {"of": session})
