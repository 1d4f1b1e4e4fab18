"""The desk's own password page, its names for things, and its pages over a real connection."""

import httpx
import pytest

from core.model import AgencyId, CategoryId, Status
from core.phrases import LANGUAGES, phrase
from tests.fakes.office import PASSWORD, ROOT, Office, form_token
from tests.fakes.web_server import serving
from web.desk import frame
from web.desk.looks import phase

OWN = f"{ROOT}/akun/sandi"
NEW = "sepuluh huruf baru"


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({"lama": "salah", "baru": NEW, "lagi": NEW}, "sekarang tidak cocok"),
        ({"lama": PASSWORD, "baru": NEW, "lagi": "lain"}, "tidak sama"),
        ({"lama": PASSWORD, "baru": PASSWORD, "lagi": PASSWORD}, "harus lain"),
        ({"lama": PASSWORD, "baru": "pendek", "lagi": "pendek"}, "paling sedikit 8"),
        ({}, "paling sedikit 8"),
    ],
)
async def test_a_new_password_is_taken_only_from_who_knows_the_old_one(form: dict[str, str], why: str) -> None:
    office = Office()
    office.hire("siti")
    answer = await (await office.at_work("siti")).sends(OWN, OWN, form)
    assert answer.status_code == 422
    assert why in answer.text
    assert NEW not in answer.text
    assert (await office.browser().logs_in("siti")).status_code == 303


async def test_a_new_password_ends_every_other_session() -> None:
    office = Office()
    office.hire("siti")
    here, there = await office.at_work("siti"), await office.at_work("siti")
    assert (await here.sends(OWN, OWN, {"lama": PASSWORD, "baru": NEW, "lagi": NEW})).status_code == 303
    assert (await here.opens()).status_code == 200
    assert (await there.opens()).status_code == 303


def test_every_status_has_a_colour_and_a_word() -> None:
    for status in Status:
        assert phase(status) in {"waiting", "working", "checking", "done", "ended"}
        assert all(phrase(f"status_{status.value}", lang) for lang in LANGUAGES)


def test_what_the_data_do_not_know_any_more_goes_by_its_id() -> None:
    assert frame.office(AgencyId("kel:31.71.01.1001"), "id") == "Kelurahan Gambir"
    assert frame.office(AgencyId("dinas_lama"), "id") == "dinas_lama"
    assert frame.kind(CategoryId("pju"), "en") == frame.kind(CategoryId("pju"), "en").strip() != "pju"
    assert frame.kind(CategoryId("old"), "en") == "old"


async def test_it_works_over_a_real_connection() -> None:
    office = Office()
    office.hire("siti")
    report = office.receives()
    async with (
        serving(office.app) as listener,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{listener.port}") as browser,
    ):
        token = form_token((await browser.get(f"{ROOT}/masuk")).text)
        typed = {"csrf": token, "nama": "siti", "sandi": PASSWORD}
        assert (await browser.post(f"{ROOT}/masuk", data=typed)).status_code == 303
        page = await browser.get(f"{ROOT}/laporan/{report.number}")
        asked = {"csrf": form_token(page.text), "text": "Tim berangkat", "versi": "1"}
        done = await browser.post(f"{ROOT}/laporan/{report.number}/start", data=asked)
        assert done.status_code == 303
    assert office.report(report.number).status is Status.PROSES
