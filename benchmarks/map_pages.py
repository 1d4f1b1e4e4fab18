"""Sizes and times of the pages with a map: the figures of docs/places.md, from outlines that are not shipped.

    TEST_MAP_DATA=FOLDER PYTHONPATH=. python benchmarks/map_pages.py

The folder holds kelurahan.geojson. Pages are asked for without a network, over a store in memory with a report in each
kelurahan; the public page shows a figure for each.
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from core.areas import AREAS
from core.model import AgencyId, Number, StaffRole
from core.ports import CityMap
from storage.maps import MappedBoundaries, OutlineIndex, load_outlines
from tests.fakes import nouns
from tests.fakes.office import Browser, Office
from tests.fakes.web_services import Behind, get
from web import AreaFigure, PlaceFigures

_TIMES = 15
_DESK = ("/petugas/peta", "/petugas/peta?wilayah=31.74", "/petugas/peta?wilayah=31.74.01", "/petugas/laporan/{}/peta")
_PUBLIC = ("/statistik/peta", "/statistik/peta?ukuran=hari", "/statistik/peta?wilayah=31.74.01")


def _drawn(file: Path, folder: Path) -> None:
    outlines = load_outlines(file, "", folder)
    began = time.perf_counter()
    sheet = OutlineIndex(outlines.drawn).sheet()
    took = time.perf_counter() - began
    for name in ("near", "far"):
        size = sum(len(getattr(each, name)) for code, each in sheet.outlines.items() if AREAS[code].finest)
        print(f"outlines of the smallest areas, {name}: {size / 1000:.0f} kB")
    print(f"simplified and drawn once, {len(sheet.outlines)} areas: {took:.2f} s")


def _office(boundaries: MappedBoundaries) -> tuple[Office, Number]:
    office = Office()
    office.town.context = replace(office.town.context, city_map=CityMap(boundaries))
    office.hire("biro1", StaffRole.BIRO, AgencyId("biro_pemerintahan"))
    last = Number("")
    for each in AREAS.values():
        if each.finest:
            report = nouns.report()
            last = Number(report.number.upper())
            report = replace(report, number=last, place=replace(report.place, area=each.code, point=each.centre))
            office.town.store.run(lambda tx, report=report: tx.reports.add(report, nouns.entry()))  # type: ignore[misc] # the default binds the loop variable
    return office, last


async def _told(name: str, browser: Browser | None, office: Office | None, behind: Behind) -> None:
    app = behind.app()
    took: list[float] = []
    size = 0
    for _ in range(_TIMES):
        began = time.perf_counter()
        answer = await browser.opens(name) if browser and office else await get(app, name)
        took.append(time.perf_counter() - began)
        size = len(answer.content)
        if answer.status_code != 200:
            sys.exit(f"{name}: {answer.status_code}")
    print(f"{name}: {size / 1000:.0f} kB, {1000 * statistics.median(took):.0f} ms")


async def _pages(boundaries: MappedBoundaries) -> None:
    office, number = _office(boundaries)
    figures = {code: AreaFigure(1234, 5.5) for code, each in AREAS.items() if each.finest}
    behind = Behind(placed=PlaceFigures(figures, boundaries.sheet(), boundaries.credit(), 5, batches=True))
    browser = await office.at_work("biro1")
    for path in _DESK:
        await _told(path.format(number), browser, office, behind)
    for path in _PUBLIC:
        await _told(path, None, None, behind)


def main() -> None:
    """Prints them."""
    folder = os.environ.get("TEST_MAP_DATA")  # noqa: TID251 - of the figures, not of the service
    if not folder:
        sys.exit("TEST_MAP_DATA names no folder")
    file = Path(folder) / "kelurahan.geojson"
    with tempfile.TemporaryDirectory() as prepared:
        _drawn(file, Path(prepared))
        asyncio.run(_pages(MappedBoundaries(file, "", Path(prepared))))


if __name__ == "__main__":
    main()
