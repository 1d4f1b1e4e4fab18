"""/petugas/jejak: what staff did, newest first, and whether the trail of it is whole."""

from urllib.parse import urlencode

from starlette.responses import Response

from core.model import TrailQuery, Verified
from web.desk import frame
from web.desk.paging import whole
from web.desk.routes import AUDITORS, Page
from web.desk.session import ROOT, Visit

HERE = f"{ROOT}/jejak"


async def _shown(visit: Visit, verified: Verified | None = None) -> Response:
    query = TrailQuery(
        before=whole(visit.asked("sebelum")),
        account=visit.asked("akun")[:64],
        number=visit.asked("nomor")[:16].upper(),
    )
    found = await visit.desk.trail.page(query)
    asked = {"akun": query.account, "nomor": query.number, "sebelum": str(found.older or "")}
    older = urlencode({name: value for name, value in asked.items() if value})
    return frame.page(
        visit,
        "trail.html",
        here=HERE,
        query=query,
        found=found,
        older=f"{HERE}?{older}" if found.older is not None else "",
        verified=verified,
    )


async def _verify(visit: Visit) -> Response:
    return await _shown(visit, await visit.desk.trail.verify())


PAGES = (
    Page("/jejak", _shown, roles=AUDITORS, title="desk_trail"),
    Page("/jejak/periksa", _verify, "POST", roles=AUDITORS),
)
