"""/petugas/hari-libur: days on which nobody works; deadlines that count working days pass over them."""

from collections.abc import Mapping

from core.casework import city_changes, holiday_changes
from core.city.profile import CITY
from web.desk.editable_list import EditableList
from web.desk.session import Visit

_NAME = "nama-"


def _beside(_: Visit) -> Mapping[str, object]:
    return {
        "langs": city_changes.languages(),
        "longest": holiday_changes.NAME_LONGEST,
        "counts": bool(CITY.deadlines.working_days),
    }


async def _add(visit: Visit) -> None:
    form, actor = visit.form, visit.actor
    name = {lang: form.text(_NAME + lang) for lang in city_changes.languages()}
    await visit.desk.run(lambda turn: holiday_changes.add_holiday(turn, form.text("hari"), name, actor))
    await visit.desk.renew_city()


async def _drop(visit: Visit) -> None:
    """Nothing happens where it is gone already."""
    day, actor = visit.form.text("hari"), visit.actor
    await visit.desk.run(lambda turn: holiday_changes.drop_holiday(turn, day, actor))
    await visit.desk.renew_city()


PAGES = EditableList(
    "hari-libur",
    "holidays.html",
    "desk_holidays",
    typed=("hari", *(_NAME + lang for lang in city_changes.languages())),
    rows=lambda turn: city_changes.city_present(turn.tx).holidays,
    add=_add,
    take_away=_drop,
    beside=_beside,
).pages()
