"""A point written into words: coordinates, map links and plus codes, read as text and never followed."""

import re
from collections.abc import Callable, Iterator
from math import prod
from typing import Final

from core import watch
from core.analysis import remembered
from core.city.profile import CITY
from core.messages import Point

_READ: Final = 5_000
_AROUND: Final = CITY.around
_CENTRE: Final = Point(*CITY.near)  # a short plus code means the place of that name nearest to it


def _degrees(low: float, high: float) -> str:
    """The whole degrees that lie between two, without their sign."""
    near = 0 if low < 0 < high else int(min(abs(low), abs(high)))
    return "(?:" + "|".join(map(str, range(near, int(max(abs(low), abs(high))) + 1))) + ")"


_LATITUDES: Final = _degrees(_AROUND.south, _AROUND.north)
_LONGITUDES: Final = _degrees(_AROUND.west, _AROUND.east)
_LATITUDE: Final = rf"(?<![\d.,])-?({_LATITUDES}[.,]\d{{3,15}})"
_LONGITUDE: Final = rf"({_LONGITUDES}[.,]\d{{3,15}})(?!\d)"
_BETWEEN: Final = r"(?:!4d|[^\d]{1,16}?(?:2c[^\d]{0,3})?)"  # a comma, &lon=, %2C
_PAIR: Final = re.compile(_LATITUDE + _BETWEEN + _LONGITUDE, re.IGNORECASE)
_PAIR_TURNED: Final = re.compile(
    rf"(?<![\d.,])({_LONGITUDES}[.,]\d{{3,15}}){_BETWEEN}({_LATITUDES}[.,]\d{{3,15}})(?!\d)", re.IGNORECASE
)
_FRACTION: Final = re.compile(r"[0-9][.,]\d{3}")  # without one, no pair need be looked for
_DEGREE_SIGNS: Final = "°º˚"
_ANGLE: Final = (
    r"\s?["
    + _DEGREE_SIGNS
    + r"]\s?(\d{1,2})\s?['\u2019\u2032]\s?(?:(\d{1,2}(?:[.,]\d{1,4})?)\s?(?:[\"\u201d\u2033]|''))?"
)
_ANGLES: Final = re.compile(rf"(?<!\d)({_LATITUDES}){_ANGLE}[^\d]{{1,8}}({_LONGITUDES}){_ANGLE}")

_SOUTH, _WEST = "S", "W"  # behind an angle
_DIGITS: Final = "23456789CFGHJMPQRVWX"
_CODE: Final = re.compile(
    rf"(?<![0-9A-Za-z+])([{_DIGITS}]{{8}}|[{_DIGITS}]{{4}})\+([{_DIGITS}]{{2,3}})(?![0-9A-Za-z+])"
)
_PAIR_STEPS: Final = (20.0, 1.0, 0.05, 0.0025, 0.000125)
_WHOLE: Final = 10  # digits before the last one, which counts in a grid of 4 by 5
_FULL: Final = 8  # digits before the plus
_HALF: Final = 0.5


@remembered
@watch.total_else("points", answer=None)
def point_in(text: str, /) -> Point | None:
    """The first point in or near the city that a text writes down; the address in a short link is not known."""
    read = text[:_READ]
    return next((point for look in _LOOKS for point in look(read) if _near(point)), None)


def _same(text: str, /) -> str:
    return text


@watch.total("points", instead=_same)
def without_points(text: str, /) -> str:
    """The text without the pairs of numbers that are points: their digits are no code."""
    return _PAIR_TURNED.sub(" ", _PAIR.sub(" ", text)) if _FRACTION.search(text) else text


def _near(point: Point) -> bool:
    inside = _AROUND.south <= point.latitude <= _AROUND.north
    return inside and _AROUND.west <= point.longitude <= _AROUND.east


def _point(latitude: float, longitude: float, minus: tuple[bool, bool]) -> Point:
    """Where the city lies on one side of nought, that side is meant; else a minus counts."""
    return Point(
        _signed(latitude, _AROUND.south, _AROUND.north, minus=minus[0]),
        _signed(longitude, _AROUND.west, _AROUND.east, minus=minus[1]),
    )


def _signed(degrees: float, low: float, high: float, *, minus: bool) -> float:
    return -degrees if high <= 0 or (low < 0 and minus) else degrees


def _minus(found: re.Match[str], group: int) -> bool:
    return found.string[: found.start(group)].endswith(("-", "\u2212"))


def _number(digits: str) -> float:
    return float(digits.replace(",", "."))


def _decimals(text: str) -> Iterator[Point]:
    for found in _PAIR.finditer(text) if _FRACTION.search(text) else ():
        yield _point(_number(found[1]), _number(found[2]), (_minus(found, 1), _minus(found, 2)))


def _turned(text: str) -> Iterator[Point]:
    for found in _PAIR_TURNED.finditer(text) if _FRACTION.search(text) else ():
        yield _point(_number(found[2]), _number(found[1]), (_minus(found, 2), _minus(found, 1)))


def _angles(text: str) -> Iterator[Point]:
    for found in _ANGLES.finditer(text) if any(sign in text for sign in _DEGREE_SIGNS) else ():
        latitude, longitude = (int(found[at]) + int(found[at + 1]) / 60 + _seconds(found[at + 2]) for at in (1, 4))
        yield _point(latitude, longitude, (_SOUTH in found[0].upper(), _WEST in found[0].upper()))


def _seconds(digits: str | None) -> float:
    return _number(digits) / 3600 if digits else 0.0


def _codes(text: str) -> Iterator[Point]:
    """Open Location Code: pairs of digits, latitude first, each pair a twentieth of the one before."""
    for found in _CODE.finditer(text) if "+" in text else ():
        whole = len(found[1]) == _FULL
        point = _decoded(found[1] + found[2] if whole else _of(_CENTRE) + found[1] + found[2])
        yield point if whole else _nearest(point)


def _decoded(code: str) -> Point:
    pairs = [(_DIGITS.index(a), _DIGITS.index(b)) for a, b in zip(code[:_WHOLE:2], code[1:_WHOLE:2], strict=True)]
    south = sum(map(prod, zip((a for a, _ in pairs), _PAIR_STEPS, strict=True))) - 90
    west = sum(map(prod, zip((b for _, b in pairs), _PAIR_STEPS, strict=True))) - 180
    step = _PAIR_STEPS[-1]
    if len(code) == _WHOLE:
        return Point(south + step / 2, west + step / 2)
    row, column = divmod(_DIGITS.index(code[_WHOLE]), 4)
    return Point(south + step / 5 * (row + _HALF), west + step / 4 * (column + _HALF))


def _of(point: Point) -> str:
    """The four digits that a short code leaves out."""
    digits = ""
    for step in _PAIR_STEPS[:2]:
        digits += _DIGITS[int((point.latitude + 90) / step) % 20] + _DIGITS[int((point.longitude + 180) / step) % 20]
    return digits


def _nearest(point: Point) -> Point:
    """A short code means the nearest of the places a degree apart that it fits."""
    latitude, longitude = point.latitude, point.longitude
    latitude += (latitude < _CENTRE.latitude - _HALF) - (latitude > _CENTRE.latitude + _HALF)
    longitude += (longitude < _CENTRE.longitude - _HALF) - (longitude > _CENTRE.longitude + _HALF)
    return Point(latitude, longitude)


_LOOKS: Final[tuple[Callable[[str], Iterator[Point]], ...]] = (_decimals, _turned, _angles, _codes)
