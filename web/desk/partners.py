"""/petugas/mitra: who may file over the interface for machines; a key is shown in one answer, and kept as a hash."""

from starlette.responses import Response

from core import casework
from core.model import Partner
from web.desk import frame
from web.desk.editable_list import EditableList
from web.desk.session import ROOT, Visit

HERE = f"{ROOT}/mitra"


async def _add(visit: Visit) -> Response:
    form, desk, actor = visit.form, visit.desk, visit.actor
    partner, key = Partner(form.text("nama"), form.text("kanal")), casework.partner_key(desk.rng)
    await desk.run(lambda turn: casework.add_partner(turn, partner, key, actor))
    return frame.page(visit, "key.html", here=HERE, partner=partner, key=key)


async def _disable(visit: Visit) -> None:
    name, actor = visit.form.text("nama"), visit.actor
    await visit.desk.run(lambda turn: casework.disable_partner(turn, name, actor))


PAGES = EditableList(
    "mitra",
    "partners.html",
    "desk_partners",
    typed=("nama", "kanal"),
    rows=lambda turn: turn.tx.partners.all(),
    add=_add,
    take_away=_disable,
    ending="nonaktif",
).pages()
