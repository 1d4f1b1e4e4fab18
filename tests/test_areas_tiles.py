"""The map in squares has every kecamatan once, and neighbours stand near each other."""

import pytest

from core.areas import AREAS, TILES, tile_of
from core.model import AreaCode

AT = {tile.area.name: (tile.column, tile.row) for tile in TILES}


def test_every_kecamatan_has_one_square_and_no_two_share_one() -> None:
    assert sorted(tile.area.code for tile in TILES) == sorted(
        code for code, area in AREAS.items() if area.kind == "kecamatan"
    )
    assert len(set(AT.values())) == len(TILES)


@pytest.mark.parametrize(
    ("west", "east"), [("Kembangan", "Cakung"), ("Kalideres", "Cengkareng"), ("Gambir", "Senen"), ("Koja", "Cilincing")]
)
def test_west_is_left(west: str, east: str) -> None:
    assert AT[west][0] < AT[east][0]


@pytest.mark.parametrize(
    ("north", "south"), [("Pademangan", "Jagakarsa"), ("Menteng", "Tebet"), ("Kepulauan Seribu Utara", "Penjaringan")]
)
def test_north_is_above(north: str, south: str) -> None:
    assert AT[north][1] < AT[south][1]


def test_a_kelurahan_lies_in_the_square_of_its_kecamatan_and_a_city_in_none() -> None:
    tile = tile_of(AreaCode("31.74.01.1001"))
    assert tile is not None
    assert tile.area.name == "Tebet"
    assert tile == tile_of(AreaCode("31.74.01"))
    assert [tile_of(code) for code in (AreaCode("31.74"), AreaCode("99.99.99"), None)] == [None, None, None]
