"""Numbers as an operator writes them, and what is none."""

import pytest

from app.whole_numbers import whole


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("07", 7), ("4096", 4096), ("9" * 18, 10**18 - 1)])
def test_digits_are_a_number(text: str, number: int) -> None:
    assert whole(text) == number


@pytest.mark.parametrize("text", ["", " ", "-1", "+1", "1.5", "1e3", "0x10", "1_000", "²", "١٢", "9" * 19, "9" * 5_000])
def test_all_else_is_none(text: str) -> None:
    assert whole(text) is None
