"""The way in by single sign-on: whom the provider proved, and which account that is; the second step is its own.

Whom nobody tied to an account comes in only where a claim of the provider says which role in which office they have.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from core.casework import accounts, confirmations, login
from core.casework.actors import OPERATOR
from core.casework.login import LoginAttempt, Stage
from core.messages import WireId
from core.model import (
    AgencyId,
    AuditEntry,
    Session,
    SessionId,
    SessionToken,
    Staff,
    StaffId,
    StaffIdentity,
    StaffRole,
)
from core.record import Turn

LIMIT = "oidc"


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom a provider proved. `account`: what its claim gives; `mapped`: whether it has such claims at all."""

    issuer: str
    subject: str = field(repr=False)
    name: str = field(default="", repr=False)  # what it calls them, for a new account
    account: tuple[StaffRole, AgencyId] | None = None
    mapped: bool = False
    session: str = field(default="", repr=False)  # what it calls its own session; empty: it does not say
    shown: datetime | None = None  # when they last showed it who they are; None: it does not say


def attempt(turn: Turn, who: LoginAttempt, state: str) -> bool:
    """Counts a try, and whether what was begun is answered for the first time. Raises Refused("desk_wait")."""
    login.count_try(turn, LIMIT, who)
    return turn.tx.inbox.record_if_new(LIMIT, WireId(state), turn.now)


def is_known(turn: Turn, who: Identity) -> bool:
    """Whether an account is tied to them."""
    return turn.tx.identities.of(who.issuer, who.subject) is not None


def enter(turn: Turn, who: Identity, by: LoginAttempt, password: str) -> tuple[SessionToken, Stage] | str:
    """A new session, or the phrase that says why there is none. `password`: a hash that nobody has the words of."""
    staff = _account(turn, who, password)
    if isinstance(staff, str):
        return staff
    login.was_no_miss(turn, LIMIT, by)
    for old in turn.tx.sessions.of(staff.id):
        if login.is_over(turn, old):
            turn.tx.sessions.end(old.id)
    missed = login.came_in(turn, staff, LoginAttempt(staff.name, by.peer), "login-oidc")
    staff = turn.tx.accounts.get(staff.id) or staff
    rng = turn.context.rng
    token, id_ = SessionToken(rng.token()), SessionId(rng.token())
    theirs = turn.tx.sessions.provider_session(who.issuer, who.session) if who.session else ""
    # A provider that somebody is still in asks nothing: whoever finds their screen would come in as just proved.
    proved = None if who.shown is None else min(turn.now, who.shown)
    session = Session(
        id_, staff.id, turn.now, turn.now, proved=proved, missed=missed, provider=True, provider_session=theirs
    )
    turn.tx.sessions.add(session, token)
    return token, Stage.WHOLE if staff.pending is None else Stage.PENDING


def end(turn: Turn, issuer: str, subject: str, session: str, once: WireId) -> bool:
    """Ends what the provider ended: one session of its own, or all that a subject began; False: it was told before.

    Sessions of which the provider never said in which of its own they were begun end with any of that subject.
    """
    if not turn.tx.inbox.record_if_new(f"{LIMIT} logout", once, turn.now):
        return False
    theirs = turn.tx.sessions.provider_session(issuer, session) if session else ""
    tied = turn.tx.identities.of(issuer, subject) if subject else None
    ended = [] if tied is None else [each for each in turn.tx.sessions.of(tied.staff) if each.provider]
    if theirs and subject:
        ended = [each for each in ended if each.provider_session in {theirs, ""}]
    elif theirs:
        ended = list(turn.tx.sessions.of_provider(theirs))
    for each in ended:
        turn.tx.sessions.end(each.id)
    for staff in sorted({each.staff for each in ended}):
        account = turn.tx.accounts.get(staff)
        if account is not None:
            turn.tx.audit.add(AuditEntry(turn.now, account.name, "logout-oidc", via=LIMIT))
    return True


def _account(turn: Turn, who: Identity, password: str) -> Staff | str:
    tied = turn.tx.identities.of(who.issuer, who.subject)
    if tied is None:
        return "desk_oidc_unknown" if who.account is None else _made(turn, who, who.account, password)
    named = turn.tx.accounts.get(tied.staff)
    staff = None if named is None else turn.tx.accounts.lock_by_name(named.name)
    if staff is None or not staff.active:
        return "desk_oidc_locked"
    if not tied.by_claim or not who.mapped:
        return staff
    if who.account is None:
        login.end_sessions(turn, staff)
        turn.tx.audit.add(AuditEntry(turn.now, staff.name, "login-refused", via=LIMIT))
        return "desk_oidc_no_role"
    return _moved(turn, staff, *who.account)


def _made(turn: Turn, who: Identity, account: tuple[StaffRole, AgencyId], password: str) -> Staff:
    """An account of its own: never one that has the same name, which anybody may have chosen at the provider."""
    role, office = account
    name = accounts.free_name(turn, who.name)
    made = accounts.add_staff(turn, Staff(StaffId(""), name, office, role), password)
    made = replace(made, given=None)  # nobody knows it
    turn.tx.accounts.change(made)
    turn.tx.identities.put(StaffIdentity(who.issuer, who.subject, made.id, by_claim=True))
    return made


def _moved(turn: Turn, staff: Staff, role: StaffRole, office: AgencyId) -> Staff:
    """The account as the provider has it now; what sees much after it waits for a second person."""
    if (staff.role, staff.agency) == (role, office):
        return staff
    accounts.placed(role, office)
    moved = confirmations.waiting(turn, replace(staff, role=role, agency=office), "staff-move", OPERATOR)
    turn.tx.accounts.change(moved)
    login.end_sessions(turn, moved)
    turn.tx.audit.add(AuditEntry(turn.now, staff.name, f"staff-move {role.value} {office}", via=LIMIT))
    return moved
