"""Outlines of our areas out of an operator's GeoJSON: which property names them, which way round, what was mended."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from shapely import Polygon, make_valid, union_all
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from core.areas import AREAS
from core.city.profile import word
from core.model import AreaCode
from storage.maps.geojson import Collection, Feature, MapUnusable, Polygons, read_collection

_BETWEEN = re.compile(r"[\s./\-]")
_WRITTEN = {_BETWEEN.sub("", code): code for code in AREAS}
_OUTLINED = frozenset(code for code, each in AREAS.items() if each.finest or each.district)
_LEAST_POINTS = 3
_TURNED = 10.0  # degrees by which a file that has latitude first is wrong
_FAR = 0.5  # degrees from where an area is known to lie; islands reach far
_POLE, _DATE_LINE = 90, 180
_DIGITS = 9  # a tenth of a millimetre: what lies closer together is one point


@dataclass(frozen=True, slots=True)
class Outlines:
    """`drawn`: each area's outline, longitude and latitude in degrees; `notes`: what was odd, a sentence each."""

    drawn: Mapping[AreaCode, BaseGeometry]
    notes: tuple[str, ...] = ()
    credit: str = ""


@dataclass(slots=True)
class _Reading:
    """What was found so far."""

    parts: dict[AreaCode, list[BaseGeometry]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def read_outlines(data: bytes, named_by: str = "") -> Outlines:
    """`named_by`: the property with the areas' codes; empty: it is found by what stands in it. Raises MapUnusable."""
    collection = read_collection(data)
    if not collection.features:
        raise MapUnusable("holds no feature")
    name = named_by or _naming(collection.features)
    reading = _Reading()
    coded = list(_coded(collection, name, reading))
    turned = _is_turned(coded)
    if turned:
        reading.notes.append("latitude stands before longitude: GeoJSON wants longitude first, and it was turned round")
    for feature, code in coded:
        _take(reading, feature, code, turned=turned)
    if not reading.parts:
        raise MapUnusable("holds no outline of an area of ours" + "".join(f"; {note}" for note in reading.notes[:3]))
    drawn = _without_doubles({code: _joined(parts) for code, parts in reading.parts.items()})
    return Outlines(drawn, (*reading.notes, *_missing(drawn)), collection.credit)


def code_of(value: object) -> AreaCode | None:
    """A code of ours as registers write it, with points, without, or as a number; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    told = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    return _WRITTEN.get(_BETWEEN.sub("", told))


def _example() -> str:
    return max(AREAS, key=len, default="")


def _naming(features: Iterable[Feature]) -> str:
    """The property that names most areas of ours."""
    counted: Counter[str] = Counter()
    seen: dict[str, None] = {}
    for feature in features:
        seen |= dict.fromkeys(map(str, feature.properties))
        counted.update(name for name, value in feature.properties.items() if code_of(value) in _OUTLINED)
    if not counted:
        names = ", ".join(name[:40] for name in list(seen)[:12]) or "none"
        raise MapUnusable(
            f"has no property with codes of our areas, such as {_example()}; its properties: {names}. "
            "RESI_BOUNDARIES_CODE names the right one"
        )
    return counted.most_common(1)[0][0]


def _coded(collection: Collection, name: str, reading: _Reading) -> Iterator[tuple[Feature, AreaCode]]:
    """Features of our areas; the others are noted."""
    if not any(name in feature.properties for feature in collection.features):
        raise MapUnusable(f"has no property {name[:40]}, which RESI_BOUNDARIES_CODE names")
    for feature in collection.features:
        told = feature.properties.get(name)
        code = code_of(told)
        if code in _OUTLINED:
            yield feature, code
        else:
            shown = code or (str(told)[:40] if isinstance(told, str | int | float) else "no code")
            reading.notes.append(f"feature {feature.number}: {shown} is no {word('areas', 'en')} of ours; left out")


def _positions(polygons: Polygons | None) -> Iterator[tuple[float, float]]:
    return (position for rings in polygons or () for ring in rings for position in ring)


def _middle(feature: Feature) -> tuple[float, float] | None:
    xs, ys = zip(*_positions(feature.polygons), strict=True) if any(_positions(feature.polygons)) else ((), ())
    return ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2) if xs else None


def _known(code: AreaCode) -> tuple[float, float] | None:
    centre = AREAS[code].centre
    return (centre.longitude, centre.latitude) if centre else None


def _is_turned(coded: Iterable[tuple[Feature, AreaCode]]) -> bool:
    """Whether most outlines lie where they belong only when their two numbers are swapped."""
    votes = 0
    for feature, code in coded:
        middle, known = _middle(feature), _known(code)
        if middle is not None and known is not None:
            straight, swapped = _apart(middle, known), _apart((middle[1], middle[0]), known)
            votes += (straight > _TURNED and swapped < 1) - (straight < _TURNED)
        elif middle is not None:
            votes += (abs(middle[1]) > _POLE >= abs(middle[0])) - (abs(middle[1]) <= _POLE)
    return votes > 0


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1]))


def _take(reading: _Reading, feature: Feature, code: AreaCode, *, turned: bool) -> None:
    where = f"feature {feature.number} ({code})"
    polygons = [[[(y, x) for x, y in ring] for ring in rings] for rings in feature.polygons or ()] if turned else None
    polygons = polygons or feature.polygons or []
    if any(abs(x) > _DATE_LINE or abs(y) > _POLE for x, y in _positions(polygons)):
        reading.notes.append(f"{where}: its outline does not lie on the earth; left out")
        return
    drawn, mended = _drawn(polygons)
    if drawn is None:
        reading.notes.append(f"{where}: has no outline that could be read; left out")
        return
    if mended:
        reading.notes.append(f"{where}: its outline crossed itself, and was mended")
    known, (west, south, east, north) = _known(code), drawn.bounds
    if known and _apart(known, ((west + east) / 2, (south + north) / 2)) > _FAR + max(east - west, north - south):
        reading.notes.append(f"{where}: its outline lies far from where that area is known to be; is it another's?")
    reading.parts.setdefault(code, []).append(drawn)


def _drawn(polygons: Polygons) -> tuple[BaseGeometry | None, bool]:
    """The outline, and whether it had to be mended; None where nothing of it has an area."""
    parts: list[BaseGeometry] = []
    mended = False
    for rings in filter(None, polygons):
        shell, *holes = map(_rounded, rings)
        if len(set(shell)) < _LEAST_POINTS:
            continue
        try:
            part: BaseGeometry = Polygon(shell, [hole for hole in holes if len(set(hole)) >= _LEAST_POINTS])
            if not part.is_valid:
                part, mended = make_valid(part, method="structure", keep_collapsed=False), True
        except (ShapelyError, ValueError):
            continue
        if part.area > 0:
            parts.append(part)
    return (_joined(parts), mended) if parts else (None, mended)


def _rounded(ring: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(round(x, _DIGITS), round(y, _DIGITS)) for x, y in ring]


def _joined(parts: list[BaseGeometry]) -> BaseGeometry:
    if len(parts) == 1:
        return parts[0]
    joined: BaseGeometry = union_all(parts)
    return joined


def _without_doubles(drawn: dict[AreaCode, BaseGeometry]) -> Mapping[AreaCode, BaseGeometry]:
    """What holds others counts where none of them has an outline: else each point of it would lie in two areas."""
    above = {AREAS[code].parent for code in drawn}
    return {code: each for code, each in drawn.items() if code not in above}


def _missing(drawn: Mapping[AreaCode, BaseGeometry]) -> Iterator[str]:
    missing = [each.code for each in AREAS.values() if each.finest and not {each.code, each.parent} & set(drawn)]
    if missing:
        shown = ", ".join(missing[:8]) + (", ..." if len(missing) > 8 else "")  # noqa: PLR2004 - a line of them
        yield f"{len(missing)} {word('area', 'en')} have no outline: {shown}"
