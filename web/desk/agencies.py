"""/petugas/daftar-instansi: agencies of the city and beside it; one that ends is retired and stays known."""

from collections.abc import Mapping, Sequence

from core import areas
from core.casework import agency_changes
from core.casework.agency_changes import AgencyForm
from core.casework.city_changes import CityPresent
from core.categories import Agency
from core.errors import Refused
from core.model import AgencyId, CityPart
from web.desk.editable_row import EditableRow, seen_in
from web.desk.session import Visit


def _listed(now: CityPresent) -> Sequence[Agency]:
    return sorted(now.tables.agencies.values(), key=lambda each: each.retired)


def _form_of(now: CityPresent, id_: str) -> AgencyForm:
    found = now.tables.agencies.get(AgencyId(id_))
    if found is None:
        raise Refused("case_office_unknown")
    return AgencyForm(found.name, found.short, found.kind, found.reports_to or "", found.city or "")


def _typed(visit: Visit) -> AgencyForm:
    text = visit.form.text
    return AgencyForm(
        name=text("nama"),
        short=text("singkat"),
        kind=text("golongan"),
        reports_to=text("atasan"),
        city=text("kota"),
        seen=seen_in(visit),
    )


def _beside(visit: Visit, now: CityPresent) -> Mapping[str, object]:
    known = now.tables.agencies
    own = known.get(AgencyId(visit.part("id")))
    return {
        "known": known,
        "own": own,
        "kinds": sorted({each.kind for each in known.values()}),
        "above": [each for each in known.values() if not each.external and not each.retired and each is not own],
        "towns": [(each.city, each.name) for each in areas.children(None)],
        "name_longest": agency_changes.NAME_LONGEST,
        "short_longest": agency_changes.SHORT_LONGEST,
    }


PAGES = EditableRow(
    "daftar-instansi",
    "agencies.html",
    "agency.html",
    "desk_agency_list",
    listed=_listed,
    empty=lambda: AgencyForm("", "", "", "", ""),
    form_of=_form_of,
    version_of=lambda now, id_: now.version(CityPart.AGENCY, id_),
    typed=_typed,
    add=lambda turn, form, by: agency_changes.add_agency(turn, "", form, by),
    change=agency_changes.change_agency,
    retire=agency_changes.retire_agency,
    restore=agency_changes.restore_agency,
    beside=_beside,
).pages()
