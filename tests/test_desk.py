"""The desk's own password page, its names for things, and its pages over a real connection."""

from dataclasses import replace
from html import unescape
from importlib import resources
from typing import NoReturn

import httpx
import pytest

from core.errors import StoreAway
from core.model import AgencyId, CategoryId, StaffRole, Status, Tone
from core.phrases import phrase
from tests.fakes.office import PASSWORD, ROOT, Office, form_token
from tests.fakes.web_server import serving
from tests.fakes.web_services import Behind
from web import create_app
from web.desk import frame

OWN = f"{ROOT}/akun/sandi"
NEW = "sepuluh huruf baru"


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({"lama": "salah", "baru": NEW, "lagi": NEW}, "sekarang tidak cocok"),
        ({"lama": PASSWORD, "baru": NEW, "lagi": "lain"}, "tidak sama"),
        ({"lama": PASSWORD, "baru": PASSWORD, "lagi": PASSWORD}, "harus lain"),
        ({"lama": PASSWORD, "baru": "pendek", "lagi": "pendek"}, "paling sedikit 12"),
        ({}, "paling sedikit 12"),
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


def test_every_tone_of_a_status_has_its_colour() -> None:
    style = (resources.files("web") / "static" / "desk.css").read_text(encoding="utf-8")
    for tone in Tone:
        assert f".pill.{tone}" in style


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
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{listener.port}", timeout=120) as browser,
    ):
        token = form_token((await browser.get(f"{ROOT}/masuk")).text)
        typed = {"csrf": token, "nama": "siti", "sandi": PASSWORD}
        assert (await browser.post(f"{ROOT}/masuk", data=typed)).status_code == 303
        page = await browser.get(f"{ROOT}/laporan/{report.number}")
        asked = {"csrf": form_token(page.text), "text": "Tim berangkat", "versi": "1"}
        done = await browser.post(f"{ROOT}/laporan/{report.number}/start", data=asked)
        assert done.status_code == 303
    assert office.report(report.number).status is Status.PROSES


@pytest.mark.parametrize(
    ("path", "leads"),
    [
        (f"{ROOT}?daftar=all&amp;saluran=mail", f"{ROOT}?daftar=all&amp;saluran=mail&amp;lang=en"),
        (f"{ROOT}?cari=lampu+mati&amp;lang=id", f"{ROOT}?cari=lampu+mati&amp;lang=en"),
        (ROOT, f"{ROOT}?lang=en"),
    ],
)
async def test_another_language_shows_the_same_list(path: str, leads: str) -> None:
    office = Office()
    office.hire("siti")
    html = (await (await office.at_work("siti")).opens(unescape(path))).text
    assert f'class="lang" href="{leads}"' in html


async def test_another_language_keeps_where_a_login_leads_and_says_no_second_time_what_was_done() -> None:
    office = Office()
    office.hire("siti")
    number = office.receives().number
    login = (await office.browser().opens(f"{ROOT}/masuk?ke={ROOT}/laporan/{number}")).text
    assert f"ke=%2Fpetugas%2Flaporan%2F{number}&amp;lang=en" in login
    siti = await office.at_work("siti")
    done = await siti.does(number, "note", {"text": "catatan"})
    html = (await siti.opens(done.headers["location"])).text
    assert f'class="lang" href="{ROOT}/laporan/{number}?lang=en"' in html


async def test_who_is_named_like_their_office_is_not_named_twice() -> None:
    office = Office()
    office.hire("biro1", StaffRole.BIRO, AgencyId("biro_pemerintahan"))
    html = (await (await office.at_work("biro1")).opens()).text
    assert '<p class="you">biro1, Biro Pemerintahan</p>' in html


@pytest.mark.parametrize(("fault", "status", "title"), [(StoreAway(), 503, "away"), (KeyError("kanari"), 500, "fault")])
async def test_what_breaks_at_the_desk_is_told_on_a_page_of_the_desk(
    fault: Exception, status: int, title: str, caplog: pytest.LogCaptureFixture
) -> None:
    office = Office()
    office.hire("siti")
    siti = await office.at_work("siti")

    async def broken(*_: object) -> NoReturn:
        raise fault

    app = create_app(replace(Behind().services(), desk=replace(office.desk, run=broken)))
    wire = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=wire, base_url="https://resi.test", cookies=siti.cookies) as browser:
        answer = await browser.get(ROOT)
        elsewhere = await browser.get("/petugas-lain")
    assert answer.status_code == status
    assert phrase(f"desk_trouble_{title}_title", "id") in answer.text
    assert f'href="{ROOT}"' in answer.text
    assert "kanari" not in answer.text + caplog.text
    assert phrase("web_error_missing_title", "id") in elsewhere.text


async def test_a_method_that_no_page_has_is_told_on_a_page_of_the_desk() -> None:
    wire = httpx.ASGITransport(Office().app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=wire, base_url="https://resi.test") as browser:
        answer = await browser.put(ROOT)
    assert answer.status_code == 405
    assert phrase("desk_trouble_bad_title", "id") in answer.text
