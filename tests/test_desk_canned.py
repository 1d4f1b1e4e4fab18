"""Ready answers: administrators write them, officers put them into the field for words to the citizen."""

import re

from tests.fakes.office import GAMBIR, ROOT, Office

CANNED = f"{ROOT}/jawaban"
NEW = {"kantor": "", "judul": "Dijadwalkan", "kata": "Perbaikan dijadwalkan minggu ini."}


async def test_an_officer_fills_the_field_with_ready_words_and_may_change_them() -> None:
    office = Office()
    browser = await office.administrator()
    assert (await browser.sends(CANNED, CANNED, NEW)).headers["location"] == CANNED
    office.hire("siti")
    siti, report = await office.at_work("siti"), office.receives()
    page = f"{ROOT}/laporan/{report.number}"
    html = (await siti.opens(page)).text
    (ready,) = set(re.findall(r'<option value="([a-z2-7]{26})">Dijadwalkan</option>', html))
    assert f'<form id="ask-siap" method="get" action="{page}#ask">' in html
    filled = (await siti.opens(f"{page}?untuk=ask&jawaban={ready}")).text
    assert re.search(r'<textarea id="ask-text"[^>]*>Perbaikan dijadwalkan minggu ini.</textarea>', filled)
    assert re.search(r'<details class="act" id="ask" open>', filled)
    assert 'role="alert"' not in filled
    for nonsense in ("untuk=ask&jawaban=x", f"untuk=x&jawaban={ready}"):
        assert "Perbaikan dijadwalkan" not in (await siti.opens(f"{page}?{nonsense}")).text


async def test_words_of_another_office_are_not_offered() -> None:
    office = Office()
    browser = await office.administrator()
    await browser.sends(CANNED, CANNED, NEW | {"kantor": "dinas_sda", "judul": "Pompa"})
    await browser.sends(CANNED, CANNED, NEW | {"kantor": GAMBIR, "judul": "Lurah"})
    office.hire("siti")
    html = (await (await office.at_work("siti")).opens(f"{ROOT}/laporan/{office.receives().number}")).text
    assert ">Lurah</option>" in html
    assert ">Pompa</option>" not in html


async def test_they_are_listed_removed_and_noted() -> None:
    office = Office()
    browser = await office.administrator()
    await browser.sends(CANNED, CANNED, NEW)
    html = (await browser.opens(CANNED)).text
    (which,) = re.findall(r'name="jawaban" value="([^"]+)"', html)
    assert "Perbaikan dijadwalkan minggu ini." in html
    await browser.sends(CANNED, f"{CANNED}/hapus", {"jawaban": which})
    assert not office.town.store.state.canned
    acts = [each.act for each in office.town.store.state.audit.values() if each.who == "admin"]
    assert acts[-2:] == ["canned-add * Dijadwalkan", "canned-remove * Dijadwalkan"]


async def test_a_report_page_without_ready_words_shows_no_choice_of_them() -> None:
    office = Office()
    office.hire("siti")
    html = (await (await office.at_work("siti")).opens(f"{ROOT}/laporan/{office.receives().number}")).text
    assert 'name="jawaban"' not in html
