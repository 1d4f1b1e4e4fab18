"""Charts: with a name and a description, without a style, and harmless whatever a label says."""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from web import charts

EVIL = '</svg><script>alert("1")</script>&'


def drawn(made: str) -> Sequence[ET.Element]:
    """For a page, and for a phone."""
    return [*ET.fromstring(f"<figure>{made}</figure>")]  # noqa: S314 - our own


def test_a_chart_has_a_name_a_description_and_no_style() -> None:
    made = charts.bars(EVIL, "told", (EVIL, "b", "b"), (("x", (7, 7, 5)),))
    root, small = drawn(made)
    assert small.get("viewBox") == "0 0 380 192"
    assert [each.tag.rpartition("}")[2] for each in root][:2] == ["title", "desc"]
    assert root[0].text == EVIL
    assert root.get("role") == "img"
    assert "<script" not in made
    assert "style" not in made
    assert len([each for each in root.iter() if each.get("fill") == charts.COLOURS[0]]) == 3, "two of one name are two"


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=13))
def test_any_counts_can_be_drawn(counts: list[int]) -> None:
    periods = tuple(f"2026-{at:02}" for at in range(len(counts)))
    root, _ = drawn(charts.over_time("a", "b", periods, (("x", tuple(counts)), ("y", tuple(counts[::-1])))))
    assert root.get("viewBox") == "0 0 700 280"
    assert all("nan" not in value.lower() for each in root.iter() for value in each.attrib.values())


def test_a_second_count_is_a_bar_below_the_first() -> None:
    for root in drawn(charts.bars("a", "b", ("x",), (("got", (10,)), ("done", (5,))))):
        first, second = (
            next(each for each in root.iter() if each.get("fill") == colour and each.get("width") != "10")
            for colour in charts.COLOURS
        )
        assert float(second.attrib["width"]) == pytest.approx(float(first.attrib["width"]) / 2)
        assert float(second.attrib["y"]) >= float(first.attrib["y"]) + float(first.attrib["height"]) - 0.1


def test_the_last_period_ends_the_line_and_no_room_is_left_for_what_is_to_come() -> None:
    periods = tuple(str(at) for at in range(13))
    root, _ = drawn(charts.over_time("a", "b", periods, (("x", (1,) * 13), ("y", (0,) * 13))))
    ticks = next(each for each in root.iter() if each.get("class") == "axis bottom")
    places = {each[1].text: float(each[0].attrib["x1"]) for each in ticks}
    widest = max(float(each.get("x2", 0)) for each in root.iter())
    assert places["12"] == pytest.approx(widest)
