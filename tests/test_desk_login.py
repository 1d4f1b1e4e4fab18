"""The login: one answer to whatever does not fit, a session to what does, and no way around its form's token."""

from datetime import timedelta

import pytest

from core.casework import login
from core.model import SessionToken, StaffRole
from tests.fakes.office import PASSWORD, ROOT, Office, cookie_of, form_token

LOGIN = f"{ROOT}/masuk"
PATHS = ("", "/laporan/R00000000", "/laporan/R00000000/foto/1", "/akun/sandi", "/nothing/there", "/")


@pytest.mark.parametrize("path", PATHS)
async def test_a_stranger_is_sent_to_the_login_from_everywhere(path: str) -> None:
    answer = await Office().browser().opens(ROOT + path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(LOGIN)


async def test_the_login_has_a_text_field_a_password_field_and_a_hidden_token() -> None:
    html = (await Office().browser().opens(LOGIN)).text
    assert html.count('type="text"') == html.count('type="password"') == 1
    assert form_token(html)
    assert "<script" not in html


async def test_who_logs_in_gets_a_cookie_that_no_script_and_no_other_site_can_use() -> None:
    office = Office(public_url="https://crm.example")
    office.hire("siti")
    answer = await office.browser().logs_in("siti")
    assert answer.status_code == 303
    assert answer.headers["location"] == ROOT
    cookie = cookie_of(answer, "__Host-resi_petugas")
    assert cookie["path"] == "/"
    assert "domain" not in cookie
    assert cookie["httponly"] == cookie["secure"] == "True"
    assert cookie["samesite"] == "lax"
    assert "max-age" not in cookie
    plain = Office()
    plain.hire("siti")
    cookie = cookie_of(await plain.browser().logs_in("siti"), "resi_petugas")
    assert cookie["path"] == ROOT
    assert "secure" not in cookie


async def test_every_login_is_a_session_of_its_own() -> None:
    office = Office()
    office.hire("siti")
    browser = await office.at_work("siti")
    first = browser.cookies["resi_petugas"]
    await browser.sends(ROOT, f"{ROOT}/keluar")
    assert (await browser.logs_in("siti")).status_code == 303
    assert browser.cookies["resi_petugas"] != first


@pytest.mark.parametrize(("name", "password"), [("siti", "salah"), ("nobody", PASSWORD), ("gone", PASSWORD), ("", "")])
async def test_a_wrong_password_an_unknown_name_and_a_disabled_account_read_the_same(name: str, password: str) -> None:
    office = Office()
    office.hire("siti")
    gone = office.hire("gone")
    await (browser := office.browser()).opens(LOGIN)
    office.turn(lambda turn: turn.tx.accounts.change(type(gone)(gone.id, "gone", gone.agency, gone.role, active=False)))
    answer = await browser.logs_in(name, password)
    assert answer.status_code == 401
    known = await office.browser("203.0.113.9").logs_in("siti", "lain")
    said = answer.text.replace(f'value="{name}"', 'value="siti"', 1) if name else answer.text
    assert "tidak cocok" in said
    assert said.count("tidak cocok") == known.text.count("tidak cocok")
    assert "resi_petugas" not in browser.cookies
    assert len(office.compared) == 2, "one comparison a try, with a hash or with a decoy"


@pytest.mark.parametrize("form", [{}, {"csrf": ""}, {"csrf": "0" * 64}, {"csrf": "\u00e9"}])
async def test_a_login_without_its_form_is_refused(form: dict[str, str]) -> None:
    office = Office()
    office.hire("siti")
    browser = office.browser()
    for _ in range(2):  # without the cookie, and with it
        answer = await browser.posts(LOGIN, {"nama": "siti", "sandi": PASSWORD} | form)
        assert answer.status_code == 403
        await browser.opens(LOGIN)
    assert office.compared == []


async def test_a_form_of_another_browser_opens_nothing() -> None:
    office = Office()
    office.hire("siti")
    thief, browser = office.browser(), office.browser()
    lured = form_token((await thief.opens(LOGIN)).text)
    await browser.opens(LOGIN)
    assert (await browser.posts(LOGIN, {"csrf": lured, "nama": "siti", "sandi": PASSWORD})).status_code == 403


async def test_after_the_login_one_is_where_one_wanted_to_be() -> None:
    office = Office()
    office.hire("siti")
    browser = office.browser()
    sent = (await browser.opens(f"{ROOT}/laporan/R1?x=1&y=2")).headers["location"]
    wanted = sent.partition("?ke=")[2]
    assert (await browser.logs_in("siti", to=wanted)).headers["location"] == f"{ROOT}/laporan/R1?x=1&y=2"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example",
        "/lacak",
        "/petugas//evil",
        "/petugas/../lacak",
        "/petugasx",
        "/petugas\\",
    ],
)
async def test_nobody_is_sent_anywhere_else(elsewhere: str) -> None:
    office = Office()
    office.hire("siti")
    assert (await office.browser().logs_in("siti", to=elsewhere)).headers["location"] == ROOT


async def test_who_logs_out_is_a_stranger_with_that_cookie_too() -> None:
    office = Office()
    office.hire("siti")
    browser = await office.at_work("siti")
    thief = office.browser().copies(browser)
    assert (await thief.opens()).status_code == 200
    answer = await browser.sends(ROOT, f"{ROOT}/keluar")
    assert (answer.status_code, answer.headers["location"]) == (303, LOGIN)
    assert (await thief.opens()).status_code == 303


async def test_logging_out_is_a_form_with_a_token() -> None:
    office = Office()
    office.hire("siti")
    browser = await office.at_work("siti")
    assert (await browser.opens(f"{ROOT}/keluar")).status_code == 404
    assert (await browser.posts(f"{ROOT}/keluar")).status_code == 403
    assert (await browser.opens()).status_code == 200


async def test_whoever_is_logged_in_needs_no_login() -> None:
    office = Office()
    office.hire("siti")
    browser = await office.at_work("siti")
    assert (await browser.opens(LOGIN)).headers["location"] == ROOT


async def test_who_logs_in_once_more_leaves_no_session_of_that_browser_behind() -> None:
    office = Office()
    office.hire("siti")
    office.hire("budi")
    browser = office.browser()
    await browser.logs_in("siti")
    before = office.browser().copies(browser)
    elsewhere = await office.at_work("siti")
    browser.cookies["resi_masuk"] = "a" * 26
    form = {"nama": "budi", "sandi": PASSWORD, "csrf": login.form_token(SessionToken("a" * 26))}
    assert (await browser.posts(LOGIN, form)).status_code == 303
    assert (await before.opens()).status_code == 303
    assert (await browser.opens()).status_code == (await elsewhere.opens()).status_code == 200


async def test_too_many_tries_are_answered_at_once_with_how_long_to_wait() -> None:
    office = Office()
    office.hire("siti")
    browser = office.browser()
    for _ in range(5):
        assert (await browser.logs_in("siti", "salah")).status_code == 401
    office.compared.clear()
    answer = await browser.logs_in("siti")
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "60"
    assert "1 menit" in answer.text
    assert office.compared == []
    assert (await office.browser("203.0.113.9").logs_in("siti")).status_code == 303
    office.town.clock.at += timedelta(minutes=1)
    assert (await browser.logs_in("siti")).status_code == 303


async def test_an_admin_may_log_in_and_reads_no_reports() -> None:
    office = Office()
    office.hire("adm", StaffRole.ADMIN)
    report = office.receives()
    browser = await office.at_work("adm")
    assert report.number not in (await browser.opens()).text
    assert (await browser.opens(f"{ROOT}/laporan/{report.number}")).status_code == 403
