"""What a picture of the map shows: a part of the city, which outlines lie in it, and which names have room.

A picture is as wide as WIDTH and as high as HEIGHT, in units of its own; outlines stay on their sheet, and are shifted
and scaled into it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from core import areas
from core.messages import Point
from core.model import AreaCode
from core.ports import Box, Outline, Sheet

WIDTH, HEIGHT = 800, 600
FEW = 60
"""So many areas can be told apart in a picture, and have room for a number each."""
_MARGIN = 0.06  # of its width, around what it shows
_LEAST = 60  # steps of the sheet that it shows at least
_AFAR = 7.0  # steps to a unit of the picture: from there on outlines are drawn as seen from afar
_LETTER = 7.5  # units: the width of a letter of a name
_LINE = 9  # units: half the height of a name, with some air


@dataclass(frozen=True, slots=True)
class Shape:
    """An area in a picture. `inside`: of what the picture is about; `name`: where it can be written, else None."""

    area: areas.Area
    path: str
    inside: bool
    middle: tuple[int, int]
    name: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class View:
    """A picture. `about`: the area that fills it, None: the whole city; `borders`: paths of what holds the shapes."""

    about: AreaCode | None
    box: Box
    scale: float
    shapes: tuple[Shape, ...]
    borders: tuple[str, ...]

    @property
    def transform(self) -> str:
        """From the sheet to the picture, in the notation of SVG."""
        return f"scale({self.scale:.5f}) translate({-self.box[0]} {-self.box[1]})"

    def at(self, place: tuple[float, float]) -> tuple[int, int]:
        """A place of the sheet, in the picture."""
        return round((place[0] - self.box[0]) * self.scale), round((place[1] - self.box[1]) * self.scale)

    def shown(self, at: tuple[float, float]) -> tuple[float, float]:
        """The place of the sheet that is seen there in the picture."""
        return at[0] / self.scale + self.box[0], at[1] / self.scale + self.box[1]

    def point(self, sheet: Sheet, point: Point) -> tuple[int, int] | None:
        """Where a point is seen; None: not in this picture."""
        x, y = sheet.place(point)
        west, north, east, south = self.box
        return self.at((x, y)) if west <= x <= east and north <= y <= south else None


def chain(code: AreaCode | None) -> tuple[areas.Area, ...]:
    """An area and all that hold it, the largest first; none for what is no area of ours."""
    found: list[areas.Area] = []
    while code is not None and code in areas.AREAS:
        found.append(areas.area(code))
        code = found[-1].parent
    return tuple(reversed(found))


def view(sheet: Sheet, about: AreaCode | None, *, most: int = FEW, letters: float = 1.0) -> View:
    """The picture of an area, or of the whole city where it is None or has no outline.

    It shows the smallest areas inside of which there are no more than `most`, or those right below. `letters`: how
    many times as large as usual names are written.
    """
    about = about if about in sheet.outlines else None
    box = _framed(sheet.outlines[about].box if about is not None else sheet.whole)
    scale = WIDTH / (box[2] - box[0])
    depth = _depth(sheet, about, most)
    shown = sorted((code for code in _at(sheet, depth) if _meet(sheet.outlines[code].box, box)), key=str)
    afar = scale * _AFAR < 1
    plain = View(about, box, scale, (), ())
    shapes = _named((_shape(plain, code, sheet.outlines[code], letters, afar=afar) for code in shown), letters)
    above = {areas.area(code).parent for code in shown}
    borders = tuple(_path(outline, afar=afar) for code, outline in sheet.outlines.items() if code in above)
    return View(about, box, scale, shapes, borders)


def _framed(box: Box) -> Box:
    """With a margin, and of the form of a picture."""
    west, north, east, south = box
    margin = 1 + 2 * _MARGIN
    width = max((east - west) * margin, (south - north) * margin * WIDTH / HEIGHT, _LEAST)
    left, top = (west + east - width) / 2, (north + south - width * HEIGHT / WIDTH) / 2
    return round(left), round(top), round(left + width), round(top + width * HEIGHT / WIDTH)


def _meet(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def holds(about: AreaCode | None, code: AreaCode | None) -> bool:
    """Whether an area is the one, or lies in it; None: the city, which holds all that is known."""
    found = chain(code)
    return bool(found) if about is None else any(each.code == about for each in found)


def _at(sheet: Sheet, depth: int) -> Iterator[AreaCode]:
    """Areas that so many hold, and those of fewer of which no part has an outline of its own."""
    parents = {areas.area(code).parent for code in sheet.outlines}
    for code in sheet.outlines:
        held = areas.area(code).depth
        if held == depth or (held < depth and code not in parents):
            yield code


def _depth(sheet: Sheet, about: AreaCode | None, most: int) -> int:
    own = areas.area(about).depth if about is not None else -1
    below = (areas.area(code).depth for code in sheet.outlines if holds(about, code))
    counted = Counter(depth for depth in below if depth > own)
    fitting = [depth for depth, count in counted.items() if count <= most]
    return max(fitting, default=min(counted, default=max(own, 0)))


def _path(outline: Outline, *, afar: bool) -> str:
    return outline.far if afar else outline.near


def _shape(plain: View, code: AreaCode, outline: Outline, letters: float, *, afar: bool) -> Shape:
    area = areas.area(code)
    middle = plain.at(outline.middle)
    inside = holds(plain.about, code)
    return Shape(area, _path(outline, afar=afar), inside, middle, _room(plain, area, outline, letters))


def _named(shapes: Iterable[Shape], letters: float) -> tuple[Shape, ...]:
    """Of names that would stand over each other the first alone; those of what the picture is about come before."""
    found = sorted(shapes, key=lambda each: (not each.inside, each.area.code))
    standing: list[tuple[int, int, float]] = []
    for at, each in enumerate(found):
        if each.name is None:
            continue
        half = len(each.area.name) * _LETTER * letters / 2
        line = 2 * _LINE * letters
        if any(abs(each.name[0] - x) < half + wide and abs(each.name[1] - y) < line for x, y, wide in standing):
            found[at] = replace(each, name=None)
        else:
            standing.append((*each.name, half))
    return tuple(found)


def _room(plain: View, area: areas.Area, outline: Outline, letters: float) -> tuple[int, int] | None:
    """A name stands where it is hardly wider than its area, and wholly in the picture."""
    middle, half, line = plain.at(outline.middle), len(area.name) * _LETTER * letters / 2, _LINE * letters
    west, _, east, _ = outline.box
    seen = half <= middle[0] <= WIDTH - half and line <= middle[1] <= HEIGHT - line
    wide = 2 * half <= (east - west) * plain.scale * 1.1 and outline.room * plain.scale >= line
    return middle if seen and wide else None
