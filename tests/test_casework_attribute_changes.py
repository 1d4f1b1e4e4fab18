"""Questions by kind as administrators keep them: what was answered before goes on meaning the same."""

from dataclasses import replace

import pytest

from core.casework import attribute_changes, city_changes
from core.casework.attribute_changes import AttributeForm
from core.categories import ATTRIBUTES, told_attribute
from core.errors import Refused
from tests.fakes.office import Office

FORM = AttributeForm(
    {"id": "Seberapa parah?", "en": "How bad is it?"},
    "choice",
    {"id": "Ringan\nSedang\nParah", "en": "Slight\nMiddling\nBad"},
)


async def added(office: Office, form: AttributeForm = FORM) -> str:
    id_ = office.turn(lambda turn: attribute_changes.add_attribute(turn, form))
    await office.desk.renew_city()
    return id_


async def test_a_question_is_added_and_its_form_shows_it() -> None:
    office = Office()
    id_ = await added(office)
    assert [*ATTRIBUTES[id_].values] == ["ringan", "sedang", "parah"]
    now = office.turn(lambda turn: city_changes.city_present(turn.tx))
    assert attribute_changes.form_of(now, now.tables.attributes[id_]) == replace(FORM, seen=1)


async def test_a_choice_that_keeps_its_name_keeps_its_key_wherever_it_stands() -> None:
    office = Office()
    id_ = await added(office)
    moved = replace(FORM, values={"id": "Gawat\nRingan\nParah", "en": "Dire\nLight\nBad"}, seen=1)
    office.turn(lambda turn: attribute_changes.change_attribute(turn, id_, moved))
    await office.desk.renew_city()
    assert [*ATTRIBUTES[id_].values] == ["gawat", "ringan", "parah"]
    assert told_attribute(id_, "ringan", "en") == ("How bad is it?", "Light")
    assert told_attribute(id_, "sedang", "en")[1] == "sedang"


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"kind": "date"}, "attribute_kind"),
        ({"ask": {"id": "Apa?"}}, "city_label_missing"),
        ({"ask": {"id": "x" * 71, "en": "x"}}, "city_label_long"),
        ({"values": {"id": "Satu", "en": "One"}}, "attribute_values"),
        ({"values": {"id": "Satu\nDua", "en": "One"}}, "attribute_values"),
        ({"values": {"id": "Satu\nsatu", "en": "One\nTwo"}}, ""),
        ({"values": {"id": "x" * 21 + "\nDua", "en": "One\nTwo"}}, "city_label_long"),
        ({"values": {"id": "\n".join("abcdefg"), "en": "\n".join("abcdefg")}}, "attribute_values"),
    ],
)
async def test_what_can_be_no_question_is_told(wrong: dict[str, object], why: str) -> None:
    office = Office()
    form = replace(FORM, **wrong)  # type: ignore[arg-type]
    if not why:
        id_ = await added(office, form)
        assert len(set(ATTRIBUTES[id_].values)) == 2, "two keys, whatever they are called"
        return
    with pytest.raises(Refused, match=why):
        office.turn(lambda turn: attribute_changes.add_attribute(turn, form))


async def test_what_an_answer_is_stays() -> None:
    office = Office()
    id_ = await added(office, replace(FORM, kind="number"))
    office.turn(lambda turn: attribute_changes.change_attribute(turn, id_, replace(FORM, kind="choice", seen=1)))
    await office.desk.renew_city()
    assert (ATTRIBUTES[id_].kind, ATTRIBUTES[id_].values) == ("number", {})
    with pytest.raises(Refused, match="attribute_unknown"):
        office.turn(lambda turn: attribute_changes.change_attribute(turn, "nothing", FORM))
