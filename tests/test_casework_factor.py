"""The second step: each code once, recovery codes once, and no way round it with a token from before."""

from datetime import timedelta

import pytest

from core.casework import LoginAttempt, Stage, Visitor, factor
from core.errors import Refused
from core.model import SessionToken, Staff
from tests.fakes.office import Clockwork
from tests.test_casework_login import HOME, Door

STEPS = Clockwork().step


class Guarded(Door):
    """Siti, with a second step; `spare` are her recovery codes."""

    def __init__(self) -> None:
        super().__init__()
        self.siti: Staff = self.hire("siti")
        token, _ = self.tries("siti")
        visitor = self.visits(token)
        assert visitor is not None
        self.begun = self.turn(lambda turn: factor.begun(turn, visitor))
        self.spare = self.turn(lambda turn: factor.confirm(turn, visitor, self.code(), STEPS))
        self.first = token

    def code(self) -> str:
        return f"{self.begun.secret[:4].lower()}{int(self.town.clock.at.timestamp()) // 30}"

    def half(self, peer: str = HOME) -> tuple[SessionToken, Visitor]:
        token, stage = self.tries("siti", peer)
        assert stage is Stage.CODE
        visitor = self.visits(token)
        assert visitor is not None
        return token, visitor

    def proves(self, visitor: Visitor, typed: str, peer: str = HOME) -> SessionToken:
        who = LoginAttempt("siti", peer)
        self.turn(lambda turn: factor.attempt(turn, who))
        return self.turn(lambda turn: factor.prove(turn, visitor, who, typed, STEPS))

    def refuses(self, visitor: Visitor, typed: str, peer: str = HOME) -> str:
        with pytest.raises(Refused) as no:
            self.proves(visitor, typed, peer)
        return no.value.phrase


def test_it_is_on_only_after_a_code_of_it_was_shown() -> None:
    door = Door()
    siti = door.hire("siti")
    visitor = door.visits(door.tries("siti")[0])
    assert visitor is not None
    begun = door.turn(lambda turn: factor.begun(turn, visitor))
    assert door.turn(lambda turn: factor.begun(turn, visitor)) == begun, "a page that is loaded again shows the same"
    assert len(begun.secret) == 32
    assert begun.secret not in repr(begun)
    with pytest.raises(Refused, match="desk_code_wrong"):
        door.turn(lambda turn: factor.confirm(turn, visitor, "000000", STEPS))
    assert not door.turn(lambda turn: factor.has_one(turn, siti))
    assert door.tries("siti")[1] is Stage.WHOLE


def test_what_waits_for_its_first_code_is_seen_by_the_session_that_began_it_alone() -> None:
    door = Door()
    siti = door.hire("siti")
    hers, other = (door.visits(door.tries("siti")[0]) for _ in range(2))
    assert hers is not None
    assert other is not None
    begun = door.turn(lambda turn: factor.begun(turn, hers))
    code = f"{begun.secret[:4].lower()}{int(door.town.clock.at.timestamp()) // 30}"
    with pytest.raises(Refused, match="desk_code_wrong"):
        door.turn(lambda turn: factor.confirm(turn, other, code, STEPS))
    assert door.turn(lambda turn: factor.begun(turn, other)).secret != begun.secret
    with pytest.raises(Refused, match="desk_code_wrong"):
        door.turn(lambda turn: factor.confirm(turn, hers, code, STEPS))
    assert not door.turn(lambda turn: factor.has_one(turn, siti))


def test_switching_it_on_ends_the_other_sessions_and_cannot_be_done_twice() -> None:
    door = Guarded()
    assert door.visits(door.first) is not None
    visitor = door.visits(door.first)
    assert visitor is not None
    door.town.clock.passes(seconds=60)
    with pytest.raises(Refused, match="desk_code_wrong"):
        door.turn(lambda turn: factor.confirm(turn, visitor, door.code(), STEPS))


def test_a_code_ends_the_login_with_a_session_of_its_own() -> None:
    door = Guarded()
    door.town.clock.passes(seconds=60)
    half, visitor = door.half()
    token = door.proves(visitor, f" {door.code()[:3]} {door.code()[3:]} ")
    found = door.visits(token)
    assert found is not None
    assert found.stage is Stage.WHOLE
    assert door.visits(half) is None
    assert [each.act for each in door.town.store.state.audit.values()][-1] == "login"


def test_no_code_is_taken_twice_nor_one_from_before_it() -> None:
    door = Guarded()
    _, visitor = door.half()
    assert door.refuses(visitor, door.code()) == "desk_code_wrong", "the one that switched it on"
    door.town.clock.passes(seconds=60)
    code, older = door.code(), f"{door.begun.secret[:4].lower()}{int(door.town.clock.at.timestamp()) // 30 - 1}"
    door.proves(visitor, code)
    for again in (code, older):
        assert door.refuses(door.half()[1], again) == "desk_code_wrong"


def test_a_recovery_code_works_once_however_it_is_typed() -> None:
    door = Guarded()
    assert len(set(door.spare)) == factor.SPARE == 10
    assert door.visits(door.proves(door.half()[1], door.spare[0].upper().replace("-", " "))) is not None
    assert door.refuses(door.half()[1], door.spare[0]) == "desk_code_wrong"
    assert door.visits(door.proves(door.half()[1], door.spare[1])) is not None
    kept = door.town.store.state.factors[door.siti.id]
    assert len(kept.spare) == 8
    assert not any(code.replace("-", "") in repr(kept.spare) or code in repr(kept.spare) for code in door.spare)


def test_a_recovery_code_has_more_chance_than_anybody_can_try() -> None:
    letters = [code.replace("-", "") for code in Guarded().spare]
    assert {len(each) for each in letters} == {24}, "5 bits each, 120 in all"
    assert len(set(letters)) == 10


def test_new_recovery_codes_end_the_old_ones() -> None:
    door = Guarded()
    visitor = door.visits(door.first)
    assert visitor is not None
    new = door.turn(lambda turn: factor.renewed(turn, visitor))
    assert not set(new) & set(door.spare)
    assert door.refuses(door.half()[1], door.spare[0]) == "desk_code_wrong"
    assert door.visits(door.proves(door.half()[1], new[0])) is not None


def test_guessing_codes_has_its_limit_and_its_owner_comes_in_from_where_she_did_before() -> None:
    door = Guarded()
    for n in range(19):
        peer = f"192.0.2.{n}"
        assert door.refuses(door.half(peer)[1], "000000", peer) == "desk_code_wrong"
    _, thief = door.half("192.0.2.77")
    said = [door.refuses(thief, "000000", "192.0.2.77") for _ in range(2)]
    assert said == ["desk_code_wrong", "desk_wait"]
    door.town.clock.passes(seconds=60)
    assert door.visits(door.proves(door.half()[1], door.code())) is not None


def test_who_has_the_password_guesses_no_more_codes_from_a_thousand_addresses_than_from_a_few() -> None:
    door = Guarded()
    door.town.clock.passes(seconds=60)
    door.proves(door.half()[1], door.code())
    _, visitor = door.half("192.0.2.1")
    said = [door.refuses(visitor, "000000", f"10.{n}.2.1") for n in range(60)]
    assert said == ["desk_code_wrong"] * 20 + ["desk_wait"] * 40
    door.town.clock.passes(seconds=60)
    assert door.refuses(visitor, "000000", "10.99.2.1") == "desk_code_wrong", "what is not looked at is not counted"
    for at in range(30):
        door.town.clock.passes(seconds=15 * 60)
        _, visitor = door.half("192.0.2.1")
        said = [door.refuses(visitor, "000000", f"11.{at}.{n}.1") for n in range(2)]
        assert said == ["desk_code_wrong", "desk_wait"]
    door.town.clock.passes(seconds=60)
    door.proves(door.half()[1], door.code())


def test_a_whole_session_proves_nothing_more_and_who_has_none_cannot_renew() -> None:
    door = Guarded()
    visitor = door.visits(door.first)
    assert visitor is not None
    door.town.clock.passes(seconds=60)
    assert door.refuses(visitor, door.code()) == "desk_code_wrong"
    door.turn(lambda turn: factor.drop(turn, visitor))
    with pytest.raises(Refused):
        door.turn(lambda turn: factor.renewed(turn, visitor))
    assert door.tries("siti")[1] is Stage.WHOLE


def test_a_session_that_waits_for_its_code_ends_like_any_other() -> None:
    door = Guarded()
    half, _ = door.half()
    door.town.clock.at += timedelta(minutes=30)
    assert door.visits(half) is None
