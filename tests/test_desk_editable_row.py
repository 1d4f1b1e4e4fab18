"""Rows of the city on pages: listed, changed, ended and brought back; refusals keep what was typed; all of it noted."""

import re
from dataclasses import dataclass
from html import unescape

import pytest

from core.categories import CATEGORIES, GROUPS, leaves
from core.model import StaffRole
from tests.fakes.office import ROOT, Browser, Office

Form = dict[str, str]
ROOM = next(each.id for each in GROUPS if len(leaves(each.id)) < 8)


@dataclass(frozen=True)
class Row:
    """One page. `wrong`: a change of the form that is refused; `stays`: what of the rest stands there again."""

    path: str
    form: Form
    made: str
    wrong: Form
    stays: str
    known: str
    ends: bool = True


ROWS = (
    Row(
        "jenis",
        {
            "nama-id": "Bangku taman",
            "nama-en": "Park bench",
            "kelompok": ROOM,
            "kantor": "dinas_bina_marga",
            "tempat": "ya",
            "simpan": "90",
            "tanya-0": "sejak",
            "pembaca": "",
            "kata-id": "bangku taman\nbangku rusak\nkursi taman\ntempat duduk\nbangku patah",
            "kata-en": "bench",
        },
        "bangku_taman",
        {"simpan": "0"},
        "tempat duduk",
        "banjir",
    ),
    Row(
        "daftar-instansi",
        {"nama": "Dinas Taman Kota", "singkat": "Taman", "golongan": "dinas", "atasan": "pemprov_dki", "kota": ""},
        "taman",
        {"singkat": "SDA"},
        "Dinas Taman Kota",
        "dinas_sda",
    ),
    Row(
        "pertanyaan-jenis",
        {
            "tanya-id": "Seberapa parah?",
            "tanya-en": "How bad is it?",
            "bentuk": "choice",
            "pilihan-id": "Ringan\nParah",
            "pilihan-en": "Slight\nBad",
        },
        "seberapa_parah",
        {"pilihan-en": "Slight"},
        "Seberapa parah?",
        "sejak",
        ends=False,
    ),
)
EACH = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.path)


def fields(html: str) -> Form:
    """What the form of a row would send, unchanged."""
    form = html[html.index('name="versi"') - 200 : html.index("</form>", html.index('name="versi"'))]
    found = {
        name: unescape(value) for name, value in re.findall(r'name="([\w-]+)" type="\w+"[^>]*value="([^"]*)"', form)
    }
    found |= {
        name: unescape(said)
        for name, said in re.findall(r'<textarea id="[\w-]+" name="([\w-]+)"[^>]*>\n([^<]*)<', form)
    }
    for name, options in re.findall(r'<select id="[\w-]+" name="([\w-]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    for name in re.findall(r'name="([\w-]+)" type="checkbox" value="ya"(?! checked)', form):
        found.pop(name, None)
    version = re.search(r'name="versi" value="(\d+)"', form)
    assert version is not None
    return found | {"versi": version[1]}


async def made(row: Row, browser: Browser) -> str:
    here = f"{ROOT}/{row.path}"
    answer = await browser.sends(f"{here}/-baru", f"{here}/-baru", row.form)
    assert (answer.status_code, answer.headers.get("location")) == (303, here), answer.text
    return f"{here}/{row.made}"


@EACH
async def test_a_row_is_made_shown_as_it_was_typed_and_noted(row: Row) -> None:
    office = Office()
    browser = await office.administrator()
    page = await made(row, browser)
    html = (await browser.opens(page)).text
    fixed = {"bentuk"}  # what an answer is never changes, and is no field then
    assert fields(html).items() >= {name: said for name, said in row.form.items() if name not in fixed}.items()
    assert f'href="{page}"' in (await browser.opens(f"{ROOT}/{row.path}")).text
    [act] = [each.act for each in office.town.store.state.audit.values() if "-add " in each.act]
    assert act.endswith(f"-add {row.made}")


@EACH
async def test_what_is_refused_is_told_and_what_was_typed_stays(row: Row) -> None:
    office = Office()
    browser = await office.administrator()
    new = f"{ROOT}/{row.path}/-baru"
    answer = await browser.sends(new, new, row.form | row.wrong)
    assert answer.status_code == 422
    assert 'role="alert" id="salah"' in answer.text
    assert row.stays in answer.text
    assert not office.town.store.state.city_changes


@EACH
async def test_whoever_saves_over_another_change_is_told_and_may_save_again(row: Row) -> None:
    office = Office()
    browser = await office.administrator()
    page = await made(row, browser)
    old = fields((await browser.opens(page)).text)
    assert (await browser.sends(page, page, old)).status_code == 303
    told = await browser.sends(page, page, old)
    assert told.status_code == 422
    assert (await browser.sends(page, page, fields(told.text))).status_code == 303


@EACH
async def test_a_row_ends_and_comes_back(row: Row) -> None:
    office = Office()
    browser = await office.administrator()
    page = await made(row, browser)
    for way, pill in (("akhiri", True), ("pulihkan", False)):
        assert (await browser.sends(page, f"{page}/{way}", {})).status_code == (303 if row.ends else 404)
        assert ('<span class="pill ended">' in (await browser.opens(page)).text) is (pill and row.ends)


@EACH
async def test_a_row_that_is_none_is_no_page_and_takes_nothing(row: Row) -> None:
    office = Office()
    browser = await office.administrator()
    here = f"{ROOT}/{row.path}"
    assert (await browser.opens(f"{here}/nobody")).status_code == 404
    for address in (f"{here}/nobody", f"{here}/nobody/akhiri", f"{here}/-baru/akhiri"):
        assert (await browser.sends(here + "/-baru", address, row.form)).status_code in {404, 422}
    assert not office.town.store.state.city_changes


@EACH
async def test_only_administrators_see_it_and_change_it(row: Row) -> None:
    office, here = Office(), f"{ROOT}/{row.path}"
    await office.administrator()
    for role in set(StaffRole) - {StaffRole.ADMIN}:
        office.hire(role.value, role)
        browser = await office.at_work(role.value)
        for address in (here, f"{here}/-baru", f"{here}/{row.known}"):
            assert (await browser.opens(address)).status_code == 403
        assert (await browser.sends(ROOT, f"{here}/-baru", row.form)).status_code == 403
    assert not office.town.store.state.city_changes


@EACH
async def test_the_page_of_a_row_of_the_folder_sends_back_what_it_shows(row: Row) -> None:
    office = Office()
    browser = await office.administrator()
    page, before = f"{ROOT}/{row.path}/{row.known}", [*CATEGORIES]
    shown = fields((await browser.opens(page)).text)
    answer = await browser.sends(page, page, shown)
    assert answer.status_code == 303, answer.text
    assert [*CATEGORIES] == before
    assert fields((await browser.opens(page)).text) == shown | {"versi": "1"}
