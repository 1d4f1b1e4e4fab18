"""One report at the desk: what is shown, what can be done, and what happens to what was typed when it cannot."""

import re
from dataclasses import replace

import pytest

from core.messages import Point
from core.model import Act, AgencyId, AreaCode, CategoryId, Place, StaffRole, Status
from core.phrases import phrase
from tests.fakes.office import GAMBIR, PICTURE, ROOT, Office

TEBET = AgencyId("kel:31.74.01.1001")


def page(number: str) -> str:
    return f"{ROOT}/laporan/{number}"


async def test_the_page_says_who_has_it_since_when_and_what_now() -> None:
    office = Office()
    office.hire("siti")
    report = office.receives(photo=True)
    html = (await (await office.at_work("siti")).opens(page(report.number))).text
    assert "Di Kelurahan Gambir sejak 8 Jul 2021." in html
    assert "mulai dikerjakan" in html
    assert "Lampu jalan mati" in html
    assert f'src="{page(report.number)}/foto/1"' in html
    assert "sisa 7 hari" in html


async def test_what_can_be_done_is_a_form_and_what_cannot_says_why() -> None:
    office = Office()
    office.hire("siti")
    report = office.receives()
    html = (await (await office.at_work("siti")).opens(page(report.number))).text
    forms, _, others = html.partition('class="cannot"')
    for act in (Act.START, Act.PLAN, Act.ASK, Act.NOTE, Act.COORDINATE, Act.REJECT, Act.FORWARD, Act.LINK):
        assert f'action="{page(report.number)}/{act.value}"' in forms
    assert f'action="{page(report.number)}/{Act.VALIDATE.value}"' not in html
    assert "Tindakan ini tidak bisa dilakukan pada status Menunggu." in others
    assert "bukan bagian Anda" in others


async def test_an_act_is_done_and_leads_back_to_the_report() -> None:
    office = Office()
    office.hire("siti")
    report = office.receives()
    browser = await office.at_work("siti")
    answer = await browser.does(report.number, "start", {"text": "Tim berangkat"})
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{page(report.number)}?selesai=start"
    assert office.report(report.number).status is Status.PROSES
    assert "Tersimpan: Mulai dikerjakan" in (await browser.opens(answer.headers["location"])).text
    audit = list(office.town.store.state.audit.values())
    assert [(each.who, each.act, each.via) for each in audit if each.number == report.number] == [
        ("siti", "start", "desk")
    ]
    assert any("dikerjakan" in told.text.lower() for told in office.town.post()), "the citizen is told"


async def test_a_result_needs_its_photo_and_keeps_what_was_typed() -> None:
    office = Office()
    office.hire("siti")
    office.hire("biro1", StaffRole.BIRO, AgencyId("biro_pemerintahan"))
    report = office.receives()
    browser, biro = await office.at_work("siti"), await office.at_work("biro1")
    await browser.does(report.number, "plan", {"text": "Ganti lampu"})
    await biro.does(report.number, "approve-plan")
    await browser.does(report.number, "start")
    for files, why in (({}, "Hasil perlu foto."), ({"photo": b"no picture"}, "Berkas seperti itu")):
        answer = await browser.does(report.number, "result", {"text": "Lampu <b>menyala</b>"}, files)
        assert answer.status_code == 422
        assert "Lampu &lt;b&gt;menyala&lt;/b&gt;</textarea>" in answer.text
        assert 'id="result-photo-salah"' in answer.text
        assert why in answer.text
    answer = await browser.does(report.number, "result", {"text": "Lampu menyala"}, {"photo": PICTURE})
    assert answer.status_code == 303
    assert office.report(report.number).status is Status.MENUNGGU_VALIDASI
    assert (await biro.does(report.number, "validate")).status_code == 303
    assert office.report(report.number).status is Status.SELESAI


@pytest.mark.parametrize(
    ("act", "form", "at"),
    [
        ("ask", {"text": " "}, "ask-text-salah"),
        ("ask", {"text": "x" * 300}, "ask-text-salah"),
        ("coordinate", {"to": "nowhere"}, "coordinate-to-salah"),
        ("coordinate", {"to": GAMBIR}, "coordinate-to-salah"),
        ("forward", {"to": TEBET, "text": "x"}, "forward-to-salah"),
        ("link", {"to": "R00000000"}, "link-to-salah"),
        ("estimate", {"text": "x", "until": "tomorrow"}, ""),
    ],
)
async def test_what_was_refused_says_so_at_its_field(act: str, form: dict[str, str], at: str) -> None:
    office = Office()
    office.hire("siti")
    report = office.receives()
    answer = await (await office.at_work("siti")).does(report.number, act, form)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert f'id="{at}"' in answer.text or not at
    assert len(office.town.store.state.history[report.id]) == 1


async def test_who_writes_on_what_has_changed_is_told_and_loses_no_word() -> None:
    office = Office()
    office.hire("siti")
    office.hire("budi")
    report = office.receives()
    siti, budi = await office.at_work("siti"), await office.at_work("budi")
    await budi.does(report.number, "start")
    answer = await siti.sends(page(report.number), f"{page(report.number)}/note", {"versi": "1", "text": "kata saya"})
    assert answer.status_code == 409
    assert "berubah selagi Anda menulis" in answer.text
    assert "kata saya</textarea>" in answer.text
    assert 'name="versi" value="2"' in answer.text
    assert Act.NOTE not in {entry.act for entry in office.town.store.state.history[report.id]}


@pytest.mark.parametrize("path", ["", "/foto/1", "/foto/2", "/foto/x"])
async def test_a_report_of_others_is_as_if_there_were_none(path: str) -> None:
    office = Office()
    office.hire("siti", agency=TEBET)
    report = office.receives(photo=True)
    browser = await office.at_work("siti")
    other, none = [await browser.opens(page(number) + path) for number in (report.number, "R00000000")]
    assert other.status_code == none.status_code == 404
    assert other.text.replace(report.number, "R00000000") == none.text
    assert (await browser.posts(page(report.number) + "/start", {"csrf": "x"})).status_code == 403
    answer = await browser.sends(ROOT, page(report.number) + "/start")
    assert answer.status_code == 404
    assert office.report(report.number).status is Status.MENUNGGU


async def test_a_photo_comes_with_a_safe_type_and_a_name_that_tells_nothing() -> None:
    office = Office()
    office.hire("siti")
    report = office.receives(photo=True)
    browser = await office.at_work("siti")
    answer = await browser.opens(page(report.number) + "/foto/1")
    assert answer.content == b"bytes of " + report.files[0].name.encode()
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["content-disposition"] == f'inline; filename="{report.number}-1.jpg"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert (await browser.opens(page(report.number) + "/foto/2")).status_code == 404
    office.files_away = True
    answer = await browser.opens(page(report.number) + "/foto/1")
    assert answer.status_code == 503
    assert phrase("desk_trouble_file_away", "id") in answer.text
    office.files_away = False
    office.erased.add(report.files[0].name)
    assert (await browser.opens(page(report.number) + "/foto/1")).status_code == 404


async def test_an_act_that_there_is_not_is_not_found() -> None:
    office = Office()
    office.hire("siti")
    report = office.receives()
    browser = await office.at_work("siti")
    for act in ("late", "withdraw", "nothing"):
        assert (await browser.does(report.number, act)).status_code == 404


async def test_a_page_stays_small_and_asks_nobody_else() -> None:
    office = Office()
    office.hire("siti")
    report = office.receives(photo=True)
    html = (await (await office.at_work("siti")).opens(page(report.number))).text
    assert len(html.encode()) < 40_000
    assert "http" not in html.replace("http-equiv", "")


async def test_a_place_is_told_by_its_areas_and_a_point_by_a_link_that_asks_no_server() -> None:
    office = Office()
    office.hire("siti")
    report = office.receives()
    browser = await office.at_work("siti")
    html = (await browser.opens(page(report.number))).text
    assert "<li>Jakarta Pusat</li><li>Gambir</li><li>Gambir</li>" in html
    assert "geo:" not in html
    pointed = replace(report, place=replace(report.place, point=Point(-6.175401, 106.827169)))
    office.turn(lambda turn: turn.tx.reports.change(pointed))
    html = (await browser.opens(page(report.number))).text
    assert 'href="geo:-6.17540,106.82717?q=-6.17540,106.82717"' in html
    nowhere = replace(report, place=Place(AreaCode("00.00")))
    office.turn(lambda turn: turn.tx.reports.change(nowhere))
    assert 'class="inside"' not in (await browser.opens(page(report.number))).text


async def test_a_page_with_a_map_names_its_source_where_there_is_one() -> None:
    for named, shown in (("(c) <Drawn> by hand", "(c) &lt;Drawn&gt; by hand"), ("", "")):
        office = Office(map_credit=named)
        office.hire("siti")
        report = office.receives()
        html = (await (await office.at_work("siti")).opens(page(report.number))).text
        assert ("Sumber batas wilayah" in html) is bool(named)
        assert shown in html


async def test_what_only_a_script_can_do_is_hidden_until_there_is_one() -> None:
    office = Office()
    office.hire("siti")
    report = office.receives()
    html = (await (await office.at_work("siti")).opens(page(report.number))).text
    assert '<button class="plain print" type="button" hidden>' in html
    assert '<button class="keys-open" type="button" hidden>' in html
    assert "Paling banyak 220 karakter" in html, "the limit is said in words where nothing counts"
    assert "Dicetak 8 Jul 2021" in html


async def test_what_was_mentioned_stands_below_the_words_and_on_paper_too() -> None:
    office = Office()
    office.hire("siti")
    report = office.receives("lampu jalan mati sudah seminggu, tiap malam gelap, tiang KJ-112, kelurahan Gambir")
    browser = await office.at_work("siti")
    html = (await browser.opens(page(report.number))).text
    assert "<dt>Yang disebut</dt><dd>sejak seminggu</dd><dd>tiap malam</dd><dd>tiang KJ-112</dd>" in html
    other = office.receives("sampah menumpuk di kelurahan Gambir")
    assert "Yang disebut" not in (await browser.opens(page(other.number))).text


async def test_what_was_closed_is_mentioned_nowhere() -> None:
    office = Office()
    office.hire("siti")
    report = office.receives("bus B 1234 XY ngebut tiap malam di kelurahan Gambir, hubungi saya 0812 3456 7890")
    html = (await (await office.at_work("siti")).opens(page(report.number))).text
    _, _, mentioned = html.partition('class="mentioned"')
    assert re.findall("<dd>(.*?)</dd>", mentioned.partition("</dl>")[0]) == ["tiap malam"]


async def test_the_words_that_speak_for_its_kind_are_told_where_they_do() -> None:
    office = Office()
    office.hire("siti")
    browser = await office.at_work("siti")
    report = office.receives("Lampu jalan mati di kelurahan Gambir")
    html = (await browser.opens(page(report.number))).text
    _, _, told = html.partition('class="decided"')
    assert "lampu" in told.partition("</details>")[0]
    office.town.store.state.reports[report.id] = replace(report, category=CategoryId("sampah"))
    assert 'class="decided"' not in (await browser.opens(page(report.number))).text


async def test_the_mark_of_a_trace_decides_nothing() -> None:
    office = Office()
    office.hire("siti")
    report = office.receives("Lampu jalan mati di kelurahan Gambir")
    office.town.store.state.reports[report.id] = replace(report, text=f"[telepon] [alamat] {report.text}")
    html = (await (await office.at_work("siti")).opens(page(report.number))).text
    told = html.partition('class="decided"')[2].partition("</details>")[0]
    assert "lampu" in told
    assert "telepon" not in told
