"""The operator's map: its settings, what is odd about them, and the map that turns are given."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from core.messages import Problem, Setting, Values
from core.ports import NO_MAP, CityMap

SETTINGS = (
    Setting("BOUNDARIES", "GeoJSON file (WGS 84) with the outlines of areas: a location then tells its kelurahan"),
    Setting("BOUNDARIES_CODE", "its property that holds the areas' codes; unset: the one in which they are found"),
    Setting("GAZETTEER", "tab-separated file of streets, markets, stations: name, kind, lon, lat, areas"),
    Setting("TILES", "PMTiles file of streets, served by ourselves: officers see it below a report's point"),
    Setting("MAP_CREDIT", "whom pages with a map name as its source; unset: as the file's attribution says"),
    Setting("POINT_DECIMALS", "digits of a degree that are kept of a location, 3 to 6; 4 are 11 metres", "4"),
)
_DECIMALS = range(3, 7)
_PMTILES = b"PMTiles\x03"


def decimals(values: Values) -> int:
    """As set; what cannot be read is taken for the default."""
    typed = values["POINT_DECIMALS"]
    return int(typed) if typed in map(str, _DECIMALS) else 4


def problems(values: Values) -> Iterator[Problem]:
    """What can be told without reading a file."""
    typed = values["POINT_DECIMALS"]
    if typed not in map(str, _DECIMALS):
        what = f"is no number from {_DECIMALS[0]} to {_DECIMALS[-1]}"
        yield Problem("POINT_DECIMALS", what, "Set RESI_POINT_DECIMALS, for example 4.")
    for name in ("BOUNDARIES", "GAZETTEER", "TILES"):
        if values[name] and not _is_file(values[name]):
            yield Problem(name, "names no file that can be read", f"Set RESI_{name} to one, or unset it.")
    if values["TILES"] and _is_file(values["TILES"]) and not _is_tiles(Path(values["TILES"])):
        yield Problem("TILES", "names no PMTiles file of version 3", "Set RESI_TILES to one, or unset it.")
    if values["BOUNDARIES_CODE"] and not values["BOUNDARIES"]:
        mend = "Set RESI_BOUNDARIES, or unset RESI_BOUNDARIES_CODE."
        yield Problem("BOUNDARIES_CODE", "is set, but RESI_BOUNDARIES is not", mend)


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file() and os.access(name, os.R_OK)
    except (OSError, ValueError):  # a name that is too long, or none at all
        return False


def _is_tiles(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(len(_PMTILES)) == _PMTILES


def tiles(values: Values) -> Path | None:
    """The file of streets; None: there is none."""
    return Path(values["TILES"]) if values["TILES"] and _is_file(values["TILES"]) else None


def credit(values: Values, city_map: CityMap) -> str:
    """Whom pages with a map name as its source: as set, else as the outlines say."""
    return values["MAP_CREDIT"] or (city_map.boundaries.credit() if city_map.boundaries is not None else "")


def folder_of(data_dir: Path) -> Path:
    """Where what was prepared of a map is kept; it can be made anew at any time."""
    return data_dir / "maps"


def city_map(values: Values, data_dir: Path) -> CityMap:
    """Nothing is read before somebody asks: who has no map, or needs none, loads no library for it."""
    digits, folder = decimals(values), folder_of(data_dir)
    if not (values["BOUNDARIES"] or values["GAZETTEER"]):
        return replace(NO_MAP, decimals=digits)
    from storage.maps import MappedBoundaries, MappedGazetteer  # noqa: PLC0415 - see above

    boundaries = gazetteer = None
    if values["BOUNDARIES"]:
        file, code = Path(values["BOUNDARIES"]), values["BOUNDARIES_CODE"]
        boundaries = MappedBoundaries(file, code, folder)
    if values["GAZETTEER"]:
        gazetteer = MappedGazetteer(Path(values["GAZETTEER"]), folder)
    return CityMap(boundaries, gazetteer, digits)
