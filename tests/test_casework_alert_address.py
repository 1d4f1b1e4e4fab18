"""The address of alerts: nothing goes there before its code was typed; tries and mails are few; all of it is noted."""

import re

import pytest

from core.casework import alert_address
from core.casework.actors import Actor
from core.errors import Refused
from core.messages import Address
from core.model import AgencyId, AlertKind, Staff, StaffRole
from tests.fakes.office import Office

BOX = Address("siti@kantor.example")


def begun(office: Office, staff: Staff, by: str = "") -> str:
    """The code that was mailed."""
    actor = Actor(by or staff.name, "desk")
    office.turn(lambda turn: alert_address.set_address(turn, actor, staff.id, BOX, "en"))
    found = re.search(r"\b\d{8}\b", office.town.post()[-1].text)
    assert found is not None
    return found[0]


def confirmed(office: Office, staff: Staff, typed: str) -> bool:
    return office.turn(lambda turn: alert_address.confirm(turn, Actor(staff.name, "desk"), typed))


def trail(office: Office) -> list[tuple[str, str]]:
    return [(each.who, each.act) for each in office.town.store.state.audit.values()]


def test_the_code_confirms_and_every_step_stands_in_the_trail_without_the_address() -> None:
    office = Office()
    siti = office.hire("siti")
    code = begun(office, siti)
    assert not office.town.store.state.alert_choices[siti.id].confirmed
    assert confirmed(office, siti, f" {code[:4]} {code[4:]} ")
    actor = Actor("siti", "desk")
    office.turn(lambda turn: alert_address.choose(turn, actor, frozenset({AlertKind.LATE}), 7, "en"))
    office.turn(lambda turn: alert_address.remove(turn, actor, siti.id))
    assert [act for _, act in trail(office)] == [
        "alerts-address",
        "alerts-confirmed",
        "alerts-choice 07:00 late",
        "alerts-removed",
    ]
    assert not office.town.store.state.contacts
    assert not confirmed(office, siti, code)


def test_five_wrong_codes_end_it_and_the_right_one_comes_too_late() -> None:
    office = Office()
    siti = office.hire("siti")
    code = begun(office, siti)
    wrong = "00000000" if code != "00000000" else "11111111"
    for _ in range(alert_address.TRIES):
        assert not confirmed(office, siti, wrong)
    assert not confirmed(office, siti, code)


def test_a_code_ends_after_an_hour_and_another_address_needs_another_one() -> None:
    office = Office()
    siti = office.hire("siti")
    old = begun(office, siti)
    office.town.clock.passes(hours=1, seconds=60)
    assert not confirmed(office, siti, old)
    new = begun(office, siti)
    assert not confirmed(office, siti, "") or old == new
    assert confirmed(office, siti, new)
    begun(office, siti)
    assert not office.town.store.state.alert_choices[siti.id].confirmed
    assert len(office.town.store.state.contacts) == 1


def test_nobody_mails_a_stranger_more_than_five_codes_a_day() -> None:
    office = Office()
    siti = office.hire("siti")
    for _ in range(alert_address.CODES_A_DAY):
        begun(office, siti)
    with pytest.raises(Refused, match="desk_alert_codes_many"):
        begun(office, siti)
    office.town.clock.passes(days=1, seconds=60)
    begun(office, siti)


def test_an_administrator_types_it_for_another_who_confirms_it_themselves() -> None:
    office = Office()
    siti = office.hire("siti")
    office.hire("admin", StaffRole.ADMIN, AgencyId("biro_pemerintahan"))
    code = begun(office, siti, by="admin")
    with pytest.raises(Refused, match="case_not_yours"):
        begun(office, siti, by=office.hire("budi").name)
    assert confirmed(office, siti, code)
    assert trail(office)[0] == ("admin", "alerts-address siti")


def test_who_reads_no_report_has_no_alerts_and_no_choice_without_an_address() -> None:
    office = Office()
    siti, admin = office.hire("siti"), office.hire("admin", StaffRole.ADMIN, AgencyId("biro_pemerintahan"))
    with pytest.raises(Refused, match="case_role_reads_nothing"):
        begun(office, admin)
    actor = Actor(siti.name)
    with pytest.raises(Refused, match="desk_alert_no_address"):
        office.turn(lambda turn: alert_address.choose(turn, actor, frozenset(AlertKind), None, "id"))
    begun(office, siti)
    confirmed(office, siti, begun(office, siti))
    for hour in (24, -1):
        with pytest.raises(Refused, match="desk_alert_hour_wrong"):
            office.turn(lambda turn, hour=hour: alert_address.choose(turn, actor, frozenset(AlertKind), hour, "id"))  # type: ignore[misc]  # a default binds the loop variable
