"""The way in for staff: passwords, sessions, and how far somebody has come; each a turn of its own.

Limits, so that nobody can keep another out: misses count for a name from an address, for an address, and for the
networks around it; many misses on one name from everywhere only take the free tries from addresses that nobody of that
name came in from lately.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum

from core import attempt_limits, workflow
from core.errors import Refused
from core.model import AuditEntry, Missed, Right, Session, SessionId, SessionToken, Staff
from core.ports import StaffRepositories
from core.record import Turn

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
LEAST = 12  # characters of a password, those of the account's name not counted
MOST = 200  # of what is read
MOST_CHOSEN = 128  # of a new one
GIVEN = timedelta(hours=72)  # how long a password opens anything that somebody else knows
FRESH = timedelta(minutes=10)  # how long a session needs no password again for what guards accounts and lists
_TOUCH = timedelta(minutes=1)  # reading does not write each time
_KNOWN = timedelta(hours=48)  # how long an address counts as one that somebody came in from
_ATTACK = 20  # misses an hour on one name, from everywhere
_LONGEST_OF_ALL = timedelta(minutes=15)  # so that its owner finds a moment between the tries of others


class Stage(StrEnum):
    """How far somebody has come; what stands before WHOLE is asked for before anything else is shown."""

    CODE = "code"  # the second step of the login
    PASSWORD = "password"  # noqa: S105 - a password that was made up for them is to be changed
    FACTOR = "factor"  # a second step is to be set up
    PENDING = "pending"  # a second person is to confirm the account
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class LoginAttempt:
    """Who wants to come in, and from where: for the limits alone."""

    name: str = field(repr=False)
    peer: str = field(repr=False)

    @property
    def pair(self) -> str:
        """A name from an address."""
        return f"{self.peer} {self.name}"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is there, and how far they have come."""

    staff: Staff
    session: Session
    stage: Stage


def attempt(turn: Turn, who: LoginAttempt) -> str | None:
    """The hash to compare a password with; None: there is nobody, and a decoy costs the same.

    The try is counted here, so that many at once are many. Raises Refused("desk_wait") where somebody has to wait.
    """
    count_try(turn, "login", who)
    staff, kept = turn.tx.accounts.by_name(who.name), turn.tx.accounts.password_hash(who.name)  # both, whoever it is
    return kept if staff is not None and staff.active else None


def enter(turn: Turn, who: LoginAttempt, fitted: str | None) -> tuple[SessionToken, Stage]:
    """After the password fitted a hash (None: it did not, or there was none); a new session each time.

    Raises Refused("desk_login_wrong"), where the account changed since too; Refused("desk_password_ended") for one that
    was given to them too long ago.
    """
    tx = turn.tx
    staff, kept = tx.accounts.lock_by_name(who.name), tx.accounts.password_hash(who.name)
    if staff is None or not staff.active or kept is None or kept != fitted:
        raise Refused("desk_login_wrong")
    if _ended(turn, staff):
        raise Refused("desk_password_ended")
    was_no_miss(turn, "login", who)
    factor = tx.factors.of(staff.id)
    whole = factor is None or not factor.on
    for old in tx.sessions.of(staff.id):
        if is_over(turn, old):
            tx.sessions.end(old.id)
    missed = came_in(turn, staff, who) if whole else Missed()
    rng = turn.context.rng
    token, id_ = SessionToken(rng.token()), SessionId(rng.token())
    session = Session(id_, staff.id, turn.now, turn.now, whole, proved=turn.now, missed=missed)
    tx.sessions.add(session, token)
    return token, _stage(staff, session, lacking=False)


def came_in(turn: Turn, staff: Staff, who: LoginAttempt, act: str = "login") -> Missed:
    """The whole way: noted, and remembered for the limits. What was tried in their name since the last time."""
    turn.tx.inbox.count("login known", who.pair, turn.now)
    turn.tx.audit.add(AuditEntry(turn.now, staff.name, act, via="desk"))
    if staff.given is not None and not staff.fresh:
        turn.tx.accounts.change(replace(staff, given=None))
    return turn.tx.accounts.take_misses(staff.id)


def visit(turn: Turn, token: SessionToken, *, forced: bool, quiet: bool = False) -> Visitor | None:
    """Who shows that token; None where the session ended.

    `forced`: some must have a second step; `quiet`: a page asks by itself, which is no use of the session.
    """
    tx = turn.tx
    found = _of_session(tx, token, forced=forced)
    if found is None:
        return None
    session, staff, proved = found
    if not staff.active or is_over(turn, session) or (staff.fresh and not session.provider and _ended(turn, staff)):
        tx.sessions.end(session.id)
        return None
    if not quiet and turn.now - session.seen >= _TOUCH:
        session = replace(session, seen=turn.now)
        tx.sessions.change(session)
    return Visitor(staff, session, _stage(staff, session, lacking=not proved and needs_factor(staff)))


def _of_session(tx: StaffRepositories, token: SessionToken, *, forced: bool) -> tuple[Session, Staff, bool] | None:
    """With whether they have the second step, where some must."""
    if forced:
        return tx.sessions.with_factor(token)
    found = tx.sessions.by_token(token)
    return None if found is None else (*found, True)


def leave(turn: Turn, visitor: Visitor) -> None:
    """The session ends at once."""
    turn.tx.sessions.end(visitor.session.id)
    turn.tx.audit.add(AuditEntry(turn.now, visitor.staff.name, "logout", via="desk"))


def sessions(turn: Turn, staff: Staff) -> Sequence[Session]:
    """Those that live, last used first."""
    return [each for each in turn.tx.sessions.of(staff.id) if not is_over(turn, each)]


def end_session(turn: Turn, visitor: Visitor, session: SessionId) -> None:
    """One of one's own; nothing happens where it is none."""
    if any(each.id == session for each in turn.tx.sessions.of(visitor.staff.id)):
        turn.tx.sessions.end(session)
        turn.tx.audit.add(AuditEntry(turn.now, visitor.staff.name, "session-end", via="desk"))


def end_sessions(turn: Turn, staff: Staff, *, but: SessionId | None = None) -> None:
    """All of an account."""
    for each in turn.tx.sessions.of(staff.id):
        if each.id != but:
            turn.tx.sessions.end(each.id)


def own_password_hash(turn: Turn, visitor: Visitor) -> str:
    """The hash of one's own password, which proves that it is still them; tries are limited by session.

    Raises Refused("desk_wait").
    """
    count_try(turn, "proof", LoginAttempt(visitor.staff.name, visitor.session.id))
    return turn.tx.accounts.password_hash(visitor.staff.name) or ""


def proved(turn: Turn, visitor: Visitor, fitted: str) -> None:
    """After the password fitted that hash; raises Refused where account or session changed since."""
    staff = present(turn, visitor)
    if turn.tx.accounts.password_hash(staff.name) != fitted:
        raise Refused("desk_password_old_wrong")
    was_no_miss(turn, "proof", LoginAttempt(staff.name, visitor.session.id))
    turn.tx.sessions.change(replace(visitor.session, seen=turn.now, proved=turn.now))


def is_proved(turn: Turn, visitor: Visitor) -> bool:
    """Whether the password was typed lately in this session."""
    at = visitor.session.proved
    return at is not None and turn.now - at < FRESH


def told(turn: Turn, visitor: Visitor) -> None:
    """The owner has read what was missed; the page needs to say it no more."""
    turn.tx.sessions.change(replace(visitor.session, missed=Missed()))


def own_password(turn: Turn, visitor: Visitor, password: str) -> None:
    """The hash of another password, chosen by its owner; every other session ends. Raises Refused as `present`."""
    staff = replace(present(turn, visitor), fresh=False, given=None)
    turn.tx.accounts.change(staff, password)
    end_sessions(turn, staff, but=visitor.session.id)
    turn.tx.audit.add(AuditEntry(turn.now, staff.name, "password", via="desk"))


def present(turn: Turn, visitor: Visitor) -> Staff:
    """The account as it stands now; raises Refused where the session has ended since it was looked at."""
    staff = turn.tx.accounts.lock_by_name(visitor.staff.name)
    lives = any(each.id == visitor.session.id for each in turn.tx.sessions.of(visitor.staff.id))
    if staff is None or not staff.active or not lives:
        raise Refused("staff_unknown")
    return staff


def good_password(password: str, name: str) -> str:
    """The password; raises Refused where it is too short, without the account's name too, or longer than is typed."""
    if len(password) < LEAST:
        raise Refused("staff_password_short", least=LEAST)
    if len(password) > MOST_CHOSEN:
        raise Refused("desk_password_long", most=MOST_CHOSEN)
    if name and len(password.lower().replace(name.lower(), "")) < LEAST:
        raise Refused("staff_password_name", least=LEAST)
    return password


def needs_factor(staff: Staff) -> bool:
    """Whoever sees more than the open reports of one office."""
    return staff.may(Right.CITY, Right.ARRANGE, Right.AUDIT) or workflow.reads_restricted(staff.agency)


def form_token(token: SessionToken) -> str:
    """What every form of a session carries; it tells nothing of the token that it is made of."""
    return hmac.new(token.reveal().encode(), b"form", "sha256").hexdigest()


def is_form_token(given: str, token: SessionToken) -> bool:
    """Compared in constant time."""
    return hmac.compare_digest(given.encode(errors="replace"), form_token(token).encode())


def is_over(turn: Turn, session: Session) -> bool:
    """Whether it was not used for too long, or lasted too long."""
    return turn.now - session.seen >= IDLE or turn.now - session.began >= LONGEST


def _stage(staff: Staff, session: Session, *, lacking: bool) -> Stage:
    """`lacking`: a second step that they must have."""
    if not session.whole:
        return Stage.CODE
    if staff.fresh and not session.provider:
        return Stage.PASSWORD
    if lacking and not session.provider:
        return Stage.FACTOR
    return Stage.WHOLE if staff.pending is None else Stage.PENDING


def _ended(turn: Turn, staff: Staff) -> bool:
    return staff.given is not None and turn.now - staff.given >= GIVEN


def count_try(turn: Turn, what: str, who: LoginAttempt, *, whole: bool = False) -> None:
    """One try more that is looked at, or Refused with how long to wait; `whole`: all new addresses wait together."""
    known = turn.tx.inbox.counted("login known", who.pair, turn.now, _KNOWN)[0] > 0
    everywhere = 0 if known else _misses(turn, what, f"name {who.name}", attempt_limits.RECENT)
    of_name = (attempt_limits.Allowance(f"name {who.name}", _ATTACK, _LONGEST_OF_ALL),) if whole else ()
    for limit in (attempt_limits.Allowance(who.pair), *(() if known else (*attempt_limits.around(who.peer), *of_name))):
        misses = _misses(turn, what, limit.who, attempt_limits.MEMORY)
        last = turn.tx.inbox.counted(what, limit.who, turn.now, attempt_limits.MEMORY)[1]
        recent = everywhere if limit.who == who.pair else 0
        left = attempt_limits.wait(misses, last, recent, turn.now, limit.free, attack=_ATTACK, longest=limit.longest)
        if left > timedelta(0):
            raise Refused("desk_wait", minutes=-(-left // timedelta(minutes=1)))
    for key in _keys(who):
        turn.tx.inbox.count(what, key, turn.now)


def was_no_miss(turn: Turn, what: str, who: LoginAttempt) -> None:
    """The try that was counted was no miss."""
    for key in _keys(who):
        turn.tx.inbox.count(f"{what} hit", key, turn.now)


def _misses(turn: Turn, what: str, key: str, within: timedelta) -> int:
    tries, hits = (turn.tx.inbox.counted(each, key, turn.now, within)[0] for each in (what, f"{what} hit"))
    return tries - hits


def _keys(who: LoginAttempt) -> tuple[str, ...]:
    return who.pair, *(each.who for each in attempt_limits.around(who.peer)), f"name {who.name}"
