"""Outlines are found under whatever name the file has for codes; what is odd about them is mended, and always said."""

import pytest

from core.areas import AREAS
from core.model import AreaCode
from storage.maps import MapUnusable, read_outlines
from storage.maps.outlines import code_of
from tests.fakes.drawn_city import BOXES, CREDIT, EAST, NORTH, WEST, collection, drawn, feature, ring


def lines(notes: tuple[str, ...]) -> str:
    return "\n".join(each for each in notes if "have no outline" not in each)


def test_each_area_has_its_outline_and_the_credit_is_kept() -> None:
    read = read_outlines(drawn())
    assert set(read.drawn) == set(BOXES)
    assert read.credit == CREDIT
    assert lines(read.notes) == ""


def test_areas_without_an_outline_are_counted() -> None:
    assert f"{267 - len(BOXES)} kelurahan have no outline" in read_outlines(drawn()).notes[-1]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("31.74.01.1001", WEST),
        (" 31.74.01.1001 ", WEST),
        ("3174011001", WEST),
        (3174011001, WEST),
        (3174011001.0, WEST),
        ("31.74.01", "31.74.01"),
        (317401, "31.74.01"),
        ("31.74", "31.74"),
        (True, None),
        (None, None),
        ([], None),
        ("٣١٧٤٠١١٠٠١", None),
        (1e300, None),
        ("3174010001", None),
    ],
)
def test_a_code_is_read_as_registers_write_it(told: object, code: str | None) -> None:
    assert code_of(told) == code


@pytest.mark.parametrize("name", ["code", "KODE_DESA", "kemendagri", "id"])
def test_the_property_with_the_codes_is_found_by_what_stands_in_it(name: str) -> None:
    features = [feature(code, box, name=name) for code, box in BOXES.items()]
    for number, each in enumerate(features):
        each["properties"] |= {"OBJECTID": number, "luas": 3.5, "nama": "x"}  # type: ignore[operator]  # a dictionary
    assert set(read_outlines(collection(*features)).drawn) == set(BOXES)


def test_a_property_that_is_named_goes_before_one_that_is_found() -> None:
    one = feature(WEST, BOXES[WEST])
    one["properties"] |= {"old": EAST}  # type: ignore[operator]  # a dictionary
    assert set(read_outlines(collection(one), "old").drawn) == {EAST}
    with pytest.raises(MapUnusable, match="has no property new"):
        read_outlines(collection(one), "new")


def test_a_file_without_our_codes_says_which_properties_it_has() -> None:
    with pytest.raises(MapUnusable, match="its properties: KODE, nama"):
        read_outlines(collection({"properties": {"KODE": "99.01", "nama": "x"}}))
    with pytest.raises(MapUnusable, match="holds no feature"):
        read_outlines(collection())


def test_codes_that_are_no_area_of_ours_are_said_by_feature() -> None:
    city = collection(feature(WEST, BOXES[WEST]), feature("32.71.01.1001", BOXES[EAST]), feature("?", BOXES[EAST]))
    read = read_outlines(city)
    assert set(read.drawn) == {WEST}
    assert "feature 2: 32.71.01.1001 is no kelurahan or kecamatan of ours; left out" in read.notes
    assert "feature 3: ? is no kelurahan or kecamatan of ours; left out" in read.notes


def test_latitude_before_longitude_is_found_said_and_turned() -> None:
    turned = [feature(code, (south, west, north, east)) for code, (west, south, east, north) in BOXES.items()]
    read = read_outlines(collection(*turned))
    assert read.drawn[WEST].bounds == BOXES[WEST]
    assert "latitude stands before longitude" in read.notes[0]


def test_an_outline_that_lies_elsewhere_is_said_and_kept() -> None:
    read = read_outlines(collection(feature(WEST, (107.6, -6.95, 107.7, -6.9))))
    assert set(read.drawn) == {WEST}
    assert "lies far from where that area is known to be" in lines(read.notes)


def test_an_outline_off_the_earth_is_left_out() -> None:
    read = read_outlines(
        collection(feature(WEST, BOXES[WEST]), feature(EAST, (690_000, 9_310_000, 690_100, 9_310_100)))
    )
    assert set(read.drawn) == {WEST}
    assert "does not lie on the earth" in lines(read.notes)


def test_a_ring_that_crosses_itself_is_mended_and_said() -> None:
    bow = feature(WEST, BOXES[WEST])
    west, south, east, north = BOXES[WEST]
    bow["geometry"] = {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, north], [east, south], [west, north], [west, south]]],
    }
    read = read_outlines(collection(bow))
    assert read.drawn[WEST].is_valid
    assert read.drawn[WEST].area > 0
    assert "crossed itself, and was mended" in lines(read.notes)


@pytest.mark.parametrize(
    "rings",
    [[], [[]], [[[106.8, -6.2]]], [[[106.8, -6.2], [106.9, -6.2], [106.8, -6.2]]], [[[106.8, -6.2]] * 9]],
)
def test_what_encloses_nothing_is_left_out(rings: list[object]) -> None:
    nothing = feature(EAST, BOXES[EAST])
    nothing["geometry"] = {"type": "Polygon", "coordinates": rings}
    read = read_outlines(collection(feature(WEST, BOXES[WEST]), nothing))
    assert set(read.drawn) == {WEST}
    assert f"feature 2 ({EAST}): has no outline that could be read; left out" in read.notes


def test_a_map_of_nothing_that_can_be_used_says_why() -> None:
    nothing = feature(EAST, BOXES[EAST])
    nothing["geometry"] = None
    with pytest.raises(MapUnusable, match=r"no outline of an area of ours; feature 1"):
        read_outlines(collection(nothing))


def test_holes_stay_holes_and_parts_come_together() -> None:
    west, south, east, north = BOXES[NORTH]
    hole = (west + 0.005, south + 0.002, west + 0.006, south + 0.003)
    several = feature(NORTH, BOXES[NORTH], hole)
    island = {"type": "MultiPolygon", "coordinates": [[ring((106.7, -6.1, 106.71, -6.09))]]}
    read = read_outlines(collection(several, {"properties": {"code": NORTH}, "geometry": island}))
    assert read.drawn[NORTH].area == pytest.approx((east - west) * (north - south) - 1e-6 + 1e-4, rel=1e-6)


def test_a_kecamatan_counts_where_none_of_its_kelurahan_is_drawn() -> None:
    tebet, menteng = AreaCode("31.74.01"), AreaCode("31.71.06")
    assert {AREAS[tebet].kind, AREAS[menteng].kind} == {"kecamatan"}
    read = read_outlines(
        collection(feature(tebet, BOXES[EAST]), feature(WEST, BOXES[WEST]), feature(menteng, BOXES[NORTH]))
    )
    assert set(read.drawn) == {WEST, menteng}
