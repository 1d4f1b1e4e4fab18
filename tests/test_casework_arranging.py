"""What operators arrange stands in the trail: who changes where reports go could hide them from an office."""

from datetime import UTC, datetime

import pytest

from core import casework
from core.casework import Turn
from core.errors import NameTaken, Refused
from core.model import AgencyId, AreaCode, CategoryId, Partner, Route
from core.ports import House, Store, Tx
from storage import SqlStore
from tests.fakes.chance import FakeDice

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
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
    with pytest.raises(NameTaken):
        sql_store.run(lambda tx: casework.add_partner(_turn(tx), Partner("jaki-app", "jaki"), "other"))
    assert [entry.act for entry in sql_store.audit.entries(9)] == ["partner-add jaki-app"]


def test_no_report_goes_by_itself_to_an_office_outside_where_nobody_could_read_it(store: Store) -> None:
    outside = Route(AgencyId("pln_uid_jakarta_raya"), CategoryId("lampu_jalan"))
    with pytest.raises(Refused, match="case_office_outside"):
        store.run(lambda tx: casework.add_route(_turn(tx), outside))
    assert list(store.run(lambda tx: tx.routes.all())) == []
