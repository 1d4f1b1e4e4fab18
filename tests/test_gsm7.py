"""The alphabet of SMS: what a text costs, and the nearest writing within it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.phrases import gsm7

TEXTS = st.text(max_size=60)
TWO = "^{}\\[~]|€\f"


@given(TEXTS)
@settings(max_examples=300)
def test_what_is_made_plain_is_always_within_the_alphabet(text: str) -> None:
    assert gsm7.septets(gsm7.plain(text)) is not None


@given(TEXTS)
@settings(max_examples=300)
def test_making_plain_twice_changes_nothing_more(text: str) -> None:
    once = gsm7.plain(text)
    assert gsm7.plain(once) == once


@given(TEXTS)
@settings(max_examples=300)
def test_a_text_within_the_alphabet_stays_as_it_is(text: str) -> None:
    if gsm7.septets(text) is not None:
        assert gsm7.plain(text) == text
    else:
        assert gsm7.plain(text) != text


@given(TEXTS, TEXTS)
@settings(max_examples=200)
def test_what_two_texts_cost_together_is_the_sum(one: str, other: str) -> None:
    one, other = gsm7.plain(one), gsm7.plain(other)
    costs = gsm7.septets(one), gsm7.septets(other)
    assert None not in costs
    assert gsm7.septets(one + other) == (costs[0] or 0) + (costs[1] or 0)


@given(TEXTS)
@settings(max_examples=200)
def test_a_text_costs_one_or_two_septets_a_character(text: str) -> None:
    cost = gsm7.septets(text)
    assert cost is None or cost == len(text) + sum(c in TWO for c in text)


def test_the_alphabet_has_as_many_characters_as_the_standard() -> None:
    one = [c for c in map(chr, range(0x10000)) if gsm7.septets(c) == 1]
    two = [c for c in map(chr, range(0x10000)) if gsm7.septets(c) == 2]
    assert len(one) == 127, "128 places, one of which is the escape"
    assert sorted(two) == sorted(TWO)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("\u2018kutip\u2019 \u201cganda\u201d", "'kutip' \"ganda\""),
        ("a\u2014b\u2013c", "a-b-c"),
        ("tunggu\u2026", "tunggu..."),
        ("Sch\u00f6neberg", "Sch\u00f6neberg"),
        ("caf\u00e9 \u00ea \u00e2", "caf\u00e9 e a"),
        ("\ufb01nal", "final"),
        ("lampu \U0001f4a1 mati", "lampu  mati"),
        ("spasi\u00a0tetap", "spasi tetap"),
        ("\u65e5\u672c", ""),
        ("\u00bd", "12"),
    ],
)
def test_the_nearest_writing(text: str, plain: str) -> None:
    assert gsm7.plain(text) == plain


@pytest.mark.parametrize("text", ["\u65e5", "\U0001f4a1", "\u0627", "\u2014", "`", "\t"])
def test_a_character_outside_the_alphabet_has_no_price(text: str) -> None:
    assert gsm7.septets(f"a{text}") is None


def test_the_segments_of_a_text_are_counted_as_networks_join_them() -> None:
    assert [gsm7.segments("x" * length) for length in (0, 160, 161, 306, 307)] == [1, 1, 2, 2, 3]
    assert gsm7.segments("\u20ac" * 81) == 2
    with pytest.raises(ValueError, match="alphabet"):
        gsm7.segments("\u4e2d")
