"""What is written as TOML is read again as it was."""

import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.city_pack.toml_text import quoted, rows_of, value_of

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
_PLAIN = _TEXTS | st.booleans() | st.integers(-(2**60), 2**60) | st.dates(date(1900, 1, 1))
_VALUES = (
    _PLAIN | st.lists(_TEXTS, max_size=8) | st.dictionaries(_TEXTS, _PLAIN | st.lists(_TEXTS, max_size=8), max_size=4)
)


@given(st.lists(st.dictionaries(_TEXTS, _VALUES, max_size=6), min_size=1, max_size=4))
def test_rows_survive(rows: list[dict[str, object]]) -> None:
    whole = [{name: each for name, each in row.items() if each != {}} for row in rows]
    assert tomllib.loads(rows_of("row", whole))["row"] == whole


def test_signs_that_end_a_text_end_none() -> None:
    for text in ('"', "\\", "\n", "\r\n", "\x00", "\x7f", "\u2028", "'''", "é中"):
        assert tomllib.loads(f"a = {quoted(text)}")["a"] == text


def test_what_toml_does_not_know_is_refused() -> None:
    with pytest.raises(TypeError):
        value_of(None)
