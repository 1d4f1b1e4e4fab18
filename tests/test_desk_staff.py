"""Accounts at the desk: a password is shown once, a table is checked before anything is made, all of it is noted."""

import re

import httpx

from core.model import AgencyId, Factor
from tests.fakes.office import GAMBIR, PASSWORD, ROOT, Office

BIRO = AgencyId("biro_pemerintahan")
STAFF, IMPORT = f"{ROOT}/akun-petugas", f"{ROOT}/akun-petugas/impor"
NEW = {"nama": "siti", "kantor": GAMBIR, "peran": "officer"}


def passwords(answer: httpx.Response) -> list[str]:
    return re.findall(r'<b class="number">([a-z2-9]{16})</b>', answer.text)


def last_act(office: Office) -> tuple[str, str, str]:
    entry = list(office.town.store.state.audit.values())[-1]
    return entry.who, entry.act, entry.via


async def test_a_new_account_comes_with_a_password_that_is_shown_once_and_changed_first() -> None:
    office = Office()
    browser = await office.administrator()
    answer = await browser.sends(STAFF, STAFF, NEW)
    (password,) = passwords(answer)
    assert last_act(office) == ("admin", "staff-add siti", "desk")
    assert password not in (await browser.opens(STAFF)).text
    entered = await office.browser().logs_in("siti", password)
    assert entered.headers["location"] == f"{ROOT}/akun/sandi"


async def test_what_was_wrong_is_told_and_what_was_typed_is_kept() -> None:
    office = Office()
    browser = await office.administrator()
    for change in ({"nama": "admin"}, {"nama": "a/b"}, {"kantor": "x"}, {"peran": "raja"}):
        answer = await browser.sends(STAFF, STAFF, NEW | change)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
        assert "kantor" in change or f'<option value="{GAMBIR}" selected>' in answer.text
    assert len(office.town.store.state.staff) == 1


async def test_accounts_are_found_by_name_and_by_office() -> None:
    office = Office()
    browser = await office.administrator()
    office.hire("siti")
    office.hire("budi", agency=AgencyId("dinas_sda"))
    for words, names in (
        ("", "admin budi siti"),
        ("SIT", "siti"),
        ("gambir", "siti"),
        ("dinas_sda", "budi"),
        ("x<", ""),
    ):
        html = (await browser.opens(f"{STAFF}?cari={words}")).text
        assert re.findall(r'/orang/\w+">(\w+)<', html) == names.split()


async def test_a_long_list_comes_in_pages() -> None:
    office = Office()
    browser = await office.administrator()
    for n in range(60):
        office.hire(f"petugas{n:02d}")
    first = (await browser.opens(f"{STAFF}?cari=petugas")).text
    assert len(re.findall("/orang/", first)) == 50
    assert 'href="/petugas/akun-petugas?cari=petugas&amp;hal=2"' in first
    assert len(re.findall("/orang/", (await browser.opens(f"{STAFF}?cari=petugas&hal=2")).text)) == 10
    assert len(first) < 100_000


async def test_a_new_password_ends_sessions_and_perhaps_the_second_step() -> None:
    office = Office()
    siti = office.hire("siti")
    there = await office.at_work("siti")
    browser = await office.administrator()
    office.turn(lambda turn: turn.tx.factors.put(Factor(siti.id, "SECRET", on=True)))
    person = f"{STAFF}/orang/{siti.id}"
    assert passwords(await browser.sends(person, f"{person}/sandi"))
    assert office.town.store.state.factors
    assert (await there.opens()).status_code == 303
    answer = await browser.sends(person, f"{person}/sandi", {"langkah": "lepas"})
    assert not office.town.store.state.factors
    assert last_act(office) == ("admin", "staff-reset siti", "desk")
    (password,) = passwords(answer)
    assert (await office.browser().logs_in("siti", password)).status_code == 303
    assert (await office.browser().logs_in("siti", PASSWORD)).status_code == 401


async def test_an_account_that_is_switched_off_is_out_at_once_and_offers_nothing_more() -> None:
    office = Office()
    siti = office.hire("siti")
    there = await office.at_work("siti")
    browser = await office.administrator()
    person = f"{STAFF}/orang/{siti.id}"
    assert (await browser.sends(person, f"{person}/nonaktif")).headers["location"] == person
    assert last_act(office) == ("admin", "staff-disable siti", "desk")
    assert (await there.opens()).status_code == 303
    html = (await browser.opens(person)).text
    assert f'action="{person}' not in html
    assert (await browser.sends(person, f"{person}/sandi")).status_code == 422


async def test_an_administrator_does_nothing_to_their_own_account_here() -> None:
    office = Office()
    browser = await office.administrator()
    (admin,) = office.town.store.state.staff.values()
    person = f"{STAFF}/orang/{admin.id}"
    assert f'action="{person}' not in (await browser.opens(person)).text
    for act in ("sandi", "nonaktif"):
        assert (await browser.sends(person, f"{person}/{act}")).status_code == 422
    assert (await browser.opens()).status_code == 200


async def test_nobody_is_nowhere() -> None:
    browser = await Office().administrator()
    assert (await browser.opens(f"{STAFF}/orang/none")).status_code == 404


TABLE = f"nama;kantor;peran\nsiti;{GAMBIR};officer\nbudi;dinas_sda;kepala"


async def test_a_table_is_shown_before_anything_is_made_and_then_each_password_once() -> None:
    office = Office()
    browser = await office.administrator()
    seen = await browser.sends(IMPORT, IMPORT, {"tabel": TABLE})
    assert seen.status_code == 200
    assert "Semua 2 baris siap" in seen.text
    assert len(office.town.store.state.staff) == 1
    made = await browser.sends(IMPORT, IMPORT, {"tabel": TABLE, "simpan": "ya"})
    assert len(set(passwords(made))) == 2
    assert {each.name for each in office.town.store.state.staff.values()} == {"admin", "siti", "budi"}
    assert last_act(office) == ("admin", "staff-add budi", "desk")


async def test_one_wrong_line_is_told_with_its_number_and_nothing_is_made() -> None:
    office = Office()
    browser = await office.administrator()
    table = f"{TABLE}\n=1+1;{GAMBIR};officer"
    for form in ({"tabel": table}, {"tabel": table, "simpan": "ya"}):
        answer = await browser.sends(IMPORT, IMPORT, form)
        assert answer.status_code == 422
        assert re.search(r'<tr class="late"><th scope="row">4</th>.*=1\+1.*tidak boleh diawali', answer.text)
        assert 'name="simpan"' not in answer.text
    assert len(office.town.store.state.staff) == 1


async def test_a_file_is_a_table_too() -> None:
    browser = await Office().administrator()
    answer = await browser.sends(IMPORT, IMPORT, {}, {"berkas": b"\xef\xbb\xbf" + TABLE.encode()})
    assert "Semua 2 baris siap" in answer.text
    broken = await browser.sends(IMPORT, IMPORT, {}, {"berkas": b"\xff\xfe;a;b"})
    assert broken.status_code == 422
