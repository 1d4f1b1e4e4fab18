"""`resi corrections`: what was taken for what, and how often a kind is passed on; never of which report."""

import json
from pathlib import Path

import pytest

from tests.fakes.offices import KELURAHAN, STORY, Offices


@pytest.fixture
def offices(tmp_path: Path) -> Offices:
    made = Offices(tmp_path, {"SMS_SENDER": "carrier"})
    made.hire("lurah", KELURAHAN, "head")
    return made


def test_nothing_was_corrected_yet(offices: Offices) -> None:
    assert json.loads(offices.done("corrections", "--json").out) == {"corrected": [], "moved": [], "closings": []}
    assert offices.done("corrections").lines == [
        "filed_as corrected_to count", "category reports moved", "trace made_of_it count",
    ]  # fmt: skip


def test_what_citizens_corrected_and_what_offices_passed_on(offices: Offices) -> None:
    for text in (f"LAPOR {STORY}", "Sampah"):
        offices.hears(text, "+628129999999", "sms")
    offices.files(who="siti@surat.test")
    for row in offices.queue("lurah", "--status", "menunggu"):
        if row["category"] == "pju":
            offices.does("lurah", "coordinate", row["number"], to="dinas_bina_marga")
    told = json.loads(offices.done("corrections", "--json").out)
    assert told["corrected"] == [{"from": "pju", "to": "sampah", "count": 1}]
    assert told["moved"] == [{"category": "pju", "reports": 1, "moved": 1}]
    lines = offices.done("corrections").lines
    assert "pju sampah 1" in lines
    assert "pju 1 1" in lines


def test_what_citizens_opened_and_closed_is_told_by_kind_alone(offices: Offices) -> None:
    offices.hears(f"LAPOR {STORY} Saya Budi Santoso.", "+628129999999", "sms")
    offices.hears("tutup depan pasar", "+628129999999", "sms")
    told = json.loads(offices.done("corrections", "--json").out)
    assert told["closings"] == [{"kind": "third_party", "made": "closed", "count": 1}]
    assert "third_party closed 1" in offices.done("corrections").lines
