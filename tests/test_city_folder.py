"""The folder of a city: chosen before anything is read, and never changed behind what was read of it."""

from pathlib import Path

import pytest

from core import areas, city
from core.city.folder import DEFAULT


def test_the_city_that_comes_with_us_lies_beside_the_code() -> None:
    assert {"areas.toml", "categories.toml", "agencies.toml"} <= {each.name for each in DEFAULT.iterdir()}


def test_once_a_city_is_read_no_other_is_served(tmp_path: Path) -> None:
    assert areas.AREAS
    with pytest.raises(RuntimeError):
        city.serve(tmp_path)
    city.serve(city.folder())


def test_a_file_is_read_whole() -> None:
    assert city.read("tiles.toml").keys() == {"row"}
