"""Charts: with a name and a description, without a style, and harmless whatever a label says."""

from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from web import charts

EVIL = '</svg><script>alert("1")</script>&'


def test_a_chart_has_a_name_a_description_and_no_style() -> None:
    made = charts.bars(EVIL, "told", ((EVIL, 7), ("b", 7), ("b", 5)))
    root = ET.fromstring(made)  # noqa: S314 - our own
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
    root = ET.fromstring(charts.over_time("a", "b", periods, (("x", tuple(counts)), ("y", tuple(counts[::-1])))))  # noqa: S314 - our own
    assert root.get("viewBox") == "0 0 700 280"
    assert all("nan" not in value.lower() for each in root.iter() for value in each.attrib.values())
