"""The pages of who checks: three lists, and a result with before and after beside each other."""

import re
from dataclasses import replace

import pytest

from core.model import AgencyId, Check, Handling, Report, StaffRole, Status
from tests.fakes.office import GAMBIR, PICTURE, ROOT, Browser, Office

BIRO, INSPECTORS = AgencyId("biro_pemerintahan"), AgencyId("inspektorat")
HERE = f"{ROOT}/periksa"


async def at_biro(office: Office) -> Browser:
    office.hire("siti")
    office.hire("biro1", StaffRole.BIRO, BIRO)
    return await office.at_work("biro1")


async def resulted(office: Office, biro: Browser, *, photo: bool = True) -> Report:
    """A report whose result waits; two of these have the same photo."""
    report = office.receives(photo=photo)
    siti = await office.at_work("siti")
    await siti.does(report.number, "start")
    await siti.does(report.number, "plan", {"text": "Ganti <lampu>"})
    await biro.does(report.number, "approve-plan")
    answer = await siti.does(report.number, "result", {"text": "Lampu menyala"}, {"photo": PICTURE})
    assert answer.status_code == 303, answer.text
    return office.report(report.number)


def becomes(office: Office, report: Report, handling: Handling, **other: object) -> None:
    changed = replace(report, handling=handling, **other)  # type: ignore[arg-type] # fields of Report
    office.turn(lambda turn: turn.tx.reports.change(changed))


async def test_where_nothing_waits_the_page_says_what_would() -> None:
    office = Office()
    html = (await (await at_biro(office)).opens(HERE)).text
    assert "Tidak ada yang menunggu diperiksa." in html
    assert "<table" not in html


async def test_each_list_leads_to_where_it_is_decided() -> None:
    office = Office()
    biro = await at_biro(office)
    result = await resulted(office, biro)
    plan, time = office.receives(), office.receives()
    becomes(office, plan, Handling(plan=Check.WAITING))
    becomes(office, time, Handling(estimate=Check.WAITING))
    html = (await biro.opens(HERE)).text
    for link in (
        f"{HERE}/{result.number}",
        f"{ROOT}/laporan/{plan.number}#approve-plan",
        f"{ROOT}/laporan/{time.number}#approve-estimate",
    ):
        assert f'<a href="{link}">' in html
    assert html.count('<span class="amount">1</span>') == 3
    assert html.index(result.number) < html.index(plan.number) < html.index(time.number)


async def test_a_long_list_is_short_here_and_whole_on_its_own_page() -> None:
    office = Office()
    biro = await at_biro(office)
    for n in range(55):
        becomes(office, office.receives(f"Lampu jalan ke {n} mati di kelurahan Gambir"), Handling(plan=Check.WAITING))
    page = await biro.opens(HERE)
    assert page.text.count("#approve-plan") == 10
    assert f'<a href="{HERE}?daftar=plan">Lihat semua 55</a>' in page.text
    assert "Tidak ada hasil yang menunggu." in page.text
    whole = await biro.opens(f"{HERE}?daftar=plan")
    assert whole.text.count("#approve-plan") == 50
    assert len(whole.content) < 100_000
    assert f'rel="next" href="{HERE}?daftar=plan&amp;hal=2"' in whole.text
    last = (await biro.opens(f"{HERE}?daftar=plan&hal=2")).text
    assert last.count("#approve-plan") == 5
    assert 'rel="prev"' in last


async def test_before_and_after_stand_beside_each_other_with_the_words_of_the_plan() -> None:
    office = Office()
    biro = await at_biro(office)
    report = await resulted(office, biro)
    html = (await biro.opens(f"{HERE}/{report.number}")).text
    before, _, after = html.partition('id="sesudah"')
    assert f'src="{ROOT}/laporan/{report.number}/foto/1"' in before
    assert f'src="{ROOT}/laporan/{report.number}/foto/2"' in after
    assert "Ganti &lt;lampu&gt;" in after
    assert "Lampu menyala" in after
    assert len(html.encode()) < 20_000
    for position in (1, 2):
        assert (await biro.opens(f"{ROOT}/laporan/{report.number}/foto/{position}")).status_code == 200


async def test_a_report_without_a_photo_says_so() -> None:
    office = Office()
    biro = await at_biro(office)
    report = await resulted(office, biro, photo=False)
    assert "Warga tidak mengirim foto." in (await biro.opens(f"{HERE}/{report.number}")).text


async def test_a_result_is_validated_and_the_lists_come_next() -> None:
    office = Office()
    biro = await at_biro(office)
    report = await resulted(office, biro)
    here = f"{HERE}/{report.number}"
    answer = await biro.sends(here, f"{ROOT}/laporan/{report.number}/validate", {"dari": "periksa"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{HERE}?selesai=validate")
    assert office.report(report.number).status is Status.SELESAI
    assert "Tersimpan: Sahkan hasil" in (await biro.opens(answer.headers["location"])).text
    assert "tidak bisa dilakukan pada status Selesai" in (await biro.opens(here)).text


async def test_a_result_goes_back_with_words_and_not_without() -> None:
    office = Office()
    biro = await at_biro(office)
    report = await resulted(office, biro)
    here, there = f"{HERE}/{report.number}", f"{ROOT}/laporan/{report.number}/reject-result"
    answer = await biro.sends(here, there, {"dari": "periksa", "text": " "})
    assert answer.status_code == 422
    assert 'id="reject-result-salah"' in answer.text
    assert 'id="sesudah"' in answer.text, "it is the page that compares"
    answer = await biro.sends(here, there, {"dari": "periksa", "text": "Foto kurang terang"})
    assert answer.status_code == 303
    assert office.report(report.number).status is Status.TL_DITOLAK


async def test_a_photo_that_looks_alike_stands_there_too_and_needs_words() -> None:
    office = Office()
    biro = await at_biro(office)
    first, second = await resulted(office, biro), await resulted(office, biro)
    assert office.report(second.number).handling.lookalikes == (first.number,)
    here, there = f"{HERE}/{second.number}", f"{ROOT}/laporan/{second.number}/validate"
    html = (await biro.opens(here)).text
    assert f'src="{ROOT}/laporan/{first.number}/foto/2"' in html
    assert re.search(r'<textarea id="validate-text"[^>]* required', html)
    assert "Foto mirip" in (await biro.opens(HERE)).text
    answer = await biro.sends(here, there, {"dari": "periksa"})
    assert answer.status_code == 422
    assert 'id="validate-salah"' in answer.text
    assert (await biro.sends(here, there, {"dari": "periksa", "text": "Satu tiang, dua laporan"})).status_code == 303


async def test_of_a_look_alike_that_the_reader_may_not_see_there_is_only_a_count() -> None:
    office = Office()
    biro = await at_biro(office)
    first, second = await resulted(office, biro), await resulted(office, biro)
    becomes(office, office.report(first.number), Handling(), restricted=True, agency=INSPECTORS)
    html = (await biro.opens(f"{HERE}/{second.number}")).text
    assert first.number not in html
    assert "Laporan mirip yang tidak ditampilkan: 1." in html


async def test_who_decides_upon_what_has_changed_is_told_and_keeps_their_words() -> None:
    office = Office()
    biro = await at_biro(office)
    report = await resulted(office, biro)
    html = (await biro.opens(f"{HERE}/{report.number}")).text
    form = dict(re.findall(r'name="(csrf|versi)" value="(\w+)"', html)) | {"dari": "periksa", "text": "Kurang terang"}
    await biro.does(report.number, "note", {"text": "Lihat dulu"})
    answer = await biro.posts(f"{ROOT}/laporan/{report.number}/reject-result", form)
    assert answer.status_code == 409
    assert "berubah selagi Anda menulis" in answer.text
    assert "Kurang terang</textarea>" in answer.text
    assert office.report(report.number).status is Status.MENUNGGU_VALIDASI


async def test_a_head_checks_restricted_reports_of_their_own_agency_and_the_biro_never_sees_them() -> None:
    office = Office()
    biro = await at_biro(office)
    office.hire("kepala", StaffRole.HEAD, INSPECTORS)
    report = office.receives(photo=True)
    office.turn(lambda turn: turn.tx.reports.change(replace(report, restricted=True, agency=INSPECTORS)))
    done = Handling(plan=Check.APPROVED, result=report.files)
    becomes(office, report, done, restricted=True, agency=INSPECTORS, status=Status.MENUNGGU_VALIDASI)
    head = await office.at_work("kepala")
    assert f'<a href="{HERE}/{report.number}">' in (await head.opens(HERE)).text
    assert (await head.opens(f"{HERE}/{report.number}")).status_code == 200
    assert report.number not in (await biro.opens(HERE)).text
    assert (await biro.opens(f"{HERE}/{report.number}")).status_code == 404


@pytest.mark.parametrize("path", ["", "/R00000000"])
async def test_an_officer_is_refused(path: str) -> None:
    office = Office()
    office.hire("siti")
    answer = await (await office.at_work("siti")).opens(HERE + path)
    assert answer.status_code == 403
    assert "Periksa" not in answer.text


async def test_a_head_of_a_kelurahan_is_not_led_here_and_finds_nothing() -> None:
    office = Office()
    biro = await at_biro(office)
    office.hire("lurah", StaffRole.HEAD, GAMBIR)
    report = await resulted(office, biro)
    browser = await office.at_work("lurah")
    assert f'href="{HERE}"' not in (await browser.opens()).text
    assert "Tidak ada yang menunggu" in (await browser.opens(HERE)).text
    assert (await browser.opens(f"{HERE}/{report.number}")).status_code == 404
