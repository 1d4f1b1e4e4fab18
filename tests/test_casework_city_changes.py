"""What is changed of the city is looked at as the database has it, and nobody writes over what they have not seen."""

import pytest

from core.casework import Actor, city_changes
from core.errors import Refused
from core.model import CityChange, CityPart, StaffRole
from tests.fakes.office import Office

DAY = CityChange(CityPart.HOLIDAY, "2026-03-19", {"name": {"id": "Hari Nyepi"}})


def test_the_present_is_that_of_the_database_whatever_this_process_has_read() -> None:
    office = Office()
    office.turn(lambda turn: city_changes.keep(turn, DAY, "holiday-add", Actor("admin", "desk")))
    now = office.turn(lambda turn: city_changes.city_present(turn.tx))
    assert "2026-03-19" in [each.day.isoformat() for each in now.holidays]
    assert now.version(CityPart.HOLIDAY, "2026-03-19") == 1
    assert [each.act for each in office.town.store.state.audit.values()] == ["holiday-add 2026-03-19"]


def test_who_has_not_seen_the_last_change_is_told() -> None:
    office = Office()
    office.turn(lambda turn: city_changes.keep(turn, DAY, "holiday-add", Actor("admin", "desk")))
    now = office.turn(lambda turn: city_changes.city_present(turn.tx))
    city_changes.unchanged(now, CityPart.HOLIDAY, "2026-03-19", 1)
    with pytest.raises(Refused, match="city_changed_meanwhile"):
        city_changes.unchanged(now, CityPart.HOLIDAY, "2026-03-19", 0)


@pytest.mark.parametrize("role", sorted(set(StaffRole) - {StaffRole.ADMIN}))
def test_nobody_but_an_administrator_begins_a_change(role: StaffRole) -> None:
    office = Office()
    office.hire("siti", role)
    with pytest.raises(Refused, match="case_not_yours"):
        office.turn(lambda turn: city_changes.begun(turn, Actor("siti", "desk")))


def test_a_label_is_there_in_each_language_and_fits_an_sms() -> None:
    assert city_changes.languages() == ("id", "en")
    assert city_changes.labels({"id": " a   b ", "en": "c", "xx": "d"}, 24) == {"id": "a b", "en": "c"}
    for wrong, why in (
        ({"id": "a"}, "missing"),
        ({"id": "a" * 25, "en": "a"}, "long"),
        ({"id": "中", "en": "a"}, "long"),
    ):
        with pytest.raises(Refused, match=f"city_label_{why}"):
            city_changes.labels(wrong, 24)


@pytest.mark.parametrize(
    ("label", "id_"),
    [("Bangku taman", "bangku_taman"), ("2 roda", "kind_2_roda"), ("!!!", "kind"), ("X" * 90, "x" * 32), ("a", "a_2")],
)
def test_an_id_is_made_of_a_name_and_is_nobodys(label: str, id_: str) -> None:
    assert city_changes.id_like(label, ["a"], "kind") == id_
    assert city_changes.ID.fullmatch(id_)
