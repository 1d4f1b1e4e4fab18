"""A day at the desk in a real browser, for each role: what they came for, from the first page to the last word."""

import re
from io import BytesIO
from pathlib import Path

import pyotp
import pypdfium2  # type: ignore[import-untyped,unused-ignore]
import pytest
from openpyxl import load_workbook

from app.authenticator import TelephoneCodes
from tests.fakes.citizens import CODE
from tests.fakes.demonstration import ADMIN, AUDITOR, BIRO, CLERK, LURAH, OFFICE, OFFICER
from tests.fakes.offices import photo
from tests.fakes.patience import until
from tests.fakes.screens import Room, Screen

pytestmark = [
    pytest.mark.journey,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),  # its driver is a process
]
STORY = "Jalan berlubang besar di depan pasar, kelurahan Tebet Timur, dua motor sudah jatuh"
CONFLICT, GONE_WRONG, UNKNOWN = 409, 422, 401
OTHER = "petugas.setiabudi"


def report_of(number: str) -> str:
    return f"/petugas/laporan/{number}"


def test_a_mail_is_planned_checked_mended_validated_and_tracked_in_browsers(room: Room, tmp_path: Path) -> None:
    """Officer: queue, report, plan, result with its photo. Biro: the plan, then before and after. The citizen: told."""
    citizen, code, number = room.mails(STORY, photo(tmp_path / "before.jpg", 3))
    with room.sits(OFFICER) as officer, room.sits(BIRO) as biro, room.sits() as anybody:
        officer.presses(f"a[href='{report_of(number)}']")
        assert officer.shown(".photos img") == [True]
        officer.acts("start")
        officer.acts("plan", text="Tambal besok pagi")

        biro.opens("/petugas/periksa")
        biro.presses(f"#plan ~ table a[href='{report_of(number)}#approve-plan']")
        assert "Tambal besok pagi" in biro.text
        biro.acts("approve-plan")

        officer.opens(report_of(number))
        officer.acts("result", photo(tmp_path / "after.jpg", 4), text="Lubang sudah ditambal")
        assert "Menunggu validasi" in officer.text

        biro.opens("/petugas/periksa")
        biro.presses(f"a[href='/petugas/periksa/{number}']")
        assert biro.shown(".shot img") == [True, True]
        assert ("dua motor sudah jatuh" in biro.text, "Lubang sudah ditambal" in biro.text) == (True, True)
        biro.acts("validate")
        assert (biro.path, "Tersimpan: Sahkan hasil" in biro.text) == ("/petugas/periksa", True)

        officer.opens(report_of(number))
        assert "Selesai" in officer.page.inner_text(".marks")
        for screen in (officer, biro):
            assert citizen.address not in screen.page.content()
        anybody.opens("/lacak")
        anybody.page.fill("input[name=kode]", code)
        anybody.presses("main button[type=submit]")
        assert "Selesai" in anybody.text
        assert number not in anybody.page.content()
        _uses_the_code(anybody, code)
    assert until(lambda: [text for text in citizen.heard() if "dikerjakan" in text], "news that work began")


def _uses_the_code(anybody: Screen, code: str) -> None:
    """Not solved, words more, nearly taken back: each is answered, and the code is on no page."""
    anybody.presses("button[value=belum]")
    assert "dibuka lagi" in anybody.page.inner_text(".notice")
    anybody.page.click("details.act summary")
    anybody.fills(tambah="Masih ada lubang kecil di tepinya")
    assert (anybody.barriers(), anybody.cut_off()) == ([], 0)
    anybody.presses("details.act button")
    assert "sudah tercatat" in anybody.page.inner_text(".notice")
    anybody.page.reload()
    assert "tidak dicatat dua kali" in anybody.page.inner_text(".notice")
    anybody.presses("button[value=cabut]")
    assert anybody.page.inner_text("h1") == "Cabut laporan ini?"
    assert (anybody.barriers(), anybody.cut_off()) == ([], 0)
    anybody.presses("main form + form button")
    assert (code in anybody.page.content(), anybody.page.url, anybody.page.context.cookies()) == (
        False,
        f"{anybody.root}/lacak",
        [],
    )
    anybody.is_whole()


def test_more_time_is_asked_for_once_and_given_by_another(room: Room) -> None:
    *_, number = room.mails(STORY)
    with room.sits(OFFICER, scripts=False) as officer, room.sits(BIRO, scripts=False) as biro:
        officer.opens(report_of(number))
        officer.acts("start")
        due = officer.page.inner_text(".head .soft").partition("Batas waktu")[2]
        day = officer.page.evaluate("new Date(Date.now() + 20 * 864e5).toISOString().slice(0, 10)")
        officer.acts("estimate", until=day, text="Menunggu aspal dari gudang")
        biro.opens("/petugas/periksa")
        biro.presses(f"#estimate ~ table a[href='{report_of(number)}#approve-estimate']")
        biro.acts("approve-estimate")
        officer.opens(report_of(number))
        assert officer.page.inner_text(".head .soft").partition("Batas waktu")[2] != due
        assert officer.page.locator("details#estimate").count() == 0, "it is given once"


def test_two_officers_see_each_other_and_the_second_is_refused_with_their_words_kept(room: Room) -> None:
    *_, number = room.mails(STORY)
    words = "Sudah saya hubungi RT setempat"
    with room.sits(OFFICER) as first, room.sits(LURAH, expected=(CONFLICT,)) as second:
        first.page.clock.install()
        first.opens(report_of(number))
        second.opens(report_of(number))
        assert f"Juga sedang dibuka oleh {OFFICER}" in second.text
        first.page.clock.run_for(21_000)
        first.page.wait_for_selector(f"#bersama >> text={LURAH}")

        second.page.locator("details#note summary").click()
        second.page.fill("#note-text", words)
        first.acts("start")
        second.acts("note")
        assert "Laporan ini berubah selagi Anda menulis" in second.text
        assert second.page.input_value("#note-text") == words
        second.acts("note")
        assert words in second.page.inner_text(".history")


def test_a_session_that_ends_while_somebody_types_takes_no_word_away(room: Room) -> None:
    *_, number = room.mails(STORY)
    words = "Lubangnya dalam, perlu alat berat dari dinas"
    with room.sits(expected=(UNKNOWN,)) as officer, room.sits() as elsewhere:
        for screen in (officer, elsewhere):
            screen.logs_in(LURAH, room.password)
        officer.page.clock.install()
        officer.opens(report_of(number))
        officer.page.locator("details#note summary").click()
        officer.page.fill("#note-text", words)
        elsewhere.opens("/petugas/akun")
        while elsewhere.page.locator("form[action='/petugas/akun/sesi']").count():
            elsewhere.presses("form[action='/petugas/akun/sesi'] button")
        officer.page.clock.run_for(21_000)
        officer.page.wait_for_selector("#bersama >> text=Sesi Anda sudah berakhir")
        assert officer.page.input_value("#note-text") == words
        officer.presses("form[action$='/note'] button[type=submit]:not([form])")
        assert words in officer.page.input_value("#terketik")
        assert officer.barriers() == []
        officer.presses("main a.button")
        officer.fills(nama=LURAH, sandi=room.password)
        officer.presses("main form button[type=submit]")
        assert officer.path == report_of(number)


# -- comforts of those who have scripts --


def test_the_list_is_gone_through_by_keys_unless_they_are_switched_off(room: Room) -> None:
    room.mails(STORY)
    with room.sits(OFFICER) as officer:
        page, keys = officer.page, officer.page.keyboard
        numbers = page.locator(".queue tbody th a").all_inner_texts()
        assert len(numbers) >= 2
        keys.press("j")
        keys.press("j")
        keys.press("k")
        assert page.locator(":focus").inner_text() == numbers[0]
        keys.press("/")
        assert page.locator("#cari:focus").count() == 1
        keys.type("jj")
        assert page.input_value("#cari") == "jj", "who types, types"
        page.locator(".queue tbody th a").first.focus()
        keys.press("?")
        assert "Tombol pintas" in page.inner_text("dialog[open]")
        page.check("#tombol-mati")
        keys.press("Escape")
        page.locator(".queue tbody th a").nth(1).focus()
        keys.press("k")
        assert page.locator(":focus").inner_text() == numbers[1]
        page.evaluate("localStorage.clear()")
        page.reload()
        keys.press("j")
        with page.expect_navigation():
            keys.press("o")
        assert officer.path == report_of(numbers[0])


def test_the_list_renews_itself_but_not_under_a_hand_that_ticks(room: Room) -> None:
    with room.sits(OFFICER) as officer:
        page = officer.page
        page.clock.install()
        officer.opens("/petugas")
        *_, number = room.mails(STORY)
        assert number not in officer.text
        page.clock.run_for(21_000)
        page.wait_for_selector(f".queue >> text={number}")
        page.check(f"#p-{number}")
        *_, later = room.mails(STORY)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.clock.run_for(61_000)
        assert (page.is_checked(f"#p-{number}"), later in officer.text, asked) == (True, False, [])
        with page.expect_download() as download:
            page.click("details.tool:has(form[action$='/ekspor']) summary")
            page.click("button[name=bentuk][value=xlsx]")
        sheet = load_workbook(BytesIO(Path(download.value.path()).read_bytes())).active
        assert sheet is not None
        assert {number, later} <= {str(row[0]) for row in sheet.iter_rows(values_only=True)}
        officer.presses("#banyak button")
        assert number in officer.text
        assert later not in officer.text


def test_what_a_citizen_will_read_is_counted_as_it_is_typed(room: Room) -> None:
    *_, number = room.mails(STORY)
    with room.sits(OFFICER) as officer:
        officer.opens(report_of(number))
        officer.page.locator("details#ask summary").click()
        officer.page.locator("#ask-text").press_sequentially("Di sebelah mana?")
        officer.page.wait_for_selector("#ask-panjang >> text=16")


# -- the counter --


def _files_by_keyboard(screen: Screen) -> int:
    """A story and a place typed, and the slip is there; how many keys were pressed beside the letters."""
    keys = screen.page.keyboard
    screen.page.wait_for_selector("#cerita:focus")
    with screen.page.expect_response("**/loket/jenis"):
        keys.type("Lampu jalan mati sudah tiga malam, gelap sekali")
    screen.page.wait_for_selector("#jenis:has(option[value=pju]:checked)")
    keys.press("Tab")
    keys.press("Tab")
    keys.type("depan Puskesmas Kebon Baru, Tebet")
    keys.press("Enter")
    screen.page.wait_for_selector(".slip .code")
    return 3


def test_a_clerk_files_by_keyboard_alone_and_the_slip_has_its_code_once(room: Room) -> None:
    with room.sits(CLERK) as clerk:
        clerk.opens("/petugas/loket")
        assert _files_by_keyboard(clerk) <= 3
        code = clerk.page.inner_text(".slip .code")
        assert CODE.fullmatch(code)
        shown = clerk.page.get_attribute(".slip img", "src")
        assert shown == TelephoneCodes().picture(code), "what is scanned is the code"
        paper = pypdfium2.PdfDocument(BytesIO(clerk.page.pdf(prefer_css_page_size=True)))
        assert len(paper) == 1, "one slip, one piece of paper"
        assert paper[0].get_width() < 80 / 25.4 * 72 + 1
        words = paper[0].get_textpage().get_text_range()
        assert code in words
        assert "Keluar" not in words
        assert room.number_of(code)

        clerk.page.wait_for_selector("#isi:focus")
        clerk.page.keyboard.press("Tab")
        clerk.page.keyboard.press("Enter")
        clerk.page.wait_for_selector("#cerita")
        for again in (clerk.page.go_back, clerk.page.go_forward, clerk.page.reload):
            again()
            assert code not in clerk.page.content()
        clerk.opens("/petugas/loket/slip")
        assert (clerk.path, code in clerk.page.content()) == ("/petugas/loket", False)


def test_what_a_clerk_forgot_is_where_the_keyboard_is_next(room: Room) -> None:
    with room.sits(CLERK, expected=(GONE_WRONG,)) as clerk:
        clerk.opens("/petugas/loket")
        keys = clerk.page.keyboard
        with clerk.page.expect_response("**/loket/jenis"):
            keys.type("Lampu jalan mati sudah tiga malam")
        clerk.page.focus("#simpan")
        keys.press("Enter")
        clerk.page.wait_for_selector("#tempat:focus")
        assert "tiga malam" in clerk.page.input_value("#cerita")
        assert clerk.barriers() == []


def test_without_scripts_a_slip_that_is_asked_for_again_is_gone_and_files_nothing_twice(room: Room) -> None:
    with room.sits(CLERK, scripts=False, expected=(CONFLICT,)) as clerk:
        clerk.opens("/petugas/loket")
        clerk.fills(cerita="Lampu jalan mati", jenis="pju", tempat="Pasar Tebet Timur, kelurahan Tebet Timur")
        clerk.presses("#simpan")
        code = clerk.page.inner_text(".slip .code")
        clerk.page.reload()
        assert "Formulir ini sudah tersimpan" in clerk.text
        assert code not in clerk.page.content()


# -- who arranges, who checks --


def test_an_administrator_takes_somebody_on_who_changes_the_password_that_was_told_once(room: Room) -> None:
    own = "kata sandi sendiri yang panjang"
    with room.sits(ADMIN) as admin, room.sits() as new:
        admin.opens("/petugas/akun-petugas")
        admin.fills(nama="petugas.baru", kantor=OFFICE, peran="officer")
        admin.presses("form[action='/petugas/akun-petugas'][method=post] button")
        given = admin.page.inner_text("tbody .number")
        admin.opens("/petugas/akun-petugas?cari=petugas.baru")
        assert "petugas.baru" in admin.text
        assert given not in admin.page.content()
        new.logs_in("petugas.baru", given)
        assert new.path == "/petugas/akun/sandi"
        new.fills(lama=given, baru=own, lagi=own)
        new.presses("main form button[type=submit]")
        assert "Laporan kantor Anda" in new.text
        assert new.page.locator(".queue tbody tr").count() > 0


def test_an_administrator_sends_a_kind_another_way_and_gives_a_partner_its_key(room: Room) -> None:
    with room.sits(ADMIN) as admin:
        admin.opens("/petugas/jalur")
        admin.fills(jenis="parkir_liar", wilayah="31.74.01.1001", kantor="dinas_perhubungan")
        admin.presses("form[action='/petugas/jalur'] button")
        assert "Dishub" in admin.page.inner_text(".queue")
        admin.opens("/petugas/mitra")
        admin.fills(nama="jaki-uji", kanal="jaki")
        admin.presses("form[action='/petugas/mitra'] button")
        key = admin.page.inner_text(".codes .number")
        admin.presses("main a.button")
        assert key not in admin.page.content()
    form = {"service_code": "parkir_liar", "description": "Mobil parkir di trotoar", "api_key": key}
    place = {"address_string": "Kelurahan Tebet Timur"}
    filed = room.resi.post("/open311/v2/requests.json", form | place)
    number = filed.json()[0]["service_request_id"]
    with room.sits("petugas.perhubungan") as there:
        assert number in there.page.inner_text(".queue")


def test_an_answer_that_an_administrator_keeps_ready_is_what_an_officer_asks_with(room: Room) -> None:
    ready = "Boleh kami tahu patokan terdekat dari tempatnya?"
    _, _, number = room.mails(STORY)
    with room.sits(ADMIN) as admin, room.sits(OFFICER, scripts=False) as officer:
        admin.opens("/petugas/jawaban")
        admin.fills(judul="Tanya patokan", kata=ready, kantor=OFFICE)
        admin.presses("form[action='/petugas/jawaban'] button")
        officer.opens(report_of(number))
        officer.page.locator("details#ask summary").click()
        officer.page.select_option("#ask-jawaban", label="Tanya patokan")
        officer.presses("button[form='ask-siap']")
        assert officer.page.input_value("#ask-text") == ready
        officer.acts("ask")
        assert ready in officer.page.inner_text(".asked")


def test_an_administrator_sees_how_the_service_stands_and_not_one_report(room: Room) -> None:
    *_, number = room.mails(STORY)
    with room.sits(ADMIN, expected=(403,)) as admin:
        admin.opens("/petugas/sistem")
        assert re.search(r"\d+", admin.page.inner_text(".figures li:first-child b"))
        assert "SQLite" in admin.text
        admin.opens(report_of(number))
        assert "Bukan untuk peran Anda" in admin.text


def test_an_auditor_reads_who_did_what_and_that_the_trail_is_whole(room: Room) -> None:
    *_, number = room.mails(STORY)
    with room.sits(OFFICER) as officer, room.sits(AUDITOR, expected=(403,)) as auditor:
        officer.opens(report_of(number))
        officer.acts("note", text="kata yang tidak dibaca pemeriksa")
        auditor.opens("/petugas/jejak")
        auditor.fills(nomor=number)
        auditor.presses("form[action='/petugas/jejak'] button")
        assert OFFICER in auditor.page.inner_text(".trail")
        assert "kata yang tidak dibaca" not in auditor.page.content()
        auditor.presses("form[action='/petugas/jejak/periksa'] button")
        assert "jejaknya utuh" in auditor.text
        auditor.opens(report_of(number))
        assert "Bukan untuk peran Anda" in auditor.text


# -- the second step --


def _asked_for_a_code(room: Room, screen: Screen) -> None:
    screen.page.context.clear_cookies()
    screen.logs_in(OTHER, room.password)
    assert screen.path == "/petugas/masuk/kode"


def test_a_second_step_is_set_up_asked_for_and_a_spare_code_opens_once(room: Room) -> None:
    with room.sits(OTHER, expected=(UNKNOWN,)) as screen:
        screen.opens("/petugas/akun/langkah-dua")
        secret = screen.page.inner_text("main b.number").replace(" ", "")
        telephone = pyotp.TOTP(secret)
        scanned = TelephoneCodes().address(secret, OTHER)
        assert screen.page.get_attribute("img.scan", "src") == TelephoneCodes().picture(scanned)
        now = int(screen.page.evaluate("Date.now() / 1000"))
        screen.fills(kode=telephone.at(now))
        screen.presses("main form button[type=submit]")
        spare = screen.page.locator(".codes li").all_inner_texts()
        assert len(spare) == 10

        for code in (telephone.at(now + 30), spare[0]):
            _asked_for_a_code(room, screen)
            screen.fills(kode=code)
            screen.presses("main form button[type=submit]")
            assert "Laporan kantor Anda" in screen.text
        _asked_for_a_code(room, screen)
        screen.fills(kode=spare[0])
        screen.presses("main form button[type=submit]")
        assert "tidak cocok, atau sudah dipakai" in screen.text
