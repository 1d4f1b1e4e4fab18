"""/petugas/terlambat: what is late, by agency; a click leads to the reports of one."""

from urllib.parse import urlencode

from starlette.responses import Response

from core import casework, workflow
from core.casework import Part, Which
from core.errors import NotFound
from core.model import AgencyId, Right
from web.desk import frame
from web.desk.routes import CHECKERS, Page
from web.desk.session import ROOT, Visit

HERE = f"{ROOT}/terlambat"


async def _page(visit: Visit) -> Response:
    holder = AgencyId(visit.asked("kantor"))
    return await _of(visit, holder) if holder else await _agencies(visit)


async def _agencies(visit: Visit) -> Response:
    name = visit.staff.name
    found, now = await visit.desk.read(lambda turn: (casework.late(turn, name), turn.now))
    part = Part(len(found.agencies), visit.asked_page())
    return frame.page(
        visit,
        "late.html",
        here=HERE,
        every=visit.staff.may(Right.CITY),
        rows=[(each, _link(visit, each.agency)) for each in found.agencies[part.skip : part.skip + part.size]],
        total=sum(each.reports for each in found.agencies),
        evaluation=sum(each.evaluation for each in found.agencies),
        most=max((each.reports for each in found.agencies), default=1),
        restricted=found.restricted,
        part=part,
        now=now,
    )


def _link(visit: Visit, agency: AgencyId) -> str:
    """To the list where that can be read, else to numbers and days."""
    if visit.staff.may(Right.CITY) or agency == visit.staff.agency:
        return f"{ROOT}?{urlencode({'daftar': Which.LATE.value, 'kantor': agency})}"
    return f"{HERE}?{urlencode({'kantor': agency})}"


async def _of(visit: Visit, holder: AgencyId) -> Response:
    """Raises NotFound where there is no such office."""
    if not workflow.known(holder):
        raise NotFound
    name = visit.staff.name
    rows, now = await visit.desk.read(lambda turn: (casework.late_of(turn, name, holder), turn.now))
    return frame.page(visit, "late_of.html", here=HERE, holder=holder, rows=rows, now=now)


PAGES = (Page("/terlambat", _page, roles=CHECKERS, title="desk_behind"),)
