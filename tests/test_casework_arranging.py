"""What operators arrange stands in the trail: who changes where reports go could hide them from an office."""

from datetime import UTC, datetime

import pytest

from core import casework, workflow
from core.casework import Turn
from core.errors import Refused
from core.model import AgencyId, AreaCode, CategoryId, Partner, Place, Route
from core.ports import House, Store, Tx
from storage import SqlStore
from tests.fakes.chance import FakeDice

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
LURAH = AgencyId("kel:31.74.01.1001")
ROUTE = Route(AgencyId("dinas_sda"), CategoryId("banjir"), AreaCode("31.74.01"))


def _turn(tx: Tx) -> Turn:
    return Turn(tx, NOW, House(dice=FakeDice(), zone=UTC, lang="id", manners={}))


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
