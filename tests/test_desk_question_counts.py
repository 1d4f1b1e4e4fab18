"""At the desk: words to citizens are refused at their field, questions have limits, and who asks much is shown."""

from core.model import Act, AgencyId, StaffRole
from tests.fakes.office import ROOT, Office

BIRO = AgencyId("biro_pemerintahan")
HERE = f"{ROOT}/pertanyaan"


async def test_words_that_lead_out_or_pry_are_refused_at_their_field_and_kept() -> None:
    office = Office()
    office.hire("siti")
    report = office.receives()
    browser = await office.at_work("siti")
    for text, why in (
        ("Hubungi 0812 3456 7890", "Ada nomor telepon."),
        ("Siapa nama Anda?", "siapa yang menulis"),
        ("Silakan datang ke kantor kelurahan", "tidak diminta datang"),
    ):
        for act in ("ask", "reject"):
            answer = await browser.does(report.number, act, {"text": text})
            assert answer.status_code == 422
            assert f'id="{act}-text-salah"' in answer.text
            assert why in answer.text
            assert f"{text}</textarea>" in answer.text
    assert len(office.town.store.state.history[report.id]) == 1


async def test_ready_words_that_lead_out_are_not_kept() -> None:
    office = Office()
    office.hire("admin", StaffRole.ADMIN, BIRO)
    browser = await office.at_work("admin")
    new = {"kantor": "", "judul": "Telepon", "kata": "Silakan telepon 0812 3456 7890."}
    answer = await browser.sends(f"{ROOT}/jawaban", f"{ROOT}/jawaban", new)
    assert answer.status_code == 422
    assert not office.town.store.state.canned


async def test_a_question_can_be_closed_after_two_days() -> None:
    office = Office()
    office.hire("siti")
    report = office.receives()
    browser = await office.at_work("siti")
    await browser.does(report.number, "ask", {"text": "Tiang nomor berapa?"})
    page = f"{ROOT}/laporan/{report.number}"
    assert f'action="{page}/close-question"' not in (await browser.opens(page)).text
    office.town.clock.passes(hours=48)
    office.turn(lambda turn: turn)
    browser = await office.at_work("siti")
    assert f'action="{page}/close-question"' in (await browser.opens(page)).text
    assert (await browser.does(report.number, "close-question")).status_code == 303
    assert office.town.store.state.history[report.id][-1].act is Act.CLOSE_QUESTION
    assert "Ditutup tanpa jawaban." in (await browser.opens(page)).text


async def test_after_five_questions_a_head_is_asked_for_a_reason() -> None:
    office = Office()
    office.hire("siti")
    office.hire("kepala", StaffRole.HEAD)
    report = office.receives()
    for _ in range(5):
        siti = await office.at_work("siti")
        assert (await siti.does(report.number, "ask", {"text": "Tiang nomor berapa?"})).status_code == 303
        office.town.clock.passes(hours=48)
    head = await office.at_work("kepala")
    page = f"{ROOT}/laporan/{report.number}"
    assert 'name="reason"' in (await head.opens(page)).text
    answer = await head.does(report.number, "ask", {"text": "Sejak kapan?"})
    assert answer.status_code == 422
    assert 'id="ask-reason-salah"' in answer.text
    answer = await head.does(report.number, "ask", {"text": "Sejak kapan?", "reason": "Belum ditemukan"})
    assert answer.status_code == 303
    siti = await office.at_work("siti")
    assert "sudah ditanya 5 kali" in (await siti.opens(page)).text


async def test_the_biro_sees_who_asks_much_and_officers_do_not() -> None:
    office = Office()
    office.hire("siti")
    office.hire("biro1", StaffRole.BIRO, BIRO)
    biro = await office.at_work("biro1")
    assert "Belum ada pertanyaan" in (await biro.opens(HERE)).text
    report = office.receives()
    for _ in range(3):
        await (await office.at_work("siti")).does(report.number, "ask", {"text": "Tiang nomor berapa?"})
        office.town.clock.passes(hours=48)
    biro = await office.at_work("biro1")
    html = (await biro.opens(HERE)).text
    assert "siti" in html
    assert "Kelurahan Gambir" in html
    assert f'href="{ROOT}/laporan/{report.number}"' in html
    assert "Tiang nomor berapa" not in html
    assert HERE in (await biro.opens(f"{ROOT}/evaluasi")).text
    assert (await (await office.at_work("siti")).opens(HERE)).status_code in {403, 404}
