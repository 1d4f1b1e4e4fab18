"""/petugas/ekspor: the list as it is narrowed, as a file; that it was taken stands in the trail before it leaves."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from starlette.responses import Response

from core import casework
from core.errors import NotFound
from core.model import Report
from core.phrases import channel, phrase
from web.desk.filters import kept_in
from web.desk.frame import kind, office
from web.desk.queue import searched
from web.desk.routes import HANDLERS, Page
from web.desk.session import Visit
from web.services import Cell

HEADS = ("number", "status", "kind", "place", "office", "channel", "received", "due", "late", "evaluation", "text")
_KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Which files there are, and as what they are sent."""


async def _export(visit: Visit) -> Response:
    form = visit.form.text("bentuk")
    if form not in _KINDS:
        raise NotFound
    actor, wanted = visit.actor, kept_in(visit.form.text("saringan"))
    query = await searched(visit, visit.form.text("cari"))
    reports = await visit.desk.read(
        lambda turn: casework.taken(turn, actor.name, wanted, query.asked, query.candidates)
    )
    await visit.desk.run(lambda turn: casework.take(turn, actor, reports))
    file = await visit.desk.sheet(form, list(_rows(visit, reports)))
    name = f'attachment; filename="{phrase("desk_saved_reports", visit.lang)}.{form}"'
    return Response(
        file, headers={"Content-Type": _KINDS[form], "Content-Disposition": name, "Cache-Control": "no-store"}
    )


def _rows(visit: Visit, reports: Sequence[Report]) -> Iterator[Sequence[Cell]]:
    lang, zone = visit.lang, visit.desk.zone
    yes, no = phrase("desk_yes", lang), phrase("desk_no", lang)

    def day(at: datetime) -> date:
        return at.astimezone(zone).date()

    yield tuple(phrase(f"desk_head_{head}", lang) for head in HEADS)
    for each in reports:
        yield (
            each.number,
            phrase(f"status_{each.status.value}", lang),
            kind(each.category, lang),
            each.place.name,
            office(each.agency, lang),
            channel(each.channel, lang),
            day(each.received),
            day(each.due),
            yes if each.late else no,
            yes if each.evaluation else no,
            each.text,
        )


PAGES = (Page("/ekspor", _export, "POST", roles=HANDLERS, proof=True),)
