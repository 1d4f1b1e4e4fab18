"""A drawing as SVG, the same to the byte each time, so that a test can compare it with what the code says."""  # noqa: INP001 - beside pages that run, not a package

import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

Spot = tuple[int, int]

INK, PALE, EDGE, PAPER = "#1f2933", "#52606d", "#9aa5b1", "#ffffff"
_FONT = "Verdana, DejaVu Sans, sans-serif"


class Sheet:
    """A drawing that grows; sizes and places are in units of the screen."""

    def __init__(self, title: str, width: int, height: int, left: int = 0) -> None:
        about = {"viewBox": f"{left} 0 {width} {height}", "width": str(width), "height": str(height), "role": "img"}
        self.root = ET.Element("svg", about | {"xmlns": "http://www.w3.org/2000/svg", "font-family": _FONT})
        ET.SubElement(self.root, "title").text = title
        self._heads = ET.SubElement(self.root, "defs")
        self.put("rect", x=left, y=0, width=width, height=height, fill=PAPER)

    def put(self, kind: str, **given: object) -> ET.Element:
        """An element; `stroke_width` is written stroke-width."""
        return ET.SubElement(self.root, kind, {name.replace("_", "-"): str(value) for name, value in given.items()})

    def write(self, words: str, at: Spot, size: int = 12, **given: object) -> None:
        """Words whose base line begins there."""
        self.put("text", x=at[0], y=at[1], font_size=size, **{"fill": INK, **given}).text = words

    def head(self, colour: str) -> str:
        """The head of an arrow in that colour, to be referred to."""
        name = f"head-{colour.removeprefix('#')}"
        if all(each.get("id") != name for each in self._heads):
            size = {"markerWidth": "9", "markerHeight": "8", "refX": "8", "refY": "4", "markerUnits": "userSpaceOnUse"}
            marker = ET.SubElement(self._heads, "marker", {"id": name, "orient": "auto", **size})
            ET.SubElement(marker, "path", {"d": "M0,0 L9,4 L0,8 z", "fill": colour})
        return f"url(#{name})"

    def text(self) -> str:
        """As XML, the same each time."""
        ET.indent(self.root)
        return ET.tostring(self.root, encoding="unicode") + "\n"


def print_or_write(draw: Callable[[], str]) -> None:
    """What a page that draws does when it is called: prints the drawing, or writes it into the file that is named."""
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(draw(), encoding="utf-8")
    else:
        sys.stdout.write(draw())
