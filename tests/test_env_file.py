"""A file of settings is read, and written anew with other values, and nothing else of it changes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.env_file import said_by, text_of, with_values
from app.errors import CannotStart

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1).map(str.strip)


@given(WORDS.filter(lambda word: bool(word) and "${" not in word and word.splitlines() == [word]))
def test_every_value_of_one_line_comes_back_as_it_was(value: str) -> None:
    assert said_by(with_values("", {"MAIL_RELAY_URL": value})) == {"MAIL_RELAY_URL": value}


def test_comments_other_lines_and_other_names_stay_and_a_value_stands_once() -> None:
    before = "# ours\nRESI_MODE=development\nPATH_OF_ANOTHER=x\nexport RESI_CITY='jakarta'\nRESI_SMS_PROVIDER=kannel\n"
    after = with_values(before, {"MODE": "production"}, frozenset({"SMS_PROVIDER"}))
    assert after == "# ours\nPATH_OF_ANOTHER=x\nexport RESI_CITY='jakarta'\nRESI_MODE=production\n"


@pytest.mark.parametrize("value", ["${HOME}", "a${X:-b}", "two\r\nlines\r"])
def test_what_such_a_file_cannot_say_is_refused_and_not_shown(value: str) -> None:
    with pytest.raises(CannotStart, match="RESI_KANNEL_PASSWORD holds") as refused:
        with_values("", {"KANNEL_PASSWORD": value})
    assert value not in str(refused.value)


def test_a_file_that_is_no_text_is_told_and_none_is_empty(tmp_path: Path) -> None:
    assert text_of(tmp_path / ".env") == ""
    (tmp_path / ".env").write_bytes(b"\xff")
    with pytest.raises(CannotStart, match="not UTF-8"):
        text_of(tmp_path / ".env")
