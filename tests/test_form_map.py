"""The map of the form: a small picture with the point in it, and what a pixel of it means."""

import base64
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from app.form_map import picture, seen_at
from core.messages import Point
from core.ports import NO_MAP, CityMap
from tests.fakes.drawn_city import EAST, IN_EAST, IN_WEST, NORTH, WEST, FakeBoundaries
from web.form_view import HIGH, WIDE, MapPicture

CITY = CityMap(FakeBoundaries())
SPOT = (213, 94, 0)


def dots(drawn: MapPicture | None) -> Image.Image:
    assert drawn is not None
    kind, _, data = drawn.data.partition(",")
    assert kind == "data:image/png;base64"
    return Image.open(BytesIO(base64.b64decode(data))).convert("RGB")


def spots(image: Image.Image) -> list[tuple[int, int]]:
    """Where it has the colour of a point, in pixels of the page."""
    like = np.abs(np.asarray(image).astype(int) - SPOT).max(axis=2) < 30
    return [(int(x) // 2, int(y) // 2) for y, x in np.argwhere(like)]


@pytest.mark.parametrize("about", ["", "31.74", "31.74.01", WEST, "31.01", "nothing"])
def test_every_part_of_the_city_is_a_light_picture_of_one_size(about: str) -> None:
    drawn = picture(CITY, about, None)
    assert dots(drawn).size == (2 * WIDE, 2 * HIGH)
    assert drawn is not None
    assert len(drawn.data) < 20_000
    assert (drawn.name == "") == (about in {"", "nothing"})
    assert spots(dots(drawn)) == []


@pytest.mark.parametrize(
    ("about", "point"), [("31.74.01", IN_WEST), ("31.74.01", IN_EAST), (WEST, IN_WEST), ("", IN_WEST)]
)
def test_a_pixel_means_what_is_seen_there(about: str, point: Point) -> None:
    found = spots(dots(picture(CITY, about, point)))
    assert found
    x, y = (sum(each) // len(found) for each in zip(*found, strict=True))
    back = seen_at(CITY, about, x, y)
    assert back is not None
    assert abs(back.latitude - point.latitude) < 3e-4
    assert abs(back.longitude - point.longitude) < 3e-4


def test_a_point_elsewhere_is_in_no_picture() -> None:
    assert spots(dots(picture(CITY, NORTH, Point(-5.74, 106.61)))) == []


@pytest.mark.parametrize("city", [NO_MAP, CityMap(FakeBoundaries(broken=True))])
def test_where_no_map_can_be_read_there_is_no_picture_and_no_point(city: CityMap) -> None:
    assert picture(city, EAST, IN_EAST) is None
    assert seen_at(city, EAST, 10, 10) is None
