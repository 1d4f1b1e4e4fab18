"""The password once more: before accounts or the city change, a list is taken away or a second step is set up."""

import re
from html import unescape

import httpx
import pytest

from core.model import AgencyId, StaffRole
from tests.fakes.office import GAMBIR, PASSWORD, ROOT, Browser, Office
from web.desk.table import PAGES

BIRO = AgencyId("biro_pemerintahan")
STAFF, EXPORT, STEP = f"{ROOT}/akun-petugas", f"{ROOT}/ekspor", f"{ROOT}/akun/langkah-dua"
NEW = {"nama": "budi", "kantor": GAMBIR, "peran": "officer"}
GUARDED = {
    "/akun-petugas",
    "/akun-petugas/impor",
    "/akun-petugas/orang/{staff}/sandi",
    "/akun-petugas/orang/{staff}/nonaktif",
    "/akun-petugas/orang/{staff}/identitas",
    "/akun-petugas/orang/{staff}/tanpa-identitas",
    "/akun-petugas/orang/{staff}/pemberitahuan",
    "/akun/pemberitahuan/alamat",
    "/akun/sesi",
    "/orang-kedua",
    "/ekspor",
    "/akun/langkah-dua",
    *("/hari-libur", "/hari-libur/hapus", "/jalur", "/jalur/hapus", "/jawaban", "/jawaban/hapus"),
    *("/mitra", "/mitra/nonaktif", "/mitra/kunci"),
    *(f"/{rows}/{{id}}" for rows in ("jenis", "daftar-instansi", "pertanyaan-jenis")),
    *(f"/{rows}/{{id}}/{way}" for rows in ("jenis", "daftar-instansi") for way in ("akhiri", "pulihkan")),
}


def hidden(answer: httpx.Response) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', answer.text)
    return {name: unescape(value) for name, value in found}


async def later(office: Office, role: StaffRole = StaffRole.ADMIN, agency: AgencyId = BIRO) -> Browser:
    """Somebody who logged in eleven minutes ago, and has been busy since."""
    office.hire("siti", role, agency)
    browser = await office.at_work("siti")
    office.town.clock.passes(seconds=11 * 60)
    return browser


def test_what_guards_accounts_the_city_and_lists_asks_for_it() -> None:
    assert {page.path for page in PAGES if page.proof} == GUARDED
    assert all(page.method == "POST" for page in PAGES if page.proof)


async def test_just_after_the_login_nothing_is_asked() -> None:
    office = Office()
    office.hire("siti", StaffRole.ADMIN, BIRO)
    assert "Kata sandi baru" in (await (await office.at_work("siti")).sends(STAFF, STAFF, NEW)).text


async def test_what_was_sent_is_done_after_the_password_and_not_asked_again_for_ten_minutes() -> None:
    office = Office()
    browser = await later(office)
    asked = await browser.sends(STAFF, STAFF, NEW)
    assert asked.status_code == 401
    assert len(office.town.store.state.staff) == 1
    form = hidden(asked)
    assert {name: form[name] for name in NEW} == NEW
    done = await browser.posts(STAFF, form | {"bukti": PASSWORD})
    assert done.status_code == 200
    assert "Kata sandi baru" in done.text
    assert PASSWORD not in asked.text + done.text
    office.town.clock.passes(seconds=9 * 60)
    assert (await browser.sends(STAFF, STAFF, NEW | {"nama": "rani"})).status_code == 200
    office.town.clock.passes(seconds=2 * 60)
    assert (await browser.sends(STAFF, STAFF, NEW | {"nama": "tono"})).status_code == 401


async def test_a_holiday_is_kept_after_the_password_as_every_change_of_the_city() -> None:
    office, page = Office(), f"{ROOT}/hari-libur"
    browser = await later(office)
    form = {"hari": "2026-03-19", "nama-id": "Hari Nyepi", "nama-en": "Day of Silence"}
    asked = await browser.sends(page, page, form)
    assert asked.status_code == 401
    assert not office.town.store.state.city_changes
    assert (await browser.posts(page, hidden(asked) | {"bukti": PASSWORD})).headers["location"] == page
    assert "Hari Nyepi" in (await browser.opens(page)).text


async def test_a_wrong_password_does_nothing_and_many_of_them_wait() -> None:
    office = Office()
    browser = await later(office)
    form = hidden(await browser.sends(STAFF, STAFF, NEW))
    for _ in range(5):
        answer = await browser.posts(STAFF, form | {"bukti": "salah"})
        assert answer.status_code == 401
        assert "tidak cocok" in answer.text
    answer = await browser.posts(STAFF, form | {"bukti": PASSWORD})
    assert answer.status_code == 401
    assert "menit" in answer.text
    assert len(office.town.store.state.staff) == 1


async def test_a_list_is_taken_away_by_who_is_still_there() -> None:
    office = Office()
    office.receives()
    browser = await later(office, StaffRole.OFFICER, GAMBIR)
    asked = await browser.sends(ROOT, EXPORT, {"bentuk": "csv", "saringan": "status=menunggu", "cari": ""})
    assert asked.status_code == 401
    assert "Lampu jalan" not in asked.text
    taken = await browser.posts(EXPORT, hidden(asked) | {"bukti": PASSWORD})
    assert taken.headers["content-disposition"].startswith("attachment")
    assert "Lampu jalan" in taken.text


async def test_a_second_step_is_set_up_by_who_is_still_there() -> None:
    office = Office()
    browser = await later(office, StaffRole.OFFICER, GAMBIR)
    (siti,) = office.town.store.state.staff.values()
    await browser.opens(STEP)
    asked = await browser.sends(STEP, STEP, {"kode": office.code(siti)})
    assert asked.status_code == 401
    assert not office.town.store.state.factors[siti.id].on
    assert (await browser.posts(STEP, hidden(asked) | {"bukti": PASSWORD})).status_code == 200
    assert office.town.store.state.factors[siti.id].on


async def test_a_file_is_not_kept_and_the_page_says_so() -> None:
    office = Office()
    browser = await later(office)
    page = f"{STAFF}/impor"
    asked = await browser.sends(page, page, {}, {"berkas": b"budi;kel:31.71.01.1001;officer"})
    assert asked.status_code == 401
    assert "pilih sekali lagi" in asked.text
    assert "berkas" not in hidden(asked)


@pytest.mark.parametrize("value", ['"><script>x</script>', "\u202e\u20ac", "a\r\nb"])
async def test_what_goes_along_is_words_and_never_a_page(value: str) -> None:
    office = Office()
    browser = await later(office)
    asked = await browser.sends(STAFF, STAFF, NEW | {"nama": value, 'x"y': value})
    assert "<script>x" not in asked.text
    assert hidden(asked)["nama"] == value
