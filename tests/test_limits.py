"""Limits pass through a command line unchanged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.limits import Limits


@given(st.builds(Limits, *[st.integers(0, 1 << 40)] * 6))
def test_limits_are_heard_as_they_were_told(limits: Limits) -> None:
    assert Limits.heard(limits.told()) == limits


@pytest.mark.parametrize("word", ["", "1", "a,b", Limits().told() + ",1"])
def test_limits_that_are_none_are_not_heard(word: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Limits.heard(word)
