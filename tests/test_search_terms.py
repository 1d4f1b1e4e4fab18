"""Words as they are searched by: the index and the proof of a hit read alike."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model import Number, Place
from core.search_terms import SearchTerms, fits, said_in, terms_of, words_of
from tests.fakes import nouns


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Lampu JALAN mati!", ["lampu", "jalan", "mati"]),
        ("RT 05/RW 3, gg. Melati", ["rt", "05", "rw", "gg", "melati"]),
        ("\uff2c\uff41\uff4d\uff50\uff55 \ufb01lm", ["lampu", "film"]),
        ("snake_case a b", ["snake", "case"]),
        ("", []),
    ],
)
def test_words_are_lower_case_letters_and_digits_of_two_characters_at_least(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lampu jal", SearchTerms(("lampu",), "jal")),
        ("lampu jalan ", SearchTerms(("lampu",), "jalan")),
        ("lampu mati.", SearchTerms(("lampu", "mati"))),
        ("rt 05", SearchTerms(("rt", "05"))),
        ("lampu lampu mati", SearchTerms(("lampu",), "mati")),
        (" r4b2c9d1e ", SearchTerms(number=Number("R4B2C9D1E"))),
        ("#R4B2C9D1E", SearchTerms(number=Number("R4B2C9D1E"))),
        ("a ?", SearchTerms()),
    ],
)
def test_the_last_word_may_be_a_beginning_and_a_number_is_a_number(typed: str, meant: SearchTerms) -> None:
    assert terms_of(typed) == meant
    assert meant.empty is (meant == SearchTerms())


def test_no_more_than_eight_words_are_looked_for() -> None:
    found = terms_of(" ".join(f"kata{n}" for n in range(40)))
    assert (found.words, found.begins) == (tuple(f"kata{n}" for n in range(7)), "kata7")


def test_a_report_says_its_text_and_its_place() -> None:
    report = nouns.report("Lampu mati", place=Place(None, "Tebet Barat", "depan warung Bu Siti"))
    assert said_in(report) >= {"lampu", "tebet", "warung", "siti"}
    assert fits(report, terms_of("warung teb"))
    assert not fits(report, terms_of("warung timur"))
    assert not fits(replace(report, text="", place=Place()), terms_of("lampu"))
    assert fits(report, SearchTerms(number=report.number))
    assert not fits(report, SearchTerms(number=Number("R00000000")))


@given(st.text(max_size=80))
def test_whatever_a_report_says_is_found_by_its_own_words(text: str) -> None:
    report = nouns.report(text)
    assert said_in(report) == frozenset(words_of(text))
    sought = terms_of(text)
    assert sought.number is not None or fits(report, sought)
