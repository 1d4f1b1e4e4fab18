"""Rooms, floors and libraries as a picture, from the contracts: `python -m docs.architecture docs/architecture.svg`."""  # noqa: INP001 - a page that runs, not a package

import ast
import re
import textwrap
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from docs.drawing import EDGE, INK, PALE, PAPER, Sheet, print_or_write

ROOT = Path(__file__).resolve().parents[1]

WIDTH, _EDGE_OF_PAGE, _GAP = 1160, 20, 14
_ROOM, _FLOOR, _LINE = 104, 44, 15  # how high a room, a floor and a line of words are
_HEAD = 62  # above the first floor of a room that has floors
_BOLD, _SMALL = 8.4, 6.4  # how wide a letter is, at most, on average
_LEGEND = (
    "Each may import what lies below it. What stands side by side are strangers. "
    "In italics: libraries that nothing else imports."
)
_WALL, _GROUND = "#f5f7fa", "#e4ebf2"


@dataclass(frozen=True, slots=True)
class Layer:
    """Modules that stand side by side and are strangers to each other; it may import every layer below it."""

    names: tuple[str, ...]
    about: str = ""


@dataclass(frozen=True, slots=True)
class House:
    """What the contracts say; libraries by the module that alone may import them."""

    rooms: tuple[Layer, ...]
    floors: Mapping[str, tuple[Layer, ...]]
    libraries: Mapping[str, tuple[str, ...]]
    forbidden: Mapping[str, tuple[str, ...]]
    strangers: frozenset[str]


def read(text: str) -> House:
    """The house of a pyproject.toml; a comment behind a layer says what it is about."""
    contracts = tomllib.loads(text)["tool"]["importlinter"]["contracts"]
    by_kind: dict[str, list[dict[str, list[str]]]] = {}
    for each in contracts:
        by_kind.setdefault(each["type"], []).append(each)
    layers = by_kind["layers"]
    comments = dict(re.findall(r'^  "([^"]+)",(?:  # (.+))?$', text, re.MULTILINE))
    return House(
        rooms=next(_layers(each["layers"], {}) for each in layers if "containers" not in each),
        floors={room: _layers(each["layers"], comments) for each in layers for room in each.get("containers", ())},
        libraries=_libraries(by_kind["protected"]),
        forbidden={
            name: tuple(each["forbidden_modules"]) for each in by_kind["forbidden"] for name in each["source_modules"]
        },
        strangers=frozenset(
            name.removesuffix(".*") for each in by_kind["independence"] for name in each["modules"] if ".*" in name
        ),
    )


def _layers(rows: Sequence[str], comments: Mapping[str, str]) -> tuple[Layer, ...]:
    return tuple(Layer(tuple(name.strip() for name in row.split("|")), comments.get(row, "")) for row in rows)


def _libraries(contracts: Sequence[Mapping[str, Sequence[str]]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for each in contracts:
        for importer in each["allowed_importers"]:
            found.setdefault(importer, []).extend(each["protected_modules"])
    return {importer: tuple(names) for importer, names in found.items()}


def _said(room: str) -> str:
    """The first sentence of its door."""
    door = ast.parse((ROOT / room / "__init__.py").read_text(encoding="utf-8"))
    return (ast.get_docstring(door) or "").partition("\n")[0].partition(". ")[0].removesuffix(".")


def _notes(room: str, house: House) -> Iterator[str]:
    """Which libraries it may import alone, or a part of it, and what it must never import."""
    if room in house.strangers:
        yield "its folders are strangers"
    for importer, names in house.libraries.items():
        if importer.partition(".")[0] == room and room not in house.floors:
            part = importer.partition(".")[2].rpartition(".")[2]
            yield f"{part}: {', '.join(names)}" if part else ", ".join(names)
    if room in house.forbidden:
        yield f"never imports {', '.join(house.forbidden[room])}"


def _room(sheet: Sheet, room: str, house: House, box: tuple[int, int, int, int]) -> None:
    x, y, width, height = box
    sheet.put("rect", x=x, y=y, width=width, height=height, rx=10, fill=_WALL, stroke=INK, stroke_width=1.4)
    sheet.write(f"{room}/", (x + 14, y + 24), 16, font_weight="bold")
    letters = int((width - 28) / _SMALL)
    lines = textwrap.wrap(_said(room), letters)
    for at, line in enumerate(lines):
        sheet.write(line, (x + 14, y + 42 + at * _LINE), 11)
    for at, line in enumerate(textwrap.wrap(" · ".join(_notes(room, house)), letters), len(lines)):
        sheet.write(line, (x + 14, y + 42 + at * _LINE), 11, fill=PALE, font_style="italic")


def _floor(sheet: Sheet, room: str, layer: Layer, house: House, at: tuple[int, int]) -> None:
    left, y = at
    width = WIDTH - 2 * left
    sheet.put("rect", x=left, y=y, width=width, height=_FLOOR - 6, rx=6, fill=_GROUND, stroke="none")
    x = left + 6
    for name in layer.names:
        libraries = ", ".join(house.libraries.get(f"{room}.{name}", ()))
        size = round(max(len(name) * _BOLD, len(libraries) * _SMALL * 0.9)) + 14
        sheet.put("rect", x=x, y=y + 3, width=size, height=_FLOOR - 12, rx=5, fill=PAPER, stroke=EDGE)
        sheet.write(name, (x + 7, y + (16 if libraries else 23)), 12, font_weight="bold")
        if libraries:
            sheet.write(libraries, (x + 7, y + 29), 9, fill=PALE, font_style="italic")
        x += size + 6
    sheet.write(layer.about, (left + width - 8, y + 23), 11, fill=PALE, text_anchor="end")


def _height(layer: Layer, house: House) -> int:
    floors = max((len(house.floors.get(room, ())) for room in layer.names), default=0)
    return _HEAD + 8 + floors * _FLOOR if floors else _ROOM


def draw(house: House | None = None) -> str:
    """The picture, as SVG."""
    house = house or read((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    heights = [_height(layer, house) for layer in house.rooms]
    y = 46
    sheet = Sheet("Rooms and floors", WIDTH, y + sum(heights) + len(heights) * _GAP)
    sheet.write(_LEGEND, (_EDGE_OF_PAGE, 26), 12)
    for layer, height in zip(house.rooms, heights, strict=True):
        width = (WIDTH - 2 * _EDGE_OF_PAGE - _GAP * (len(layer.names) - 1)) // len(layer.names)
        for place, room in enumerate(layer.names):
            _room(sheet, room, house, (_EDGE_OF_PAGE + place * (width + _GAP), y, width, height))
            for at, floor in enumerate(house.floors.get(room, ())):
                _floor(sheet, room, floor, house, (_EDGE_OF_PAGE + 10, y + _HEAD + at * _FLOOR))
        y += height + _GAP
    return sheet.text()


if __name__ == "__main__":
    print_or_write(draw)
