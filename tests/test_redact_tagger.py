"""The tagger: what its file holds, what follows what, and what becomes of the tags."""

from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.readers.lines import by_hand, unmarked
from benchmarks.readers.told import inputs_hash, told
from core.redact import Trace, tagger
from core.redact.grammar import KINDS, candidates
from core.redact.page import read
from core.redact.tagger import OUTSIDE, TAGS


def test_the_weights_are_made_from_the_lines_of_today() -> None:
    with files("core.redact").joinpath(tagger.WEIGHTS).open("rb") as opened, np.load(opened) as stored:
        assert str(stored["inputs"]) == inputs_hash(told()), "benchmarks/readers/train.py makes them anew"


def test_each_kind_of_trace_has_a_tag_for_its_beginning_and_one_for_its_inside() -> None:
    assert TAGS[0] == OUTSIDE
    assert set(TAGS[1:]) == {f"{place}-{kind.value}" for kind in Trace for place in "BI"}


def _rows(most: int) -> st.SearchStrategy[list[list[float]]]:
    """Scores of some tokens."""
    scores = st.lists(st.floats(-20, 20, width=32), min_size=len(TAGS), max_size=len(TAGS))
    return st.lists(scores, min_size=1, max_size=most)


def _learned() -> tuple[tagger.Numbers, tagger.Numbers]:
    """What follows what, and what begins."""
    with files("core.redact").joinpath(tagger.WEIGHTS).open("rb") as opened, np.load(opened) as stored:
        return stored["follows"].astype(np.float32), stored["begins"].astype(np.float32)


@given(_rows(12))
def test_no_trace_is_gone_on_with_that_has_not_begun(rows: list[list[float]]) -> None:
    follows, begins = _learned()
    found = [TAGS[at] for at in tagger.tags(np.array(rows, np.float32), follows, begins)]
    for before, tag in zip([OUTSIDE, *found], found, strict=False):
        assert not tag.startswith("I") or before[2:] == tag[2:]


@pytest.mark.parametrize("begins_so", [True, False])
@given(stretches=st.lists(_rows(4), min_size=5, max_size=8))
def test_many_doubtful_stretches_are_tagged_together_as_each_by_itself(
    stretches: list[list[list[float]]], *, begins_so: bool
) -> None:
    surely_outside = [50.0, *([0.0] * (len(TAGS) - 1))]
    apart = [rows if at == 0 and begins_so else [surely_outside, *rows] for at, rows in enumerate(stretches)]
    one_by_one = [tag for rows in apart for tag in tagger.tags(np.array(rows, np.float32), *_learned())]
    assert tagger.tags(np.array([row for rows in apart for row in rows], np.float32), *_learned()) == one_by_one


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("hp 0812 3456 7890", Trace.PHONE, "0812 3456 7890"),
        ("NIK 3174096112900001", Trace.NIK, "3174096112900001"),
        ("mail budi.s@contoh.co.id ya", Trace.EMAIL, "budi.s@contoh.co.id"),
        ("kartu 4111 1111 1111 1111", Trace.BANK_ACCOUNT, "4111 1111 1111 1111"),
        ("motor B 3456 KJL", Trace.PLATE, "B 3456 KJL"),
        ("plat ane B 6 1 9 4 KLP.", Trace.PLATE, "B 6 1 9 4 KLP"),
        ("our car, CD 47 119, was", Trace.PLATE, "CD 47 119"),
        ("it hit me (CC 18-09) again", Trace.PLATE, "CC 18-09"),
        ("lihat t.me/budis", Trace.URL_PROFILE, "t.me/budis"),
    ],
)
def test_what_is_one_by_its_grammar_is_a_candidate_whosever_it_is(text: str, kind: Trace, words: str) -> None:
    page = read(text)
    assert [(span.kind, page.text[span.start : span.end]) for span in candidates(page)] == [(kind, words)]
    assert kind in KINDS


def test_a_number_is_closed_as_one() -> None:
    page = read("nama saya Budi Santoso, hp saya 0812-3456-7890 atau 021.555.1234")
    for span in tagger.traces(page):
        assert not page.text[span.end : span.end + 1].isalnum()


def test_where_something_is_closed_less_is_asked_of_names_and_numbers_and_as_much_of_all_else() -> None:
    with files("core.redact").joinpath(tagger.WEIGHTS).open("rb") as opened, np.load(opened) as stored:
        leaning, limits = stored["leaning"], stored["limits"]
    assert (leaning[1] >= leaning[0]).all()
    assert (limits[1] <= limits[0]).all()
    changed = {kind for at, kind in enumerate(Trace, 1) if limits[0][at] != limits[1][at]}
    assert changed == set(Trace) - {Trace.EMAIL, Trace.ADDRESS_SELF, Trace.THIRD_PARTY}


def test_lines_by_hand_are_many_by_many_and_half_of_them_have_no_trace() -> None:
    lines = by_hand()
    assert len(lines) >= 6_000
    assert 0.4 <= sum(not line.marks for line in lines) / len(lines) <= 0.6
    assert len({line.voice for line in lines}) >= 12
    assert len({line.text for line in lines}) >= 0.999 * len(lines)


def test_marks_are_taken_out_of_the_words() -> None:
    line = unmarked("saya {name_self:Budi} di {address_self?gang itu}")
    assert line.text == "saya Budi di gang itu"
    assert [(mark.kind, mark.certain) for mark in line.marks] == [(Trace.NAME_SELF, True), (Trace.ADDRESS_SELF, False)]
