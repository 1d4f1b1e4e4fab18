"""Repositories of accounts of staff: the accounts, their sessions, second steps, and identities elsewhere."""

from collections.abc import Sequence
from typing import Protocol

from core.model import Factor, Missed, Session, SessionId, SessionToken, Staff, StaffId, StaffIdentity


class Accounts(Protocol):
    """Accounts of staff, and the hashes of their passwords."""

    def add(self, staff: Staff, password: str) -> None:
        """Stores a new account. `password`: a hash. Raises NameTaken."""

    def by_name(self, name: str) -> Staff | None:
        """None: there is no such account. Locks nothing."""

    def lock_by_name(self, name: str) -> Staff | None:
        """Returns the account as it stands now, and locks its row. None: there is no such account."""

    def by_similar_name(self, name: str) -> Staff | None:
        """Returns the account whose name is the same but for capitals. None: there is none."""

    def get(self, staff: StaffId) -> Staff | None:
        """None: there is no such account. Locks nothing."""

    def all(self) -> Sequence[Staff]:
        """Returns every account, by name."""

    def change(self, staff: Staff, password: str | None = None) -> None:
        """Stores the account as it is now. `password`: a new hash; None: the hash stays."""

    def password_hash(self, name: str) -> str | None:
        """Returns the hash of the password. None: there is no such account."""

    def count_miss(self, name: str, *, page: bool = False) -> None:
        """Counts a wrong password or code or, with `page`, a refused page. As slow for a name that nobody has."""

    def take_misses(self, staff: StaffId) -> Missed:
        """Returns what was counted since the last call, and starts counting anew."""


class Sessions(Protocol):
    """Sessions of staff who are logged in."""

    def add(self, session: Session, token: SessionToken) -> None:
        """Stores a new session, found by an HMAC of its token."""

    def by_token(self, token: SessionToken) -> tuple[Session, Staff] | None:
        """Returns the session with its account, however old it is; the caller checks its age. None: no such session."""

    def with_factor(self, token: SessionToken) -> tuple[Session, Staff, bool] | None:
        """Returns the same by one query, with whether the account has a second step."""

    def of(self, staff: StaffId) -> Sequence[Session]:
        """Returns the sessions of an account, last used first."""

    def of_provider(self, provider_session: str) -> Sequence[Session]:
        """Returns those that were begun in one session of a provider, by the hash of its name."""

    def provider_session(self, issuer: str, sid: str) -> str:
        """Returns the hash under which a session of a provider is kept."""

    def change(self, session: Session) -> None:
        """Stores all of the session but its beginning, its account and what the provider calls it."""

    def end(self, session: SessionId) -> None:
        """Deletes the session; nothing happens where there is none."""


class Factors(Protocol):
    """Second steps of logins, each encrypted under a key of its own."""

    def of(self, staff: StaffId) -> Factor | None:
        """None: the account has no second step."""

    def put(self, factor: Factor) -> None:
        """Stores it in place of the one before."""

    def drop(self, staff: StaffId) -> None:
        """Deletes it and its key."""


class Identities(Protocol):
    """Who has which account by single sign-on; an account has one identity at most."""

    def of(self, issuer: str, subject: str) -> StaffIdentity | None:
        """None: nobody is tied to that subject."""

    def of_staff(self, staff: StaffId) -> StaffIdentity | None:
        """None: the account is tied to no subject."""

    def put(self, identity: StaffIdentity) -> None:
        """Stores it in place of the account's one before. Raises NameTaken where another account has that subject."""

    def drop(self, staff: StaffId) -> None:
        """Unties the account; nothing happens where it is tied to nobody."""
