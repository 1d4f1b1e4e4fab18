"""A GeoJSON file as features, checked field by field: an operator's file may hold anything."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import NoReturn

MOST_BYTES = 200_000_000
_WGS84 = ("CRS84", "4326", "OGC:84")


class MapUnusable(Exception):
    """A file that cannot be used; the text says why, and shows nothing of what stands in it but names."""


Ring = list[tuple[float, float]]
Polygons = list[list[Ring]]
"""Each a shell with its holes; as the file has them: longitude, latitude."""


@dataclass(frozen=True, slots=True)
class Feature:
    """`number`: counted from 1; `polygons` None: it has no outline that could be read."""

    number: int
    properties: Mapping[str, object]
    polygons: Polygons | None


@dataclass(frozen=True, slots=True)
class Collection:
    """The features of a file, and whom it names as its source."""

    features: tuple[Feature, ...]
    credit: str


def read_collection(data: bytes) -> Collection:
    """Raises MapUnusable."""
    whole = _object(_parsed(data))
    kind = whole.get("type")
    if kind == "Topology":
        raise MapUnusable("is TopoJSON: save it as GeoJSON")
    _in_degrees(whole.get("crs"))
    found = whole.get("features") if kind == "FeatureCollection" else [whole] if kind == "Feature" else None
    if not isinstance(found, list):
        raise MapUnusable("is no GeoJSON FeatureCollection")
    credit = whole.get("attribution")
    features = tuple(_feature(number, each) for number, each in enumerate(found, start=1))
    return Collection(features, " ".join(credit.split())[:300] if isinstance(credit, str) else "")


def _parsed(data: bytes) -> object:
    if len(data) > MOST_BYTES:
        raise MapUnusable(f"has more than {MOST_BYTES} bytes: simplify its outlines")
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError:
        raise MapUnusable("is no UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise MapUnusable(f"is no JSON: line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise MapUnusable("is nested too deep for a map") from None
    except ValueError:
        raise MapUnusable("holds a number that is none") from None


def _no_number(_: str) -> NoReturn:
    raise ValueError


def _object(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise MapUnusable("is no GeoJSON object")
    return value


def _in_degrees(crs: object) -> None:
    """The old member crs names a system of coordinates; GeoJSON itself knows WGS 84 alone."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if isinstance(name, str) and not name.endswith(_WGS84):
        raise MapUnusable("is not in WGS 84: save it in EPSG:4326")


def _feature(number: int, value: object) -> Feature:
    feature = value if isinstance(value, dict) else {}
    properties = feature.get("properties")
    try:
        polygons = list(_polygons(feature.get("geometry"))) or None
    except (TypeError, ValueError, OverflowError):
        polygons = None
    return Feature(number, properties if isinstance(properties, dict) else {}, polygons)


def _polygons(geometry: object) -> Iterator[list[Ring]]:
    """Raises TypeError or ValueError for what is no outline."""
    if not isinstance(geometry, dict):
        raise TypeError
    kind, drawn = geometry.get("type"), geometry.get("coordinates")
    if kind == "GeometryCollection":
        for each in geometry.get("geometries") or []:
            if isinstance(each, dict) and each.get("type") in {"Polygon", "MultiPolygon"}:
                yield from _polygons(each)
    elif kind in {"Polygon", "MultiPolygon"} and isinstance(drawn, list):
        for rings in [drawn] if kind == "Polygon" else drawn:
            yield [_ring(each) for each in _list(rings)]
    else:
        raise ValueError


def _ring(drawn: object) -> Ring:
    return [_position(each) for each in _list(drawn)]


def _list(drawn: object) -> list[object]:
    if not isinstance(drawn, list):
        raise TypeError
    return drawn


def _position(drawn: object) -> tuple[float, float]:
    """What stands behind the second number, as a height, is not read."""
    first, second = map(_degrees, _list(drawn)[:2])
    return first, second


def _degrees(drawn: object) -> float:
    if isinstance(drawn, bool) or not isinstance(drawn, int | float):
        raise TypeError
    if not isfinite(drawn):
        raise ValueError
    return float(drawn)
