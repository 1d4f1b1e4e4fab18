"""A text in tokens and numbers: nothing is lost, nothing depends on how long the text is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import encoder
from core.analysis import Analysis
from core.dictionary import WORDS
from core.encoder import CLOSED, STATES, Tokens, features, first_layer, lexicon
from tests.fakes.texts import TEXTS


@given(TEXTS)
def test_tokens_stand_in_order_and_leave_out_spaces_only(text: str) -> None:
    done = 0
    found = Tokens(text)
    for at, (start, said) in enumerate(zip(found.starts, found.said, strict=True)):
        assert start >= done
        assert text[start : found.end(at)] == said
        assert not any(sign.isalpha() for sign in text[done:start])
        done = found.end(at)
    assert not any(sign.isalpha() for sign in text[done:])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Jl.Melati no12", ["Jl", ".", "Melati", "no", "12"]),
        ("a\nb", ["a", "\n", "b"]),
        ("budi_s88@x.id", ["budi", "_", "s", "88", "@", "x", ".", "id"]),
        (f"saya {CLOSED}, don't", ["saya", CLOSED, ",", "don't"]),
        ("  \t ", []),
    ],
)
def test_letters_digits_and_signs_are_parted(text: str, said: list[str]) -> None:
    assert Tokens(text).said == said


@settings(max_examples=100)
@given(TEXTS)
def test_each_token_has_a_row_of_numbers(text: str) -> None:
    reading = encoder.read(text)
    assert reading.states.shape == (len(reading.tokens), STATES)
    assert np.isfinite(reading.states).all()


def test_a_long_text_is_read_as_its_pieces_would_be() -> None:
    """It is held in pieces that overlap; where one ends nothing may change."""
    piece = "Lampu jalan mati di Tebet sejak 3 hari, hubungi saya 0812-3456-7890.\n"
    once = encoder.read(piece * 200)
    size = len(encoder.read(piece).tokens)
    rows = once.states[size * 50 : size * 51]
    for at in range(20, 180):
        assert np.allclose(once.states[size * at : size * (at + 1)], rows, atol=1e-4)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["jalan", "Budi", ",", ".", "rt", "5", "0812", "SAYA", CLOSED]), min_size=60, max_size=120
    ),
    st.integers(0, 119),
    st.integers(0, 6),
    st.lists(st.sampled_from([CLOSED, "jalan", ","]), max_size=3),
)
def test_a_text_that_was_read_before_and_differs_is_read_as_if_by_itself(
    words: list[str], at: int, size: int, instead: list[str]
) -> None:
    other = " ".join((*words[:at], *instead, *words[at + size :]))
    with Analysis().open():
        encoder.read(" ".join(words))
        again = encoder.read(other)
    assert np.allclose(again.states, encoder.read(other).states, atol=1e-4)


def test_a_text_is_read_once_in_a_turn() -> None:
    with Analysis().open():
        assert encoder.read("lampu mati") is encoder.read("lampu mati")


@pytest.mark.parametrize(("word", "known"), [("lampuuuu", "lampu"), ("tebettt", "tebet"), ("jalan", "jalan")])
def test_a_form_of_a_word_is_known_by_the_word(word: str, known: str) -> None:
    assert lexicon.lexicon().row(word) == lexicon.lexicon().row(known) != lexicon.UNKNOWN


def test_a_word_that_nobody_wrote_is_known_by_its_pieces() -> None:
    entry = lexicon.entry("xqzvwk")
    assert entry.row == lexicon.UNKNOWN
    assert entry.pieces


def test_names_are_told_from_common_words() -> None:
    first, common = 0, 3
    assert lexicon.entry("slamet").known[first] > lexicon.entry("lampu").known[first]
    assert lexicon.entry("lampu").known[common] > lexicon.entry("xqzvwk").known[common]


def test_only_plain_words_stay_in_memory() -> None:
    assert "lampu" in WORDS
    assert lexicon.entry("lampu") is lexicon.entry("lampu")
    assert lexicon.entry("hutapea") is not lexicon.entry("hutapea")


def test_of_other_words_nothing_stays_in_the_first_layer() -> None:
    with Analysis().open():
        encoder.read("Lampu mati, saya Hutapea 081234567890\n")
    kept = first_layer.PLAIN
    assert {"lampu", ",", "\n"} <= kept.keys()
    assert all(each.lower() in WORDS or each in features.SIGNS for each in kept)
    assert all(row.base is None for row in kept.values())  # a view would hold the rows of its neighbours


@pytest.mark.parametrize("said", ["\n", CLOSED, "7", "a", "A", "Ab", "AB", "aB", ".", "\u2713", "\u00b2"])
def test_every_way_of_writing_has_a_shape(said: str) -> None:
    assert 0 <= features.shape(said) < features.SHAPES


@given(st.text("0123456789 -./()x", max_size=60))
def test_how_long_a_number_is_lies_between_nothing_and_all(text: str) -> None:
    found = Tokens(text)
    flags = features.flags(text, found)
    assert flags.shape == (len(found), features.FLAGS)
    assert ((flags >= 0) & (flags <= 1)).all()


@pytest.mark.hostile
@pytest.mark.parametrize("part", ["a", "1", "1 ", "a1", "\n", "@", CLOSED, "saya ", "\U0001f600", "a\u0301"])
def test_20000_hostile_characters_are_read_to_their_end(part: str) -> None:
    text = part * (20_000 // len(part))
    assert len(encoder.read(text).tokens) == len(Tokens(text))
