"""What operators arrange: where new reports go by themselves, who may file for citizens; noted like acts of staff."""

from dataclasses import replace

from core import workflow
from core.errors import Refused
from core.model import AuditEntry, Partner, Route
from core.record import Turn

_OPERATOR = "-"  # no account can be called so: a shell with the keys can be anybody's


def add_route(turn: Turn, route: Route) -> None:
    """Counts for reports that are filed from now on; raises Refused."""
    if workflow.external(route.to):
        raise Refused("case_office_outside")  # nobody there could read them
    turn.tx.routes.add(route)
    _noted(turn, f"route-add {_row(route)}")


def drop_route(turn: Turn, category: str, area: str) -> bool:
    """False where there is no such row."""
    for route in turn.tx.routes.all():
        if (route.category or "", route.area or "") == (category, area) and turn.tx.routes.drop(route):
            _noted(turn, f"route-remove {_row(route)}")
            return True
    return False


def add_partner(turn: Turn, partner: Partner, key: str) -> None:
    """Raises NameTaken."""
    turn.tx.partners.add(partner, key)
    _noted(turn, f"partner-add {partner.name}")


def disable_partner(turn: Turn, name: str) -> None:
    """Its key opens nothing from this moment; raises Refused."""
    found = next((each for each in turn.tx.partners.all() if each.name == name), None)
    if found is None:
        raise Refused("partner_unknown")
    turn.tx.partners.change(replace(found, active=False))
    _noted(turn, f"partner-disable {name}")


def _row(route: Route) -> str:
    return f"{route.category or '*'} {route.area or '*'} {route.to}"


def _noted(turn: Turn, act: str) -> None:
    turn.tx.audit.add(AuditEntry(turn.now, _OPERATOR, act))
