"""How well an operator's map places points and words: the figures of docs/places.md, from files that are not shipped.

    TEST_MAP_DATA=FOLDER PYTHONPATH=. python benchmarks/map_figures.py

The folder holds kelurahan.geojson, gazetteer.tsv and place-check.tsv (place, lon, lat, expected, result). Words are the
lines by many hands in benchmarks/readers.
"""

import csv
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.readers.lines import NONE, of_file
from core.areas import AREAS, area, located, nearest, on_map
from core.messages import Point
from core.places import find, name_key
from core.ports import CityMap
from storage.maps import MappedBoundaries, MappedGazetteer

HERE = Path(__file__).parent
_RANDOM = 10_000
_BOX = (106.68, -6.38, 106.98, -6.08)
_OFFICE = "kantor kelurahan "


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines, delimiter="\t")


def _inside(point: Point) -> str:
    """The name of the area that holds it."""
    found = located(point)
    return area(found.areas[0]).name if found.areas else ""


def _known_points(folder: Path) -> None:
    counted: Counter[str] = Counter()
    for row in _rows(folder / "place-check.tsv"):
        point = Point(float(row["lat"]), float(row["lon"]))
        told, found = name_key(row["expected"]), located(point)
        names = [name_key(area(code).name) for code in found.areas] or ["(outside)"]
        right = told == names[0] or row["expected"] == names[0]
        counted["in all"] += 1
        counted["lies in the kelurahan that is named for it"] += right
        counted["or within 50 m of it"] += right or told in names
        counted["without a map: first"] += told in [name_key(area(code).name) for code in nearest(point)][:1]
        counted["without a map: among three"] += told in [name_key(area(code).name) for code in nearest(point)]
    _told("known points", counted)


def _offices(folder: Path) -> None:
    counted: Counter[str] = Counter()
    ours = {name_key(each.name) for each in AREAS.values() if each.finest}
    for row in _rows(folder / "gazetteer.tsv"):
        name = row["name"].lower()
        own = name_key(name.removeprefix(_OFFICE))
        if name.startswith(_OFFICE) and own in ours:
            counted["in all"] += 1
            counted["inside its own kelurahan"] += name_key(_inside(Point(float(row["lat"]), float(row["lon"])))) == own
    _told("offices of a lurah", counted)


def _random_points() -> None:
    rng, counted = random.Random(19), Counter[str]()
    west, south, east, north = _BOX
    taken = 0.0
    while counted["in all"] < _RANDOM:
        point = Point(rng.uniform(south, north), rng.uniform(west, east))
        began = time.thread_time()
        found = located(point)
        taken += time.thread_time() - began
        if found.outside:
            continue
        around = nearest(point)
        counted["in all"] += 1
        counted["taken without a question"] += found.certain
        counted["nearest centre is the right one"] += around[:1] == found.areas[:1]
        counted["right one among the three nearest centres"] += found.areas[0] in around
    _told("random points in the city", counted)
    print(f"  {taken / _RANDOM * 1e6:.0f} microseconds of a processor a point")


def _words(kind: str, city_map: CityMap) -> None:
    counted: Counter[str] = Counter()
    for file in sorted((HERE / "readers" / kind).glob("*.tsv")):
        for line in of_file(file):
            with on_map(city_map):
                found = find(line.told.text)
            names = [area(code).name.lower() for code in found.candidates[:3]]
            right = str(line.place).lower() in names
            placed = line.place != NONE
            counted["in all"] += placed
            counted["the right one among those offered"] += placed and right
            counted["others alone offered"] += placed and bool(names) and not right
            counted["the right one for certain"] += placed and found.certain and right
            counted["another for certain"] += placed and found.certain and not right
            counted["some offered where none is labelled"] += not placed and bool(names)
    _told(f"words ({kind}), {'with' if city_map.gazetteer else 'without'} names", counted)


def _told(label: str, counted: Counter[str]) -> None:
    print(f"{label}: {counted['in all']}")
    for name, count in counted.items():
        if name != "in all":
            print(f"  {name}: {count}")


def main() -> None:
    """The command."""
    folder = Path(os.environ.get("TEST_MAP_DATA", ""))  # noqa: TID251 - of a script, not of the service
    if not (folder / "kelurahan.geojson").is_file():
        sys.exit("TEST_MAP_DATA names no folder with kelurahan.geojson, gazetteer.tsv and place-check.tsv")
    with tempfile.TemporaryDirectory() as kept:
        outlines = CityMap(MappedBoundaries(folder / "kelurahan.geojson", "", Path(kept)))
        with on_map(outlines):
            located(Point(0.0, 0.0))
            _known_points(folder)
            _offices(folder)
            _random_points()
        for kind in ("sets", "lines"):
            for city_map in (CityMap(), CityMap(gazetteer=MappedGazetteer(folder / "gazetteer.tsv", Path(kept)))):
                _words(kind, city_map)


if __name__ == "__main__":
    main()
