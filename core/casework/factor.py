"""The second step of a login: codes that pass with time, each taken once, and recovery codes for a lost telephone."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from core.casework import login
from core.casework.login import LoginAttempt, Stage, Visitor
from core.errors import Refused
from core.model import AuditEntry, Factor, Session, SessionId, SessionToken, Staff
from core.record import Turn

SPARE = 10  # recovery codes
_SECRET = 32  # base32 characters: 160 bits, as RFC 4226 wants
_SPARE_LENGTH = 24  # base32 characters: 120 bits, so that a plain hash is nothing to guess from
Steps = Callable[[str, str, datetime], int | None]
"""Secret, what was typed, and when -> the step of time whose code it is; None: of none near enough."""


def has_one(turn: Turn, staff: Staff) -> bool:
    """Whether the login of that account has a second step."""
    found = turn.tx.factors.of(staff.id)
    return found is not None and found.on


def begun(turn: Turn, visitor: Visitor) -> Factor:
    """The one that somebody has, or one that waits for its first code: of this session, another one begins anew."""
    login.present(turn, visitor)
    found, session = turn.tx.factors.of(visitor.staff.id), visitor.session.id
    if found is None or (not found.on and found.session != session):
        rng = turn.context.rng
        found = Factor(visitor.staff.id, (rng.token() + rng.token())[:_SECRET].upper(), session=session)
        turn.tx.factors.put(found)
    return found


def confirm(turn: Turn, visitor: Visitor, typed: str, steps: Steps) -> tuple[str, ...]:
    """The first code shows that it works: it is on from now, and every other session ends. The recovery codes.

    Raises Refused("desk_code_wrong").
    """
    login.present(turn, visitor)
    factor = turn.tx.factors.of(visitor.staff.id)
    step = None if factor is None else steps(factor.secret, _plain(typed), turn.now)
    if factor is None or step is None or factor.session != visitor.session.id:
        raise Refused("desk_code_wrong")
    spare = _spare(turn)
    turn.tx.factors.put(replace(factor, on=True, step=step, spare=tuple(map(_hash, spare)), session=""))
    login.end_sessions(turn, visitor.staff, but=visitor.session.id)
    turn.tx.audit.add(AuditEntry(turn.now, visitor.staff.name, "second-step", via="desk"))
    return spare


def renewed(turn: Turn, visitor: Visitor) -> tuple[str, ...]:
    """Other recovery codes; those from before open nothing any more. Raises Refused where there is no second step."""
    login.present(turn, visitor)
    factor = turn.tx.factors.of(visitor.staff.id)
    if factor is None or not factor.on:
        raise Refused("desk_code_wrong")
    spare = _spare(turn)
    turn.tx.factors.put(replace(factor, spare=tuple(map(_hash, spare))))
    turn.tx.audit.add(AuditEntry(turn.now, visitor.staff.name, "recovery-codes", via="desk"))
    return spare


def attempt(turn: Turn, who: LoginAttempt) -> None:
    """Counts a try before it is looked at; raises Refused("desk_wait")."""
    login.count_try(turn, "code", who, whole=True)


def prove(turn: Turn, visitor: Visitor, who: LoginAttempt, typed: str, steps: Steps) -> SessionToken:
    """The rest of the login: a code that was not taken before, or a recovery code, which is used up by it.

    Gives a session of its own, so that a token from before the second step opens nothing. Raises
    Refused("desk_code_wrong").
    """
    tx, staff = turn.tx, login.present(turn, visitor)
    factor = tx.factors.of(staff.id)
    if visitor.stage is not Stage.CODE or factor is None:
        raise Refused("desk_code_wrong")
    tx.factors.put(_taken(factor, _plain(typed), steps, turn.now))
    login.was_no_miss(turn, "code", who)
    missed = login.came_in(turn, staff, who)
    tx.sessions.end(visitor.session.id)
    rng, proved = turn.context.rng, visitor.session.proved
    token = SessionToken(rng.token())
    session = Session(SessionId(rng.token()), staff.id, turn.now, turn.now, proved=proved, missed=missed)
    tx.sessions.add(session, token)
    return token


def drop(turn: Turn, visitor: Visitor) -> None:
    """There is no second step any more, by its owner."""
    login.present(turn, visitor)
    turn.tx.factors.drop(visitor.staff.id)
    turn.tx.audit.add(AuditEntry(turn.now, visitor.staff.name, "second-step-off", via="desk"))


def _taken(factor: Factor, typed: str, steps: Steps, now: datetime) -> Factor:
    digest = _hash(typed)
    if digest in factor.spare:
        return replace(factor, spare=tuple(each for each in factor.spare if each != digest))
    step = steps(factor.secret, typed, now)
    if step is None or step <= factor.step:
        raise Refused("desk_code_wrong")
    return replace(factor, step=step)


def _spare(turn: Turn) -> tuple[str, ...]:
    made: Sequence[str] = [turn.context.rng.token()[:_SPARE_LENGTH] for _ in range(SPARE)]
    return tuple("-".join(each[at : at + 4] for at in range(0, _SPARE_LENGTH, 4)) for each in made)


def _plain(typed: str) -> str:
    return "".join(c for c in typed.lower() if c.isalnum())


def _hash(code: str) -> str:
    return hashlib.sha256(_plain(code).encode()).hexdigest()
