"""Somebody of an office who wants alerts by mail, and the clock that looks for them."""

import re

from app.due_work import ALERTS_SINCE
from core import casework
from core.casework import alert_address, alerts
from core.casework.actors import Actor
from core.messages import Address
from core.model import AlertKind, DeliveryKind, Staff
from tests.fakes.office import Office
from tests.fakes.town import Told

BOX = Address("siti@kantor.example")


def subscribed(office: Office, staff: Staff, *kinds: AlertKind, hour: int | None = None) -> None:
    """With a confirmed address, and those kinds; none: all of them."""
    actor = Actor(staff.name, "desk")
    office.turn(lambda turn: alert_address.set_address(turn, actor, staff.id, BOX, "id"))
    found = re.search(r"\b\d{8}\b", office.town.post()[-1].text)
    assert found is not None
    code = found[0]
    assert office.turn(lambda turn: alert_address.confirm(turn, actor, code))
    wanted = frozenset(kinds or AlertKind)
    office.turn(lambda turn: alert_address.choose(turn, actor, wanted, hour, "id"))


def ticks(office: Office) -> list[Told]:
    """The clock looks once, as in a running service; what it mailed."""
    since = office.town.clock.now() - ALERTS_SINCE
    while office.turn(lambda turn: casework.note_happened(turn, since)) == alerts.MOST:
        pass
    for staff in office.turn(casework.accounts_to_tell):
        office.turn(lambda turn, staff=staff: casework.tell(turn, staff))  # type: ignore[misc]  # a default binds the loop variable
    return [each for each in office.town.post() if each.kind is DeliveryKind.ALERT]
