"""The index of words: what it finds is what a look at every report would find, newest first."""

from hypothesis import given
from hypothesis import strategies as st

from app.search_index import SearchIndex
from core.model import Number
from core.search_terms import SearchTerms

_WORD = st.text("abc", min_size=2, max_size=4)


def _number(position: int) -> Number:
    return Number(f"R{position:08}")


def _plainly(said: list[set[str]], asked: SearchTerms) -> list[Number]:
    found = [
        _number(position)
        for position, words in enumerate(said)
        if words.issuperset(asked.words) and (not asked.begins or any(word.startswith(asked.begins) for word in words))
    ]
    return found[::-1]


@given(
    st.lists(st.sets(_WORD, max_size=5), max_size=12),
    st.integers(0, 12),
    st.lists(_WORD, max_size=2),
    st.sampled_from(("", "abc", "ab", "c")),
)
def test_the_index_finds_what_a_look_at_each_report_finds(
    said: list[set[str]], sorted_at: int, words: list[str], begins: str
) -> None:
    asked = SearchTerms(tuple(words), begins)
    postings = SearchIndex(window=2)
    for position, each in enumerate(said):
        if position == sorted_at:
            postings.sort()
        postings.add(_number(position), each)
    assert len(postings) == len(said)
    assert postings.words == len(set().union(*said))
    expected = [] if asked == SearchTerms() else _plainly(said, asked)
    assert list(postings.find(asked, 99)) == expected
    assert postings.find(asked, 99)[1:3] == expected[1:3]
    assert list(postings.find(asked, 2)) == expected[:2]


@given(st.lists(st.sets(_WORD, max_size=5), min_size=1, max_size=9), st.data())
def test_after_a_change_it_finds_as_if_that_had_been_said_from_the_start(
    said: list[set[str]], data: st.DataObject
) -> None:
    changed, index = list(said), SearchIndex(window=2)
    for position, each in enumerate(said):
        index.add(_number(position), each)
    index.sort()
    changes = st.dictionaries(st.integers(0, len(said) - 1), st.sets(_WORD, max_size=5), max_size=9)
    for together in data.draw(st.lists(changes, max_size=4)):
        for position, words in together.items():
            changed[position] = words
        index.reword({_number(position): words for position, words in together.items()})
    index.reword({Number("RNOTTHERE"): {"abc"}})
    anew = SearchIndex()
    for position, each in enumerate(changed):
        anew.add(_number(position), each)
    assert index._by_word == anew._by_word  # noqa: SLF001 - a word that nobody says any more stands nowhere
    assert {*index._sorted, *index._later} == {*index._by_word}  # noqa: SLF001 - nor here
    for begins in ("abc", "ab", "c"):
        asked = SearchTerms((), begins)
        assert list(index.find(asked, 99)) == _plainly(changed, asked)
