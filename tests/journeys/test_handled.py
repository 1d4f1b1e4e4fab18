"""A report from the first mail to the last answer: an office that breaks the rules, three offices that deal with it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.fakes.citizens import MailUser, code_in, tell
from tests.fakes.desk import DeskServices
from tests.fakes.offices import photo
from tests.fakes.patience import until
from tests.fakes.wires import Wires, plugged

pytestmark = pytest.mark.journey

STORY = (
    "Kantor PT Maju Mundur di Jl. Tebet Timur Dalam, kelurahan Tebet Timur, tetap menyuruh semua karyawan "
    "masuk kerja padahal PPKM. Satu ruangan lebih dari 50 orang."
)
KELURAHAN, DINAS, SUDIN = "kel:31.74.01.1001", "dinas_nakertransgi", "sudin_nakertransgi_jaksel"


@pytest.fixture(scope="module")
def wires(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wires]:
    with plugged(tmp_path_factory.mktemp("handled"), webhook=False, sms="twilio") as plugged_in:
        plugged_in.resi.start()
        yield plugged_in


@pytest.fixture(scope="module")
def desk(wires: Wires) -> DeskServices:
    desk = DeskServices(wires.resi)
    desk.hire("lurah", KELURAHAN)
    desk.hire("dinas", DINAS)
    desk.hire("sudin", SUDIN)
    desk.hire("biro", "biro_pemerintahan", "biro")
    return desk


def hears(who: MailUser, words: str, after: int) -> str:
    """The mail with those words, among those that came after so many."""
    return until(lambda: next((text for text in who.heard()[after:] if words in text), ""), f"news with {words!r}")


def test_an_office_that_breaks_the_rules_is_reported_dealt_with_reopened_and_done(
    wires: Wires, desk: DeskServices, tmp_path: Path
) -> None:
    employee = wires.mail_user()
    taken = photo(tmp_path / "outside.jpg", 1).read_bytes()
    assert employee.post(STORY, "Kantor tetap buka", photos=[("IMG_2021.jpg", taken)]).hand_over()
    code = code_in(until(employee.heard, "a code")[0])
    [row] = desk.list("lurah")
    number = row["number"]
    assert (row["status"], row["category"], row["agency"], row["late"]) == ("menunggu", "ppkm_kantor", KELURAHAN, False)
    assert desk.show("lurah", number)["photos"] == 1
    assert desk.list("sudin") == []

    desk.does("lurah", "coordinate", number, to=DINAS)
    hears(employee, "Disnakertrans", 1)
    desk.does("dinas", "delegate", number, to=SUDIN)
    assert desk.refused("lurah", "start", number)
    desk.does("sudin", "start", number)
    desk.does("sudin", "plan", number, text="Periksa kantor besok pagi bersama Satpol PP")
    assert desk.refused("sudin", "approve-plan", number)
    desk.does("biro", "approve-plan", number)

    desk.does("sudin", "ask", number, text="Jam berapa karyawan biasanya masuk?")
    hears(employee, "Jam berapa", 1)
    phone = wires.phone()
    assert tell(phone, f"{code} jam 8 pagi sampai 5 sore")
    [question] = desk.show("sudin", number)["questions"]
    assert question["answered"] == "jam 8 pagi sampai 5 sore"

    due = datetime.fromisoformat(row["due"])
    before = len(employee.heard())
    desk.passes((due + timedelta(minutes=1)).isoformat())
    hears(employee, "batas", before)
    assert desk.list("sudin")[0]["late"] is True

    desk.does("sudin", "result", number, text="Kantor ditutup 3 hari", photo=photo(tmp_path / "after.jpg", 2))
    assert desk.refused("sudin", "validate", number)
    before = len(employee.heard())
    desk.does("biro", "validate", number)
    desk.passes((due + timedelta(days=1)).isoformat())
    hears(employee, "1", before)
    before = len(employee.heard())
    assert employee.post("2 karyawan masih masuk lewat pintu belakang").hand_over()
    until(lambda: employee.heard()[before:], "an answer")
    again = desk.show("sudin", number)
    assert (again["status"], again["feedback"], again["agency"]) == ("proses", "not_solved", SUDIN)
    assert "pintu belakang" in str(again["history"])

    desk.does("sudin", "result", number, text="Pintu belakang disegel", photo=photo(tmp_path / "sealed.jpg", 3))
    desk.does("biro", "validate", number)
    assert tell(phone, f"{code} 1")
    done = desk.show("biro", number)
    assert (done["status"], done["feedback"]) == ("selesai", "solved")
    assert desk.evaluation("biro")[SUDIN]["closed"] == 1
    assert desk.evaluation("biro")[SUDIN]["reopened"] == 1
    assert desk.verifies()
