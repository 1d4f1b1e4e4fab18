"""The conversation, told as people have it."""

import pytest

from core.messages import Point
from core.model import Status
from core.phrases import SPOKEN, phrase
from tests.fakes.doubtful import with_a_doubtful_number
from tests.fakes.town import Told, Town, lamp


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
        assert budi.dialogue is not None
        assert budi.dialogue.free


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


@pytest.mark.parametrize("place", ["di RT 06 kel Kalibata", "di sungai kel Marunda"])
def test_a_place_told_instead_of_a_category_is_noted_as_the_place(place: str) -> None:
    budi = Town().citizen("telegram")
    budi.writes("di sini gelap sekali")
    told = budi.writes(place)
    assert "Tempat dicatat" in told.text
    assert "c:pju" in {option.id for option in told.options}


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
