"""Figures as charts: SVG of a library, inline, with a name and a description, sizes and colours left to the sheet.

It writes presentation attributes and no style, so that our policy of content lets it stand in a page.
"""

from collections.abc import Sequence
from functools import lru_cache
from xml.etree import ElementTree as ET

import leather
from markupsafe import Markup

COLOURS = ("#0072b2", "#d55e00")  # of Okabe and Ito
_SVG = "http://www.w3.org/2000/svg"
_WIDTH, _HEIGHT = 700, 280
_FRAME, _BAR = 90, 34
MOST_BARS = 15
_LONGEST = 28  # characters of a label beside a bar
_TICKS = 5
_KEPT = 256  # charts: of what was asked last
ET.register_namespace("", _SVG)


@lru_cache(maxsize=_KEPT)
def over_time(name: str, told: str, periods: tuple[str, ...], lines: tuple[tuple[str, tuple[int, ...]], ...]) -> Markup:
    """A line for each of two series of counts, one count a period, the earliest first."""
    chart = leather.Chart()
    last = len(periods) - 1
    for (label, counts), colour in zip(lines, COLOURS, strict=False):
        chart.add_line([*enumerate(counts)], name=label, stroke_color=colour, width=3)
    every = max(1, -(-len(periods) // _TICKS))
    chart.add_x_scale(0, max(last, 1))
    chart.add_x_axis(ticks=[*range(last, -1, -every)], tick_formatter=lambda at, *_: periods[int(at)])
    ticks = _ticks(max((count for _, counts in lines for count in counts), default=0))
    chart.add_y_scale(0, ticks[-1])
    chart.add_y_axis(ticks=ticks)
    return _inline(chart, name, told, _HEIGHT)


@lru_cache(maxsize=_KEPT)
def bars(name: str, told: str, rows: tuple[tuple[str, int], ...]) -> Markup:
    """One bar a row, the first above, as many as have room."""
    # With its place, for the library would draw two of one name on top of each other.
    shown = [(count, _short(f"{place}. {label}")) for place, (label, count) in enumerate(rows[:MOST_BARS], 1)]
    chart = leather.Chart()
    chart.add_bars(shown, fill_color=COLOURS[0])
    ticks = _ticks(max((count for count, _ in shown), default=0))
    chart.add_x_scale(0, ticks[-1])
    chart.add_x_axis(ticks=ticks)
    return _inline(chart, name, told, _FRAME + _BAR * len(shown))


def _ticks(most: int) -> Sequence[int]:
    """Round numbers from nought to what is not less; the library's own search for them takes longer than the rest."""
    step, rounded = 1, ((1, 2, 5)[at % 3] * 10 ** (at // 3) for at in range(60))
    while step * _TICKS < most:
        step = next(rounded)
    return range(0, step * max(1, -(-most // step)) + 1, step)


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1]}…"


def _inline(chart: leather.Chart, name: str, told: str, height: int) -> Markup:
    """As wide as the page; read out as one picture."""
    root = ET.fromstring(chart.to_svg(width=_WIDTH, height=height))  # noqa: S314 - the library's own, all of it escaped
    del root.attrib["width"], root.attrib["height"], root.attrib["version"]
    root.set("viewBox", f"0 0 {_WIDTH} {height}")
    root.set("role", "img")
    root.set("aria-label", f"{name}. {told}")
    for ground in root.findall(f"{{{_SVG}}}g/{{{_SVG}}}rect"):
        ground.set("class", "ground")
    for tag, words in (("desc", told), ("title", name)):
        element = ET.Element(f"{{{_SVG}}}{tag}")
        element.text = words
        root.insert(0, element)
    return Markup(ET.tostring(root, encoding="unicode"))  # noqa: S704 - words are escaped by it
