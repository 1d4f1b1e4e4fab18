"""/petugas/sistem: how the service stands, in numbers alone."""

from starlette.responses import Response

from web.desk import frame
from web.desk.routes import ADMINS, Page
from web.desk.session import ROOT, Visit


async def _system(visit: Visit) -> Response:
    return frame.page(visit, "system.html", here=f"{ROOT}/sistem", system=await visit.desk.system())


PAGES = (Page("/sistem", _system, roles=ADMINS, title="desk_system"),)
