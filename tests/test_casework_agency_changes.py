"""Agencies as administrators keep them: added, renamed, retired while nothing hangs on them, and never deleted."""

from dataclasses import replace

import pytest

from core import casework, workflow
from core.casework import agency_changes
from core.casework.agency_changes import AgencyForm
from core.errors import Refused
from core.model import AgencyId, CategoryId, Route, StaffRole
from tests.fakes.office import Office

FORM = AgencyForm("Dinas Taman Kota", "Taman", "dinas", "pemprov_dki", "")


async def added(office: Office, form: AgencyForm = FORM) -> AgencyId:
    id_ = office.turn(lambda turn: agency_changes.add_agency(turn, "", form))
    await office.desk.renew_city()
    return id_


async def test_an_agency_is_added_and_known_at_once() -> None:
    office = Office()
    assert await added(office) == "taman"
    assert workflow.agency_name(AgencyId("taman"), "id") == "Taman"
    assert "taman" in workflow.offices_for(None, outside=False)


async def test_a_name_is_on_one_line_and_turns_no_writing_around() -> None:
    office = Office()
    id_ = await added(office, replace(FORM, name="Dinas\n\u202eTaman \x01Kota", short="Ta\x0cman\r\n"))
    (kept,) = office.town.store.state.city_changes.values()
    assert kept.row is not None
    assert (kept.id, kept.row["name"], kept.row["short"]) == (id_, "Dinas Taman Kota", "Ta man")


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"name": " "}, "name_missing"),
        ({"short": ""}, "name_missing"),
        ({"short": "x" * 41}, "name_long"),
        ({"short": "中"}, "name_long"),
        ({"name": "x" * 121}, "name_long"),
        ({"short": "sda"}, "name_taken"),
        ({"kind": "Dinas!"}, "kind"),
        ({"reports_to": "nobody"}, "above"),
        ({"reports_to": "pln_uid_jakarta_raya"}, "above"),
    ],
)
def test_what_cannot_be_an_agency_is_told_and_nothing_is_kept(wrong: dict[str, str], why: str) -> None:
    office = Office()
    with pytest.raises(Refused, match=f"agency_{why}"):
        office.turn(lambda turn: agency_changes.add_agency(turn, "", replace(FORM, **wrong)))  # type: ignore[arg-type]
    assert not office.town.store.state.city_changes


def test_an_id_that_is_taken_or_none_is_told() -> None:
    office = Office()
    for id_, why in (("dinas_sda", "taken"), ("Taman", "wrong"), ("kel:1", "wrong")):
        with pytest.raises(Refused, match=f"city_id_{why}"):
            office.turn(lambda turn, id_=id_: agency_changes.add_agency(turn, id_, FORM))  # type: ignore[misc]


async def test_an_agency_never_stands_above_itself_and_none_inside_turns_into_one_outside() -> None:
    office = Office()
    await added(office)
    below = replace(FORM, name="Cabang", short="Cabang", reports_to="taman")
    await added(office, below)
    for wrong, why in (
        ({"reports_to": "cabang"}, "circle"),
        ({"reports_to": "taman"}, "circle"),
        ({"kind": "external"}, "stays"),
    ):
        with pytest.raises(Refused, match=f"agency_{why}"):
            office.turn(
                lambda turn, wrong=wrong: agency_changes.change_agency(turn, "taman", replace(FORM, seen=1, **wrong))  # type: ignore[misc]
            )


@pytest.mark.parametrize(
    ("agency", "why"),
    [("biro_pemerintahan", "city"), ("dinas_bina_marga", "categories"), ("pemprov_dki", "branches")],
)
def test_what_the_city_hangs_on_is_not_retired(agency: str, why: str) -> None:
    office = Office()
    with pytest.raises(Refused, match=f"agency_holds_{why}"):
        office.turn(lambda turn: agency_changes.retire_agency(turn, agency))


async def test_an_agency_with_routes_accounts_or_open_reports_is_not_retired_and_afterwards_it_is() -> None:
    office = Office()
    taman = await added(office)

    def refused(why: str) -> None:
        with pytest.raises(Refused, match=f"agency_holds_{why}"):
            office.turn(lambda turn: agency_changes.retire_agency(turn, taman))

    route = Route(taman, CategoryId("pju"))
    office.turn(lambda turn: casework.add_route(turn, route))
    refused("routes")
    report = office.receives()
    office.turn(lambda turn: casework.drop_route(turn, "pju", ""))
    assert report.agency == taman
    refused("reports")
    office.hire("siti", StaffRole.OFFICER, taman)
    refused("accounts")
    office.turn(lambda turn: casework.disable(turn, "siti"))
    office.town.store.state.reports[report.id] = replace(report, agency=AgencyId("dinas_sda"))
    office.turn(lambda turn: agency_changes.retire_agency(turn, taman))
    await office.desk.renew_city()
    assert workflow.agency_name(taman, "id") == "Taman"
    with pytest.raises(Refused, match="case_office_retired"):
        office.turn(lambda turn: casework.add_route(turn, casework.route_of(taman, "pju", "")))
    office.turn(lambda turn: agency_changes.restore_agency(turn, taman))
    await office.desk.renew_city()
    assert workflow.in_service(taman)
