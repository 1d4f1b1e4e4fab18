"""A list of names may hold anything: each row that is odd is said by its line, and what is no list is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.messages import Point
from core.places import name_key
from core.ports import KnownPlace
from storage.maps import MapUnusable, read_places
from tests.fakes.drawn_city import EAST, IN_EAST, PLACES, WEST, gazetteer_file


def listed(*rows: str, head: str = "name\tkind\tlon\tlat\tareas") -> bytes:
    return "\n".join((head, *rows)).encode()


def test_each_name_has_its_places(tmp_path: object) -> None:
    read = read_places(gazetteer_file(tmp_path).read_bytes())  # type: ignore[arg-type]  # a path
    assert read.notes == ()
    assert read.places["cendanaraya"] == (KnownPlace("street", (EAST,), IN_EAST),)
    assert [place.areas[0] for place in read.places["angsana1"]] == [
        areas[0] for name, _, areas, _ in PLACES if name == "Angsana 1"
    ]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Jalan Hang Tuah IV", "hangtuah4"),
        ("jl. hang tuah 4", "hangtuah4"),
        ("Tebet III", "tebet3"),
        ("Gang H. Naim", "naim"),
        ("Psr. Mawar", "pasarmawar"),
        ("SDN 03", "sdn3"),
        ("Kp. Rawa", "kampungrawa"),
        ("Jalan", "jalan"),
        ("Café Él", "cafeel"),
    ],
)
def test_a_name_is_one_key_however_it_is_written(name: str, key: str) -> None:
    assert name_key(name) == key


@pytest.mark.parametrize(
    "head",
    [
        "NAMA\tJENIS\tLongitude\tLatitude\tKelurahan",
        "kind\tname\tx\ty\tcodes",
        "\ufeffname\tkind\tlong\tlat\tarea\tmore",
    ],
)
def test_columns_are_known_by_their_heads(head: str) -> None:
    row = f"street\tSumur\t106.8\t-6.2\t{WEST}" if head.startswith("kind") else f"Sumur\tstreet\t106.8\t-6.2\t{WEST}\tx"
    assert read_places(listed(row, head=head)).places == {"sumur": (KnownPlace("street", (WEST,), Point(-6.2, 106.8)),)}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "has no column name, kind, areas"),
        (b"\xff", "no UTF-8"),
        (b"name,kind,areas", "has no column"),
        (listed(), "holds no name"),
        (listed("x" * 200_000 + "\tstreet\t\t\t" + WEST), "line 2"),
        (listed("Sumur\tstreet\t\t\t99.99"), "holds no name of a place of ours; line 2: 99.99 is no area of ours"),
    ],
)
def test_what_is_no_list_is_said(data: bytes, said: str) -> None:
    with pytest.raises(MapUnusable, match=said):
        read_places(data)


def test_odd_rows_are_said_by_line_and_the_others_read() -> None:
    read = read_places(
        listed(
            f"Sumur\tstreet\tnan\t-6.2\t{WEST}, {EAST}",
            "Batu\tstreet\t\t\t",
            f"1\tstreet\t\t\t{WEST}",
            "",
            f"Kolam\tstreet\t1e999\t-6.2\t{WEST};31.99.99.1001\r",
            "short",
        )
    )
    assert {key: [place.point for place in places] for key, places in read.places.items()} == {
        "sumur": [None],
        "kolam": [None],
    }
    assert [note.partition(":")[0] for note in read.notes] == ["line 3", "line 4", "line 6", "line 7"]


@given(st.binary(max_size=300))
def test_whatever_the_file_holds_it_is_read_or_refused(data: bytes) -> None:
    for given_data in (data, listed() + b"\n" + data):
        try:
            read_places(given_data)
        except MapUnusable as why:
            assert str(why)  # noqa: PT017 - either may come
