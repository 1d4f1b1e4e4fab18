"""What was learned of the words around a name says whether it is where the problem is."""

from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.readers import places as train
from benchmarks.readers.lines import by_hand
from core.places import find
from core.places.likelihood import WEIGHTS, Look, likelihoods
from core.places.place_mentions import looks, mentions, named, spoken


def odds(text: str) -> list[float]:
    words = spoken(text)
    return likelihoods(text, looks(words, named(words)))


def test_the_weights_are_made_from_the_lines_and_the_encoder() -> None:
    with files("core.places").joinpath(WEIGHTS).open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
        assert str(stored["inputs"]) == train.inputs_hash(by_hand()), "benchmarks/readers/places.py makes them anew"


@pytest.mark.parametrize(
    ("meant", "not_meant"),
    [
        ("anjing gila di senen gigit anak", "sejak hari senen air mati"),
        ("lampu jalan mati di kapuk", "kasur kapuk bekas dibuang sembarangan"),
        ("lampu jalan mati di kelurahan gunung", "sampah sudah setinggi gunung"),
    ],
)
def test_a_word_is_likelier_a_name_where_a_name_stands(meant: str, not_meant: str) -> None:
    assert odds(meant)[0] > odds(not_meant)[0]


def test_an_everyday_word_is_taken_for_a_name_and_asked_about() -> None:
    text = "apotek pulo jual tramadol tanpa resep"
    assert [each.likely for each in mentions(text)] == [True]
    found = find(text)
    assert found.candidates
    assert not found.certain


def test_nothing_is_read_where_nothing_is_named() -> None:
    assert likelihoods("lampu mati", []) == []


@given(st.text(max_size=80), st.integers(0, 200), st.integers(0, 200))
def test_any_place_in_any_text_has_a_likelihood(text: str, start: int, size: int) -> None:
    (found,) = likelihoods(f"{text} x", [Look((start, start + size), said=True, facts=(False,) * 12)])
    assert np.isfinite(found)


@given(st.text(alphabet="aA \u00e9\u0301\ufb01\u0130\u00df1,.\nbB", max_size=60))
def test_each_word_stands_where_it_says(text: str) -> None:
    for word in spoken(text):
        start, end = word.span
        assert 0 <= start < end <= len(text)
