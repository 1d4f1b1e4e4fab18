"""Names of a map lead to areas: those nearest to what else is said are offered, and no name decides alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.areas import FoundAreas, on_map
from core.model import AreaCode
from core.places import find
from core.places.known_names import led_to
from core.ports import CityMap
from tests.fakes.drawn_city import EAST, ISLAND, NORTH, WEST, FakeGazetteer, mapped
from tests.fakes.town import Town

MAP = CityMap(gazetteer=FakeGazetteer())


def read(text: str) -> FoundAreas:
    with on_map(MAP):
        return find(text)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("lampu mati di jl cendana raya", (EAST,)),
        ("lampu mati di jln. Cendana Raya, sudah lama", (EAST,)),
        ("lampu mati di gang cemdana raya nomor 3", (EAST,)),  # a slip of the finger is forgiven
        ("bau sekali di pasar mawar indah", (NORTH,)),
        ("bau sekali di psr mawar indah", (NORTH,)),
        ("pagar sdn rawa kelinci 3 roboh", (EAST,)),
        ("atap masjid al muttaqin barokah bocor", (WEST,)),
        ("sampah di depan al muttaqin barokah", (WEST,)),
        ("sampah al muttaqin barokah", ()),  # nothing announces it
        ("cendana raya gelap", ()),  # nor that it is a street
        ("the light on Old Mill Street is out", (EAST,)),  # its name ends with the word for one
        ("the light is out. Old Mill Street", (EAST,)),
        ("it is old. Mill Street is dark", ()),  # that is another
        ("lampu mati di jl cendana", ()),
        ("di jl kertapati gelap", ()),  # it says too little
        ("di jl angsana 1 gelap", (WEST, NORTH, ISLAND)),
        ("di jl angsana i gelap", (WEST, NORTH, ISLAND)),
        ("di jl angsana 2 gelap", ()),
    ],
)
def test_a_name_leads_to_its_areas_and_none_decides(text: str, codes: tuple[AreaCode, ...]) -> None:
    found = read(text)
    assert set(found.candidates) == set(codes)
    assert not found.certain
    assert found.by_name is bool(codes)
    assert find(text) == FoundAreas()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("jl angsana 1 dekat pasar mawar indah", NORTH),
        ("jl angsana 1 dekat jl cendana raya", NORTH),
        ("jl angsana 1 di kepulauan seribu", ISLAND),
        ("saya warga tebet, lampu di jl angsana 1 mati", WEST),
        ("saya warga tebet, lampu di jl kertapati mati", WEST),
    ],
)
def test_of_several_the_nearest_to_what_else_is_said_comes_first(text: str, first: AreaCode) -> None:
    found = read(text)
    assert found.candidates[0] == first
    assert not found.certain


def test_what_is_certain_stays_so_and_a_town_outside_is_no_place_of_ours() -> None:
    assert read("jl cendana raya kelurahan gambir") == FoundAreas((AreaCode("31.71.01.1001"),), certain=True)
    assert read("lampu di jl cendana raya di bekasi") == FoundAreas()


@pytest.mark.parametrize(
    "text",
    [
        "jl",
        "jl ",
        "pasar",
        "di",
        "jl jl jl jl jl jl jl jl jl cendana raya",
        "jl " * 3000,
        "masjid, al muttaqin barokah",
    ],
)
def test_odd_words_lead_nowhere(text: str) -> None:
    assert read(text).candidates == ()


@given(
    st.text(max_size=200)
    | st.lists(
        st.sampled_from(["jl", "cendana", "raya", "angsana", "1", "iii", "pasar", "mawar", "indah", ",", "di", "tebet"])
    ).map(" ".join)
)
def test_whatever_is_written_no_name_decides(text: str) -> None:
    with on_map(MAP):
        led = led_to(text, FoundAreas(), [])
        assert not led.certain
        assert len(led.candidates) <= 5
        assert find(text).certain == find(text).certain


def test_a_street_alone_is_asked_about_and_files_nowhere_in_one_message() -> None:
    town = mapped(Town())
    budi = town.citizen("telegram")
    budi.writes("lampu jalan mati sudah seminggu di jl cendana raya")
    assert [option.id for option in budi.last.options] == [f"a:{EAST}", "other"]
    budi.presses(budi.last.options[0].label)
    budi.presses("Kirim")
    assert town.reports[0].place.area == EAST
    town = mapped(Town())
    town.citizen("sms").writes("LAPOR lampu jalan mati sudah seminggu di jl cendana raya")
    assert town.reports[0].place.area is None


def test_a_street_through_several_areas_is_asked_about() -> None:
    town = mapped(Town())
    budi = town.citizen("telegram")
    budi.writes("lampu jalan mati sudah seminggu")
    budi.writes("jl angsana 1 dekat pasar mawar indah")
    assert budi.last.options[0].id == f"a:{NORTH}"
