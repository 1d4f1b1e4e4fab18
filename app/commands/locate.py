"""`resi locate`: points on stdin, a line each, and the kelurahan that each lies in, a line each."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from app.errors import CannotStart
from app.maps import folder_of
from core import areas
from core.messages import Point
from core.model import AreaCode

if TYPE_CHECKING:
    from app.settings import Settings
    from storage.maps import OutlineIndex

_NUMBER = r"\s*([+-]?(?:\d{1,20}(?:\.\d{0,40})?|\.\d{1,40})(?:[eE][+-]?\d{1,4})?)\s*"
_POINT = re.compile(rf"{_NUMBER},{_NUMBER}", re.ASCII)
_MOST = 200  # characters of a line that are a point
_POLE = 90


def locate(
    settings: "Settings", source: TextIO, out: TextIO, complain: Callable[[str], None], *, as_json: bool
) -> None:
    """A line out for each line in; what is no point lies nowhere. Raises CannotStart without outlines."""
    index = _index(settings)
    for number, line in enumerate(source, start=1):
        typed = line.lstrip("\ufeff").strip() if number == 1 else line.strip()
        point = read_point(typed)
        if point is None:
            complain(f"line {number}: no point is written there; write latitude,longitude, such as -6.1754,106.8272")
        elif abs(point.latitude) > _POLE >= abs(point.longitude):
            complain(f"line {number}: latitude comes first; are the two swapped?")
        found = index.at(point) if point is not None else None
        codes = (*found.holding, *found.near) if found is not None and found.within else ()
        out.write(_told(codes, as_json=as_json) + "\n")
        out.flush()


def _told(codes: tuple[AreaCode, ...], *, as_json: bool) -> str:
    if as_json:
        rows = [{"area": code, "name": areas.area(code).name} for code in codes]
        return json.dumps({"areas": rows, "outside": not codes}, ensure_ascii=False)
    return "; ".join(areas.full_name(code) for code in codes) or "-"


def read_point(typed: str) -> Point | None:
    """Two numbers with a comma between them; None for anything else."""
    read = _POINT.fullmatch(typed) if len(typed) <= _MOST else None
    return Point(float(read[1]), float(read[2])) if read else None


def _index(settings: "Settings") -> "OutlineIndex":
    from storage.maps import MapUnusable, OutlineIndex, load_outlines  # noqa: PLC0415 - their library takes its time

    file = settings.values["BOUNDARIES"]
    if not file:
        raise CannotStart("RESI_BOUNDARIES is not set: it names the GeoJSON file with the outlines of areas.")
    try:
        code = settings.values["BOUNDARIES_CODE"]
        return OutlineIndex(load_outlines(Path(file), code, folder_of(settings.data_dir)).drawn)
    except MapUnusable as why:
        raise CannotStart(f"RESI_BOUNDARIES {why}. `resi doctor` tells more.") from None
