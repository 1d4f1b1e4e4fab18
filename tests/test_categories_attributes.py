"""What is asked besides of a kind: rows that are whole, and answers that are read as what they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.categories import AGENCIES, ATTRIBUTES, CATEGORIES, Attribute, AttributeKind, attributes_of, read_attribute
from core.categories import told_attribute as told
from core.categories.attributes import MOST, attribute_of
from core.categories.leaves import category_of
from core.model import CategoryId
from core.phrases import LANGUAGES, SPOKEN, gsm7
from core.toml_rows import BadRow

ROW = {"id": "since", "kind": "choice", "ask": {"id": "Sejak kapan?"}, "values": {"today": {"id": "Hari ini"}}}
WORDS = Attribute("pole", AttributeKind.TEXT, {"id": "Nomor tiang?"}, {})
NUMBER = Attribute("homes", AttributeKind.NUMBER, {"id": "Berapa rumah?"}, {})


def test_every_question_and_value_is_there_in_every_complete_language_and_fits_an_sms() -> None:
    labels = [each.ask for each in ATTRIBUTES.values()]
    labels += [value for each in ATTRIBUTES.values() for value in each.values.values()]
    assert labels
    for label in labels:
        assert set(LANGUAGES) <= set(label) <= set(SPOKEN)
        assert all((gsm7.septets(said) or 161) <= 70 for said in label.values())
    assert all(
        len(said) <= 20 for each in ATTRIBUTES.values() for value in each.values.values() for said in value.values()
    )


def test_a_kind_asks_three_at_most_and_each_that_it_asks_is_there() -> None:
    assert any(each.attributes for each in CATEGORIES)
    assert all(len(each.attributes) <= MOST for each in CATEGORIES)
    assert attributes_of(CategoryId("gone")) == ()
    row = {"id": "x", "sms_code": "1", "labels": {}, "group": "g", "lead": "pemprov_dki"}
    for asked in (["sejak", "tiang", "rute", "rumah"], ["nothing"]):
        with pytest.raises(BadRow, match="attributes"):
            category_of({**row, "attributes": asked}, AGENCIES, ATTRIBUTES)


@pytest.mark.parametrize("slip", [{"kind": "date"}, {"extra": "x"}, {"ask": "Sejak kapan?"}, {"values": {"a": "b"}}])
def test_a_slip_in_a_row_is_found_when_it_is_loaded(slip: dict[str, object]) -> None:
    attribute_of(ROW)
    with pytest.raises(BadRow):
        attribute_of(ROW | slip)


@pytest.mark.parametrize(
    ("asked", "said", "kept"),
    [
        (attribute_of(ROW), " today ", "today"),
        (attribute_of(ROW), "Hari ini", None),
        (NUMBER, "sekitar 12 rumah", "12"),
        (NUMBER, "2,5 meter", "2.5"),
        (NUMBER, "12 atau 13", None),
        (NUMBER, "banyak", None),
        (NUMBER, "0812 3456 7890", None),
        (NUMBER, "081234567890", None),
        (NUMBER, "3171012345678901", None),
        (WORDS, " TJK 12/3 ", "TJK 12/3"),
        (WORDS, "", None),
        (WORDS, "x" * 201, None),
    ],
)
def test_an_answer_is_a_key_one_number_or_some_words(asked: Attribute, said: str, kept: str | None) -> None:
    assert read_attribute(asked, said) == kept


@given(st.text(max_size=300))
def test_whatever_is_said_a_number_is_short_and_nothing_else(said: str) -> None:
    kept = read_attribute(NUMBER, said)
    assert kept is None or (len(kept) <= 10 and float(kept) >= 0)


def test_what_the_table_no_longer_knows_is_told_as_it_stands() -> None:
    assert told("gone", "12", "id") == ("gone", "12")
    assert told("sejak", "hari_ini", "en") == ("Since when?", "Today")
    assert told("sejak", "hari_ini", "jv") == ("Sejak kapan?", "Hari ini")
    assert told("sejak", "kemarin", "id") == ("Sejak kapan?", "kemarin")
