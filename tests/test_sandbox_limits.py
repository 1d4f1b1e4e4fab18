"""Limits reach the child, a place comes back from it, and neither is believed without a look."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sandbox import Sandbox
from app.sandbox.child_messages import CLEAN, REFUSED, Answer, Garbage, believed, told
from core.errors import Refused
from core.messages import Point
from core.scrub import REFUSALS, Clean, Limits, scrub
from tests.hostile.files import picture
from tests.hostile.pdf_files import pages, paper

TIGHT = Limits(file_bytes=100_000, pages=2, pixels=3_000, text_bytes=10)


@pytest.fixture(scope="module")
def tight() -> Iterator[Sandbox]:
    made = Sandbox(limits=TIGHT)
    made.start()
    yield made
    made.stop()


@pytest.mark.parametrize(
    ("data", "phrase"),
    [
        (bytes(100_001), "file_too_large"),
        (picture(), "file_too_large"),
        (b"halo, jalan rusak", "file_too_large"),
        (pages(3), "file_pages"),
    ],
)
def test_limits_of_the_settings_hold_in_the_child(tight: Sandbox, data: bytes, phrase: str) -> None:
    with pytest.raises(Refused) as caught:
        tight.scrub_now(data)
    assert caught.value.phrase == phrase


def test_what_is_within_the_limits_is_taken_behind_the_walls(tight: Sandbox) -> None:
    assert tight.scrub_now(pages(2)) == scrub(pages(2))
    assert tight.scrub_now(paper()) == scrub(paper())
    assert tight.scrub_now(b"halo").data == b"halo\n"


def test_a_result_over_the_limit_of_the_parent_is_not_believed() -> None:
    clean = scrub(picture())
    with pytest.raises(Garbage):
        believed(told(clean), Limits(clean_bytes=10))


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_place_comes_back_as_it_was(latitude: float, longitude: float) -> None:
    clean = Clean(b"halo\n", "text/plain", ".txt", ("gps",), Point(latitude, longitude))
    assert believed(told(clean)) == clean


@pytest.mark.parametrize("place", ["@", "@1", "@1,2,3", "@nan,1", "@91,1", "@1,181", "@1,inf", "@1,2 @1,2", "@a,b"])
def test_a_place_that_is_none_is_not_believed(place: str) -> None:
    with pytest.raises(Garbage):
        believed(Answer(CLEAN, f"text/plain {place}".encode(), b"halo\n"))


@pytest.mark.parametrize("phrase", REFUSALS)
def test_every_refusal_comes_through(phrase: str) -> None:
    with pytest.raises(Refused) as caught:
        believed(Answer(REFUSED, phrase.encode()))
    assert caught.value.phrase == phrase
