"""Lists that administrators keep, all alike: shown, added to, refused with what was typed, and taken away from."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

import pytest

from core.model import StaffRole
from tests.fakes.memory_state import State
from tests.fakes.office import ROOT, Office

Form = dict[str, str]


@dataclass(frozen=True)
class Kept:
    """One list. `wrong`: changes of a row that are refused; `stays`: what the page then shows of what was right."""

    path: str
    row: Form
    wrong: tuple[Form, ...]
    stays: str
    rows: Callable[[State], Collection[object]]
    told: int = 303  # the answer to who adds one
    ending: str = "hapus"
    named: str = ""  # the field that only the page knows, by which a row is taken away


LISTS = (
    Kept(
        "jawaban",
        {"kantor": "", "judul": "Dijadwalkan", "kata": "Perbaikan dijadwalkan minggu ini."},
        ({"kata": "x" * 221}, {"kantor": "x"}, {"kata": ""}, {"judul": "", "kata": "Dijadwalkan"}),
        "Dijadwalkan",
        lambda state: state.canned,
        named="jawaban",
    ),
    Kept(
        "jalur",
        {"jenis": "banjir", "wilayah": "31.71.01", "kantor": "dinas_sda"},
        ({"kantor": ""}, {"wilayah": "99"}, {"kantor": "pln_uid_jakarta_raya"}),
        '<option value="banjir" selected>',
        lambda state: state.routes,
    ),
    Kept(
        "mitra",
        {"nama": "jaki-app", "kanal": "jaki"},
        ({"nama": "<b>"}, {"nama": ""}, {"nama": "x" * 65}),
        'value="jaki"',
        lambda state: [each for each in state.partners.values() if each.active],
        told=200,
        ending="nonaktif",
    ),
)
EACH = pytest.mark.parametrize("kept", LISTS, ids=lambda kept: kept.path)


@EACH
async def test_a_row_is_added_listed_and_taken_away(kept: Kept) -> None:
    office, here = Office(), f"{ROOT}/{kept.path}"
    browser = await office.administrator()
    assert '<p class="empty">' in (await browser.opens(here)).text
    assert (await browser.sends(here, here, kept.row)).status_code == kept.told
    html = (await browser.opens(here)).text
    assert '<p class="empty">' not in html
    assert f'action="{here}/{kept.ending}"' in html
    named = dict(re.findall(rf'name="({kept.named})" value="([^"]+)"', html)) if kept.named else kept.row
    assert len(kept.rows(office.town.store.state)) == 1
    gone = await browser.sends(here, f"{here}/{kept.ending}", named)
    assert (gone.status_code, gone.headers["location"]) == (303, here)
    assert not kept.rows(office.town.store.state)


@EACH
async def test_what_can_be_no_row_is_told_and_what_was_typed_is_kept(kept: Kept) -> None:
    office, here = Office(), f"{ROOT}/{kept.path}"
    browser = await office.administrator()
    for change in kept.wrong:
        answer = await browser.sends(here, here, {**kept.row, **change})
        assert answer.status_code == 422, change
        assert 'role="alert" id="salah"' in answer.text
        assert kept.stays in answer.text, change
    assert not kept.rows(office.town.store.state)


@EACH
async def test_a_row_that_is_there_already_or_gone_already_is_no_fault(kept: Kept) -> None:
    office, here = Office(), f"{ROOT}/{kept.path}"
    browser = await office.administrator()
    for _ in range(2):
        assert (await browser.sends(here, here, kept.row)).status_code in {kept.told, 422}
    named = {kept.named: "nobody"} if kept.named else kept.row
    for _ in range(2):
        assert (await browser.sends(here, f"{here}/{kept.ending}", named)).status_code in {303, 422}


@EACH
async def test_only_administrators_see_it_and_change_it(kept: Kept) -> None:
    office, here = Office(), f"{ROOT}/{kept.path}"
    await office.administrator()
    for role in set(StaffRole) - {StaffRole.ADMIN}:
        office.hire(role.value, role)
        browser = await office.at_work(role.value)
        assert (await browser.opens(here)).status_code == 403
        for address in (here, f"{here}/{kept.ending}"):
            assert (await browser.sends(ROOT, address, kept.row)).status_code == 403
    assert not kept.rows(office.town.store.state)
