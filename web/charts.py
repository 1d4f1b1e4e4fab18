"""Figures as charts: SVG of a library, inline, with a name and a description, sizes and colours left to the sheet.

It writes presentation attributes and no style, so that our policy of content lets it stand in a page. Each is drawn
twice, for a page and for a phone, whose letters would else be a third as large; the sheet shows one of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from xml.etree import ElementTree as ET

import leather
from markupsafe import Markup

COLOURS = ("#0072b2", "#d55e00")  # of Okabe and Ito
MOST_BARS = 15
_SVG = "http://www.w3.org/2000/svg"
_FRAME, _BAR, _LEGEND = 90, 34, 24
_TICKS = 5
_KEPT = 256  # charts: of what was asked last
ET.register_namespace("", _SVG)
Lines = tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What a chart is drawn on. `longest`: characters of a label beside a bar; `ticks`: periods named below a line.

    `spare`: room at the right for half the name of the last of them.
    """

    name: str
    width: int
    longest: int
    ticks: int
    spare: int


_SHEETS = (_Sheet("on-page", 700, 28, 5, 0), _Sheet("on-phone", 364, 18, 3, 16))


class _Exact:
    """From nought to `last`, and not farther: the library's own rounds up, and leaves room for periods to come."""

    def __init__(self, last: int) -> None:
        self._last = max(last, 1)

    def contains(self, value: float) -> bool:
        return 0 <= value <= self._last

    def project(self, value: float, range_min: float, range_max: float) -> Decimal:
        start = Decimal(range_min)
        return start + (Decimal(range_max) - start) * Decimal(value) / self._last

    def format_tick(self, value: float, *_: int) -> str:
        return str(value)


@lru_cache(maxsize=_KEPT)
def over_time(name: str, told: str, periods: tuple[str, ...], lines: Lines) -> Markup:
    """A line for each of two series of counts, one count a period, the earliest first."""
    return Markup("").join(_over_time(name, told, periods, lines, sheet) for sheet in _SHEETS)


def _over_time(name: str, told: str, periods: tuple[str, ...], lines: Lines, sheet: _Sheet) -> Markup:
    chart = leather.Chart()
    last = len(periods) - 1
    for (label, counts), colour in zip(lines, COLOURS, strict=False):
        chart.add_line([*enumerate(counts)], name=label, stroke_color=colour, width=3)
    every = max(1, -(-len(periods) // sheet.ticks))
    chart.set_x_scale(_Exact(last))
    chart.add_x_axis(ticks=[*range(last, -1, -every)], tick_formatter=lambda at, *_: periods[int(at)])
    ticks = _ticks(max((count for _, counts in lines for count in counts), default=0))
    chart.set_y_scale(_Exact(ticks[-1]))
    chart.add_y_axis(ticks=ticks)
    return _inline(chart, name, told, 280, sheet)


@lru_cache(maxsize=_KEPT)
def bars(name: str, told: str, labels: tuple[str, ...], lines: Lines) -> Markup:
    """A bar a row, or one below the other where it has two counts; the first row above, as many as have room."""
    return Markup("").join(_bars(name, told, labels, lines, sheet) for sheet in _SHEETS)


def _bars(name: str, told: str, labels: tuple[str, ...], lines: Lines, sheet: _Sheet) -> Markup:
    # With its place, for the library would draw two of one name on top of each other.
    rows = [_short(f"{place}. {label}", sheet.longest) for place, label in enumerate(labels[:MOST_BARS], 1)]
    chart = leather.Chart()
    several = len(lines) > 1
    for (label, counts), colour in zip(lines, COLOURS, strict=False):
        shown = [*zip(counts, rows, strict=False)]
        chart.add_bars(shown, name=label if several else None, fill_color=colour)
    ticks = _ticks(max((count for _, counts in lines for count in counts[: len(rows)]), default=0))
    chart.set_x_scale(_Exact(ticks[-1]))
    chart.add_x_axis(ticks=ticks)
    return _inline(chart, name, told, _FRAME + _LEGEND * several + _BAR * len(rows), sheet)


def _ticks(most: int) -> Sequence[int]:
    """Round numbers from nought to what is not less; the library's own search for them takes longer than the rest."""
    step, rounded = 1, ((1, 2, 5)[at % 3] * 10 ** (at // 3) for at in range(60))
    while step * _TICKS < most:
        step = next(rounded)
    return range(0, step * max(1, -(-most // step)) + 1, step)


def _short(label: str, longest: int) -> str:
    return label if len(label) <= longest else f"{label[: longest - 1]}…"


def _inline(chart: leather.Chart, name: str, told: str, height: int, sheet: _Sheet) -> Markup:
    """As wide as the page; read out as one picture."""
    root = ET.fromstring(chart.to_svg(width=sheet.width, height=height))  # noqa: S314 - the library's own, all of it escaped
    del root.attrib["width"], root.attrib["height"], root.attrib["version"]
    root.set("viewBox", f"0 0 {sheet.width + sheet.spare} {height}")
    root.set("class", sheet.name)
    root.set("role", "img")
    root.set("aria-label", f"{name}. {told}")
    for ground in root.findall(f"{{{_SVG}}}g/{{{_SVG}}}rect"):
        ground.set("class", "ground")
    series = root.findall(f".//{{{_SVG}}}g[@class='series bars']")
    for place, each in enumerate(series):
        _beside(each, place, len(series))
    for tag, words in (("desc", told), ("title", name)):
        element = ET.Element(f"{{{_SVG}}}{tag}")
        element.text = words
        root.insert(0, element)
    return Markup(ET.tostring(root, encoding="unicode"))  # noqa: S704 - words are escaped by it


def _beside(bars_of: ET.Element, place: int, of: int) -> None:
    """The library draws the bars of several series upon each other: each gets its own part of the row."""
    for each in bars_of:
        part = float(each.attrib["height"]) / of
        each.set("y", f"{float(each.attrib['y']) + place * part:.1f}")
        each.set("height", f"{part:.1f}")
