"""/petugas/instansi: which offices have people, and which have nobody who would read their reports."""

from collections.abc import Sequence

from starlette.responses import Response

from core import areas, casework
from core.casework import OfficeRow
from core.phrases import phrase
from web.desk import frame
from web.desk.routes import ADMINS, Page
from web.desk.session import ROOT, Visit

HERE = f"{ROOT}/instansi"
_NOBODY = "kosong"


async def _offices(visit: Visit) -> Response:
    rows = await visit.desk.read(casework.office_rows)
    empty = [each for each in rows if not each.handlers]
    only = visit.asked("daftar") == _NOBODY
    return frame.page(
        visit,
        "offices.html",
        here=HERE,
        groups=_grouped(visit, empty if only else rows),
        tabs=((HERE, "desk_offices_all", len(rows), not only), (_EMPTY, "desk_offices_nobody", len(empty), only)),
    )


_EMPTY = f"{HERE}?daftar={_NOBODY}"


def _grouped(visit: Visit, rows: Sequence[OfficeRow]) -> list[tuple[str, list[OfficeRow]]]:
    names = {city.city: city.name for city in areas.children(None)}
    found: dict[str, list[OfficeRow]] = {}
    for row in rows:
        found.setdefault(names.get(row.city, phrase("desk_agencies", visit.lang)), []).append(row)
    return list(found.items())


PAGES = (Page("/instansi", _offices, roles=ADMINS, title="desk_offices"),)
