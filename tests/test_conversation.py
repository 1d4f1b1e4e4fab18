"""The conversation, told as people have it."""

import pytest

from core.messages import Point, UnsupportedContent
from core.model import Status
from core.phrases import SPOKEN, phrase
from tests.fakes.doubtful import with_a_doubtful_number
from tests.fakes.town import Told, Town


def lamp(town: Town) -> Told:
    budi = town.citizen("telegram")
    budi.writes("lampu jalan mati sudah seminggu di depan SDN 03, kelurahan manggarai")
    return budi.presses("Kirim")


def test_a_clear_story_with_its_place_needs_two_messages_to_a_code() -> None:
    town = Town()
    told = lamp(town)
    assert told.code
    (report,) = town.reports
    assert report.category == "pju"
    assert report.agency == "kel:31.74.01.1007"
    assert report.status is Status.MENUNGGU
    assert (report.due - report.received).days == 7


def test_one_clear_restricted_category_is_offered_alone_and_doubt_offers_three() -> None:
    budi, siti = Town().citizen("telegram"), Town().citizen("telegram")
    clear = budi.writes("oknum petugas loket minta uang pelicin, pungli")
    assert [option.id for option in clear.options] == ["c:pungli_korupsi", "other"]
    doubt = siti.writes("di sini gelap sekali")
    assert len(doubt.options) == 4
    assert doubt.options[-1].id == "other"


def test_a_greeting_is_greeted_and_asked() -> None:
    budi = Town().citizen("telegram")
    told = budi.writes("Selamat pagi pak, saya mau lapor")
    assert "Resi" in told.text
    assert "Apa masalahnya" in told.text
    assert budi.writes("banjir selutut di kampung pulo").options


def test_a_photograph_may_come_first_and_its_caption_is_the_story() -> None:
    town = Town()
    budi = town.citizen("telegram")
    assert "Foto sudah kami terima" in budi.sends_photo().text
    budi.writes("sampah menumpuk di cikini")
    budi.presses("Kirim")
    (report,) = town.reports
    assert len(report.files) == 1
    siti = town.citizen("telegram", "siti")
    told = siti.sends_photo("jalan berlubang di cikini")
    assert "Jenis: Jalan rusak\n" in told.text
    assert "Berkas: 1" in told.text


def test_an_album_is_one_report_and_gets_one_answer() -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.sends_photo("jalan berlubang di cikini", group="album")
    assert budi.sends_photo(group="album") == Told("")
    budi.sends_photo(group="album")
    dialogue = budi.dialogue
    assert dialogue is not None
    assert len(dialogue.draft.files) == 3


def test_the_album_s_silent_parts_keep_the_buttons_of_its_answer_alive() -> None:
    budi = Town().citizen("telegram")
    first = budi.sends_photo("jalan berlubang di cikini", group="album")
    budi.sends_photo(group="album")
    budi.last = first
    assert "Apa yang diubah?" in budi.presses("Ubah").text


def test_more_words_before_an_answer_are_more_of_the_story() -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.writes("jalan rusak parah")
    budi.writes("lubangnya besar sekali dan banyak motor jatuh di situ")
    dialogue = budi.dialogue
    assert dialogue is not None
    assert "lubangnya besar" in dialogue.draft.text
    assert "jalan rusak parah" in dialogue.draft.text


def test_a_place_out_of_order_is_noted() -> None:
    budi = Town().citizen("telegram")
    budi.writes("di sini gelap sekali")
    told = budi.writes("kelurahan cikini")
    assert "Cikini" in told.text
    assert budi.presses("Lampu jalan (PJU)").text.startswith("Laporan Anda")


@pytest.mark.parametrize("word", ["batal", "BATAL", "/batal", "ga jadi", "Gak jadi!"])
def test_a_change_of_mind_ends_the_draft_at_once(word: str) -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.writes("jalan rusak parah di cikini")
    assert "tidak dikirim" in budi.writes(word).text
    assert budi.dialogue is None
    assert not town.reports


def test_beginning_again_asks_for_the_story_anew() -> None:
    budi = Town().citizen("telegram")
    budi.writes("jalan rusak parah di cikini")
    budi.writes("ulang")
    told = budi.writes("banjir di kampung melayu")
    assert "Jenis: Banjir & genangan\n" in told.text
    assert "Cikini" not in told.text


def test_each_thing_can_be_corrected_at_the_summary() -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.writes("lampu jalan mati di cikini")
    budi.presses("Ubah")
    budi.presses("Cerita")
    told = budi.writes("lampu jalan mati dan tiangnya miring, di cikini")
    assert "miring" in told.text
    budi.presses("Ubah")
    budi.presses("Tempat")
    told = budi.writes("kelurahan manggarai")
    assert "Manggarai" in told.text
    budi.presses("Ubah")
    budi.presses("Jenis")
    budi.presses("Bukan itu")
    budi.presses("Bangunan & utilitas")
    told = budi.presses("Kabel & tiang")
    while "Lewati" in [each.label for each in told.options]:  # what is asked of this kind
        told = budi.presses("Lewati")
    assert "Kabel & tiang" in told.text
    budi.presses("Kirim")
    (report,) = town.reports
    assert (report.category, report.place.area) == ("kabel_utilitas", "31.74.01.1007")


def test_a_place_that_shall_be_changed_stays_until_the_new_one_is_there() -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.writes("lampu jalan mati di cikini")
    budi.presses("Ubah")
    assert "Di mana tepatnya" in budi.presses("Tempat").text
    assert "Cikini" in budi.writes("lewati").text
    budi.presses("Ubah")
    budi.presses("Tempat")
    assert "kelurahan" in budi.points().text
    assert "Manggarai" in budi.writes("manggarai").text


def test_an_alley_is_an_address_and_no_gang() -> None:
    town = Town()
    budi = town.citizen("mail", "budi@example.org")
    budi.writes("Lampu jalan mati sudah tiga hari")
    budi.writes("gang mawar nomor 5", in_thread=True)
    assert town.reports[0].place.words == "gang mawar nomor 5"


def test_a_code_in_the_middle_is_answered_and_the_draft_waits() -> None:
    town = Town()
    code = lamp(town).code
    siti = town.citizen("telegram", "siti")
    siti.writes("sampah menumpuk di cikini")
    told = siti.writes(code)
    assert "Menunggu" in told.text
    assert "Lanjutkan laporan yang tadi?" in told.text
    assert "Jenis: Sampah\n" in siti.presses("Lanjut").text


def test_after_a_code_the_question_that_stood_before_may_be_answered_at_once() -> None:
    town = Town()
    code = lamp(town).code
    siti = town.citizen("telegram", "siti")
    siti.writes("sampah menumpuk dua hari")
    siti.writes(code)
    assert siti.writes("kelurahan cikini").text.startswith("Laporan Anda")


def test_a_mistyped_code_is_answered_and_is_no_guess() -> None:
    town = Town()
    code = lamp(town).code.replace("-", "")
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    siti = town.citizen("sms", "+628123")
    for _ in range(20):
        told = siti.writes(wrong)
        assert "Menunggu" not in told.text
        assert "angka yang keliru" in told.text
    assert "Menunggu" in siti.writes(code).text


def test_wrong_codes_make_who_tries_wait_and_nobody_else() -> None:
    town = Town()
    code = lamp(town).code
    other = Town(seed=5)
    strange = [lamp(other).code] * 7
    thief = town.citizen("sms", "+628999")
    said = [thief.writes(each).text for each in strange]
    assert "tidak ada" in said[0]
    assert "menit lagi" in said[-1]
    assert "menit lagi" in thief.writes(code).text
    assert "Menunggu" in town.citizen("sms", "+628123").writes(code).text
    town.clock.passes(minutes=10)
    assert "Menunggu" in thief.writes(code).text


def test_help_the_other_language_and_odd_messages_do_not_lose_the_draft() -> None:
    budi = Town().citizen("telegram")
    budi.writes("di sini gelap sekali")
    assert "Perintah" in budi.writes("/bantuan").text
    assert budi.last.options
    assert "stiker" in budi.sends_unsupported(UnsupportedContent.STICKER).text.lower()
    told = budi.writes("EN")
    assert "English" in told.text
    assert told.options[0].label == "Street lighting"
    assert "Where exactly" in budi.presses("Street lighting").text


def test_english_words_are_answered_in_english() -> None:
    told = Town().citizen("telegram").writes("There is a big pothole in the road near the station, the road is damaged")
    assert "It is about: Damaged road" in told.text
    assert "Where exactly" in told.text


@pytest.mark.parametrize(
    "unsupported", [UnsupportedContent.STICKER, UnsupportedContent.CONTACT, UnsupportedContent.OTHER]
)
def test_what_cannot_be_read_is_answered_with_what_to_do(unsupported: UnsupportedContent) -> None:
    budi = Town().citizen("telegram")
    assert budi.sends_unsupported(unsupported).text
    assert budi.writes("jalan rusak parah di cikini").options


def test_the_third_answer_that_cannot_be_read_brings_the_help_and_the_choices() -> None:
    budi = Town().citizen("sms", "+6281")
    budi.writes("di sini gelap sekali")
    assert "BATAL" not in budi.writes("??").text
    assert "BATAL" not in budi.writes("77").text
    told = budi.writes("!!")
    assert "BATAL" in told.text
    assert "1 Lampu jalan (PJU)" in told.text


def test_an_emergency_number_is_said_before_going_on() -> None:
    told = Town().citizen("telegram").writes("kebakaran! ada api besar di rumah warga kampung pulo")
    assert told.text.startswith("Keadaan darurat? Telepon 112")
    assert told.options


def test_a_point_is_kept_and_its_kelurahan_is_asked() -> None:
    town = Town()
    budi = town.citizen("telegram")
    assert budi.writes("jalan rusak parah").ask_point
    assert "kelurahan atau kecamatan" in budi.points().text
    budi.writes("cikini")
    budi.presses("Kirim")
    (report,) = town.reports
    assert report.place.point is not None
    assert report.place.area == "31.71.06.1003"


def test_where_a_photo_was_taken_is_offered_and_used_only_if_the_citizen_says_so() -> None:
    for answer, kept in (("Ya, di situ", True), ("Tidak", False)):
        town = Town()
        budi = town.citizen("telegram")
        told = budi.sends_photo("jalan berlubang di cikini", found=Point(-6.19, 106.84))
        assert "di lokasi itu" in told.text
        budi.presses(answer)
        budi.presses("Kirim")
        assert (town.reports[0].place.point is not None) is kept
        assert budi.dialogue is None


def test_the_place_of_a_mailed_photo_is_offered_with_the_corrections() -> None:
    town = Town()
    budi = town.citizen("mail", "budi@example.org")
    told = budi.sends_photo("jalan berlubang parah sekali", found=Point(-6.19, 106.84))
    assert town.reports[0].place.point is None
    number = next(n for n, option in enumerate(told.options, 1) if option.id == "use")
    assert "kelurahan atau kecamatan" in budi.writes(str(number), in_thread=True).text
    assert town.reports[0].place.point is not None
    budi.writes("Cikini", in_thread=True)
    assert town.reports[0].place.point is not None
    assert town.reports[0].agency == "kel:31.71.06.1003"


def test_an_ambiguous_name_is_asked_back_with_choices() -> None:
    budi = Town().citizen("telegram")
    budi.writes("jalan rusak parah")
    told = budi.writes("jatinegara")
    assert len(told.options) >= 3
    assert "Laporan Anda" in budi.presses(told.options[0].label).text


def test_a_place_that_nobody_knows_does_not_stop_a_report() -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.writes("jalan rusak parah")
    assert "Laporan Anda" in budi.writes("lewati").text
    told = budi.presses("Kirim")
    assert told.code
    assert "di kelurahan atau kecamatan mana" in told.text
    assert town.reports[0].agency == "biro_pemerintahan"
    assert "Cikini" in budi.writes("di cikini").text
    assert town.reports[0].agency == "kel:31.71.06.1003"


def test_an_address_without_a_known_area_is_kept_and_the_area_is_asked() -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.writes("jalan rusak parah")
    assert "kelurahan atau kecamatan" in budi.writes("depan warung Bu Sri gang buntu").text
    assert "warung" in budi.writes("cikini").text


def test_a_category_without_a_place_goes_to_its_lead_agency() -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.writes("KJP anak saya belum cair sudah tiga bulan")
    budi.presses("Lewati")
    budi.presses("Kirim")
    assert town.reports[0].agency == "dinas_pendidikan"


def test_a_restricted_report_goes_straight_to_its_agency() -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.writes("oknum petugas kelurahan cikini minta uang pelicin, pungli")
    budi.presses("Pungli & korupsi")
    told = budi.presses("Kirim")
    assert town.reports[0].agency == "inspektorat"
    assert town.reports[0].restricted
    assert "Inspektorat" not in budi.writes(told.code).text


def test_what_identifies_the_writer_is_closed_before_it_is_kept() -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.writes("jalan rusak di cikini. nama saya Budi Santoso, hp 0812-3456-7890, NIK 3171061234560001")
    told = budi.presses("Jalan rusak")
    assert "0812" not in told.text
    assert "sudah kami tutup: nama, telepon, NIK" in told.text
    budi.presses("Kirim")
    kept = town.reports[0].text
    assert "Budi" not in kept
    assert "0812" not in kept
    assert "3171061234560001" not in kept
    assert "jalan rusak di cikini" in kept


@pytest.mark.parametrize(("answer", "kept"), [("Tutup", False), ("Biarkan", True)])
def test_words_that_may_point_at_the_writer_are_asked_about_once_and_only_those(answer: str, kept: bool) -> None:  # noqa: FBT001 - a parameter of the table
    town = Town()
    budi = town.citizen("telegram")
    told = budi.writes("lampu jalan mati di cikini, info ke 0812 3456 7890. nama saya Budi")
    assert "0812 3456 7890" in told.text
    assert "Budi" not in told.text
    assert "Kirim sekarang?" in budi.presses(answer).text
    budi.presses("Kirim")
    assert ("0812 3456 7890" in town.reports[0].text) is kept
    assert "Budi" not in town.reports[0].text


def test_by_sms_the_doubtful_words_are_not_echoed_and_one_shot_words_are_always_closed() -> None:
    town = Town()
    budi = town.citizen("sms", "+62811")
    story = with_a_doubtful_number("lampu jalan mati di cikini")
    told = budi.writes(story)
    assert "0812" not in told.text
    assert "1 Tutup 2 Biarkan" in told.text
    budi.writes(f"LAPOR {story}")
    assert "0812" not in town.reports[0].text


def test_an_idle_draft_ends_after_a_day() -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.writes("jalan rusak parah")
    town.clock.passes(hours=25)
    assert "Kirim" not in [each.label for each in budi.writes("ya").options]
    assert not town.reports


def test_a_stale_button_is_answered_and_never_applied() -> None:
    town = Town()
    budi = town.citizen("telegram")
    first = budi.writes("di sini gelap sekali, di cikini")
    budi.presses("Lampu jalan (PJU)")
    told = budi.presses_stale(first.options[0].id, first.revision)
    assert "sudah lewat" in told.text
    assert "Kirim sekarang?" in told.text
    budi.presses("Batal")
    assert "sudah lewat" in budi.presses_stale("send", first.revision + 1).text
    assert not town.reports


def test_a_refused_file_never_loses_the_words_that_came_with_it() -> None:
    budi = Town().citizen("telegram")
    told = budi.sends_photo("jalan berlubang di cikini", refused=("file_kind",))
    assert "belum bisa kami terima" in told.text
    assert "Jenis: Jalan rusak\n" in told.text


def test_forgetting_erases_the_address_and_says_what_remains() -> None:
    town = Town()
    code = lamp(town).code
    assert town.store.state.contacts
    siti = town.citizen("mail", "siti@example.org")
    told = siti.writes(f"LUPAKAN {code}")
    assert "kami hapus" in told.text
    assert not town.store.state.contacts
    assert "tidak ada alamat" in siti.writes(f"lupakan {code}").text
    assert "Menunggu" in siti.writes(code).text


def test_a_lost_code_cannot_be_looked_up_and_that_is_said() -> None:
    assert "tidak bisa kami carikan" in Town().citizen("telegram").writes("/kode").text


def test_one_sms_with_the_keyword_is_filed_at_once_and_says_how_to_correct_it() -> None:
    town = Town()
    budi = town.citizen("sms", "+628123")
    told = budi.writes("LAPOR lampu jalan mati di kelurahan cikini")
    assert told.code
    assert "Lampu jalan (PJU)" in told.text
    assert "Salah? Balas 1" in told.text
    assert "cikini" not in told.text.lower()
    budi.writes("1")
    while "Kabel & tiang" not in budi.last.text:
        budi.writes("Bangunan & utilitas" if "Bangunan" in budi.last.text else str(len(budi.last.options)))
    told = budi.writes("Kabel & tiang")
    assert "Kabel & tiang" in told.text
    assert town.reports[0].category == "kabel_utilitas"
    assert len(town.reports) == 1


def test_a_mail_is_filed_at_once_and_a_number_corrects_it() -> None:
    town = Town()
    budi = town.citizen("mail", "budi@example.org")
    told = budi.writes("Lampu jalan mati di kelurahan Cikini, listrik padam juga")
    assert told.code
    first = town.reports[0].category
    assert "2. " in told.text
    budi.writes("1", in_thread=True)
    assert town.reports[0].category != first
    assert len(town.reports) == 1


def test_a_mail_without_a_place_is_filed_and_the_answer_places_it() -> None:
    town = Town()
    budi = town.citizen("mail", "budi@example.org")
    told = budi.writes("Got mampet dan bau sekali, sudah dua minggu tidak dibersihkan")
    assert told.code
    assert "kelurahan atau kecamatan mana" in told.text
    assert "Cikini" in budi.writes("Cikini", in_thread=True).text
    assert town.reports[0].agency == "kel:31.71.06.1003"


def test_a_second_mail_of_its_own_is_a_second_report() -> None:
    town = Town()
    budi = town.citizen("mail", "budi@example.org")
    budi.writes("Got mampet di kelurahan Cikini")
    budi.writes("Lampu jalan mati di kelurahan Manggarai")
    assert len(town.reports) == 2


def test_an_empty_mail_is_asked_for_its_story() -> None:
    town = Town()
    told = town.citizen("mail", "budi@example.org").writes("Halo, selamat pagi")
    assert "Apa masalahnya" in told.text
    assert not town.reports


@pytest.mark.parametrize("words", ["mau bikin laporan", "bau banget", "hhhhh"])
def test_a_mail_of_few_words_that_tell_no_problem_is_asked_for_its_story(words: str) -> None:
    town = Town()
    budi = town.citizen("mail", "budi@example.org")
    assert "apa masalahnya" in budi.writes(words).text.lower()
    assert not town.reports
    assert budi.writes("got mampet di kelurahan Cikini", in_thread=True).code


def test_one_message_that_names_a_street_and_its_kecamatan_is_placed_there() -> None:
    town = Town()
    town.citizen("mail", "budi@example.org").writes("Jalan rusak di Jl. Kebon Sirih, Menteng")
    assert town.reports[0].agency == "kec:31.71.06"


def test_thanks_are_answered_shortly() -> None:
    town = Town()
    assert "Sama-sama" in town.citizen("telegram").writes("terima kasih banyak ya pak").text
    assert not town.reports


def test_a_group_is_told_once_and_nothing_is_kept() -> None:
    town = Town()
    group = town.citizen("telegram", "-100")
    assert "percakapan pribadi" in group.sends_unsupported(UnsupportedContent.GROUP).text
    assert group.dialogue is None


def test_who_left_is_not_answered_and_the_draft_is_gone() -> None:
    budi = Town().citizen("telegram")
    budi.writes("jalan rusak parah")
    assert budi.sends_unsupported(UnsupportedContent.LEFT) == Told("")
    assert budi.dialogue is None


def test_the_same_message_again_does_nothing() -> None:
    town = Town()
    budi = town.citizen("sms", "+62")
    budi.writes("LAPOR lampu jalan mati di kelurahan cikini")
    town._messages -= 1  # noqa: SLF001 - the wire brings its last message again
    with pytest.raises(AssertionError):
        budi.writes("LAPOR lampu jalan mati di kelurahan cikini")
    assert len(town.reports) == 1


@pytest.mark.parametrize(
    ("channel", "story"),
    [
        ("sms", "LAPOR ada pungli di kantor kelurahan bangka"),
        ("mail", "Saya diminta uang oleh petugas kecamatan Tebet untuk surat"),
        ("mail", "Ada pelecehan di halte transjakarta Tebet"),
    ],
)
def test_what_only_one_agency_may_read_is_not_filed_with_the_office_that_it_is_about(channel: str, story: str) -> None:
    town = Town()
    assert town.citizen(channel).writes(story).code
    (report,) = town.reports
    assert report.restricted
    assert not report.agency.startswith(("kel:", "kec:"))


@pytest.mark.parametrize("channel", ["telegram", "sms"])
def test_back_leads_to_the_question_before_from_everywhere(channel: str) -> None:
    budi = Town().citizen(channel)
    budi.writes("di sini gelap sekali")
    assert "Lampu jalan" in budi.last.text + str(budi.last.options)
    assert {option.id[:2] for option in budi.writes("bukan itu").options} == {"g:"} | (
        {"mo"} if channel == "sms" else set()
    )
    assert "c:pju" in {option.id for option in budi.writes("balik").options}
    budi.writes("satu")
    assert "back" in {option.id for option in budi.writes("balik pak").options}
    assert "Di mana" in budi.writes("kembali").text
    budi.writes("balik")
    assert "c:listrik" in {option.id for option in budi.last.options}
    budi.writes("yang pertama aja")
    budi.writes("kelurahan Cikini")
    assert "text" in {option.id for option in budi.writes("balik").options}


def test_back_where_no_kind_was_guessed_asks_for_the_story_anew() -> None:
    town = Town()
    budi = town.citizen("telegram")
    assert "g:air" in {option.id for option in budi.writes("anu itu di Cikini").options}
    assert "dari awal" in budi.writes("balik").text
    budi.writes("jalan berlubang di kelurahan Cikini")
    assert budi.writes("yang kirim pak").code
    assert "anu" not in town.reports[0].text


def test_wait_and_who_are_you_are_answered_and_nothing_of_them_becomes_the_report() -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.writes("di sini gelap sekali")
    assert "belum kami pahami" not in budi.writes("eh bentar").text
    assert "Resi" in budi.writes("ini siapa ya?").text
    budi.presses("Lampu jalan (PJU)")
    assert "Resi" in budi.writes("emang perlu alamat?").text
    budi.writes("kelurahan Cikini")
    assert budi.presses("Kirim").code
    (report,) = town.reports
    assert (report.text, report.place.words) == ("di sini gelap sekali", "kelurahan Cikini")


@pytest.mark.parametrize(
    "farewell", ["Terima kasih banyak ya nak, sehat selalu", "ok thank you so much", "bye", "sampai jumpa lagi ya"]
)
@pytest.mark.parametrize("channel", ["telegram", "sms", "mail"])
def test_a_farewell_after_the_code_is_no_new_report(channel: str, farewell: str) -> None:
    town = Town()
    budi = town.citizen(channel)
    told = budi.writes("LAPOR lampu jalan mati di kelurahan Cikini")
    for answer in ("1", "1"):
        told = told if told.code else budi.writes(answer)
    assert told.code
    assert budi.writes(farewell, in_thread=channel == "mail").text
    assert len(town.reports) == 1
    assert budi.dialogue is None or not budi.dialogue.draft.text


def test_who_touched_a_live_wire_is_told_112_and_not_the_electricity_company() -> None:
    told = Town().citizen("mail").writes("anak saya kesetrum tiang listrik di kelurahan Cikini, tidak sadar")
    assert told.code
    assert told.text.startswith("Keadaan darurat? Telepon 112")


@pytest.mark.parametrize("channel", ["telegram", "sms"])
def test_danger_told_instead_of_an_answer_gets_the_number_first_and_joins_the_story(channel: str) -> None:
    budi = Town().citizen(channel)
    budi.writes("tetangga sering berisik")
    told = budi.writes("tolong dia ngamuk bawa golok sekarang")
    assert told.text.startswith(("Keadaan darurat? Telepon 112", "Darurat? Telepon 112", "Ada bahaya"))
    assert budi.dialogue is not None
    assert "golok" in budi.dialogue.draft.text
    assert not budi.writes("tolong dia ngamuk bawa golok sekarang").text.startswith(("Keadaan darurat", "Darurat?"))


@pytest.mark.parametrize("place", ["di RT 06 kel Kalibata", "di sungai kel Marunda"])
def test_a_place_told_instead_of_a_category_is_noted_as_the_place(place: str) -> None:
    budi = Town().citizen("telegram")
    budi.writes("di sini gelap sekali")
    told = budi.writes(place)
    assert "Tempat dicatat" in told.text
    assert "c:pju" in {option.id for option in told.options}


@pytest.mark.parametrize("words", ["ga jadi", "gak jadi deh", "batal aja pak", "saya mau batal", "never mind please"])
def test_a_draft_is_taken_back_in_polite_words_too(words: str) -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.writes("lampu jalan mati di Cikini")
    assert "tidak dikirim" in budi.writes(words).text
    assert budi.dialogue is None or not budi.dialogue.draft.text


@pytest.mark.parametrize("words", ["ini siapa ya", "ini apaan sih", "who is this", "emang aman?"])
def test_who_are_you_is_answered_before_anything_was_told(words: str) -> None:
    budi = Town().citizen("telegram")
    told = budi.writes(words)
    assert "Resi" in told.text
    assert not told.options


@pytest.mark.parametrize("words", ["jowo", "basa jawa", "Boso Jowo!", "/jv"])
@pytest.mark.parametrize("channel", ["telegram", "sms"])
def test_a_language_in_part_is_chosen_by_a_word_and_spoken_to_the_code(channel: str, words: str) -> None:
    town = Town()
    budi = town.citizen(channel)
    assert "basa Jawa" in budi.writes(words).text
    told = budi.writes("lampu jalan mati sudah seminggu")
    assert "Ing ngendi" in told.text
    assert "Lampu jalan (PJU)" in told.text, "labels are Indonesian until they have others"
    told = budi.writes("kelurahan cikini")
    assert [option.label for option in told.options] == ["Kirim", "Ganti", "Batal"]
    assert "Dudu" in budi.writes("ganti jenis").text or "Saiki jinise" in budi.last.text
    budi.writes("bali")
    told = budi.writes("nggih")
    assert told.code
    assert "paling keri" in told.text
    assert "Menunggu" in budi.writes(told.code).text
    (contact,) = (contact for contact in town.store.state.contacts.values())
    assert contact.lang == "jv", "news goes on in it"


@pytest.mark.parametrize("channel", ["telegram", "sms"])
def test_sundanese_is_spoken_to_the_code_and_its_yes_is_understood(channel: str) -> None:
    budi = Town().citizen(channel)
    assert "basa Sunda" in budi.writes("sunda").text
    assert "Di " in budi.writes("lampu jalan mati sudah seminggu").text
    told = budi.writes("kelurahan cikini")
    assert [option.label for option in told.options] == ["Kintun", "Gentos", "Batal"]
    told = budi.writes("muhun")
    assert told.code
    assert "paling élat" in told.text


def test_the_languages_follow_each_other_in_turn() -> None:
    budi = Town().citizen("telegram")
    told = [budi.writes("/bahasa").text for _ in SPOKEN]
    assert [next(lang for lang in SPOKEN if phrase("lang_now", lang) in each) for each in told] == [*SPOKEN[1:], "id"]
