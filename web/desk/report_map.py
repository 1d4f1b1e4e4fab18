"""/petugas/laporan/{number}/peta: where a report lies, from its kelurahan up to the whole city, one picture each."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from core import areas, casework
from core.model import AreaCode, Place
from core.ports import CityMap
from web.desk import frame
from web.desk.routes import HANDLERS, Page
from web.desk.session import ROOT, Visit
from web.map_view import View, chain, view
from web.services import services_of
from web.street_tiles import HERE

WHOLE = "kota"
"""What the address says for all of the city."""


@dataclass(frozen=True, slots=True)
class Located:
    """A report in a picture. `at`: its point, None where there is none, or where it is not in the picture.

    `here`: its area; `zooms`: areas that a picture can show, the largest first.
    """

    view: View
    at: tuple[int, int] | None
    here: AreaCode | None
    zooms: Sequence[areas.Area]


def located(city_map: CityMap, place: Place, zoom: str = "") -> Located | None:
    """`zoom`: the code of an area around it, or WHOLE; else what holds its area. None: there is no map, or no place."""
    sheet = city_map.boundaries.sheet() if city_map.boundaries is not None else None
    if sheet is None or (place.area is None and place.point is None):
        return None
    around = [each for each in chain(_area(city_map, place)) if each.code in sheet.outlines]
    named = next((each.code for each in around if each.code == zoom), None)
    usual = around[-2:][0].code if around else None
    seen = view(sheet, None if zoom == WHOLE else named or usual)
    at = seen.point(sheet, place.point) if place.point is not None else None
    return Located(seen, at, around[-1].code if around else None, around)


def _area(city_map: CityMap, place: Place) -> AreaCode | None:
    """As it was told; of a point alone, where that lies."""
    if place.area is not None or place.point is None or city_map.boundaries is None:
        return place.area
    found = city_map.boundaries.at(place.point)
    return next(iter(found.holding), None) if found is not None else None


def address(number: str) -> str:
    """Of the page."""
    return f"{ROOT}/laporan/{number}/peta"


async def of_report(visit: Visit, place: Place, zoom: str = "") -> Located | None:
    """The same, read beside whoever writes: outlines are drawn when somebody asks first."""
    return await visit.desk.read(lambda turn: located(turn.context.city_map, place, zoom))


async def _page(visit: Visit) -> Response:
    actor, number = visit.actor, visit.number
    seen = await visit.desk.run(lambda turn: casework.show(turn, actor, number))
    place = await of_report(visit, seen.report.place, visit.asked("wilayah"))
    report = seen.report
    return frame.page(
        visit,
        "report_map.html",
        here=address(report.number),
        report=report,
        located=place,
        map_page=address(report.number),
        map_credit=visit.desk.map_credit(),
        whole=WHOLE,
        tiles=HERE if services_of(visit.request).tiles is not None and report.place.point else "",
    )


PAGES = (Page("/laporan/{number}/peta", _page, roles=HANDLERS),)
