"""Rows of data files: what they say is read by its type, and a slip of the pen is named by row and field."""

import pytest

from core.toml_rows import BadRow, Row, by_language, checked, flag, number, one_of, rows, table, text, texts

BAD: Row = {"id": "x", "words": [1], "mark": "yes", "rows": ["no table"], "table": 3, "count": 0, "sure": True}


def test_a_slip_in_a_data_file_is_found_when_it_is_read() -> None:
    for field, read in (
        ("missing", lambda: text(BAD, "missing")),
        ("words", lambda: texts(BAD, "words")),
        ("id", lambda: one_of(BAD, "id", ("y", "z"))),
        ("mark", lambda: flag(BAD, "mark", default=False)),
        ("rows", lambda: rows(BAD, "rows")),
        ("table", lambda: table(BAD, "table")),
        ("count", lambda: number(BAD, "count", 1)),
        ("sure", lambda: number(BAD, "sure", 1)),
        ("words", lambda: checked(BAD, frozenset({"id"}))),
    ):
        with pytest.raises(BadRow, match=f"^x: {field}$"):
            read()


def test_a_row_goes_by_its_id_or_else_by_its_name() -> None:
    for row, named in (({"id": "pju", "name": "Lampu"}, "pju"), ({"name": "Cikini"}, "Cikini"), ({}, "?")):
        with pytest.raises(BadRow, match=f"^{named.replace('?', '[?]')}: code$"):
            text(row, "code")


def test_what_is_left_out_is_empty_or_as_its_default_says() -> None:
    assert (text({}, "code", "-"), texts({}, "words"), flag({}, "mark", default=True)) == ("-", (), True)
    assert (number({}, "count", 3), dict(table({}, "labels"))) == (3, {})


def test_a_text_for_each_language_is_read() -> None:
    assert by_language({"labels": {"id": "Lampu", "en": "Light"}}, "labels") == {"id": "Lampu", "en": "Light"}
