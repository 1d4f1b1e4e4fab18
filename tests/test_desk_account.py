"""One's own account at the desk: sessions are listed and ended, a second step is set up, asked for and dropped."""

import re
from importlib import resources

import pytest

from core.casework import Stage
from core.model import AgencyId, Staff, StaffRole
from tests.fakes.office import PASSWORD, ROOT, Browser, Office
from web.desk.routes import WAITING_ROOMS

ACCOUNT, STEP, CODE = f"{ROOT}/akun", f"{ROOT}/akun/langkah-dua", f"{ROOT}/masuk/kode"
BIRO = AgencyId("biro_pemerintahan")


async def guarded(office: Office) -> tuple[Staff, Browser, list[str]]:
    """Siti with a second step, her browser, and her recovery codes."""
    siti = office.hire("siti")
    browser = await office.at_work("siti")
    assert "data:image/svg+xml" in (await browser.opens(STEP)).text
    answer = await browser.sends(STEP, STEP, {"kode": office.code(siti)})
    assert answer.status_code == 200
    codes = re.findall(r'<li class="number">([a-z2-7-]+)</li>', answer.text)
    assert len(codes) == 10
    office.town.clock.passes(seconds=60)
    return siti, browser, codes


async def test_ones_own_sessions_are_listed_and_ended() -> None:
    office = Office()
    office.hire("siti")
    here, there = await office.at_work("siti"), await office.at_work("siti")
    html = (await here.opens(ACCOUNT)).text
    assert html.count("Masuk 8 Jul 2021 10:14") == 2
    assert html.count("sesi ini") == 1
    (other,) = re.findall(r'name="sesi" value="([^"]+)"', html)
    assert (await here.sends(ACCOUNT, f"{ACCOUNT}/sesi", {"sesi": other})).status_code == 303
    assert (await there.opens()).status_code == 303
    assert (await here.opens(ACCOUNT)).text.count("Masuk 8 Jul 2021") == 1


async def test_what_is_typed_can_be_shown_where_there_are_scripts() -> None:
    office = Office()
    office.hire("siti")
    html = (await (await office.at_work("siti")).opens(f"{ACCOUNT}/sandi")).text
    assert re.search(r'<button class="reveal" type="button" hidden[^>]*>Perlihatkan ketikan</button>', html)
    script = (resources.files("web") / "static" / "desk.js").read_text(encoding="utf-8")
    assert 'field.type = on ? "text" : "password"' in script


async def test_a_session_of_somebody_else_cannot_be_ended() -> None:
    office = Office()
    office.hire("siti")
    office.hire("budi")
    siti, budi = await office.at_work("siti"), await office.at_work("budi")
    await office.at_work("budi")
    (hers,) = re.findall(r'name="sesi" value="([^"]+)"', (await budi.opens(ACCOUNT)).text)
    await siti.sends(ACCOUNT, f"{ACCOUNT}/sesi", {"sesi": hers})
    assert hers in (await budi.opens(ACCOUNT)).text


async def test_a_login_with_a_second_step_shows_nothing_before_its_code() -> None:
    office = Office()
    siti, _, _ = await guarded(office)
    report = office.receives()
    browser = office.browser()
    wanted = f"{ROOT}/laporan/{report.number}"
    sent = await browser.logs_in("siti", to=wanted)
    assert sent.headers["location"] == f"{CODE}?ke={wanted}"
    half = browser.cookies["resi_petugas"]
    for path in (ROOT, wanted, ACCOUNT, STEP, f"{ROOT}/akun/sandi"):
        assert (await browser.opens(path)).headers["location"] == CODE
    assert (await browser.sends(sent.headers["location"], CODE, {"kode": "000000"})).status_code == 401
    done = await browser.sends(CODE, CODE, {"kode": office.code(siti), "ke": wanted})
    assert done.headers["location"] == wanted
    assert browser.cookies["resi_petugas"] != half
    assert (await browser.opens(wanted)).status_code == 200
    assert (await browser.opens(CODE)).headers["location"] == ROOT


async def test_a_code_is_asked_for_a_few_times_and_then_one_waits() -> None:
    office = Office()
    await guarded(office)
    browser = office.browser("203.0.113.5")
    await browser.logs_in("siti")
    for _ in range(5):
        assert (await browser.sends(CODE, CODE, {"kode": "000000"})).status_code == 401
    answer = await browser.sends(CODE, CODE, {"kode": "000000"})
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "60")


async def test_a_recovery_code_stands_in_for_a_lost_telephone() -> None:
    office = Office()
    _, here, codes = await guarded(office)
    browser = office.browser()
    await browser.logs_in("siti")
    assert (await browser.sends(CODE, CODE, {"kode": codes[0]})).headers["location"] == ROOT
    assert "9" in re.findall(r"tersisa: (\d+)", (await here.opens(STEP)).text)


@pytest.mark.parametrize("what", ["cadangan", "lepas"])
async def test_what_guards_an_account_is_changed_by_who_knows_its_password_alone(what: str) -> None:
    office = Office()
    siti, browser, codes = await guarded(office)
    wrong = await browser.sends(STEP, f"{STEP}/{what}", {"lama": "salah"})
    assert wrong.status_code == 422
    assert "sekarang tidak cocok" in wrong.text
    kept = office.town.store.state.factors[siti.id]
    assert kept.on
    right = await browser.sends(STEP, f"{STEP}/{what}", {"lama": PASSWORD})
    if what == "lepas":
        assert right.headers["location"] == ACCOUNT
        assert (await office.browser().logs_in("siti")).headers["location"] == ROOT
    else:
        assert not set(codes) & set(re.findall(r'<li class="number">([a-z2-7-]+)</li>', right.text))


async def test_a_wrong_first_code_switches_nothing_on() -> None:
    office = Office()
    office.hire("siti")
    browser = await office.at_work("siti")
    secret = re.findall(r'<b class="number">([A-Z2-7 ]+)</b>', (await browser.opens(STEP)).text)
    answer = await browser.sends(STEP, STEP, {"kode": "000000"})
    assert answer.status_code == 422
    assert secret == re.findall(r'<b class="number">([A-Z2-7 ]+)</b>', answer.text)
    assert (await office.browser().logs_in("siti")).headers["location"] == ROOT


@pytest.mark.parametrize(
    ("role", "agency"),
    [(StaffRole.ADMIN, BIRO), (StaffRole.AUDITOR, BIRO), (StaffRole.BIRO, BIRO), (StaffRole.OFFICER, "dinas_ppapp")],
)
async def test_in_production_whoever_sees_much_sets_one_up_before_anything_else(role: StaffRole, agency: str) -> None:
    office = Office(production=True)
    staff = office.hire("x", role, AgencyId(agency))
    browser = office.browser()
    await browser.logs_in("x")
    room = WAITING_ROOMS[Stage.FACTOR]
    assert (await browser.opens()).headers["location"] == room
    assert "<nav" not in (await browser.opens(room)).text
    await browser.sends(room, room, {"kode": office.code(staff)})
    assert (await browser.opens()).status_code == 200
    assert "Lepas" not in (await browser.opens(STEP)).text


async def test_in_production_an_officer_of_a_kelurahan_may_and_in_development_nobody_must() -> None:
    office = Office(production=True)
    office.hire("siti")
    assert (await (await office.at_work("siti")).opens()).status_code == 200
    office = Office()
    office.hire("biro1", StaffRole.BIRO, BIRO)
    assert (await (await office.at_work("biro1")).opens()).status_code == 200
