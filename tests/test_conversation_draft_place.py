"""What words and point of a draft say of its place."""

import pytest

from core.conversation.draft_place import at, may_be, placed, pointed, roughly
from core.messages import Point
from core.model import NOWHERE, Draft, Place

HERE = Point(-6.1754, 106.8272)
GAMBIR = "31.71.01.1001"


def test_a_place_that_the_words_name_for_certain_is_taken_with_the_point_that_was_sent() -> None:
    draft = placed(Draft("lampu jalan mati di kelurahan gambir", sent=HERE))
    assert draft.place == at(GAMBIR, Place(point=HERE))  # type: ignore[arg-type]  # a code of the table


def test_a_place_that_was_told_stays() -> None:
    told = Place(words="depan warung")
    assert placed(Draft("lampu jalan mati di kelurahan gambir", place=told)).place is told


@pytest.mark.parametrize(
    ("draft", "point"),
    [
        (Draft("lampu mati"), None),
        (Draft("lampu mati -6.1754, 106.8272"), HERE),
        (Draft("lampu mati -6.2, 106.8", sent=HERE), HERE),
    ],
)
def test_the_point_is_the_one_that_was_sent_or_else_the_one_in_the_words(draft: Draft, point: Point | None) -> None:
    assert pointed(draft).point == point


def test_a_name_in_the_words_says_more_than_what_lies_near() -> None:
    draft = Draft("", place=Place(point=HERE))
    assert GAMBIR in may_be(draft)
    assert may_be(draft, "di tebet")[0].startswith("31.74.01")
    assert may_be(Draft("")) == ()
    assert may_be(Draft("", place=Place(point=Point(0.0, 0.0)))) == ()


def test_where_nothing_is_asked_back_only_what_all_readings_share_is_taken() -> None:
    assert roughly("saya warga tebet").area == "31.74.01"
    assert roughly("di tebet dan gambir") == NOWHERE
