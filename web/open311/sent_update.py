"""What a partner's update says: of which report, under which id of its own, and how its citizen sees the matter."""

from collections.abc import Mapping

from core.intake import PartnerUpdate, UpdateState
from core.messages import WireId
from web.open311.parameters import moment, number_of
from web.open311.serialization import Trouble

LONGEST_ID = 100
_NEEDED = ("service_request_id", "update_id", "updated_datetime", "status")
_STATES = {
    "open": UpdateState.OPEN,
    "closed": UpdateState.CLOSED,
    "fixed": UpdateState.CLOSED,  # what FixMyStreet says where somebody saw that it is solved
    "reopen": UpdateState.REOPEN,
}


def read(given: Mapping[str, str]) -> PartnerUpdate:
    """Of a form. Names and addresses of people are not read, and the time is looked at and not kept.

    Raises Trouble 400; 404 for what can be no number of ours.
    """
    missing = next((name for name in _NEEDED if not given.get(name, "").strip()), None)
    if missing is not None:
        raise Trouble(400, f"{missing} is missing")
    moment(given, "updated_datetime")
    state = _STATES.get(given["status"].strip().lower())
    if state is None:
        raise Trouble(400, "status is open, closed, fixed or reopen: how far the work is, its office says")
    number = number_of(given["service_request_id"])
    if number is None:
        raise Trouble(404, "service_request_id was not found")
    return PartnerUpdate(number, _id(given["update_id"].strip()), state, given.get("description", "").strip())


def _id(typed: str) -> WireId:
    if len(typed) > LONGEST_ID or not typed.isprintable():
        raise Trouble(400, f"update_id has {LONGEST_ID} characters at most, all of them printable")
    return WireId(typed)
