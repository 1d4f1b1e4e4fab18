"""An operator's list of names as rows, checked one by one: tab-separated, its columns known by their heads."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite

from core.areas import AREAS
from core.messages import Point
from core.model import AreaCode
from core.places import name_key
from core.ports import KnownPlace
from storage.maps.geojson import MOST_BYTES, MapUnusable
from storage.maps.outlines import code_of

_HEADS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "nama"),
    "kind": ("kind", "type", "jenis"),
    "longitude": ("lon", "long", "longitude", "x"),
    "latitude": ("lat", "latitude", "y"),
    "areas": ("areas", "area", "kelurahan", "codes"),
}
_NEEDED = ("name", "kind", "areas")
_LEAST_KEY = 4
_LONGEST = 200  # characters of a name
_POLE, _DATE_LINE = 90, 180


@dataclass(frozen=True, slots=True)
class PlaceList:
    """Places by the key of their name; `notes`: what was odd, a sentence each."""

    places: Mapping[str, tuple[KnownPlace, ...]]
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reading:
    places: dict[str, list[KnownPlace]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def read_places(data: bytes) -> PlaceList:
    """Raises MapUnusable."""
    reading = _Reading()
    rows = _rows(data)
    columns = _columns(next(rows, (1, []))[1])
    for line, row in rows:
        if any(cell.strip() for cell in row):
            _take(reading, line, {name: row[at].strip() for name, at in columns.items() if at < len(row)})
    if not reading.places:
        raise MapUnusable("holds no name of a place of ours" + "".join(f"; {note}" for note in reading.notes[:3]))
    return PlaceList({key: tuple(found) for key, found in reading.places.items()}, tuple(reading.notes))


def _rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each with its line, counted from 1."""
    if len(data) > MOST_BYTES:
        raise MapUnusable(f"has more than {MOST_BYTES} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise MapUnusable("is no UTF-8 text") from None
    lines = csv.reader(io.StringIO(text.replace("\0", " "), newline=""), delimiter="\t", quoting=csv.QUOTE_NONE)
    try:
        for row in lines:
            yield lines.line_num, row
    except csv.Error:
        raise MapUnusable(f"cannot be read at line {lines.line_num}") from None


def _columns(head: Sequence[str]) -> Mapping[str, int]:
    told = [cell.strip().lower() for cell in head]
    found = {name: next((told.index(each) for each in known if each in told), None) for name, known in _HEADS.items()}
    missing = [name for name in _NEEDED if found[name] is None]
    if missing:
        raise MapUnusable(f"has no column {', '.join(missing)}: its first line names the columns, parted by tabs")
    return {name: at for name, at in found.items() if at is not None}


def _take(reading: _Reading, line: int, row: Mapping[str, str]) -> None:
    name, told = row.get("name", ""), row.get("areas", "").replace(",", " ").replace(";", " ").split()
    codes = [code_of(each) for each in told]
    ours = tuple(dict.fromkeys(code for code in codes if code is not None and _is_ours(code)))
    key = name_key(name) if len(name) <= _LONGEST else ""
    if not ours:
        reading.notes.append(f"line {line}: {' '.join(told)[:40] or 'no code'} is no area of ours; left out")
    elif len(key) < _LEAST_KEY or key.isdigit():
        reading.notes.append(f"line {line}: its name is too short or too long to be read; left out")
    else:
        if len(ours) < len(codes):
            reading.notes.append(f"line {line}: some of its codes are no area of ours")
        place = KnownPlace(row.get("kind", "").lower()[:40], ours, _point(row))
        reading.places.setdefault(key, []).append(place)


def _is_ours(code: AreaCode) -> bool:
    return code in AREAS and (AREAS[code].finest or AREAS[code].district)


def _point(row: Mapping[str, str]) -> Point | None:
    try:
        point = Point(float(row.get("latitude", "")), float(row.get("longitude", "")))
    except ValueError:
        return None
    sound = isfinite(point.latitude) and isfinite(point.longitude)
    return point if sound and abs(point.latitude) <= _POLE and abs(point.longitude) <= _DATE_LINE else None
