"""The city's own numbers and addresses, as the setting names them."""

from typing import TYPE_CHECKING

from app.public import DEFAULT, named

if TYPE_CHECKING:
    from core.messages import Problem


def test_what_is_named_by_itself_is_sound() -> None:
    notes: list[Problem] = []
    assert "112" in named(DEFAULT, notes)
    assert "crm.jakarta.go.id" in named(DEFAULT, notes)
    assert notes == []


def test_entries_are_numbers_and_addresses_and_nothing_is_nothing() -> None:
    notes: list[Problem] = []
    assert named(" 112 ,, +62 21 1500, lapor@jakarta.go.id, https://jakarta.go.id/lapor ", notes) == (
        "112",
        "+62 21 1500",
        "lapor@jakarta.go.id",
        "https://jakarta.go.id/lapor",
    )
    assert named("", notes) == ()
    assert notes == []


def test_what_is_neither_is_told_and_left_out() -> None:
    notes: list[Problem] = []
    assert named("112,siapa saja,*", notes) == ("112",)
    assert [each.setting for each in notes] == ["STAFF_MAY_NAME"]
