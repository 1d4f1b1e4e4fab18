"""The map of the form for anybody, drawn as a small picture of few colours.

No script and no SVG is needed to see it, so that Tor Browser shows it at "Safest"; and the part of the city that
somebody looks at is in no address, since the picture lies in the page.
"""

import re
from base64 import b64encode
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Final

from core import areas
from core.messages import Point
from core.model import AreaCode
from core.ports import CityMap, Sheet
from web.form_view import HIGH, WIDE, MapPicture
from web.map_view import WIDTH, View, view

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

_SHARP: Final = 2  # dots to a pixel of the page
_LETTERS: Final = 2.4  # names are read on a picture that is a third as wide as those of other maps
_SIZE: Final = 23  # dots: of a letter
_COLOURS: Final = 32
_WATER, _LAND, _FAR, _ABOUT = "#e3eef3", "#ecebe4", "#f7f6f3", "#d3e8e3"
_BORDER, _SEAM, _INK, _PAPER, _SPOT = "#8d9492", "#55605f", "#1c2423", "#ffffff", "#d55e00"
_NUMBER: Final = re.compile(r"-?\d+")
Ring = list[tuple[float, float]]


def seen_at(city_map: CityMap, about: str, x: int, y: int) -> Point | None:
    """What lies at a pixel of the picture of that area; None: there is no map. Blocks where it is drawn first."""
    sheet = _sheet(city_map)
    if sheet is None:
        return None
    unit = WIDTH / WIDE
    return sheet.point(_view(sheet, about).shown(((x + 0.5) * unit, (y + 0.5) * unit)))


def picture(city_map: CityMap, about: str, point: Point | None) -> MapPicture | None:
    """The picture of an area, or of the whole city, with the point that was chosen; None: there is no map."""
    sheet = _sheet(city_map)
    if sheet is None:
        return None
    seen = _view(sheet, about)
    known = areas.AREAS.get(AreaCode(about))
    name = areas.full_name(known.code) if known is not None and seen.about is not None else ""
    return MapPicture("data:image/png;base64," + b64encode(_drawn(sheet, seen, point)).decode(), about, name)


def _sheet(city_map: CityMap) -> Sheet | None:
    return city_map.boundaries.sheet() if city_map.boundaries is not None else None


def _view(sheet: Sheet, about: str) -> View:
    return view(sheet, AreaCode(about) if about in areas.AREAS else None, letters=_LETTERS)


def _drawn(sheet: Sheet, seen: View, point: Point | None) -> bytes:
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415 - who opens no map loads no library for it

    image = Image.new("RGB", (WIDE * _SHARP, HIGH * _SHARP), _WATER)
    draw = ImageDraw.Draw(image)
    unit = WIDE * _SHARP / WIDTH
    land = _LAND if seen.about is None else _ABOUT
    for each in seen.shapes:
        for ring in _rings(each.path, seen, unit):
            draw.polygon(ring, fill=land if each.inside else _FAR, outline=_BORDER)
    for path in seen.borders:
        for ring in _rings(path, seen, unit):
            draw.line([*ring, ring[0]], fill=_SEAM, width=3)
    font = ImageFont.load_default(_SIZE)
    for each in seen.shapes:
        if each.name is not None:
            at = (each.name[0] * unit, each.name[1] * unit)
            draw.text(at, each.area.name, _INK, font, anchor="mm", stroke_width=2, stroke_fill=_PAPER)
    at_point = seen.point(sheet, point) if point is not None else None
    if at_point is not None:
        _spot(draw, at_point[0] * unit, at_point[1] * unit)
    packed = BytesIO()
    image.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(packed, "PNG")
    return packed.getvalue()


def _spot(draw: "ImageDraw", x: float, y: float) -> None:
    for radius, colour in ((15, _INK), (12, _PAPER), (9, _SPOT)):
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


def _rings(path: str, seen: View, unit: float) -> Iterator[Ring]:
    """The rings of an outline in dots: in its notation each point behind the first is a step from the one before."""
    west, north = seen.box[:2]
    for part in path.split("M")[1:]:
        numbers = [int(each) for each in _NUMBER.findall(part)]
        x = y = 0
        ring: Ring = []
        for across, along in zip(numbers[::2], numbers[1::2], strict=False):
            x, y = x + across, y + along
            ring.append(((x - west) * seen.scale * unit, (y - north) * seen.scale * unit))
        if len(ring) > 1:
            yield ring
