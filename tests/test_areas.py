"""Areas of the city and their offices."""

import re
from collections import Counter

import pytest

from core.areas import AREAS, area, children, full_name, office, office_name
from core.model import AgencyId, AreaCode

GSM7 = re.compile(r"[A-Za-z0-9 ,.\-]+")


def test_the_city_has_six_parts_44_kecamatan_and_267_kelurahan() -> None:
    kinds = Counter(each.kind for each in AREAS.values())
    assert kinds == {"kota": 5, "kabupaten": 1, "kecamatan": 44, "kelurahan": 267}


def test_every_area_lies_in_its_parent_and_its_city() -> None:
    for each in AREAS.values():
        if each.parent is None:
            assert each in children(None)
        else:
            assert each in children(each.parent)
            assert each.code.startswith(f"{each.parent}.")
            assert each.city == area(each.parent).city
    assert len(children(None)) == 6
    assert children(AreaCode("31.74.07.1001")) == ()


def test_every_kelurahan_has_a_postal_code() -> None:
    for each in AREAS.values():
        assert bool(re.fullmatch(r"\d{5}", each.postal)) == (each.kind == "kelurahan")


def test_names_for_people_are_short_and_fit_an_sms() -> None:
    for code in AREAS:
        assert len(full_name(code)) <= 40
        assert GSM7.fullmatch(full_name(code))
    assert full_name(AreaCode("31.74.07.1001")) == "Kel. Melawai, Kebayoran Baru"
    assert full_name(AreaCode("31.71.01")) == "Kec. Gambir"
    assert full_name(AreaCode("31.74")) == "Jakarta Selatan"
    assert len({full_name(code) for code in AREAS}) == len(AREAS)


def test_every_area_has_an_office_with_a_name_in_both_languages() -> None:
    assert office(AreaCode("31.74.07.1001")) == "kel:31.74.07.1001"
    assert office(AreaCode("31.74.07")) == "kec:31.74.07"
    assert office(AreaCode("31.74")) == "kota:jaksel"
    assert office_name(AgencyId("kel:31.74.07.1001"), "id") == "Kelurahan Melawai"
    assert office_name(AgencyId("kec:31.74.07"), "en") == "Kecamatan Kebayoran Baru"
    assert office_name(AgencyId("kota:jaksel"), "id") == "Kantor Wali Kota Jakarta Selatan"
    assert office_name(AgencyId("kota:kepser"), "en") == "Kepulauan Seribu regent's office"
    for code in AREAS:
        assert office_name(office(code), "id")


@pytest.mark.parametrize("unknown", ["dinas_sda", "kel:31.74.07", "kec:31.74.07.1001", "kota:bekasi", "kel:", ""])
def test_an_id_that_is_no_office_is_a_key_error(unknown: str) -> None:
    with pytest.raises(KeyError):
        office_name(AgencyId(unknown), "id")


def test_an_unknown_code_is_a_key_error() -> None:
    for ask in (area, children, office, full_name):
        with pytest.raises(KeyError):
            ask(AreaCode("99.99"))
