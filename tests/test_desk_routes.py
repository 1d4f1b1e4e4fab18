"""What is asked before a page of the desk is shown, and what every page carries."""

import re
from dataclasses import replace

import httpx
import pytest

from core.casework import Stage
from core.casework.category_changes import MOST_LEAVES, CategoryForm, add_category
from core.casework.login import IDLE, LONGEST
from core.categories import GROUPS, leaves
from core.model import AgencyId, StaffRole
from core.phrases import KEYS, LANGUAGES, phrase
from tests.fakes import nouns
from tests.fakes.office import PASSWORD, ROOT, Office, cookie_of, form_token
from web.desk.routes import HANDLERS, WAITING_ROOMS, menu_of
from web.desk.session import own_path
from web.desk.table import PAGES

CUES = "bangku taman\nbangku rusak\nkursi taman\ntempat duduk\nbangku patah"
POSTS = [page.address for page in PAGES if page.method == "POST"]


def raw(office: Office) -> httpx.AsyncClient:
    """For methods that no form has."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(office.app), base_url="https://resi.test")


def somewhere(path: str, number: str = "R00000000") -> str:
    return path.format(number=number, action="start", position="1", session="x", rest="x", staff="x", id="x")


async def test_every_page_is_walled() -> None:
    office = Office(public_url="https://crm.example")
    office.hire("siti")
    report = office.receives()
    browser = await office.at_work("siti")
    for path in (ROOT, f"{ROOT}/laporan/{report.number}", f"{ROOT}/masuk", f"{ROOT}/none", f"{ROOT}/akun/sandi"):
        headers = (await browser.opens(path)).headers
        policy = headers["content-security-policy"]
        for part in (
            "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'",
            "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
        ):  # fmt: skip
            assert part in policy
        assert "unsafe" not in policy
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "camera=()" in headers["permissions-policy"]
        assert headers["strict-transport-security"]


@pytest.mark.parametrize("path", [*POSTS, f"{ROOT}/nothing"])
@pytest.mark.parametrize("token", [{}, {"csrf": ""}, {"csrf": "f" * 64}])
async def test_every_post_without_its_token_is_refused(path: str, token: dict[str, str]) -> None:
    office = Office()
    office.hire("siti")
    report = office.receives()
    browser = await office.at_work("siti")
    before = office.town.store.state
    assert (await browser.posts(somewhere(path, report.number), token | {"text": "x"})).status_code == 403
    assert (await office.browser().posts(somewhere(path), token)).status_code == 403
    after = office.town.store.state
    assert (after.reports, after.history, after.passwords) == (before.reports, before.history, before.passwords)
    assert (await browser.opens()).status_code == 200


async def test_a_token_of_another_session_is_wrong() -> None:
    office = Office()
    office.hire("siti")
    one, other = await office.at_work("siti"), await office.at_work("siti")
    token = form_token((await other.opens()).text)
    assert (await one.posts(f"{ROOT}/keluar", {"csrf": token})).status_code == 403


async def test_a_form_that_outlived_its_session_leads_to_the_login() -> None:
    office = Office()
    office.hire("siti")
    report = office.receives()
    browser = await office.at_work("siti")
    token = form_token((await browser.opens()).text)
    office.town.clock.at += IDLE
    answer = await browser.posts(f"{ROOT}/laporan/{report.number}/start", {"csrf": token})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{ROOT}/masuk")


async def test_a_session_ends_when_nobody_uses_it_and_in_any_case() -> None:
    office = Office()
    office.hire("siti")
    idle, busy = await office.at_work("siti"), await office.at_work("siti")
    began = office.town.clock.at
    while office.town.clock.at - began < LONGEST - IDLE:
        office.town.clock.at += IDLE * 0.9
        assert (await busy.opens()).status_code == 200
        assert (await idle.opens()).status_code == (200 if office.town.clock.at - began < IDLE else 303)
        idle = office.browser().copies(idle) if office.town.clock.at - began > IDLE else office.browser()
    office.town.clock.at = began + LONGEST
    assert (await busy.opens()).status_code == 303


async def test_reading_writes_once_a_minute_at_most() -> None:
    office = Office()
    office.hire("siti")
    browser = await office.at_work("siti")
    first = list(office.town.store.state.sessions.values())
    office.town.clock.passes(seconds=40)
    await browser.opens()
    assert list(office.town.store.state.sessions.values()) == first
    office.town.clock.passes(seconds=40)
    await browser.opens()
    assert list(office.town.store.state.sessions.values()) != first


@pytest.mark.parametrize("cookie", ["", "x", "a" * 26, "A" * 26, "a" * 5000])
async def test_a_made_up_cookie_is_a_stranger(cookie: str) -> None:
    office = Office()
    office.hire("siti")
    browser = office.browser()
    browser.cookies.set("resi_petugas", cookie)
    assert (await browser.opens()).status_code == 303


async def test_a_password_that_was_made_up_is_changed_before_anything_else() -> None:
    office = Office()
    office.hire("siti", fresh=True)
    report = office.receives()
    browser = office.browser()
    assert (await browser.logs_in("siti")).headers["location"] == WAITING_ROOMS[Stage.PASSWORD]
    for path in (ROOT, f"{ROOT}/laporan/{report.number}"):
        assert (await browser.opens(path)).headers["location"] == WAITING_ROOMS[Stage.PASSWORD]
    own = {"lama": PASSWORD, "baru": "sepuluh huruf", "lagi": "sepuluh huruf"}
    room = WAITING_ROOMS[Stage.PASSWORD]
    assert (await browser.sends(room, room, own)).headers["location"] == ROOT
    assert (await browser.opens()).status_code == 200
    assert (await office.browser().logs_in("siti", "sepuluh huruf")).headers["location"] == ROOT


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_a_language_that_was_chosen_stays(lang: str) -> None:
    office = Office()
    office.hire("siti")
    browser = await office.at_work("siti")
    answer = await browser.opens(f"{ROOT}?lang={lang}")
    assert f'<html lang="{lang}">' in answer.text
    assert cookie_of(answer, "resi_bahasa")["value"] == lang
    assert f'<html lang="{lang}">' in (await browser.opens()).text
    assert f'<html lang="{lang}">' in (await browser.opens(f"{ROOT}?lang=xx")).text


async def test_a_disabled_account_is_out_at_once() -> None:
    office = Office()
    siti = office.hire("siti")
    browser = await office.at_work("siti")
    office.turn(lambda turn: turn.tx.accounts.change(replace(siti, active=False)))
    assert (await browser.opens()).status_code == 303


async def test_pages_can_be_walked_by_ear_and_by_keyboard() -> None:
    office = Office()
    office.hire("siti")
    report = office.receives(photo=True)
    browser = await office.at_work("siti")
    for path in (ROOT, f"{ROOT}/laporan/{report.number}", f"{ROOT}/akun/sandi", f"{ROOT}/none"):
        html = (await browser.opens(path)).text
        assert html.count("<h1>") == 1
        assert html.index('class="skip"') < html.index("<nav")
        ids = re.findall(r'\sid="([^"]+)"', html)
        assert len(ids) == len(set(ids))
        labelled = set(re.findall(r'<label for="([^"]+)"', html))
        fields = re.findall(r"<(?:input|select|textarea)([^>]*)>", html)
        for field in fields:
            if 'type="hidden"' not in field and " hidden" not in field:
                assert re.search(r'id="([^"]+)"', field).group(1) in labelled  # type: ignore[union-attr] # fails where there is none
        described = {one for names in re.findall(r'aria-describedby="([^"]+)"', html) for one in names.split()}
        assert described <= set(ids)
        assert all("alt=" in image for image in re.findall(r"<img[^>]*>", html))
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|<script(?! src=\"/static/)", html)


def test_the_navigation_of_a_role_is_what_the_table_lets_it_see() -> None:
    for role in StaffRole:
        staff = replace(nouns.staff("siti", role), agency=AgencyId("inspektorat"))
        addresses = [address for address, _ in menu_of(PAGES, staff)]
        assert addresses == [page.address for page in PAGES if page.title and page.roles and role in page.roles]


def test_who_checks_nothing_in_their_office_is_not_led_to_the_checks() -> None:
    head = nouns.staff("lurah", StaffRole.HEAD)
    for office, checks in (
        (head.agency, False),
        (AgencyId("inspektorat"), True),
        (AgencyId("biro_pemerintahan"), True),
    ):
        addresses = [address for address, _ in menu_of(PAGES, replace(head, agency=office))]
        assert (f"{ROOT}/periksa" in addresses) is checks
        assert f"{ROOT}/terlambat" in addresses


def test_what_stands_on_a_first_page_without_a_list_has_a_line_on_what_it_is_for() -> None:
    titles = [page.title for page in PAGES if page.title and page.path and page.roles and page.roles - HANDLERS]
    assert titles
    assert [key for title in titles for key in (title, f"{title}_what") if key not in KEYS] == []


def test_no_address_stands_twice_in_the_table() -> None:
    rows = [(page.method, page.path) for page in PAGES]
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize(
    "path",
    [
        "/petugas",
        "/petugas/laporan/R1",
        "/petugas?daftar=late&status=proses",
        "/petugas?daftar=late&kantor=kel%3A31.71.01.1001",
        "/petugas/evaluasi.pdf?bulan=2026-11",
    ],
)
def test_a_path_of_ours_is_kept(path: str) -> None:
    assert own_path(path) == path


@pytest.mark.parametrize("path", ["", "/", "//petugas", "/petugas/..", "/petugas\n", "/petugas?a=/b", "petugas"])
def test_any_other_is_the_front_page(path: str) -> None:
    assert own_path(path) == ROOT


@pytest.mark.parametrize("path", ["/keluar", "/masuk", "/masuk/oidc/keluar", "/masuk/oidc?ulang=1", "/keluar?a=b"])
def test_nobody_is_led_from_the_login_out_again(path: str) -> None:
    assert own_path(ROOT + path) == ROOT
    assert own_path(f"{ROOT}/masukan") == f"{ROOT}/masukan"


@pytest.mark.parametrize("role", StaffRole)
async def test_the_first_page_is_called_what_it_is_for_who_opens_it(role: StaffRole) -> None:
    office = Office()
    office.hire("siti", role)
    html = (await (await office.at_work("siti")).opens()).text
    title = "desk_queue" if role in HANDLERS else "desk_front"
    assert f'<a href="{ROOT}" aria-current="page">{phrase(title, "id")}</a>' in html


async def test_a_page_that_names_a_kind_of_another_process_is_shown_once_it_was_read() -> None:
    office = Office()
    office.hire("siti")
    siti, report = await office.at_work("siti"), office.receives()
    group = next(each.id for each in GROUPS if len(leaves(each.id)) < MOST_LEAVES)
    form = CategoryForm({"id": "Bangku", "en": "Bench"}, group, "dinas_bina_marga", {"id": CUES}, "90")
    kind = office.turn(lambda turn: add_category(turn, form))
    office.town.store.state.reports[report.id] = replace(report, category=kind)
    assert "Bangku" in (await siti.opens(f"{ROOT}/laporan/{report.number}")).text


@pytest.mark.parametrize(
    ("files", "fields", "said", "most"), [(2, 1, "files", 1), (1, 60, "fields", 40), (0, 60, "fields", 40)]
)
async def test_a_form_with_too_much_in_it_says_what_and_how_much_it_takes(
    files: int, fields: int, said: str, most: int
) -> None:
    office = Office()
    office.hire("siti")
    report = office.receives()
    browser = await office.at_work("siti")
    token = form_token((await browser.opens(f"{ROOT}/laporan/{report.number}")).text)
    form = {"csrf": token, **{f"x{at}": "1" for at in range(fields)}}
    chosen = {f"photo{at}": b"picture" for at in range(files)}
    answer = await browser.posts(f"{ROOT}/laporan/{report.number}/start", form, chosen)
    assert answer.status_code == 422
    assert phrase(f"desk_trouble_{said}_title", "id") in answer.text
    assert phrase(f"desk_trouble_{said}", "id", most=str(most)) in answer.text
    assert office.report(report.number).status is report.status


async def test_a_form_without_a_session_that_holds_too_much_is_no_form_of_ours() -> None:
    answer = await Office().browser().posts(f"{ROOT}/banyak", {f"x{at}": "1" for at in range(900)})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("path", "allow"),
    [
        (ROOT, "GET, HEAD"),
        (f"{ROOT}/masuk", "GET, HEAD, POST"),
        (f"{ROOT}/keluar", "POST"),
        (f"{ROOT}/banyak", "GET, HEAD, POST"),
        (f"{ROOT}/laporan/R00000000", "GET, HEAD"),
    ],
)
async def test_a_method_that_a_page_does_not_take_is_told_with_those_that_it_takes(path: str, allow: str) -> None:
    async with raw(Office()) as browser:
        answer = await browser.put(path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allow)


async def test_where_there_is_no_page_no_method_is_taken() -> None:
    async with raw(Office()) as browser:
        assert (await browser.put(f"{ROOT}/nothing")).status_code == 404


async def test_an_address_with_a_slash_behind_it_leads_to_its_page() -> None:
    office = Office()
    office.hire("siti")
    browser = await office.at_work("siti")
    for asked, meant in (
        (f"{ROOT}/", ROOT),
        (f"{ROOT}/akun/", f"{ROOT}/akun"),
        (f"{ROOT}/?status=proses", f"{ROOT}?status=proses"),
        (f"{ROOT}/keluar/", None),
    ):
        answer = await browser.opens(asked)
        assert (answer.status_code, answer.headers.get("Location")) == ((308, meant) if meant else (404, None))
