"""What people name instead of an area leads to it, is written down once, and says how it is known."""

from collections import Counter

import pytest

from core.areas import AREAS, full_name
from core.model import AreaCode
from core.places import find, outside
from core.places.index import NAMES, SITES, key, plain
from core.places.sites import KNOWN, sites
from core.toml_rows import BadRow, rows

ALL = [site for row in rows(SITES, "site") for site in sites(row)]
# What people write, and what it may mean; certain where it is one.
MEANT = (
    ("sampah numpuk blkg rsud tarakan", "Kel. Cideng, Gambir"),
    ("dpn stasiun juanda banyak yg ngetem", "Kel. Kebon Kelapa, Gambir"),
    ("Di sekitar mall of indonesia jalan rusak", "Kel. Kelapa Gading Barat, Kelapa Gading"),
    ("belakang kantor walikota jakbar", "Kel. Kembangan Selatan, Kembangan"),
    ("rs haji pondok gede antri", "Kel. Pinangranti, Makasar"),
    ("jl. kapten tendean macet", "Kec. Mampang Prapatan"),
    ("stasiun cawang", "Kec. Tebet | Kec. Pancoran"),
    ("jl prof dr satrio", "Kec. Setiabudi"),
    ("pulau bidadari", "Kel. Pulau Untung Jawa"),
    # a street lies where it lies, whatever it is named after, and gives way to an area that is said
    ("jl ciputat raya", "Kel. Pondok Pinang, Kebayoran Lama"),
    ("jl pancoran glodok", "Kel. Glodok, Taman Sari"),
    ("sukabumi sel, jl kebayoran lama, ada truk mogok", "Kel. Sukabumi Selatan, Kebon Jeruk"),
    ("jl panjang, pesanggrahan", "Kec. Pesanggrahan"),
    # a street that is an ordinary word is none without jl
    ("antrian panjang sekali", ""),
    ("anak pramuka berkemah", ""),
    ("jalan baru diaspal", ""),
    # an everyday word is a name where somebody lives in it, or where a text begins with it
    ("serdang rw 05 banyak nyamuk", "Kel. Serdang, Kemayoran"),
    ("tanah tinggi gg 12 tawuran", "Kel. Tanah Tinggi, Johar Baru"),
    ("galur dkt pasar, tikus banyak", "Kel. Galur, Johar Baru"),
    ("kenari rw03 gelap", "Kel. Kenari, Senen"),
    ("yang baru rw 5 mana", ""),
    # doubled letters, no vowels, abbreviations, short names behind di
    ("cikinni deket stasiun", "Kel. Cikini, Menteng"),
    ("tebbet gelap", "Kec. Tebet"),
    ("clndak macet", "Kec. Cilandak"),
    ("cempk putih timur", "Kel. Cempaka Putih Timur, Cempaka Putih"),
    ("banjir di ciracs", "Kec. Ciracas"),
    ("kalender kegiatan melawan lupa", ""),
    # what only looks like a name
    ("pasar minggu ini rame", ""),
    ("sirih gambir", ""),
    ("harapan kita semua", ""),
)
OUTSIDE = (
    ("cempaka putih ciputat banjir", "Tangerang Selatan"),
    ("bintaro sektor 9 macet", "Tangerang Selatan"),
    ("pik 2 macet", "Tangerang"),
    ("gading serpong", "Tangerang"),
    ("kota wisata cibubur", "Bogor"),
    ("di tanggerang jalan rusak", "Tangerang"),
    ("bandung macet", "Bandung"),
    ("jl surabaya menteng", ""),
)


@pytest.mark.parametrize(("words", "meant"), MEANT)
def test_a_place_is_found_by_what_stands_there(words: str, meant: str) -> None:
    found = find(words)
    assert " | ".join(full_name(code) for code in found.candidates) == meant
    assert found.certain == (len(found.candidates) == 1)


@pytest.mark.parametrize(("words", "town"), OUTSIDE)
def test_a_place_around_the_city_is_no_place_in_it(words: str, town: str) -> None:
    assert outside(words) == town
    assert not (town and find(words).certain)


def test_no_name_is_written_twice() -> None:
    written = Counter((key(plain(site.name).split()), site.street) for site in ALL)
    assert [name for name, times in written.items() if times > 1] == []


def test_every_name_leads_to_its_areas() -> None:
    for site in ALL:
        assert all(AREAS[AreaCode(code)].kind in {"kecamatan", "kelurahan"} for code in site.codes), site.name
        name = NAMES[key(plain(site.name).split())]
        assert (name.street if site.street else name.place) == site.codes, site.name
        found = find(f"jl {site.name}" if site.street else f"lampu mati, {site.name}")
        assert found.candidates == site.codes, site.name


def test_nobody_is_asked_to_choose_among_more_than_three_sites() -> None:
    assert max(len(site.codes) for site in ALL) <= 3


def test_every_row_says_how_it_is_known() -> None:
    assert {row["known"] for row in rows(SITES, "site")} <= KNOWN
    with pytest.raises(BadRow):
        list(sites({"name": "x", "areas": ["31.71.01"], "known": "hearsay", "market": ["x"]}))
