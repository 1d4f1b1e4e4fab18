"""/petugas/jalur: rows of automatic forwarding; they count for reports that are filed from then on."""

from collections.abc import Mapping

from core import areas, casework
from web.desk import select_options
from web.desk.editable_list import EditableList
from web.desk.session import Visit


def _beside(visit: Visit) -> Mapping[str, object]:
    return {
        "groups": select_options.kinds(visit.lang),
        "cities": select_options.places(cities=True),
        "office_groups": select_options.offices(visit.lang),
        "area_name": areas.full_name,
        "known_areas": areas.AREAS,
    }


async def _add(visit: Visit) -> None:
    form, actor = visit.form, visit.actor
    route = casework.route_of(form.text("kantor"), form.text("jenis"), form.text("wilayah"))
    await visit.desk.run(lambda turn: casework.add_route(turn, route, actor))


async def _drop(visit: Visit) -> None:
    """Nothing happens where it is gone already."""
    category, area, actor = visit.form.text("jenis"), visit.form.text("wilayah"), visit.actor
    await visit.desk.run(lambda turn: casework.drop_route(turn, category, area, actor))


PAGES = EditableList(
    "jalur",
    "routing.html",
    "desk_routes",
    typed=("jenis", "wilayah", "kantor"),
    rows=lambda turn: turn.tx.routes.all(),
    add=_add,
    take_away=_drop,
    beside=_beside,
).pages()
