"""/petugas/tampilan: a filter of the list gets a name, or loses it."""

from http import HTTPStatus

from starlette.responses import RedirectResponse, Response

from core import casework
from core.casework.saved_views import LONGEST
from core.errors import Refused
from web.desk import frame
from web.desk.filters import kept_in, link, query_of
from web.desk.routes import HANDLERS, Page
from web.desk.session import Visit

_FILTER = "saringan"


def _back(visit: Visit) -> str:
    return link(kept_in(visit.form.text(_FILTER)))


async def _save(visit: Visit) -> Response:
    staff, name, query = visit.staff, visit.form.text("nama"), query_of(kept_in(visit.form.text(_FILTER)))
    try:
        await visit.desk.run(lambda turn: casework.save_view(turn, staff, name, query))
    except Refused as no:
        return frame.page(visit, "view.html", why=no, query=query, name=name[:LONGEST], back=_back(visit))
    return RedirectResponse(_back(visit), HTTPStatus.SEE_OTHER)


async def _drop(visit: Visit) -> Response:
    staff, name = visit.staff, visit.form.text("nama")
    await visit.desk.run(lambda turn: casework.drop_view(turn, staff, name))
    return RedirectResponse(_back(visit), HTTPStatus.SEE_OTHER)


PAGES = (
    Page("/tampilan", _save, "POST", roles=HANDLERS),
    Page("/tampilan/hapus", _drop, "POST", roles=HANDLERS),
)
