"""The kelurahan around a point are offered, nearest first; outside of the city none is."""

import pytest

from core.areas import AREAS, area, nearest
from core.messages import Point

# Known places, their points and kelurahan from general knowledge.
PLACES = {
    "Monas": (-6.1754, 106.8272, "Gambir"),
    "Stasiun Manggarai": (-6.2099, 106.8502, "Manggarai"),
    "Bundaran HI": (-6.1950, 106.8230, "Menteng"),
    "Taman Ismail Marzuki": (-6.1893, 106.8388, "Cikini"),
    "Stasiun Tebet": (-6.2261, 106.8583, "Tebet Timur"),
    "Gelora Bung Karno": (-6.2186, 106.8018, "Gelora"),
    "Blok M": (-6.2444, 106.7985, "Melawai"),
    "Kota Tua": (-6.1352, 106.8133, "Pinangsia"),
    "Ancol": (-6.1250, 106.8333, "Ancol"),
    "Taman Mini": (-6.3024, 106.8951, "Ceger"),
    "Kelapa Gading": (-6.1577, 106.9087, "Kelapa Gading Timur"),
    "Pondok Indah": (-6.2655, 106.7840, "Pondok Pinang"),
    "Stasiun Pasar Minggu": (-6.2843, 106.8446, "Pasar Minggu"),
    "Kebun Binatang Ragunan": (-6.3125, 106.8202, "Ragunan"),
    "Pasar Senen": (-6.1763, 106.8409, "Senen"),
    "Pulau Pramuka": (-5.7456, 106.6135, "Pulau Panggang"),
}


def test_the_right_one_is_mostly_among_those_around_a_known_place() -> None:
    missed = {
        place
        for place, (latitude, longitude, name) in PLACES.items()
        if name not in [area(code).name for code in nearest(Point(latitude, longitude))]
    }
    # Large ones reach farther than to the middle between two centres: the citizen names them.
    assert missed <= {"Bundaran HI", "Pondok Indah"}


@pytest.mark.parametrize("code", [each.code for each in AREAS.values() if each.kind == "kelurahan"])
def test_at_its_own_centre_each_is_the_first(code: str) -> None:
    centre = AREAS[code].centre  # type: ignore[index]  # codes of the table
    assert centre is not None
    assert nearest(centre)[0] == code


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(-6.5971, 106.8060), (-6.9147, 107.6098), (0.0, 0.0), (-5.9, 107.5)]
)
def test_outside_of_the_city_nothing_is_near(latitude: float, longitude: float) -> None:
    assert nearest(Point(latitude, longitude)) == ()


def test_never_more_than_three_are_offered_and_all_are_kelurahan() -> None:
    found = nearest(Point(-6.2, 106.82))
    assert len(found) == 3
    assert all(area(code).kind == "kelurahan" for code in found)
