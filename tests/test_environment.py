"""Texts out of the environment and a file: whose word counts, and what is no text."""

from pathlib import Path

import pytest

from app.environment import texts

PREFIX = "BUDI_"
DEFAULTS = (("NAME", "nobody"), ("PLACE", ""), ("NUMBERS", "[1]"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def test_what_nobody_says_is_as_it_was_meant(file: Path) -> None:
    assert texts(PREFIX, DEFAULTS, file) == dict(DEFAULTS)


def test_the_environment_beats_the_file_and_an_empty_text_is_a_text(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("BUDI_NAME=file\nBUDI_PLACE=' here '\nBUDI_NUMBERS=[2, 3]\nPLACE=there\n", encoding="utf-8")
    monkeypatch.setenv("BUDI_NAME", "")
    assert texts(PREFIX, DEFAULTS, file) == {"NAME": "", "PLACE": "here", "NUMBERS": "[2, 3]"}


def test_another_spelling_is_another_name_and_a_name_alone_says_nothing(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("budi_place=there\nBUDI_NAME\n", encoding="utf-8")
    monkeypatch.setenv("Budi_Numbers", "4")
    assert texts(PREFIX, DEFAULTS, file) == dict(DEFAULTS)


def test_a_file_that_is_no_text_is_told_of(file: Path) -> None:
    file.write_bytes(b"BUDI_NAME=\xff\n")
    with pytest.raises(UnicodeDecodeError):
        texts(PREFIX, DEFAULTS, file)
