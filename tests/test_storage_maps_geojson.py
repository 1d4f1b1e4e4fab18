"""A map file may hold anything: what is no map is said in a sentence, and nothing else comes of it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.maps import MapUnusable, read_outlines
from storage.maps.geojson import read_collection
from tests.fakes.drawn_city import BOXES, WEST, collection, drawn, feature

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=12,
)


def test_features_are_read_with_their_properties_and_rings() -> None:
    read = read_collection(drawn())
    assert len(read.features) == len(BOXES)
    assert read.credit == "Drawn by hand"
    assert read.features[0].properties == {"code": WEST}
    assert read.features[0].polygons is not None
    assert len(read.features[0].polygons[0][0]) == 5


def test_a_byte_order_mark_is_passed_over() -> None:
    assert read_collection(b"\xef\xbb\xbf" + drawn()).features


def test_a_single_feature_is_a_map_of_one() -> None:
    assert len(read_collection(json.dumps(feature(WEST, BOXES[WEST])).encode()).features) == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is no JSON: line 1, column 1"),
        (b"{", "is no JSON"),
        (b"\xff\xfe\x00", "is no UTF-8 text"),
        (b"[]", "is no GeoJSON object"),
        (b"{}", "is no GeoJSON FeatureCollection"),
        (b'{"type":"FeatureCollection","features":{}}', "is no GeoJSON FeatureCollection"),
        (b'{"type":"Topology"}', "TopoJSON"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"type":"FeatureCollection","features":[NaN]}', "a number that is none"),
        (b'{"a":' + b"9" * 5_000 + b"}", "a number that is none"),
        (collection(crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32748"}}), "not in WGS 84"),
    ],
)
def test_what_is_no_map_is_said(data: bytes, said: str) -> None:
    with pytest.raises(MapUnusable, match=said):
        read_collection(data)


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"])
def test_the_names_of_wgs_84_are_known(name: str) -> None:
    assert read_collection(collection(feature(WEST, BOXES[WEST]), crs={"properties": {"name": name}})).features


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        7,
        {},
        {"type": "Point", "coordinates": [106, -6]},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": 7},
        {"type": "Polygon", "coordinates": [7]},
        {"type": "Polygon", "coordinates": [[7]]},
        {"type": "Polygon", "coordinates": [[[106.8]]]},
        {"type": "Polygon", "coordinates": [[["106.8", "-6.2"]]]},
        {"type": "Polygon", "coordinates": [[[True, False]]]},
        {"type": "Polygon", "coordinates": [[[10**400, 0]]]},
        {"type": "MultiPolygon", "coordinates": [{}]},
        {"type": "GeometryCollection", "geometries": 7},
        {"type": "GeometryCollection", "geometries": [None, {"type": "Point"}]},
    ],
)
def test_what_is_no_outline_is_none(geometry: object) -> None:
    odd = {"type": "Feature", "properties": {"code": WEST}, "geometry": geometry}
    [read] = read_collection(collection(odd)).features
    assert read.polygons is None


def test_a_number_that_is_too_great_is_no_outline() -> None:
    [read] = read_collection(
        collection(feature(WEST, (106.5, -6.25, 106.75, -6.0))).replace(b"106.5", b"1e999")
    ).features
    assert read.polygons is None


@pytest.mark.parametrize("odd", [None, 7, "x", [], {}, {"properties": 7, "geometry": []}])
def test_what_is_no_feature_has_nothing(odd: object) -> None:
    [read] = read_collection(collection(odd)).features
    assert (read.number, dict(read.properties), read.polygons) == (1, {}, None)


@given(JSON)
def test_whatever_the_json_holds_it_is_read_or_refused(value: object) -> None:
    for data in (value, {"type": "FeatureCollection", "features": [value, feature(WEST, BOXES[WEST])]}):
        try:
            read_outlines(json.dumps(data).encode())
        except MapUnusable as why:
            assert str(why)  # noqa: PT017 - either may come
