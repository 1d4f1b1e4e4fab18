"""Accounts of staff, their sessions and second steps, in dictionaries."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.errors import NameTaken, NotFound
from core.model import (
    Factor,
    Missed,
    Number,
    SavedView,
    Session,
    SessionId,
    SessionToken,
    Staff,
    StaffId,
    StaffIdentity,
)
from core.ports import PageViewer
from tests.fakes.memory_staff import MemoryCanned, MemoryViews
from tests.fakes.memory_state import State, minute


@dataclass(frozen=True, slots=True)
class MemoryAccounts:
    state: State

    def add(self, staff: Staff, password: str) -> None:
        if self.by_name(staff.name) is not None:
            raise NameTaken
        self.state.staff[staff.id] = staff
        self.state.passwords[staff.id] = password

    def by_name(self, name: str) -> Staff | None:
        return next((staff for staff in self.state.staff.values() if staff.name == name), None)

    def lock_by_name(self, name: str) -> Staff | None:
        return self.by_name(name)

    def by_similar_name(self, name: str) -> Staff | None:
        return next((staff for staff in self.state.staff.values() if staff.name.lower() == name.lower()), None)

    def get(self, staff: StaffId) -> Staff | None:
        return self.state.staff.get(staff)

    def all(self) -> Sequence[Staff]:
        return sorted(self.state.staff.values(), key=lambda staff: staff.name)

    def change(self, staff: Staff, password: str | None = None) -> None:
        other = self.by_name(staff.name)
        if other is not None and other.id != staff.id:
            raise NameTaken
        if staff.id not in self.state.staff:
            raise NotFound
        self.state.staff[staff.id] = staff
        if password is not None:
            self.state.passwords[staff.id] = password

    def password_hash(self, name: str) -> str | None:
        staff = self.by_name(name)
        return None if staff is None else self.state.passwords[staff.id]

    def count_miss(self, name: str, *, page: bool = False) -> None:
        staff = self.by_name(name)
        if staff is not None and staff.active:
            before = self.state.missed.get(staff.id, Missed())
            more = {"pages": before.pages + 1} if page else {"logins": before.logins + 1}
            self.state.missed[staff.id] = replace(before, **more)

    def take_misses(self, staff: StaffId) -> Missed:
        return self.state.missed.pop(staff, Missed())


@dataclass(frozen=True, slots=True)
class MemoryPageViewers:
    state: State

    def of_report(self, name: str, number: Number) -> PageViewer | None:
        staff = MemoryAccounts(self.state).by_name(name)
        if staff is None:
            return None
        ready = (each for each in MemoryCanned(self.state).all() if each.agency in {None, staff.agency})
        return PageViewer(staff, tuple(ready), (staff.id, number) in self.state.mentions)

    def of_list(self, name: str) -> tuple[Staff, Sequence[SavedView]] | None:
        staff = MemoryAccounts(self.state).by_name(name)
        return None if staff is None else (staff, MemoryViews(self.state).of(staff.id))


@dataclass(frozen=True, slots=True)
class MemorySessions:
    state: State

    def add(self, session: Session, token: SessionToken) -> None:
        if session.staff not in self.state.staff or token in self.state.sessions:
            raise ValueError("no such account, or the token is taken")
        self.state.sessions[token] = replace(session, began=minute(session.began), seen=minute(session.seen))

    def by_token(self, token: SessionToken) -> tuple[Session, Staff] | None:
        session = self.state.sessions.get(token)
        return None if session is None else (session, self.state.staff[session.staff])

    def with_factor(self, token: SessionToken) -> tuple[Session, Staff, bool] | None:
        found = self.by_token(token)
        factor = None if found is None else self.state.factors.get(found[1].id)
        return None if found is None else (*found, factor is not None and factor.on)

    def of(self, staff: StaffId) -> Sequence[Session]:
        found = [session for session in self.state.sessions.values() if session.staff == staff]
        return sorted(found, key=lambda session: (session.seen, session.began, session.id), reverse=True)

    def of_provider(self, provider_session: str) -> Sequence[Session]:
        return [each for each in self.state.sessions.values() if each.provider_session == provider_session]

    def provider_session(self, issuer: str, sid: str) -> str:
        return f"hash of {issuer} {sid}"

    def change(self, session: Session) -> None:
        for token, old in self.state.sessions.items():
            if old.id == session.id:
                proved = session.proved and minute(session.proved)
                kept = replace(session, began=old.began, staff=old.staff, seen=minute(session.seen), proved=proved)
                self.state.sessions[token] = kept

    def end(self, session: SessionId) -> None:
        for token in [token for token, each in self.state.sessions.items() if each.id == session]:
            del self.state.sessions[token]


@dataclass(frozen=True, slots=True)
class MemoryFactors:
    state: State

    def of(self, staff: StaffId) -> Factor | None:
        return self.state.factors.get(staff)

    def put(self, factor: Factor) -> None:
        self.state.factors[factor.staff] = factor

    def drop(self, staff: StaffId) -> None:
        self.state.factors.pop(staff, None)


@dataclass(frozen=True, slots=True)
class MemoryIdentities:
    state: State

    def of(self, issuer: str, subject: str) -> StaffIdentity | None:
        return self.state.identities.get((issuer, subject))

    def of_staff(self, staff: StaffId) -> StaffIdentity | None:
        return next((each for each in self.state.identities.values() if each.staff == staff), None)

    def put(self, identity: StaffIdentity) -> None:
        key = identity.issuer, identity.subject
        self.drop(identity.staff)
        if key in self.state.identities:
            raise NameTaken
        self.state.identities[key] = identity

    def drop(self, staff: StaffId) -> None:
        for key in [key for key, each in self.state.identities.items() if each.staff == staff]:
            del self.state.identities[key]
