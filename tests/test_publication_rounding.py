"""Counts that move in steps: what each page and each pair of pages gives away, tried out in full for small ones."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.publication.rounding import stepped

_COUNTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40), min_size=1)


@given(st.lists(_COUNTS, min_size=1, max_size=8), st.integers(1, 6))
def test_no_count_is_small_and_none_moves_a_little(days: list[dict[str, int]], least: int) -> None:
    cells = {cell for day in days for cell in day}
    shown: dict[str, int] = {}
    for day in days:
        now = {cell: day.get(cell, 0) for cell in cells}
        after = stepped(shown, now, least)
        assert set(after) == cells
        for cell in cells:
            assert after[cell] == 0 or after[cell] >= least
            assert after[cell] == shown.get(cell, 0) or abs(after[cell] - shown.get(cell, 0)) >= least
        shown = after


@given(_COUNTS)
def test_where_each_may_stand_alone_all_is_shown_as_it_is(now: dict[str, int]) -> None:
    assert stepped({}, now, 1) == now


def test_a_day_on_which_all_wait_is_shown_and_so_is_the_next_on_which_many_are_solved() -> None:
    first = stepped({}, {"waits": 508, "works": 0, "solved": 0, "refused": 0}, 5)
    assert first == {"waits": 508, "works": 0, "solved": 0, "refused": 0}
    then = stepped(first, {"waits": 601, "works": 94, "solved": 300, "refused": 2, "taken back": 1}, 5)
    assert then == {"waits": 601, "works": 94, "solved": 300, "refused": 0, "taken back": 0}


def test_one_that_alone_would_be_missing_keeps_the_others_back() -> None:
    assert stepped({}, {"a": 20, "b": 3}, 5) == {"a": 0, "b": 0}, "who knows that all are 23 would know that b is 3"


def _vectors(cells: int, values: list[int]) -> Iterator[tuple[int, ...]]:
    return product(values, repeat=cells)


@pytest.mark.parametrize(("cells", "least", "most"), [(2, 2, 7), (2, 3, 10), (3, 2, 6)])
def test_whoever_knows_the_rule_the_last_page_this_one_and_the_sum_can_tell_no_small_count(
    cells: int, least: int, most: int
) -> None:
    """Every truth that fits what they see is looked at: each cell could lack more than one number, or lacks none."""
    for before in _vectors(cells, [0, *range(least, most - least)]):
        seen: dict[tuple[tuple[int, ...], int], list[tuple[int, ...]]] = defaultdict(list)
        for now in _vectors(cells, list(range(most + 1))):
            after = tuple(stepped(dict(enumerate(before)), dict(enumerate(now)), least).values())
            if after != before:  # a page on which nothing moved is the one that was there
                seen[after, sum(now)].append(now)
        for (after, _), truths in seen.items():
            if any(max(truth) > most - least for truth in truths):
                continue  # others that would fit lie beyond what was tried
            for cell in range(cells):
                lacking = {truth[cell] - after[cell] for truth in truths}
                assert lacking == {0} or len(lacking) > 1, (before, after, truths)
