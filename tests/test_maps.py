"""The settings of the operator's map, and what turns are given of it."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.maps import SETTINGS, city_map, credit, decimals, problems, tiles
from core.ports import NO_MAP, AtPoint
from tests.fakes.drawn_city import CREDIT, IN_WEST, WEST, boundaries_file, gazetteer_file
from tests.fakes.drawn_tiles import tiles_file
from tests.fakes.shell import CHECKOUT

UNSET = {each.name: each.default for each in SETTINGS}


def wrong(**values: str) -> list[str]:
    return [each.setting for each in problems(UNSET | values)]


def test_without_a_map_there_is_none_and_no_library_is_loaded() -> None:
    assert city_map(UNSET, Path("nowhere")) == NO_MAP
    program = (
        "import sys; from pathlib import Path; from app.maps import SETTINGS, city_map;"
        "city_map({each.name: each.default for each in SETTINGS}, Path('nowhere')); print('shapely' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=CHECKOUT, capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    assert ran.stdout.strip() == "False"


def test_a_map_is_what_the_file_says(tmp_path: Path) -> None:
    found = city_map(UNSET | {"BOUNDARIES": str(boundaries_file(tmp_path)), "POINT_DECIMALS": "5"}, tmp_path)
    assert found.decimals == 5
    assert found.boundaries is not None
    assert found.boundaries.at(IN_WEST) == AtPoint((WEST,), (), within=True)
    assert found.boundaries.credit() == CREDIT


def test_the_credit_that_is_set_goes_before_the_one_in_the_file(tmp_path: Path) -> None:
    values = UNSET | {"BOUNDARIES": str(boundaries_file(tmp_path)), "MAP_CREDIT": "BIG"}
    assert credit(values, city_map(values, tmp_path)) == "BIG"
    assert credit(values | {"MAP_CREDIT": ""}, city_map(values, tmp_path)) == CREDIT
    assert credit(UNSET, city_map(UNSET, tmp_path)) == ""


@pytest.mark.parametrize("typed", ["2", "7", "-4", "four", "4.0", "٤", "44"])
def test_a_number_of_digits_that_is_none_is_said_and_the_default_taken(typed: str) -> None:
    assert wrong(POINT_DECIMALS=typed) == ["POINT_DECIMALS"]
    assert decimals(UNSET | {"POINT_DECIMALS": typed}) == 4


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert wrong(BOUNDARIES=str(tmp_path / "none.geojson")) == ["BOUNDARIES"]
    assert wrong(BOUNDARIES=str(tmp_path), GAZETTEER=str(tmp_path)) == ["BOUNDARIES", "GAZETTEER"]
    assert wrong(BOUNDARIES=str(boundaries_file(tmp_path))) == []


def test_half_a_map_is_said() -> None:
    assert wrong(BOUNDARIES_CODE="kode") == ["BOUNDARIES_CODE"]
    assert wrong() == []


def test_names_are_a_map_of_their_own(tmp_path: Path) -> None:
    found = city_map(UNSET | {"GAZETTEER": str(gazetteer_file(tmp_path))}, tmp_path)
    assert found.boundaries is None
    assert found.gazetteer is not None
    assert found.gazetteer.named("cendanaraya")


def test_streets_are_a_file_of_their_own_kind_or_none(tmp_path: Path) -> None:
    file, other = tiles_file(tmp_path), boundaries_file(tmp_path)
    assert tiles(UNSET) is None
    assert tiles(UNSET | {"TILES": str(tmp_path / "gone")}) is None
    assert tiles(UNSET | {"TILES": str(file)}) == file
    assert wrong(TILES=str(file)) == []
    assert wrong(TILES=str(other)) == wrong(TILES=str(tmp_path / "gone")) == ["TILES"]
