"""Who is let in, for how long, and how long who guesses must wait; nobody can keep another out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TypeVar

import pytest

from core.casework import LoginAttempt, Stage, Turn, Visitor, change_password, disable, login
from core.errors import Refused
from core.model import AgencyId, Factor, SessionId, SessionToken, Staff, StaffRole
from tests.fakes import nouns
from tests.fakes.town import Town

T = TypeVar("T")
HOME, AWAY = "198.51.100.7", "203.0.113.9"


class Door:
    """The use cases in turns, as the desk calls them."""

    def __init__(self) -> None:
        self.town = Town()

    def hire(self, name: str, role: StaffRole = StaffRole.OFFICER, agency: str = nouns.AGENCY) -> Staff:
        staff = replace(nouns.staff(name, role), agency=AgencyId(agency))
        self.town.store.run(lambda tx: tx.accounts.add(staff, f"hash of {name}"))
        return staff

    def turn(self, turn: Callable[[Turn], T]) -> T:
        now = self.town.clock.now()
        return self.town.store.run(lambda tx: turn(Turn(tx, now, self.town.context)))

    def tries(self, name: str, peer: str = HOME, *, right: bool = True) -> tuple[SessionToken, Stage]:
        who = LoginAttempt(name, peer)
        kept = self.turn(lambda turn: login.attempt(turn, who))
        return self.turn(lambda turn: login.enter(turn, who, kept if right else None))

    def misses(self, name: str, peer: str = HOME) -> str:
        with pytest.raises(Refused) as no:
            self.tries(name, peer, right=False)
        return no.value.phrase

    def visits(self, token: SessionToken, *, forced: bool = False) -> Visitor | None:
        return self.turn(lambda turn: login.visit(turn, token, forced=forced))


def test_who_knows_the_password_is_there_until_they_leave() -> None:
    door = Door()
    siti = door.hire("siti")
    token, stage = door.tries("siti")
    visitor = door.visits(token)
    assert stage is Stage.WHOLE
    assert visitor is not None
    assert visitor.staff == siti
    door.turn(lambda turn: login.leave(turn, visitor))
    assert door.visits(token) is None
    assert [(each.who, each.act, each.via) for each in door.town.store.state.audit.values()] == [
        ("siti", "login", "desk"),
        ("siti", "logout", "desk"),
    ]


def test_nobody_has_a_hash_and_nobody_gets_in() -> None:
    door = Door()
    siti = door.hire("siti")
    assert door.turn(lambda turn: login.attempt(turn, LoginAttempt("nobody", HOME))) is None
    assert door.misses("nobody") == "desk_login_wrong"
    door.turn(lambda turn: turn.tx.accounts.change(replace(siti, active=False)))
    assert door.turn(lambda turn: login.attempt(turn, LoginAttempt("siti", HOME))) is None


def test_a_password_that_changed_while_it_was_compared_opens_nothing() -> None:
    door = Door()
    door.hire("siti")
    kept = door.turn(lambda turn: login.attempt(turn, LoginAttempt("siti", HOME)))
    door.turn(lambda turn: change_password(turn, "siti", "hash of another"))
    with pytest.raises(Refused, match="desk_login_wrong"):
        door.turn(lambda turn: login.enter(turn, LoginAttempt("siti", HOME), kept))


def test_a_session_ends_after_half_an_hour_unused_and_after_twelve_hours() -> None:
    door = Door()
    door.hire("siti")
    idle, _ = door.tries("siti")
    busy, _ = door.tries("siti")
    for _ in range(25):
        door.town.clock.passes(minutes=28)
        assert door.visits(busy) is not None
    assert door.visits(idle) is None
    door.town.clock.passes(minutes=20)
    assert door.visits(busy) is None


@pytest.mark.parametrize("ends", [disable, lambda turn, name: change_password(turn, name, "other")])
def test_disabling_and_another_password_end_every_session(ends: Callable[[Turn, str], None]) -> None:
    door = Door()
    door.hire("siti")
    door.hire("budi")
    tokens = [door.tries("siti")[0] for _ in range(2)]
    other, _ = door.tries("budi")
    door.turn(lambda turn: ends(turn, "siti"))
    assert [door.visits(token) for token in tokens] == [None, None]
    assert door.visits(other) is not None


def test_ones_own_new_password_ends_the_other_sessions_alone() -> None:
    door = Door()
    door.hire("siti")
    here, _ = door.tries("siti")
    there, _ = door.tries("siti")
    visitor = door.visits(here)
    assert visitor is not None
    door.turn(lambda turn: login.own_password(turn, visitor, "mine"))
    assert door.visits(here) is not None
    assert door.visits(there) is None
    assert door.town.store.run(lambda tx: tx.accounts.password_hash("siti")) == "mine"


def test_a_session_of_ones_own_can_be_ended_and_no_other() -> None:
    door = Door()
    siti = door.hire("siti")
    door.hire("budi")
    here, there, budis = (door.tries(name)[0] for name in ("siti", "siti", "budi"))
    visitor, other, his = door.visits(here), door.visits(there), door.visits(budis)
    assert visitor is not None
    assert other is not None
    assert his is not None
    for session in (his.session.id, SessionId("nothing")):
        door.turn(partial(login.end_session, visitor=visitor, session=session))
    assert door.visits(budis) is not None
    door.turn(lambda turn: login.end_session(turn, visitor, other.session.id))
    assert door.visits(there) is None
    assert [each.id for each in door.turn(lambda turn: login.sessions(turn, siti))] == [visitor.session.id]


def test_a_made_up_password_comes_before_anything_else_and_a_second_step_before_that() -> None:
    door = Door()
    siti = door.hire("siti", StaffRole.BIRO, "biro_pemerintahan")
    token, _ = door.tries("siti")
    assert door.visits(token).stage is Stage.WHOLE  # type: ignore[union-attr] # she is there
    assert door.visits(token, forced=True).stage is Stage.FACTOR  # type: ignore[union-attr] # likewise
    door.turn(lambda turn: turn.tx.accounts.change(replace(siti, fresh=True)))
    assert door.visits(token, forced=True).stage is Stage.PASSWORD  # type: ignore[union-attr] # likewise
    door.turn(lambda turn: turn.tx.factors.put(Factor(siti.id, "SECRET", on=True)))
    token, stage = door.tries("siti")
    assert stage is Stage.CODE
    assert door.visits(token, forced=True).stage is Stage.CODE  # type: ignore[union-attr] # likewise


@pytest.mark.parametrize(
    ("role", "agency", "needs"),
    [
        (StaffRole.ADMIN, "biro_pemerintahan", True),
        (StaffRole.AUDITOR, "biro_pemerintahan", True),
        (StaffRole.BIRO, "biro_pemerintahan", True),
        (StaffRole.OFFICER, "kel:31.71.01.1001", False),
        (StaffRole.CLERK, "kel:31.71.01.1001", False),
    ],
)
def test_who_sees_much_needs_a_second_step(role: StaffRole, agency: str, needs: bool) -> None:  # noqa: FBT001 - pytest passes parameters by name
    assert login.needs_factor(replace(nouns.staff("x", role), agency=AgencyId(agency))) is needs


def test_who_misses_often_waits_and_is_told_how_long() -> None:
    door = Door()
    door.hire("siti")
    assert [door.misses("siti") for _ in range(6)] == ["desk_login_wrong"] * 5 + ["desk_wait"]
    with pytest.raises(Refused) as no:
        door.tries("siti")
    assert no.value.details == {"minutes": 1}
    door.town.clock.passes(minutes=1)
    assert door.misses("siti") == "desk_login_wrong"
    with pytest.raises(Refused) as no:
        door.tries("siti")
    assert no.value.details == {"minutes": 2}
    door.town.clock.passes(minutes=2)
    door.tries("siti")


def test_tries_at_the_same_moment_are_as_many_tries() -> None:
    door = Door()
    door.hire("siti")
    for _ in range(5):
        door.turn(lambda turn: login.attempt(turn, LoginAttempt("siti", HOME)))
    with pytest.raises(Refused, match="desk_wait"):
        door.turn(lambda turn: login.attempt(turn, LoginAttempt("siti", HOME)))


def test_who_logs_in_often_has_missed_nothing() -> None:
    door = Door()
    door.hire("siti")
    for _ in range(30):
        door.tries("siti")


def test_an_address_that_tries_many_names_waits_but_not_who_came_in_from_there() -> None:
    door = Door()
    door.hire("siti")
    door.tries("siti")
    said = [door.misses(f"name{n}") for n in range(21)]
    assert said == ["desk_login_wrong"] * 20 + ["desk_wait"]
    door.tries("siti")
    door.tries("siti", AWAY)


def test_hammering_a_name_from_everywhere_keeps_its_owner_out_from_nowhere() -> None:
    door = Door()
    door.hire("siti")
    door.tries("siti")
    for n in range(25):
        door.misses("siti", f"192.0.2.{n}")
    assert [door.misses("siti", "192.0.2.200") for _ in range(2)] == ["desk_login_wrong", "desk_wait"]
    door.tries("siti")
    assert [door.misses("siti") for _ in range(6)][-1] == "desk_wait", "her own address has its own count"
    door.tries("siti", AWAY)  # an address that nobody came from gets its first try


@pytest.mark.parametrize(
    ("peer", "free", "other"),
    [
        ("2001:db8:1:{:x}::/64", 60, "2001:db8:2:1::/64"),
        ("2001:db8:{:x}:1::/64", 200, "2001:db9:1:1::/64"),
        ("198.51.100.{}", 100, "198.51.101.1"),
    ],
)
def test_another_address_for_each_try_is_still_one_network(peer: str, free: int, other: str) -> None:
    door = Door()
    door.hire("siti")
    door.tries("siti", peer.format(1))
    said = [door.misses(f"name{n}", peer.format(n)) for n in range(2, free + 4)]
    assert said == ["desk_login_wrong"] * free + ["desk_wait"] * 2
    door.tries("siti", peer.format(1))  # known there
    assert door.misses("siti", other) == "desk_login_wrong", "a stranger's first try is looked at"


def test_the_token_of_a_form_tells_nothing_of_the_sessions() -> None:
    token, other = SessionToken("a" * 26), SessionToken("b" * 26)
    made = login.form_token(token)
    assert token.reveal() not in made
    assert login.is_form_token(made, token)
    assert not login.is_form_token(made, other)
    assert not login.is_form_token("", token)
    assert not login.is_form_token("\u00e9", token)
    assert "a" * 26 not in repr(token)


def test_a_password_is_neither_short_nor_endless() -> None:
    assert login.good_password("x" * 12, "siti") == "x" * 12
    assert login.good_password("x" * 128, "siti") == "x" * 128
    for wrong, why in (("x" * 11, "staff_password_short"), ("x" * 129, "desk_password_long")):
        with pytest.raises(Refused, match=why):
            login.good_password(wrong, "siti")


@pytest.mark.parametrize("password", ["siti.aminah.", "SITI.AMINAH2026", "siti.aminah/siti.aminah", "1siti.aminah-2"])
def test_the_name_of_the_account_makes_no_password_longer(password: str) -> None:
    with pytest.raises(Refused, match="staff_password_name"):
        login.good_password(password, "siti.aminah")
    assert login.good_password(password.ljust(40, "x"), "siti.aminah")


def test_a_password_that_was_made_up_opens_nothing_after_three_days() -> None:
    door = Door()
    siti = replace(door.hire("siti"), fresh=True, given=door.town.clock.now())
    door.turn(lambda turn: turn.tx.accounts.change(siti))
    door.town.clock.at += timedelta(hours=71, minutes=59)
    token, stage = door.tries("siti")
    assert stage is Stage.PASSWORD
    door.town.clock.at += timedelta(minutes=1)
    assert door.visits(token) is None, "nor what was opened with it"
    with pytest.raises(Refused, match="desk_password_ended"):
        door.tries("siti")
    assert door.misses("siti") == "desk_login_wrong", "which is told to nobody else"
    door.turn(lambda turn: change_password(turn, "siti", "another", fresh=True))
    assert door.tries("siti")[1] is Stage.PASSWORD


def test_a_password_that_was_given_is_their_own_once_it_was_used() -> None:
    door = Door()
    for name in ("siti", "budi"):
        staff = replace(door.hire(name), given=door.town.clock.now())
        door.turn(lambda turn, staff=staff: turn.tx.accounts.change(staff))  # type: ignore[misc]  # a default binds the loop variable
    door.tries("siti")
    door.town.clock.at += timedelta(hours=72)
    assert door.tries("siti")[1] is Stage.WHOLE
    with pytest.raises(Refused, match="desk_password_ended"):
        door.tries("budi")


def test_a_password_of_ones_own_does_not_end() -> None:
    door = Door()
    siti = replace(door.hire("siti"), fresh=True, given=door.town.clock.now())
    door.turn(lambda turn: turn.tx.accounts.change(siti))
    visitor = door.visits(door.tries("siti")[0])
    assert visitor is not None
    door.turn(lambda turn: login.own_password(turn, visitor, "mine"))
    door.town.clock.at += timedelta(days=400)
    assert door.tries("siti")[1] is Stage.WHOLE


def test_proving_who_one_is_has_its_limit_too() -> None:
    door = Door()
    door.hire("siti")
    token, _ = door.tries("siti")
    visitor = door.visits(token)
    assert visitor is not None
    for _ in range(5):
        assert door.turn(lambda turn: login.own_password_hash(turn, visitor)) == "hash of siti"
    with pytest.raises(Refused, match="desk_wait"):
        door.turn(lambda turn: login.own_password_hash(turn, visitor))
    door.town.clock.at += timedelta(minutes=1)
    door.turn(lambda turn: login.own_password_hash(turn, visitor))
