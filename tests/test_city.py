"""What a city.toml says: read with its types, and said in sentences."""

import tomllib
from typing import Any

import pytest

from core.city.category_fields import HANDLINGS, LEAF_FIELDS, PHOTOS
from core.city.folder import DEFAULT
from core.city.profile import CITY, profile_of, told, word
from core.toml_rows import BadRow


def row() -> dict[str, Any]:
    return tomllib.loads((DEFAULT / "city.toml").read_text(encoding="utf-8"))


def test_the_city_that_is_served_is_what_its_file_says() -> None:
    assert profile_of(row()) == CITY
    assert [each.office for each in CITY.levels] == ["kota", "kec", "kel"]
    assert CITY.emergency.numbers == ("112", "110", "123")


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("language", 1),
        ("around", {"south": "x", "north": 1, "west": 1, "east": 1}),
        ("around", {}),
        ("near", [1]),
        ("near", "here"),
        ("level", {}),
        ("counters", {"x": 1}),
        ("emergency", {"generl": "1"}),
        ("words", {"id": "x"}),
        ("colour", "green"),
    ],
)
def test_a_slip_is_found_when_it_is_read(field: str, wrong: object) -> None:
    with pytest.raises(BadRow):
        profile_of({**row(), field: wrong})


@pytest.mark.parametrize("field", ["language", "coordinator", "fallback", "around", "near", "level", "timezone"])
def test_what_a_city_needs_cannot_be_left_out(field: str) -> None:
    left = row()
    del left[field]
    with pytest.raises(BadRow):
        profile_of(left)


def test_a_sentence_says_the_words_of_the_city_in_its_language_and_else_in_the_first() -> None:
    assert told("Tulis {city.area} di {city.name}, {place}.", "id") == "Tulis kelurahan di Jakarta, {place}."
    assert told("{city.Area} mana?", "jv") == "Kelurahan mana?"
    assert word("government", "en") == "the city of Jakarta"
    assert told("{city} is no word of a city", "en") == "{city} is no word of a city"
    with pytest.raises(KeyError):
        told("{city.colour}", "id")


def test_each_choice_of_a_category_is_known_once() -> None:
    assert {"photo", "handling", "labels"} <= LEAF_FIELDS
    assert "normal" in PHOTOS
    assert "normal" in HANDLINGS
