"""Who acts: an account that is whole; one that waits for a second person opens nothing, whatever it asks for."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from core import casework
from core.casework import Actor, Turn, login, views
from core.casework.actors import acting, arranges, leader
from core.errors import NotAllowed, Refused
from core.intake.counter import Typed, at_counter
from core.model import Act, AgencyId, Number, Pending, StaffRole
from core.workflow import Order
from tests.fakes import nouns
from tests.fakes.town_hall import BIRO, KELURAHAN, TownHall

INSP = AgencyId("inspektorat")
PENDING = Pending("change", "staff-add", ("admin",), nouns.NOW)
NUMBER = Number("R00000000")
ASKED: dict[str, Callable[[Turn], object]] = {
    "list": lambda turn: casework.lines(turn.tx, "x"),
    "listing": lambda turn: casework.listing(turn.tx, "x"),
    "show": lambda turn: casework.show(turn, Actor("x"), NUMBER),
    "readable": lambda turn: casework.readable(turn.tx, Actor("x"), NUMBER),
    "steps": lambda turn: casework.steps(turn.tx, Actor("x"), NUMBER),
    "photo": lambda turn: casework.photo(turn.tx, Actor("x"), NUMBER, 1),
    "do": lambda turn: casework.do(turn, Actor("x"), NUMBER, Order(Act.NOTE, "kata")),
    "climbed": lambda turn: casework.climbed(turn.tx, "x"),
    "views": lambda turn: views(turn.tx, "x"),
    "checks": lambda turn: casework.checks(turn, "x"),
    "late": lambda turn: casework.late(turn, "x"),
    "evaluation": lambda turn: leader(turn.tx, "x"),
    "mentions": lambda turn: casework.mentioned(turn.tx, "x"),
    "arrange": lambda turn: arranges(turn.tx, Actor("x")),
    "second": lambda turn: casework.to_confirm(turn, Actor("x")),
    "confirm": lambda turn: casework.confirm(turn, nouns.staff().id, "change", Actor("x")),
}


@pytest.mark.parametrize("role", [StaffRole.HEAD, StaffRole.ADMIN])
@pytest.mark.parametrize("ask", ASKED)
def test_an_account_that_waits_opens_nothing(ask: str, role: StaffRole) -> None:
    hall = TownHall()
    staff = hall.hire("x", INSP, role)
    hall.run(lambda turn: turn.tx.accounts.change(replace(staff, pending=PENDING)))
    before = hall.state.copy()
    with pytest.raises(Refused, match="staff_pending"):
        hall.run(ASKED[ask])
    assert hall.state == before


def test_a_clerk_that_waits_files_nothing_and_nobody_is_told_of_them_in_a_note() -> None:
    hall = TownHall()
    clerk, officer = hall.hire("c", BIRO, StaffRole.CLERK), hall.hire("siti", KELURAHAN)
    waiting = replace(hall.hire("budi", KELURAHAN), pending=PENDING)
    hall.run(lambda turn: turn.tx.accounts.change(replace(clerk, pending=PENDING)))
    hall.run(lambda turn: turn.tx.accounts.change(waiting))
    with pytest.raises(NotAllowed):
        hall.run(lambda turn: at_counter(turn, clerk, Typed("once", "Lampu mati", "lampu_jalan")))
    number = hall.files()
    hall.does(officer.name, Act.NOTE, number, text="@budi lihat")
    assert not hall.state.mentions


def test_a_session_of_an_account_that_waits_leads_to_the_waiting_room_alone() -> None:
    hall = TownHall()
    staff = hall.hire("x", INSP)
    session, token = nouns.session(staff, hall.clock.now())
    hall.run(lambda turn: turn.tx.sessions.add(session, token))
    hall.run(lambda turn: turn.tx.accounts.change(replace(staff, pending=PENDING)))
    visitor = hall.run(lambda turn: login.visit(turn, token, forced=False))
    assert visitor is not None
    assert visitor.stage is casework.Stage.PENDING


def test_who_acts_is_somebody() -> None:
    with pytest.raises(Refused, match="staff_unknown"):
        acting(None)
    with pytest.raises(Refused, match="staff_unknown"):
        acting(replace(nouns.staff(), active=False, pending=PENDING))
    assert acting(nouns.staff("siti")).name == "siti"
