"""The second person: what one alone can do to accounts, and every way around it that somebody could think of."""

from dataclasses import replace
from typing import TypeVar

import pytest

from core import casework
from core.casework import Actor, Turn, login
from core.errors import Refused
from core.model import AgencyId, Factor, Staff, StaffId, StaffRole
from tests.fakes import nouns
from tests.fakes.town_hall import BIRO, KELURAHAN, TownHall

T = TypeVar("T")
INSP, PPAPP, BNN = AgencyId("inspektorat"), AgencyId("dinas_ppapp"), AgencyId("bnnp_dki")
OFFICER, HEAD, ADMIN = StaffRole.OFFICER, StaffRole.HEAD, StaffRole.ADMIN


class City(TownHall):
    """In production: an account that sees much waits. Who is `there` was whole before."""

    def __init__(self) -> None:
        super().__init__()
        self.context = replace(self.context, second_person=True)

    def there(self, name: str, agency: str = BIRO, role: StaffRole = ADMIN) -> Staff:
        staff = replace(nouns.staff(name, role), agency=AgencyId(agency))
        self.run(lambda turn: turn.tx.accounts.add(staff, f"hash of {name}"))
        return staff

    def makes(self, by: str, name: str, agency: str = INSP, role: StaffRole = HEAD, *, fresh: bool = False) -> Staff:
        new = Staff(StaffId(""), name, AgencyId(agency), role, fresh=fresh)
        return self.run(lambda turn: casework.add_staff(turn, new, "hash", Actor(by, "desk")))

    def resets(self, by: str, name: str) -> None:
        self.run(lambda turn: casework.change_password(turn, name, "another", by=Actor(by, "desk")))

    def now(self, name: str) -> Staff:
        return next(each for each in self.state.staff.values() if each.name == name)

    def confirms(self, by: str, name: str) -> Staff:
        staff = self.now(name)
        change = staff.pending.id if staff.pending is not None else ""
        return self.run(lambda turn: casework.confirm(turn, staff.id, change, Actor(by, "desk")))

    def may_not(self, by: str, name: str) -> str:
        before = self.state.copy()
        with pytest.raises(Refused) as no:
            self.confirms(by, name)
        assert self.state == before
        return no.value.phrase

    def acts(self) -> list[tuple[str, str]]:
        return [(each.who, each.act) for each in self.state.audit.values()]


@pytest.fixture
def city() -> City:
    city = City()
    city.there("admin")
    return city


@pytest.mark.parametrize(
    ("agency", "role"),
    [
        *((agency, role) for agency in (INSP, PPAPP, BNN) for role in StaffRole if role is not StaffRole.BIRO),
        (BIRO, StaffRole.BIRO),
        (BIRO, ADMIN),
        (KELURAHAN, ADMIN),
        (BIRO, StaffRole.AUDITOR),
    ],
)
def test_whoever_sees_much_waits_for_a_second_person(city: City, agency: str, role: StaffRole) -> None:
    made = city.makes("admin", "x", agency, role)
    assert made.pending is not None
    assert (made.pending.by, made.pending.act, made.pending.at) == (("admin",), "staff-add", city.clock.now())
    assert not city.now("x").whole


@pytest.mark.parametrize("role", [OFFICER, HEAD, StaffRole.CLERK])
def test_accounts_of_other_offices_are_whole_at_once(city: City, role: StaffRole) -> None:
    for agency in (KELURAHAN, "dinas_sda", BIRO):
        assert city.makes("admin", f"x{agency}"[:20].replace(":", ""), agency, role).whole


def test_in_development_everybody_is_whole_at_once() -> None:
    hall = TownHall()
    hall.hire("admin", BIRO, ADMIN)
    assert hall.hire("x", INSP, HEAD).whole
    hall.run(lambda turn: casework.change_password(turn, "x", "another"))
    assert all(each.whole for each in hall.state.staff.values())


def test_a_colleague_of_the_office_confirms_and_all_of_it_is_in_the_trail(city: City) -> None:
    city.there("insp", INSP, OFFICER)
    city.makes("admin", "x")
    assert city.lists("insp") == []
    with pytest.raises(Refused, match="staff_pending"):
        city.lists("x")
    assert city.confirms("insp", "x").whole
    assert city.lists("x") == []
    assert city.acts() == [("admin", "staff-add x"), ("insp", "staff-confirm x")]


def test_where_the_office_has_nobody_two_others_confirm(city: City) -> None:
    city.there("biro1", BIRO, StaffRole.BIRO)
    city.there("ppapp", PPAPP, HEAD)
    city.makes("admin", "x")
    assert not city.confirms("biro1", "x").whole
    assert city.may_not("biro1", "x") == "second_not_you", "one is not two"
    assert city.confirms("ppapp", "x").whole
    assert city.acts()[1:] == [("biro1", "staff-confirm-first x"), ("ppapp", "staff-confirm x")]


def test_others_have_no_say_where_the_office_has_somebody(city: City) -> None:
    city.there("insp", INSP, OFFICER)
    for name, agency, role in (("biro1", BIRO, StaffRole.BIRO), ("ppapp", PPAPP, HEAD), ("admin2", BIRO, ADMIN)):
        city.there(name, agency, role)
    city.makes("admin", "x")
    assert {city.may_not(name, "x") for name in ("biro1", "ppapp", "admin2")} == {"second_not_you"}


@pytest.mark.parametrize(
    ("agency", "role"),
    [
        (KELURAHAN, OFFICER),
        (KELURAHAN, HEAD),
        (BIRO, StaffRole.CLERK),
        (BIRO, OFFICER),
        (BIRO, HEAD),
        (INSP, StaffRole.CLERK),
        (INSP, StaffRole.AUDITOR),
        (BIRO, StaffRole.AUDITOR),
        (PPAPP, OFFICER),
    ],
)
def test_who_anybody_could_have_made_alone_or_who_only_looks_on_is_no_second_person(
    city: City, agency: str, role: StaffRole
) -> None:
    city.there("one", agency, role)
    city.there("two", agency, role)
    city.makes("admin", "x")
    assert {city.may_not(name, "x") for name in ("one", "two")} == {"second_not_you"}


# -- the ways around it --


def test_one_administrator_alone_cannot_make_himself_a_head_of_the_inspectorate(city: City) -> None:
    city.makes("admin", "x")
    assert city.may_not("admin", "x") == "second_not_you"
    with pytest.raises(Refused, match="staff_pending"):
        city.confirms("x", "x")


def test_two_puppets_do_not_confirm_each_other(city: City) -> None:
    for name in ("puppet1", "puppet2", "puppet3"):
        city.makes("admin", name)
    for by, name in (("puppet1", "puppet2"), ("puppet2", "puppet1"), ("puppet3", "puppet1")):
        with pytest.raises(Refused, match="staff_pending"):
            city.confirms(by, name)


def test_puppets_of_plain_offices_are_no_two_others(city: City) -> None:
    for name, agency, role in (("a", KELURAHAN, HEAD), ("b", "dinas_sda", HEAD), ("c", BIRO, HEAD)):
        assert city.makes("admin", name, agency, role).whole
    city.makes("admin", "x")
    assert {city.may_not(name, "x") for name in ("a", "b", "c")} == {"second_not_you"}


def test_puppets_in_the_same_plain_office_confirm_no_administrator(city: City) -> None:
    city.makes("admin", "a", KELURAHAN, HEAD)
    city.makes("admin", "b", KELURAHAN, OFFICER)
    city.makes("admin", "admin2", KELURAHAN, ADMIN)
    assert {city.may_not(name, "admin2") for name in ("a", "b")} == {"second_not_you"}


def test_the_password_of_who_should_confirm_is_no_way_in(city: City) -> None:
    city.there("insp", INSP, HEAD)
    city.there("biro1", BIRO, StaffRole.BIRO)
    city.makes("admin", "x")
    city.resets("admin", "insp")
    with pytest.raises(Refused, match="staff_pending"):
        city.confirms("insp", "x")
    assert city.may_not("biro1", "admin") == "second_changed"
    assert not city.now("x").whole


def test_a_reset_waits_and_ends_every_session(city: City) -> None:
    siti = city.there("siti", INSP, HEAD)
    session, token = nouns.session(siti, city.clock.now())
    city.run(lambda turn: turn.tx.sessions.add(session, token))
    city.resets("admin", "siti")
    assert not city.now("siti").whole
    assert not city.state.sessions
    with pytest.raises(Refused, match="staff_pending"):
        city.lists("siti")


def test_a_second_step_that_is_taken_off_waits_too(city: City) -> None:
    siti = city.there("siti", INSP, HEAD)
    session, token = nouns.session(siti, city.clock.now())
    city.run(lambda turn: turn.tx.sessions.add(session, token))
    city.run(lambda turn: turn.tx.factors.put(Factor(siti.id, "secret", on=True)))
    city.run(lambda turn: casework.drop_factor(turn, "siti", Actor("admin", "desk")))
    assert not city.now("siti").whole
    assert not city.state.sessions
    assert not city.state.factors


def test_who_began_it_does_not_become_a_second_person_because_another_went_on(city: City) -> None:
    city.there("admin2")
    city.there("biro1", BIRO, StaffRole.BIRO)
    city.makes("admin", "x", BIRO, ADMIN)
    city.resets("admin2", "x")  # "he has lost his password, please"
    assert city.may_not("admin", "x") == "second_not_you"
    assert city.may_not("admin2", "x") == "second_not_you"
    assert city.confirms("biro1", "x").whole


def test_what_was_changed_after_it_was_looked_at_is_not_confirmed(city: City) -> None:
    city.there("insp", INSP, HEAD)
    staff = city.makes("admin", "x", INSP, OFFICER)
    assert staff.pending is not None
    seen = staff.pending.id
    city.resets("admin", "x")
    with pytest.raises(Refused, match="second_changed"):
        city.run(lambda turn: casework.confirm(turn, staff.id, seen, Actor("insp", "desk")))
    assert not city.now("x").whole


def test_a_first_of_two_counts_no_more_when_it_was_changed_again_or_when_they_are_gone(city: City) -> None:
    for name, agency, role in (("biro1", BIRO, StaffRole.BIRO), ("ppapp", PPAPP, HEAD), ("bnn", BNN, HEAD)):
        city.there(name, agency, role)
    city.makes("admin", "x")
    city.confirms("biro1", "x")
    city.resets("admin", "x")
    assert not city.confirms("ppapp", "x").whole, "the first saw another change"
    city.run(lambda turn: casework.disable(turn, "ppapp", Actor("admin", "desk")))
    assert not city.confirms("bnn", "x").whole
    assert city.confirms("biro1", "x").whole


def test_a_password_that_somebody_made_up_is_changed_by_its_owner_before_anybody_confirms(city: City) -> None:
    city.there("insp", INSP, HEAD)
    city.makes("admin", "x", fresh=True)
    assert city.may_not("insp", "x") == "second_fresh"


def test_an_owner_who_changes_their_password_meanwhile_makes_nothing_whole(city: City) -> None:
    siti = city.there("siti", INSP, HEAD)
    session, token = nouns.session(siti, city.clock.now())
    city.run(lambda turn: turn.tx.sessions.add(session, token))
    visitor = city.run(lambda turn: login.visit(turn, token, forced=False))
    assert visitor is not None
    city.resets("admin", "siti")
    with pytest.raises(Refused):
        city.run(lambda turn: login.own_password(turn, visitor, "mine"))
    assert not city.now("siti").whole
    assert city.state.passwords[siti.id] == "another"


def test_who_waits_is_disabled_without_waiting_and_stays_so(city: City) -> None:
    city.there("insp", INSP, HEAD)
    staff = city.makes("admin", "x")
    city.run(lambda turn: casework.disable(turn, "x", Actor("admin", "desk")))
    assert not city.now("x").active
    assert city.may_not("insp", "x") == "second_changed"
    assert staff.pending is not None
    with pytest.raises(Refused, match="staff_unknown"):
        city.resets("admin", "x")


def test_an_administrator_who_waits_arranges_nothing(city: City) -> None:
    city.there("admin2")
    city.makes("admin", "admin3", BIRO, ADMIN)
    with pytest.raises(Refused, match="staff_pending"):
        city.makes("admin3", "y", KELURAHAN, OFFICER)
    city.confirms("admin2", "admin3")
    assert city.makes("admin3", "y", KELURAHAN, OFFICER).whole


# -- who finds what --


def test_each_finds_what_is_theirs_and_administrators_all_that_waits(city: City) -> None:
    city.there("insp", INSP, HEAD)
    city.there("ppapp", PPAPP, HEAD)
    city.there("lurah", KELURAHAN, HEAD)
    city.makes("admin", "x")
    city.makes("admin", "y", BNN)

    def found(name: str) -> list[tuple[str, bool, bool]]:
        rows = city.run(lambda turn: casework.to_confirm(turn, Actor(name)))
        return [(each.staff.name, each.mine, each.within) for each in rows]

    assert found("insp") == [("x", True, True), ("y", True, False)]
    assert found("ppapp") == [("y", True, False)]
    assert found("admin") == [("x", False, True), ("y", False, False)]
    assert found("lurah") == []
    city.confirms("insp", "y")
    assert found("insp") == [("x", True, True)]


# -- the operator's terminal --


def by_terminal(city: City, name: str, agency: str, role: StaffRole = HEAD, witness: str = "") -> Staff:
    new = Staff(StaffId(""), name, AgencyId(agency), role)

    def turn(turn: Turn) -> Staff:
        return casework.add_staff(turn, new, "hash", witness=witness)

    return city.run(turn)


def test_the_first_account_of_an_office_is_whole_at_once_where_somebody_watched() -> None:
    city = City()
    assert not by_terminal(city, "alone", INSP).whole
    city = City()
    assert by_terminal(city, "admin", BIRO, ADMIN, "Ibu Ratna").whole
    assert by_terminal(city, "x", INSP, HEAD, "Ibu Ratna").whole, "the first of its own office"
    assert not by_terminal(city, "y", INSP, HEAD, "Ibu Ratna").whole, "there is somebody who can confirm it"
    assert ("x", "staff-witness Ibu Ratna") in city.acts()


def test_an_office_whose_people_are_gone_has_no_first_account_again() -> None:
    city = City()
    by_terminal(city, "admin", BIRO, ADMIN, "Ratna")
    city.there("ppapp", PPAPP, HEAD)
    by_terminal(city, "x", INSP, HEAD, "Ratna")
    city.run(lambda turn: casework.disable(turn, "x"))
    assert not by_terminal(city, "y", INSP, HEAD, "Ratna").whole
    city.confirms("admin", "y")
    assert city.confirms("ppapp", "y").whole


def test_a_witness_helps_where_nobody_is_left_who_could_confirm() -> None:
    city = City()
    by_terminal(city, "admin", BIRO, ADMIN, "Ratna")
    city.run(lambda turn: casework.change_password(turn, "admin", "another"))
    assert not city.now("admin").whole
    city.run(lambda turn: casework.change_password(turn, "admin", "third", witness="Ratna"))
    assert city.now("admin").whole
    city.there("biro1", BIRO, StaffRole.BIRO)
    city.run(lambda turn: casework.change_password(turn, "admin", "fourth", witness="Ratna"))
    assert not city.now("admin").whole, "a colleague is there now"


@pytest.mark.parametrize("witness", [" ", "x", "-", "a\x00b", "w" * 65, "\u202eRatna"])
def test_a_witness_is_somebody_else_with_a_name(witness: str) -> None:
    city = City()
    with pytest.raises(Refused, match="staff_witness_wrong"):
        by_terminal(city, "x", INSP, HEAD, witness)
    assert not city.state.staff
