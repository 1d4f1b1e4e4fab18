"""Updates of partners over Open311: what a POST says, what is refused, and in which shape it is answered."""

import json
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import httpx
import pytest

from core.errors import NotFound, Refused, StoreAway
from core.intake import UpdateState
from core.messages import WireId
from core.model import PartnerRight
from tests.fakes.web_services import post
from tests.test_web_open311 import BASE, LAMP, Office, errors

UPDATE = {
    "api_key": "k", "service_request_id": LAMP.number, "update_id": "7", "status": "OPEN",
    "updated_datetime": "2026-11-27T20:00:00+07:00", "description": "Masih gelap",
}  # fmt: skip


async def says(office: Office, ending: str = "json", /, **changes: str | None) -> httpx.Response:
    form = {name: value for name, value in (UPDATE | changes).items() if value is not None}
    return await post(office.app(), f"{BASE}/servicerequestupdates.{ending}", urlencode(form))


async def test_an_update_is_taken_and_answered_with_the_partners_own_id() -> None:
    office = Office()
    answer = await says(office, email="siti@example.test", first_name="Siti", phone="0812", account_id="9")
    assert (answer.status_code, json.loads(answer.text)) == (201, [{"update_id": "7", "account_id": None}])
    ((said, media),) = office.updates
    assert (said.number, said.id, said.state, said.words) == (LAMP.number, WireId("7"), UpdateState.OPEN, "Masih gelap")
    assert media is None
    assert "siti" not in repr(said).lower()
    root = ET.fromstring((await says(office, "xml")).content)  # noqa: S314 - our own
    assert (root.tag, root[0].tag, root[0].findtext("update_id")) == ("service_request_updates", "request_update", "7")


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ("open", UpdateState.OPEN), ("Closed", UpdateState.CLOSED), ("FIXED", UpdateState.CLOSED),
        (" reopen ", UpdateState.REOPEN),
    ],
)  # fmt: skip
async def test_what_a_status_means(told: str, state: UpdateState) -> None:
    office = Office()
    assert (await says(office, status=told)).status_code == 201
    assert office.updates[0][0].state is state


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"api_key": None}, 403), ({"api_key": "x"}, 403), ({"update_id": None}, 400), ({"update_id": " "}, 400),
        ({"update_id": "x" * 101}, 400), ({"update_id": "a\u200bb"}, 400), ({"update_id": "a\nb"}, 400),
        ({"service_request_id": None}, 400), ({"service_request_id": "R1"}, 404),
        ({"service_request_id": "R0ABCDEFG' OR 1=1"}, 404), ({"service_request_id": "\u0130" * 9}, 404),
        ({"status": None}, 400), ({"status": "in_progress"}, 400), ({"status": "dicabut"}, 400),
        ({"updated_datetime": None}, 400), ({"updated_datetime": "gestern"}, 400),
        ({"updated_datetime": "2026-11-27T20:00:00"}, 400), ({"updated_datetime": "9" * 5000}, 400),
        ({"jurisdiction_id": "bandung"}, 404),
    ],
)  # fmt: skip
async def test_what_is_missing_or_wrong_is_said_in_both_formats(changes: dict[str, str | None], status: int) -> None:
    office = Office()
    for ending in ("json", "xml"):
        answer = await says(office, ending, **changes)
        assert answer.status_code == status
    errors(await says(office, **changes))
    assert office.updates == []


async def test_without_the_right_to_update_a_key_updates_nothing() -> None:
    office = Office(rights=frozenset(PartnerRight) - {PartnerRight.UPDATE})
    answer = await says(office)
    assert (answer.status_code, office.updates) == (403, [])
    in_address = f"{BASE}/servicerequestupdates.json?api_key=k"
    assert (await post(office.app(), in_address, urlencode(UPDATE))).status_code == 403


@pytest.mark.parametrize(
    ("raised", "status"),
    [(NotFound(), 404), (Refused("partner_update_solved"), 400), (StoreAway("full"), 503)],
)
async def test_a_refusal_of_the_core_has_the_shape_of_the_standard(raised: Exception, status: int) -> None:
    answer = await says(Office(raises=raised))
    assert (answer.status_code, errors(answer)[0]["code"]) == (status, status)


async def test_photos_come_with_an_update_as_with_a_report() -> None:
    office = Office()
    assert (await says(office, media_url="https://a.example/1.jpg")).status_code == 201
    media = office.updates[0][1]
    assert media is not None
    assert media.urls == ("https://a.example/1.jpg",)
    several = urlencode([*UPDATE.items(), *[("media_url", f"https://a.example/{at}") for at in range(6)]])
    assert (await post(office.app(), f"{BASE}/servicerequestupdates.json", several)).status_code == 400
