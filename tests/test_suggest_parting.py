"""Two problems in one message are told apart, and one problem that is told in several clauses never is."""

import re
from collections import Counter
from pathlib import Path
from time import thread_time
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.categories import CATEGORIES
from core.suggest import parts

HERE: Final = Path(__file__).parent
LINES: Final = tuple(
    tuple(line.split("\t")) for line in (HERE / "several_set.tsv").read_text(encoding="utf-8").splitlines()
)
NONE: Final = ("-", "-")


def read(text: str) -> tuple[str, str]:
    two = parts(text)
    return two.kinds if two is not None else NONE


def test_the_set_is_large_and_names_kinds_that_there_are() -> None:
    count = Counter((first, second) != NONE for _, first, second, _ in LINES)
    assert count[True] >= 40
    assert count[False] >= 80
    assert {kind for _, *kinds, _ in LINES for kind in kinds} <= {*(each.id for each in CATEGORIES), "-"}
    assert len({text for *_, text in LINES}) == len(LINES)


def test_most_messages_of_two_problems_are_told_apart_as_they_are_meant() -> None:
    two = [((first, second), read(text)) for _, first, second, text in LINES if first != "-"]
    assert sum(meant == found for meant, found in two) / len(two) >= 0.9
    assert all(found in {meant, NONE} for meant, found in two), "what is offered is what is meant"


def test_one_problem_in_several_clauses_is_hardly_ever_split() -> None:
    one = [read(text) for _, first, _, text in LINES if first == "-"]
    assert sum(found != NONE for found in one) / len(one) <= 0.02


@pytest.mark.parametrize("name", ["suggest_dev.tsv", "suggest_test.tsv"])
def test_messages_of_somebody_else_about_one_thing_are_hardly_ever_split(name: str) -> None:
    told = [line.split("\t")[-1] for line in (HERE / name).read_text(encoding="utf-8").splitlines()]
    assert sum(read(text) != NONE for text in told) / len(told) <= 0.01


@pytest.mark.parametrize(
    "text",
    [
        "lampu jalan mati di depan SD dan sampah numpuk di Cikini",
        "Lampu jalan mati di depan SD. Sampah juga numpuk, bau, di Cikini!",
        "lampu jalan mati terus juga sampah numpuk di cikini",
        "lampu jalan mati di gang itu\nsampah numpuk di cikini",
    ],
)
def test_each_part_keeps_its_own_words_and_only_what_joins_them_is_left_out(text: str) -> None:
    two = parts(text)
    assert two is not None
    assert two.kinds == ("pju", "sampah")
    assert text.startswith(two.first)
    assert text.endswith(two.second)
    between = text[len(two.first) : -len(two.second)]
    assert not re.sub(r"\b(?:dan|terus|juga)\b|[\s.,!]", "", between)


def test_what_takes_itself_back_or_comes_of_the_first_is_one() -> None:
    for text in (
        "tiang listrik? bukan, tiang fiber menutup pagar masuk rumah",
        "sampah numpuk di pasar dan banyak lalat beterbangan",
        "got mampet dan banjir masuk ke rumah warga",
        "pohon besar miring dan akarnya merusak trotoar",
        "lampu jalan mati, takut ada begal motor",
    ):
        assert parts(text) is None, text


def test_a_long_mail_and_few_words_are_read_as_one() -> None:
    assert parts("lampu jalan mati dan sampah numpuk. " * 80) is None
    assert parts("lampu dan sampah") is None
    assert parts("") is None


@given(
    st.text(max_size=200) | st.lists(st.sampled_from(LINES), max_size=3).map(lambda x: " dan ".join(e[3] for e in x))
)
@settings(max_examples=100)
def test_whatever_comes_the_parts_are_words_of_the_message(text: str) -> None:
    two = parts(text)
    if two is not None:
        assert text.strip().startswith(two.first)
        assert text.strip().endswith(two.second)
        assert two.kinds[0] != two.kinds[1]


def test_texts_made_to_be_slow_cost_little() -> None:
    parts("warm")
    for hostile in ("a,b." * 499, "dan " * 499, "lampu jalan mati dan " * 90, ". " * 900, "x" * 2000):
        began = thread_time()
        parts(hostile)
        assert thread_time() - began < 1, hostile[:8]


@pytest.mark.parametrize(
    "text", ["A:\u00b20\u00b9\nA:\u00b20\u00b9", "1 2 3. 4 5 6. 7 8 9", "aa1 bb1 cc1\n1 2 3 a4 b5 c6"]
)
def test_numbers_that_name_nothing_are_no_two_problems(text: str) -> None:
    assert parts(text) is None
