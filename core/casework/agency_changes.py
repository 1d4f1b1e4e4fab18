"""Agencies as administrators keep them: one that ends is retired, and known for the reports that name it."""

from collections.abc import Iterator
from dataclasses import dataclass

from core import areas, gsm7, workflow
from core.casework import city_changes
from core.casework.actors import OPERATOR, Actor
from core.casework.city_changes import CityPresent
from core.categories import Agency
from core.categories.agencies import EXTERNAL, agency_rows
from core.city.profile import CITY
from core.errors import Refused
from core.model import AgencyId, CityChange, CityPart
from core.record import Turn
from core.toml_rows import name_of

NAME_LONGEST, SHORT_LONGEST = 120, 40


@dataclass(frozen=True, slots=True)
class AgencyForm:
    """What was typed of an agency. `seen`: the version of its row that was shown; 0 of a new one."""

    name: str
    short: str
    kind: str
    reports_to: str
    city: str
    seen: int = 0


def add_agency(turn: Turn, id_: str, form: AgencyForm, by: Actor = OPERATOR) -> AgencyId:
    """Raises Refused."""
    now = city_changes.begun(turn, by)
    agency = id_.strip() or city_changes.id_like(form.short, list(now.tables.agencies), "agency")
    if not city_changes.ID.fullmatch(agency):
        raise Refused("city_id_wrong")
    if agency in now.tables.agencies:
        raise Refused("city_id_taken")
    city_changes.keep_row(turn, now, CityChange(CityPart.AGENCY, agency, _row(now, agency, form)), "agency-add", by)
    return AgencyId(agency)


def change_agency(turn: Turn, id_: str, form: AgencyForm, by: Actor = OPERATOR) -> None:
    """Raises Refused."""
    now = city_changes.begun(turn, by)
    before = _known(now, id_)
    city_changes.unchanged(now, CityPart.AGENCY, id_, form.seen)
    if (form.kind.strip() == EXTERNAL) is not before.external:
        raise Refused("agency_stays_inside")
    row = _row(now, id_, form) | ({"retired": True} if before.retired else {})
    city_changes.keep_row(turn, now, CityChange(CityPart.AGENCY, id_, row), "agency-change", by)


def retire_agency(turn: Turn, id_: str, by: Actor = OPERATOR) -> None:
    """It takes nothing new from now on; raises Refused while something hangs on it."""
    now = city_changes.begun(turn, by)
    agency = _known(now, id_)
    for reason in _holding(turn, now, agency):
        raise Refused(reason)
    row = {**agency_rows(now.changes)[id_], "retired": True}
    city_changes.keep_row(turn, now, CityChange(CityPart.AGENCY, id_, row), "agency-retire", by)


def restore_agency(turn: Turn, id_: str, by: Actor = OPERATOR) -> None:
    """It takes what comes again; raises Refused."""
    now = city_changes.begun(turn, by)
    _known(now, id_)
    row = {key: value for key, value in agency_rows(now.changes)[id_].items() if key != "retired"}
    above = str(row.get("reports_to", ""))
    if above and now.tables.agencies[AgencyId(above)].retired:
        raise Refused("agency_above")
    city_changes.keep_row(turn, now, CityChange(CityPart.AGENCY, id_, row), "agency-restore", by)


def _known(now: CityPresent, id_: str) -> Agency:
    found = now.tables.agencies.get(AgencyId(id_))
    if found is None:
        raise Refused("case_office_unknown")
    return found


def _row(now: CityPresent, id_: str, form: AgencyForm) -> dict[str, object]:
    name, short = map(name_of, (form.name, form.short))
    if not name or not short:
        raise Refused("agency_name_missing")
    if len(name) > NAME_LONGEST or (gsm7.septets(short) or SHORT_LONGEST + 1) > SHORT_LONGEST:
        raise Refused("agency_name_long", name=NAME_LONGEST, most=SHORT_LONGEST)
    others = [each for each in now.tables.agencies.values() if each.id != id_]
    taken = {called.casefold() for each in others for called in (each.name, each.short)}
    if not taken.isdisjoint({name.casefold(), short.casefold()}):
        raise Refused("agency_name_taken")
    kind, above, city = form.kind.strip(), form.reports_to.strip(), form.city.strip()
    if not city_changes.ID.fullmatch(kind):
        raise Refused("agency_kind")
    _above(now, id_, above)
    if city and city not in towns():
        raise Refused("routes_area_unknown")
    more = {field: value for field, value in (("reports_to", above), ("city", city)) if value}
    return {"name": name, "short": short, "kind": kind, **more}


def _above(now: CityPresent, id_: str, above: str) -> None:
    """Raises Refused where lateness could not climb to it, or would go round in a circle."""
    if not above:
        return
    found = now.tables.agencies.get(AgencyId(above))
    if found is None or found.retired or found.external:
        raise Refused("agency_above")
    at: Agency | None = found
    while at is not None:
        if at.id == id_:
            raise Refused("agency_circle")
        at = now.tables.agencies[at.reports_to] if at.reports_to is not None else None


def towns() -> tuple[str, ...]:
    """The largest areas, by the ids that branches name."""
    return tuple(dict.fromkeys(each.city for each in areas.children(None)))


def _holding(turn: Turn, now: CityPresent, agency: Agency) -> Iterator[str]:
    """Why it cannot be retired now, the nearest first."""
    tx, tables = turn.tx, now.tables
    if agency.id == workflow.BIRO or agency.id in CITY.counters:
        yield "agency_holds_city"
    if any(agency.id in {each.lead_agency, each.restricted} and not each.retired for each in tables.by_id.values()):
        yield "agency_holds_categories"
    if any(each.reports_to == agency.id and not each.retired for each in tables.agencies.values()):
        yield "agency_holds_branches"
    if any(each.to == agency.id for each in tx.routes.all()):
        yield "agency_holds_routes"
    if any(each.agency == agency.id and each.active for each in tx.accounts.all()):
        yield "agency_holds_accounts"
    if any(each.took is None for each in tx.overview.handled(turn.now, turn.now, agency.id)):
        yield "agency_holds_reports"
