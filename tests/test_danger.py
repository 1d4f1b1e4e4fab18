"""The weights of danger are made from the lines that are here, read any words and find what no rule names."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final
from zlib import compress, decompress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import urgent_figures
from benchmarks.urgent import make, train
from core.linear import opened
from core.suggest import danger
from core.suggest.urgent import is_urgent, signs_of

HELD: Final = Path(__file__).parents[1] / "core" / "suggest" / danger.WEIGHTS


def test_the_weights_are_made_from_the_lines_and_words_that_are_here() -> None:
    assert decompress(HELD.read_bytes())[danger.ROWS + 2 :] == train.inputs_hash(), "python benchmarks/urgent/train.py"
    assert HELD.stat().st_size < 110_000


def test_training_twice_gives_the_same_weights() -> None:
    few = train.table(make.written()[:200])
    assert train.packed(*train.fit(few)) == train.packed(*train.fit(few))


def test_the_lines_by_hand_are_many_and_none_is_of_the_half_that_stays_unread() -> None:
    lines = make.written()
    told = {line.text.casefold() for line in lines}
    assert sum(line.urgent for line in lines) >= 1_000
    assert sum(not line.urgent for line in lines) >= 1_500
    unseen = [line for line in urgent_figures.lines() if line.half in urgent_figures.UNSEEN]
    assert told.isdisjoint(line.text.casefold() for line in unseen)


def test_no_line_by_hand_is_near_one_that_stays_unread() -> None:
    sets = {line.text for line in urgent_figures.lines()}
    unread = {_words(line.text) for line in urgent_figures.lines() if line.half in urgent_figures.UNSEEN}
    having = defaultdict(list)  # by a word, the lines that have it
    for line in unread:
        for word in line:
            having[word].append(line)
    learned = [_words(line.text) for line in make.own() if line.text not in sets]
    assert not [line for line in learned if len(line) > 1 and _near_one(line, having)]


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", text.casefold()))


def _near_one(line: frozenset[str], having: Mapping[str, Sequence[frozenset[str]]]) -> bool:
    """Three words in five are the same."""
    shared = Counter(other for word in line for other in having.get(word, ()))
    return any(number * 5 >= max(len(line), len(other)) * 3 for other, number in shared.items())


def test_a_file_that_is_not_made_for_this_code_is_no_weights() -> None:
    with pytest.raises(ValueError, match=danger.WEIGHTS):
        opened(compress(b"short"), danger.ROWS, danger.WEIGHTS)
    assert len(opened(HELD.read_bytes(), danger.ROWS, danger.WEIGHTS).weights) == danger.ROWS


def test_nothing_said_is_no_danger() -> None:
    assert not is_urgent("")
    assert not is_urgent("?!")


def test_kin_of_one_word_share_a_root() -> None:
    roots = [danger.signs([danger.sound(word)], (), ())[-1] for word in ("kegencet", "digencet", "tergencet")]
    assert roots[0] == roots[1] == roots[2]
    assert roots[0] != danger.signs([danger.sound("kejepit")], (), ())[-1]


def test_words_weigh_the_same_however_often_they_are_said() -> None:
    assert danger.logit(signs_of("tolong " * 30)) == danger.logit(signs_of("tolong " * 300))


@given(st.lists(st.text(max_size=30), max_size=30))
def test_any_words_are_weighed(said: list[str]) -> None:
    assert -1_000 < danger.logit(danger.signs(list(map(danger.sound, said)), said, said)) < 1_000
