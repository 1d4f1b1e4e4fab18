"""/petugas/jawaban: words for citizens that offices have ready, short enough for every channel."""

from collections.abc import Mapping

from core import casework, workflow
from core.casework.administration import TITLE_LONGEST
from core.model import AgencyId, Canned, CannedId
from web.desk import select_options
from web.desk.editable_list import EditableList
from web.desk.session import Visit


def _beside(visit: Visit) -> Mapping[str, object]:
    return {
        "office_groups": select_options.offices(visit.lang),
        "longest": workflow.TOLD_LONGEST,
        "title_longest": TITLE_LONGEST,
    }


async def _add(visit: Visit) -> None:
    form, actor = visit.form, visit.actor
    new = Canned(CannedId(""), AgencyId(form.text("kantor")) or None, form.text("judul"), form.text("kata"))
    await visit.desk.run(lambda turn: casework.add_canned(turn, new, actor))


async def _drop(visit: Visit) -> None:
    """Nothing happens where it is gone already."""
    which, actor = CannedId(visit.form.text("jawaban")), visit.actor
    await visit.desk.run(lambda turn: casework.drop_canned(turn, which, actor))


PAGES = EditableList(
    "jawaban",
    "canned.html",
    "desk_canned",
    typed=("kantor", "judul", "kata"),
    rows=lambda turn: turn.tx.canned.all(),
    add=_add,
    take_away=_drop,
    beside=_beside,
).pages()
