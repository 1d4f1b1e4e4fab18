"""/petugas/mitra: who may file over the interface for machines; a key is shown in one answer, and kept as a hash."""

from starlette.responses import Response

from core import casework
from core.model import Partner
from web.desk import frame
from web.desk.editable_list import EditableList
from web.desk.routes import ADMINS, Page
from web.desk.session import ROOT, Visit

HERE = f"{ROOT}/mitra"
_TOLD = f"{HERE}/kiriman"
_OVERLAP = 7  # days


async def _add(visit: Visit) -> Response:
    form, desk, actor = visit.form, visit.desk, visit.actor
    partner, key = Partner(form.text("nama"), form.text("kanal")), casework.partner_key(desk.rng)
    await desk.run(lambda turn: casework.add_partner(turn, partner, key, actor))
    return frame.page(visit, "key.html", here=HERE, partner=partner, key=key)


async def _disable(visit: Visit) -> None:
    name, actor = visit.form.text("nama"), visit.actor
    await visit.desk.run(lambda turn: casework.disable_partner(turn, name, actor))


async def _rotate(visit: Visit) -> Response:
    """The key before opens the same for a week more."""
    name, key, actor = visit.form.text("nama"), casework.partner_key(visit.desk.rng), visit.actor
    await visit.desk.run(lambda turn: casework.rotate_partner(turn, name, key, _OVERLAP, actor))
    return frame.page(visit, "key.html", here=HERE, partner=Partner(name, ""), key=key)


async def _told(visit: Visit) -> Response:
    """What partners were told, and what their servers answered: no word and no number of a report."""
    events = [] if visit.desk.hooks is None else await visit.desk.hooks()
    return frame.page(visit, "hooks.html", here=_TOLD, events=events)


_LIST = EditableList(
    "mitra",
    "partners.html",
    "desk_partners",
    typed=("nama", "kanal"),
    rows=lambda turn: turn.tx.partners.all(),
    add=_add,
    take_away=_disable,
    ending="nonaktif",
)
PAGES = (
    *_LIST.pages(),
    Page("/mitra/kunci", _LIST.posted(_rotate), "POST", roles=ADMINS, proof=True),
    Page("/mitra/kiriman", _told, roles=ADMINS),
)
