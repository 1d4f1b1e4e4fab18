"""What operators arrange stands in the trail: who changes where reports go could hide them from an office."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core import casework, workflow
from core.casework import Actor, Turn
from core.errors import Refused
from core.model import (
    AgencyId,
    AreaCode,
    Canned,
    CannedId,
    CategoryId,
    Factor,
    Partner,
    Place,
    Route,
    Staff,
    StaffId,
    StaffRole,
)
from core.ports import Context, Store, UnitOfWork
from storage import SqlStore
from tests.fakes.time_and_random import FakeRandomSource
from tests.fakes.town_hall import TownHall

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
LURAH = AgencyId("kel:31.74.01.1001")
ROUTE = Route(AgencyId("dinas_sda"), CategoryId("banjir"), AreaCode("31.74.01"))


def _turn(tx: UnitOfWork) -> Turn:
    return Turn(tx, NOW, Context(rng=FakeRandomSource(), zone=UTC, lang="id", profiles={}))


def test_every_arrangement_is_noted_with_what_it_says(sql_store: SqlStore) -> None:
    sql_store.run(lambda tx: casework.add_route(_turn(tx), ROUTE))
    assert sql_store.run(lambda tx: casework.drop_route(_turn(tx), "banjir", "31.74.01"))
    sql_store.run(lambda tx: casework.add_partner(_turn(tx), Partner("jaki-app", "jaki"), "key"))
    sql_store.run(lambda tx: casework.disable_partner(_turn(tx), "jaki-app"))
    assert [(entry.who, entry.act) for entry in reversed(sql_store.audit.entries(9))] == [
        ("-", "route-add banjir 31.74.01 dinas_sda"),
        ("-", "route-remove banjir 31.74.01 dinas_sda"),
        ("-", "partner-add jaki-app"),
        ("-", "partner-disable jaki-app"),
    ]


def test_what_was_refused_or_changed_nothing_is_not_noted(sql_store: SqlStore) -> None:
    assert not sql_store.run(lambda tx: casework.drop_route(_turn(tx), "banjir", ""))
    with pytest.raises(Refused, match="partner_unknown"):
        sql_store.run(lambda tx: casework.disable_partner(_turn(tx), "nobody"))
    sql_store.run(lambda tx: casework.add_partner(_turn(tx), Partner("jaki-app", "jaki"), "key"))
    with pytest.raises(Refused, match="staff_name_taken"):
        sql_store.run(lambda tx: casework.add_partner(_turn(tx), Partner("jaki-app", "jaki"), "other"))
    assert [entry.act for entry in sql_store.audit.entries(9)] == ["partner-add jaki-app"]


def test_no_report_goes_by_itself_to_an_office_outside_where_nobody_could_read_it(store: Store) -> None:
    outside = Route(AgencyId("pln_uid_jakarta_raya"), CategoryId("lampu_jalan"))
    with pytest.raises(Refused, match="case_office_outside"):
        store.run(lambda tx: casework.add_route(_turn(tx), outside))
    assert list(store.run(lambda tx: tx.routes.all())) == []


def test_the_row_that_says_most_wins_and_none_moves_a_restricted_report() -> None:
    here, leaf = Place(AreaCode("31.74.01.1002")), CategoryId("banjir")
    every, of_leaf = Route(AgencyId("dinas_sda")), Route(AgencyId("sudin_sda_jaksel"), leaf)
    of_city, of_area = Route(AgencyId("kota:jaksel"), leaf, AreaCode("31.74")), Route(LURAH, None, AreaCode("31.74.01"))
    rows = [every, of_leaf, of_city, of_area]
    assert workflow.first_holder(leaf, here, rows) == LURAH
    assert workflow.first_holder(leaf, here, [every, of_leaf, of_city]) == "kota:jaksel"
    assert workflow.first_holder(leaf, here, [every, of_leaf]) == "sudin_sda_jaksel"
    assert workflow.first_holder(leaf, Place(), [every, of_city]) == "dinas_sda"
    assert workflow.first_holder(leaf, here, []) == "kel:31.74.01.1002"
    assert workflow.first_holder(CategoryId("narkoba"), here, rows) == "bnnp_dki"


@pytest.fixture
def hall() -> TownHall:
    hall = TownHall()
    hall.hire("admin", workflow.BIRO, StaffRole.ADMIN)
    for role in (role for role in StaffRole if role is not StaffRole.ADMIN):
        hall.hire(role.value, workflow.BIRO, role)
    return hall


ARRANGE: dict[str, Callable[[Turn, Actor], object]] = {
    "route-add": lambda turn, by: casework.add_route(turn, ROUTE, by),
    "route-remove": lambda turn, by: casework.drop_route(turn, "banjir", "", by),
    "partner-add": lambda turn, by: casework.add_partner(turn, Partner("qlue-app", "qlue"), "key", by),
    "partner-disable": lambda turn, by: casework.disable_partner(turn, "old", by),
    "canned-add": lambda turn, by: casework.add_canned(turn, Canned(CannedId(""), None, "Halo", "Halo."), by),
    "canned-remove": lambda turn, by: casework.drop_canned(turn, CannedId("old"), by),
    "staff-add": lambda turn, by: casework.add_staff(
        turn, Staff(StaffId(""), "new", LURAH, StaffRole.OFFICER), "hash", by
    ),
    "staff-disable": lambda turn, by: casework.disable(turn, "officer", by),
    "staff-reset": lambda turn, by: casework.change_password(turn, "officer", "hash", by=by),
    "second-step-off": lambda turn, by: casework.drop_factor(turn, "officer", by),
}


def _furnish(turn: Turn) -> None:
    turn.tx.routes.add(Route(LURAH, CategoryId("banjir")))
    turn.tx.partners.add(Partner("old", "jaki"), "old key")
    turn.tx.canned.add(Canned(CannedId("old"), None, "Lama", "Lama."))
    officer = turn.tx.accounts.by_name("officer")
    assert officer is not None
    turn.tx.factors.put(Factor(officer.id, "secret", on=True))


@pytest.mark.parametrize("act", ARRANGE)
def test_what_an_administrator_arranges_stands_under_their_name(hall: TownHall, act: str) -> None:
    hall.run(_furnish)
    hall.run(lambda turn: ARRANGE[act](turn, Actor("admin", "desk")))
    last = list(hall.state.audit.values())[-1]
    assert (last.who, last.via) == ("admin", "desk")
    assert last.act.startswith(f"{act} ")


@pytest.mark.parametrize("act", ARRANGE)
def test_nobody_else_arranges_anything(hall: TownHall, act: str) -> None:
    hall.run(_furnish)
    hall.run(lambda turn: turn.tx.accounts.change(replace(casework.account(turn.tx, "clerk"), active=False)))
    before = hall.state.copy()
    for role in (role for role in StaffRole if role is not StaffRole.ADMIN):
        with pytest.raises(Refused, match=r"case_not_yours|staff_unknown"):
            hall.run(lambda turn, name=role.value: ARRANGE[act](turn, Actor(name, "desk")))  # type: ignore[misc]  # a default binds the loop variable
    with pytest.raises(Refused, match="staff_unknown"):
        hall.run(lambda turn: ARRANGE[act](turn, Actor("-", "desk")))
    assert hall.state == before


def test_an_administrator_shuts_no_door_behind_themselves(hall: TownHall) -> None:
    for work in (
        lambda turn: casework.disable(turn, "admin", Actor("admin", "desk")),
        lambda turn: casework.change_password(turn, "admin", "hash", by=Actor("admin", "desk")),
    ):
        with pytest.raises(Refused, match="staff_not_oneself"):
            hall.run(work)


def test_ready_words_fit_every_channel_and_belong_to_an_office_that_is_there(hall: TownHall) -> None:
    def added(title: str, text: str, agency: str = "") -> Canned:
        new = Canned(CannedId(""), AgencyId(agency) or None, title, text)
        return hall.run(lambda turn: casework.add_canned(turn, new))

    assert added(" Sudah  dicek ", "Sudah \u201cdicek\u201d\nhari ini.").text == 'Sudah "dicek" hari ini.'
    assert added("x", "a" * workflow.TOLD_LONGEST).title == "x"
    for title, text, agency, why in (
        ("x", "a" * (workflow.TOLD_LONGEST + 1), "", "case_text_long"),
        ("x", " ", "", "case_text_needed"),
        (" ", "a", "", "canned_title"),
        ("x" * 61, "a", "", "canned_title"),
        ("x", "a", "dinas_sihir", "case_office_unknown"),
    ):
        with pytest.raises(Refused, match=why):
            added(title, text, agency)


@pytest.mark.parametrize(
    ("name", "channel", "why"),
    [
        ("", "jaki", "partner_name_wrong"),
        ("a/b", "jaki", "partner_name_wrong"),
        ("jaki", "JAKI", "partner_channel_wrong"),
        ("jaki", "sms", "partner_channel_wrong"),
    ],
)
def test_a_partner_has_a_name_and_a_channel_of_its_own(hall: TownHall, name: str, channel: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        hall.run(lambda turn: casework.add_partner(turn, Partner(name, channel), "key"))


@pytest.mark.parametrize(
    ("to", "category", "area", "why"),
    [
        ("dinas_sihir", "", "", "case_office_unknown"),
        ("dinas_sda", "sihir", "", "routes_category_unknown"),
        ("dinas_sda", "narkoba", "", "case_restricted_stays"),
        ("dinas_sda", "", "99", "routes_area_unknown"),
    ],
)
def test_a_row_names_what_is_there(to: str, category: str, area: str, why: str) -> None:
    assert casework.route_of("dinas_sda", "banjir", "31.74.01") == ROUTE
    assert casework.route_of("dinas_sda", "", "") == Route(AgencyId("dinas_sda"))
    with pytest.raises(Refused, match=why):
        casework.route_of(to, category, area)
