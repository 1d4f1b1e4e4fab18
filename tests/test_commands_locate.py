"""`resi locate`: a line out for each line in, whatever it is; the area that holds a point first."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.commands.locate import read_point
from core.areas import area
from core.messages import Point
from tests.fakes.drawn_city import EAST, NORTH, WEST, boundaries_file
from tests.fakes.shell import Ran, Shell

NOWHERE = {"areas": [], "outside": True}


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path, {"BOUNDARIES": str(boundaries_file(tmp_path))})


def rows(ran: Ran) -> list[dict[str, object]]:
    return [json.loads(line) for line in ran.lines]


def test_the_area_that_holds_a_point_comes_first_then_those_near(shell: Shell) -> None:
    ran = shell.resi("locate", "--json", said="-6.2050,106.8030\n-6.2002,106.8097\n")
    assert ran.code == 0
    named = [{"area": code, "name": area(code).name} for code in (WEST, NORTH, EAST)]
    assert rows(ran) == [{"areas": named[:1], "outside": False}, {"areas": named, "outside": False}]


def test_outside_of_the_city_there_is_none_however_near(shell: Shell) -> None:
    assert rows(shell.resi("locate", "--json", said="-6.2050,106.7997\n-5.9,106.7\n")) == [NOWHERE, NOWHERE]


@pytest.mark.parametrize(
    "line",
    ["", ",", "-6.2", "x,y", "nan,nan", "inf,106.8", "1e309,1", "-6,2,106,8", "-6.2;106.8", "1_0,1_0", "٦,٦", "90,0"],
)
def test_an_odd_line_is_answered_in_its_place(line: str, shell: Shell) -> None:
    ran = shell.resi("locate", "--json", said=f"{line}\n-6.2050,106.8030\n")
    first, second = rows(ran)
    assert first == NOWHERE
    assert not second["outside"]
    assert (ran.code, ran.shows_a_trace) == (0, False)


def test_what_is_no_point_and_what_is_swapped_is_told_beside(shell: Shell) -> None:
    ran = shell.resi("locate", "--json", said="-6.2050,106.8030\nhalo\n106.8030,-6.2050\n")
    assert len(ran.lines) == 3
    assert "line 2: no point is written there" in ran.err
    assert "line 3: latitude comes first" in ran.err
    assert "halo" not in ran.err


def test_marks_breaks_and_spaces_of_other_systems_are_passed_over(shell: Shell) -> None:
    ran = shell.resi("locate", "--json", said="\ufeff-6.2050,106.8030\r\n -6.2050 ,\t106.8030")
    assert [row["outside"] for row in rows(ran)] == [False, False]


def test_without_json_a_line_is_read_by_people(shell: Shell) -> None:
    ran = shell.resi("locate", said="-6.2050,106.8097\n0,0\n")
    assert ran.lines == [f"Kel. {area(WEST).name}, Tebet; Kel. {area(EAST).name}, Tebet", "-"]


def test_without_outlines_or_with_broken_ones_a_sentence_says_so(tmp_path: Path) -> None:
    ran = Shell(tmp_path).resi("locate", "--json", said="0,0\n")
    assert (ran.code, ran.out, ran.shows_a_trace) == (1, "", False)
    assert "RESI_BOUNDARIES is not set" in ran.err
    broken = tmp_path / "broken.geojson"
    broken.write_text("{", encoding="utf-8")
    ran = Shell(tmp_path, {"BOUNDARIES": str(broken)}).resi("locate", "--json", said="0,0\n")
    assert (ran.code, ran.out, ran.shows_a_trace) == (1, "", False)
    assert "RESI_BOUNDARIES is no JSON" in ran.err


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_two_numbers_are_read_as_they_are_written(latitude: float, longitude: float) -> None:
    assert read_point(f"{latitude!r},{longitude!r}") == Point(latitude, longitude)


@given(st.text(max_size=300))
def test_any_other_line_is_no_point_or_two_numbers(line: str) -> None:
    found = read_point(line)
    assert found is None or "," in line
