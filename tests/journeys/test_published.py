"""A running service that publishes in batches: what the public sees of a day, while it passes and after."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from app.time_and_random import SystemClock
from tests.fakes.citizens import Citizen, code_in, tell
from tests.fakes.patience import until
from tests.fakes.wires import Wires, plugged

pytestmark = pytest.mark.journey

LAMP, HOLE = "Lampu jalan mati di kelurahan Cikini", "Jalan berlubang besar di kelurahan Tebet Barat"


@pytest.fixture(scope="module")
def wires(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wires]:
    settings = {"PUBLISH_EVERY": "1d", "PUBLISH_LEAST": "3", "METRICS_TOKEN": "a-token-of-the-monitor"}
    with plugged(tmp_path_factory.mktemp("published"), webhook=False, sms="twilio", settings=settings) as plugged_in:
        plugged_in.resi.start()
        yield plugged_in


def reports(who: Citizen, story: str) -> None:
    """Says yes until there is a code."""
    said = tell(who, story)
    for _ in range(6):
        if code_in(said):
            return
        said = tell(who, "ya")
    raise AssertionError(said)


def listed(wires: Wires, asked: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = wires.resi.get(f"/open311/v2/requests.json{asked}").json()
    return found


def passes(wires: Wires, days: int) -> str:
    at = SystemClock().now() + timedelta(days=days)
    ran = wires.resi.command("clock", "--at", at.isoformat(timespec="minutes"))
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_a_day_is_published_when_it_is_over_as_coarse_as_its_senders_want_it(wires: Wires) -> None:
    before = wires.resi.get("/statistik").text
    for _ in range(3):
        reports(wires.telegram_user(), LAMP)
    for _ in range(2):
        assert wires.mail_user().post(HOLE).hand_over()
    until(lambda: len(wires.resi.stored()) == 5, "five reports")
    numbers = {report.number for report in wires.resi.stored()}
    assert listed(wires) == []
    assert wires.resi.get("/statistik").text == before
    assert {wires.resi.get(f"/open311/v2/requests/{number}.json").status_code for number in numbers} == {404}

    assert "published 3" in passes(wires, 1), "two mails make no sender that is proved"
    assert [(row["service_code"], row["address_id"]) for row in listed(wires)] == [("pju", "31.71.06.1003")] * 3

    for story in (LAMP, HOLE, HOLE):
        reports(wires.telegram_user(), story)
    assert "published 5" in passes(wires, 3)
    coarse = [row for row in listed(wires) if row["requested_datetime"] != listed(wires)[-1]["requested_datetime"]]
    assert len({(row["service_code"], row["address_id"]) for row in coarse}) == 1
    assert len(listed(wires)) == 8
    for row in listed(wires):
        assert wires.resi.get(f"/open311/v2/requests/{row['service_request_id']}.json").json() == [row]
