"""Who may do what at the desk: every row of the table, asked by every role about every kind of report."""

import asyncio
from dataclasses import dataclass, replace

import httpx
import pytest

from core.model import AgencyId, Report, Right, StaffRole, roles_with
from tests.fakes.office import GAMBIR, ROOT, Browser, Office, form_token
from web.desk.routes import ADMINS, AUDITORS, CHECKERS, CLERKS, EVERYBODY, HANDLERS, Page
from web.desk.table import PAGES

OFFICE_OF = dict.fromkeys(StaffRole, GAMBIR) | dict.fromkeys(roles_with(Right.CITY), AgencyId("biro_pemerintahan"))
OWN, OTHER, RESTRICTED_OWN, RESTRICTED, NOBODYS = "own", "other", "restricted own", "restricted", "nobody's"
KINDS = (OWN, OTHER, RESTRICTED_OWN, RESTRICTED, NOBODYS)
IN_OFFICE = frozenset({OWN, RESTRICTED_OWN})
IN_CITY = frozenset({OWN, OTHER})  # every report of the city, and no restricted one
READS = dict.fromkeys(roles_with(Right.HANDLE), IN_OFFICE) | dict.fromkeys(roles_with(Right.CITY), IN_CITY)
CHECKS = dict.fromkeys(roles_with(Right.LEAD), frozenset({RESTRICTED_OWN})) | dict.fromkeys(
    roles_with(Right.CITY), IN_CITY
)
"""What the second pair of eyes looks at."""


@dataclass(frozen=True)
class Row:
    """What the table must say of a page, and what comes where it is allowed; `form`: what its POST needs."""

    roles: frozenset[StaffRole] | None
    done: int
    form: tuple[tuple[str, str], ...] = ()


WORDS = (("text", "catatan"),)
CITY_ROWS = ("jenis", "daftar-instansi", "pertanyaan-jenis")
EXPECTED: dict[tuple[str, str], Row] = {
    ("GET", ""): Row(EVERYBODY, 200),
    ("GET", "/daftar"): Row(HANDLERS, 200),
    ("GET", "/peta"): Row(HANDLERS, 200),
    ("GET", "/banyak"): Row(HANDLERS, 200),
    ("POST", "/banyak"): Row(HANDLERS, 200, (("tindakan", "note"), ("text", "catatan"))),  # of none that was chosen
    ("POST", "/ekspor"): Row(HANDLERS, 200, (("bentuk", "csv"),)),
    ("POST", "/tampilan"): Row(HANDLERS, 303, (("nama", "Terlambat"),)),
    ("POST", "/tampilan/hapus"): Row(HANDLERS, 303, (("nama", "none"),)),
    ("POST", "/hitung"): Row(HANDLERS, 200, WORDS),
    ("GET", "/laporan/{number}"): Row(HANDLERS, 200),
    ("GET", "/laporan/{number}/bersama"): Row(HANDLERS, 200),
    ("GET", "/laporan/{number}/peta"): Row(HANDLERS, 200),
    ("GET", "/laporan/{number}/foto/{position}"): Row(HANDLERS, 200),
    ("POST", "/laporan/{number}/{action}"): Row(HANDLERS, 303, WORDS),
    ("GET", "/periksa"): Row(CHECKERS, 200),
    ("GET", "/periksa/{number}"): Row(CHECKERS, 200),
    ("GET", "/terlambat"): Row(CHECKERS, 200),
    ("GET", "/evaluasi"): Row(CHECKERS, 200),
    ("GET", "/pertanyaan"): Row(CHECKERS, 200),
    ("GET", "/evaluasi.pdf"): Row(CHECKERS, 200),
    ("GET", "/loket"): Row(CLERKS, 200),
    ("POST", "/loket/jenis"): Row(CLERKS, 200),
    ("GET", "/loket/slip"): Row(CLERKS, 303),
    ("POST", "/loket/slip"): Row(CLERKS, 422),
    ("GET", "/mitra/kiriman"): Row(ADMINS, 200),
    ("POST", "/mitra/kunci"): Row(ADMINS, 422),
    ("GET", "/akun-petugas"): Row(ADMINS, 200),
    ("POST", "/akun-petugas"): Row(ADMINS, 422),
    ("GET", "/akun-petugas/impor"): Row(ADMINS, 200),
    ("POST", "/akun-petugas/impor"): Row(ADMINS, 422),
    ("GET", "/akun-petugas/orang/{staff}"): Row(ADMINS, 200),
    ("POST", "/akun-petugas/orang/{staff}/sandi"): Row(ADMINS, 200),
    ("POST", "/akun-petugas/orang/{staff}/nonaktif"): Row(ADMINS, 303),
    ("POST", "/akun-petugas/orang/{staff}/identitas"): Row(ADMINS, 422),
    ("POST", "/akun-petugas/orang/{staff}/tanpa-identitas"): Row(ADMINS, 303),
    ("POST", "/akun-petugas/orang/{staff}/pemberitahuan"): Row(ADMINS, 422),
    ("POST", "/akun-petugas/orang/{staff}/tanpa-pemberitahuan"): Row(ADMINS, 303),
    ("GET", "/orang-kedua"): Row(HANDLERS | ADMINS, 200),
    ("POST", "/orang-kedua"): Row(HANDLERS | ADMINS, 422),  # of nothing that waits
    ("GET", "/jalur"): Row(ADMINS, 200),
    ("POST", "/jalur"): Row(ADMINS, 422),
    ("POST", "/jalur/hapus"): Row(ADMINS, 303),
    ("GET", "/mitra"): Row(ADMINS, 200),
    ("POST", "/mitra"): Row(ADMINS, 422),
    ("POST", "/mitra/nonaktif"): Row(ADMINS, 422),
    ("GET", "/jawaban"): Row(ADMINS, 200),
    ("POST", "/jawaban"): Row(ADMINS, 422),
    ("POST", "/jawaban/hapus"): Row(ADMINS, 303),
    ("GET", "/hari-libur"): Row(ADMINS, 200),
    ("POST", "/hari-libur"): Row(ADMINS, 422),
    ("POST", "/hari-libur/hapus"): Row(ADMINS, 303),
    **{("GET", f"/{rows}/{{id}}"): Row(ADMINS, 200) for rows in CITY_ROWS},
    **{("POST", f"/{rows}/{{id}}"): Row(ADMINS, 422) for rows in CITY_ROWS},
    **{("POST", f"/{rows}/{{id}}/{way}"): Row(ADMINS, 422) for rows in CITY_ROWS[:2] for way in ("akhiri", "pulihkan")},
    ("GET", "/jejak"): Row(AUDITORS, 200),
    ("POST", "/jejak/periksa"): Row(AUDITORS, 200),
    ("GET", "/akun"): Row(EVERYBODY, 200),
    ("POST", "/akun/terbaca"): Row(EVERYBODY, 303),
    ("GET", "/akun/pemberitahuan"): Row(HANDLERS, 200),
    ("POST", "/akun/pemberitahuan"): Row(HANDLERS, 422),  # without an address
    ("POST", "/akun/pemberitahuan/alamat"): Row(HANDLERS, 422),
    ("POST", "/akun/pemberitahuan/kode"): Row(HANDLERS, 422),
    ("POST", "/akun/pemberitahuan/hapus"): Row(HANDLERS, 303),
    ("POST", "/akun/sesi"): Row(EVERYBODY, 303, (("sesi", "none"),)),
    ("GET", "/akun/sandi"): Row(EVERYBODY, 200),
    ("POST", "/akun/sandi"): Row(EVERYBODY, 422),
    ("GET", "/akun/langkah-dua"): Row(EVERYBODY, 200),
    ("POST", "/akun/langkah-dua"): Row(EVERYBODY, 422),
    ("POST", "/akun/langkah-dua/cadangan"): Row(EVERYBODY, 422),
    ("POST", "/akun/langkah-dua/lepas"): Row(EVERYBODY, 422),
    ("GET", "/masuk"): Row(None, 303),
    ("POST", "/masuk"): Row(None, 403),  # with the token of a session, which is another one
    ("GET", "/masuk/oidc"): Row(None, 404),  # there is no provider
    ("GET", "/masuk/oidc/kembali"): Row(None, 404),
    ("GET", "/masuk/oidc/keluar"): Row(None, 404),
    ("GET", "/menunggu"): Row(EVERYBODY, 303),  # their accounts are whole
    ("GET", "/masuk/kode"): Row(EVERYBODY, 303),  # nothing waits for a code
    ("POST", "/masuk/kode"): Row(EVERYBODY, 303),
    ("POST", "/keluar"): Row(EVERYBODY, 303),
}
"""Who may see a page of one report, one that takes a form, or one for everybody has to be said here too."""


@dataclass
class World:
    """An office with everybody in it and every kind of report; put back as it was after each question."""

    office: Office
    browsers: dict[StaffRole, Browser]
    tokens: dict[StaffRole, str]
    reports: dict[str, str]
    somebody: str = ""

    async def asks(self, browser: Browser, page: Page, kind: str, token: str) -> httpx.Response:
        kept = self.office.town.store.state.copy()
        number = self.reports[kind]
        path = page.address.format(number=number, action="note", position="1", staff=self.somebody, id="-baru")
        form = dict(row_of(page).form) | ({"csrf": token} if token else {})
        try:
            return await browser.opens(path) if page.method == "GET" else await browser.posts(path, form)
        finally:
            self.office.town.store.state = kept


def _as(office: Office, report: Report, agency: AgencyId, *, restricted: bool) -> str:
    changed = replace(report, agency=agency, restricted=restricted)
    office.turn(lambda turn: turn.tx.reports.change(changed))
    office.town.store.state.held[report.id] = frozenset({agency})
    return report.number


@pytest.fixture(scope="module")
def world() -> World:
    return asyncio.run(_world())


async def _world() -> World:
    office = Office()
    elsewhere = AgencyId("kel:31.74.01.1001")
    reports = {NOBODYS: "R00000000"}
    for kind in (OWN, OTHER, RESTRICTED_OWN, RESTRICTED):
        agency = GAMBIR if kind in IN_OFFICE else elsewhere
        reports[kind] = _as(office, office.receives(photo=True), agency, restricted="restricted" in kind)
    browsers, tokens = {}, {}
    for role in StaffRole:
        office.hire(role.value, role, OFFICE_OF[role])
        browsers[role] = await office.at_work(role.value)
        tokens[role] = form_token((await browsers[role].opens()).text)
    return World(office, browsers, tokens, reports, office.hire("somebody").id)


def row_of(page: Page) -> Row:
    """A page that only shows something to some roles needs no row here: they see it, and nobody else does."""
    return EXPECTED.get((page.method, page.path)) or Row(page.roles, 200)


def expected(page: Page, role: StaffRole, kind: str) -> int:
    row = row_of(page)
    if row.roles is not None and role not in row.roles:
        return 403
    theirs = CHECKS if page.path.startswith("/periksa") else READS
    if "{number}" in page.path and kind not in theirs.get(role, ()):
        return 404
    return row.done


QUESTIONS = [
    pytest.param(page, role, id=f"{page.method} {page.path or '/'} {role.value}")
    for page in PAGES
    for role in StaffRole
]


def test_every_row_here_is_a_page_and_the_table_says_the_same() -> None:
    there = {(page.method, page.path): page.roles for page in PAGES}
    assert {key: there.get(key, "no page") for key in EXPECTED} == {key: row.roles for key, row in EXPECTED.items()}


@pytest.mark.parametrize("page", [page for page in PAGES if (page.method, page.path) not in EXPECTED])
def test_a_page_without_a_row_here_only_shows_something_to_some_roles(page: Page) -> None:
    assert page.method == "GET"
    assert "{" not in page.path
    assert page.roles is not None
    assert page.roles < EVERYBODY


@pytest.mark.parametrize(("page", "role"), QUESTIONS)
async def test_each_role_may_do_what_its_row_says_and_no_more(world: World, page: Page, role: StaffRole) -> None:
    before = world.office.town.store.state.copy()
    for kind in KINDS if "{number}" in page.path else (OWN,):
        answer = await world.asks(world.browsers[role], page, kind, world.tokens[role])
        assert answer.status_code == expected(page, role, kind), kind
        if answer.status_code in {403, 404}:
            assert "Lampu jalan mati" not in answer.text
            assert world.reports[kind] not in answer.text
    assert world.office.town.store.state == before


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.method} {page.path or '/'}")
async def test_a_stranger_may_do_nothing_but_log_in(world: World, page: Page) -> None:
    for kind in KINDS if "{number}" in page.path else (OWN,):
        answer = await world.asks(world.office.browser(), page, kind, "")
        if page.method == "POST":
            assert answer.status_code == 403, kind
        elif page.roles is None:
            assert answer.status_code == (404 if "oidc" in page.path else 200)  # there is no provider
        else:
            assert answer.status_code == 303
            assert answer.headers["location"].startswith(f"{ROOT}/masuk")


@pytest.mark.parametrize("page", [page for page in PAGES if page.method == "POST"], ids=lambda page: page.path)
async def test_no_role_may_post_without_the_token_of_its_form(world: World, page: Page) -> None:
    for role, browser in world.browsers.items():
        for token in ("", world.tokens[StaffRole.CLERK if role is not StaffRole.CLERK else StaffRole.HEAD]):
            assert (await world.asks(browser, page, OWN, token)).status_code == 403
