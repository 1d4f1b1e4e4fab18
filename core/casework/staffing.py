"""Which offices have people: who must be given an account before their reports are read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from core import areas, workflow
from core.categories import AGENCIES
from core.model import AgencyId, Right
from core.record import Turn


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An office with its whole accounts; `handlers`: those of them that handle reports. `city`: empty for agencies."""

    office: AgencyId
    city: str
    accounts: int
    handlers: int


def offices() -> tuple[tuple[AgencyId, str], ...]:
    """Every office that can have accounts, with the city of an area's office: agencies first, then by city."""
    agencies = [each for each in AGENCIES if workflow.has_staff(each)]
    there = [(office, area.city) for code, area in areas.AREAS.items() if (office := areas.office(code))]
    return (*((each, "") for each in agencies), *dict.fromkeys(there))


def office_rows(turn: Turn) -> Sequence[OfficeRow]:
    """In that order."""
    active = [each for each in turn.tx.accounts.all() if each.whole]
    accounts = Counter(each.agency for each in active)
    handlers = Counter(each.agency for each in active if each.may(Right.HANDLE))
    return [OfficeRow(office, city, accounts[office], handlers[office]) for office, city in offices()]
