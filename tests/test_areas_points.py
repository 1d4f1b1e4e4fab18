"""Points are read from words, as text."""

from time import thread_time

import pytest

from core.areas import point_in

MONAS = (-6.1754, 106.8272)
WRITTEN = (
    "-6.1754, 106.8272",
    "lampu mati di -6,1754 106,8272 tolong",
    "6.1754 LS 106.8272 BT",
    "lat: -6.1754, longitude: 106.8272",
    "106.8272,-6.1754",
    "geo:-6.1754,106.8272?z=17",
    "https://maps.google.com/?q=-6.1754%2C106.8272",
    "https://www.google.com/maps/@-6.1754,106.8272,17z",
    "https://www.google.com/maps/place/Monas/data=!3d-6.1754!4d106.8272",
    "https://www.openstreetmap.org/?mlat=-6.1754&mlon=106.8272",
    "6°10'31.4\"S 106°49'37.9\"E",
    "6\u00b010\u203231.4\u2033 LS, 106\u00b049\u203237.9\u2033 BT",
)
NONE = (
    "",
    "https://maps.app.goo.gl/AbCdEf123",
    "-7.2575, 112.7521",
    "40.7128, -74.0060",
    "Rp 6.500.000 untuk 106 orang",
    "5.500 warga, 106.000 rupiah",
    "-6.1754",
    "ABCD+23",
    "NIK 3171061234560001",
)


@pytest.mark.parametrize("words", WRITTEN)
def test_a_point_is_read_however_it_is_written(words: str) -> None:
    found = point_in(words)
    assert found is not None
    assert (found.latitude, found.longitude) == pytest.approx(MONAS, abs=0.0001)


@pytest.mark.parametrize("words", NONE)
def test_no_point_is_made_up(words: str) -> None:
    assert point_in(words) is None


@pytest.mark.parametrize("words", ["6P58RRFG+4V", "jalan rusak RRFG+4V Gambir", "RRFG+4VX"])
def test_a_plus_code_is_a_point_also_without_its_first_letters(words: str) -> None:
    found = point_in(words)
    assert found is not None
    assert (found.latitude, found.longitude) == pytest.approx((-6.1772, 106.8272), abs=0.0002)


def test_a_short_code_is_the_nearest_place_that_it_fits() -> None:
    found = point_in("VRR2+22")  # -6.21 and -5.21 both fit; the city lies at the first
    assert found is not None
    assert found.latitude == pytest.approx(-6.16, abs=0.2)


def test_a_hundred_thousand_characters_are_read_in_no_time() -> None:
    start = thread_time()
    for piece in ("6.123 ", "106.123 ", "6\u00b0", "RRFG+", "6.123,106", "1"):
        point_in(piece * (100_000 // len(piece)))
    assert thread_time() - start < 1.0
