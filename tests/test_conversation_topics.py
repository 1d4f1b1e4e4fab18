"""What is said to us and is no report is answered, at any step; what may be a report or an answer is taken for that."""

from itertools import product

import pytest

from core.conversation import commands
from core.conversation.outcomes import line
from core.conversation.topics import (
    ANSWERS,
    answer_beside,
    answer_to,
    asks_progress,
    is_chat,
    is_mashed,
    known,
    reports_nothing,
)
from core.model import Dialogue, SmallTalk
from core.phrases import KEYS, SPOKEN, gsm7, phrase, render
from tests.fakes.officers import Officers
from tests.fakes.sentences import PROFILES
from tests.fakes.town import Town

SMS = next(profile for profile in PROFILES if profile.gsm7)


@pytest.mark.parametrize(
    ("text", "say"),
    [
        ("SLOT GACOR maxwin daftar sekarang klik link di bio", "remark_advert"),
        ("promo kue lebaran diskon 50 persen, minat DM", "remark_advert"),
        ("syarat bikin kartu keluarga apa saja?", "remark_question"),
        ("what are the opening hours of the office?", "remark_question"),
        ("mantap kinerja petugas, sekarang sudah bersih", "remark_praise"),
        ("great service, the lamp is fixed, thanks", "remark_praise"),
        ("awas lu semua pegawai", "remark_threat"),
        ("awas kalo ga diberesin", "remark_threat"),
        ("anjing", "remark_threat"),
        ("Anjing!!!", "remark_threat"),
        ("dasar anjing", "remark_threat"),
        ("anjing lu semua", "remark_threat"),
        ("babi", "remark_threat"),
        ("bangsat", "remark_threat"),
    ],
)
def test_what_is_no_report_is_known_by_its_words(text: str, say: str) -> None:
    assert known(text) == say


@pytest.mark.parametrize(
    "text",
    [
        "ada yang tempel iklan promo jasa sedot wc di tiang, tolong dibersihkan",
        "saya ditipu pinjaman dana cepat lewat wa",
        "syarat KK dipersulit dan dimintai uang?",
        "kapan jalan rusak ini diperbaiki?",
        "mantap, sudah diperbaiki tapi mampet lagi",
        "petugas bagus, jalannya bersih di kelurahan Cikini",
        "awas jalan licin kalau hujan",
        "anjing liar di RT 5",
        "anjing liar",
        "ada anjing",
        "anjing galak",
        "kandang babi bau banget",
        "jalan berlubang di depan sekolah",
        "banjir",
        "",
        "awas lu, preman di terminal malak penumpang",
    ],
)
def test_what_may_be_a_report_is_none_of_them(text: str) -> None:
    assert known(text) == ""


@pytest.mark.parametrize("channel", ["telegram", "sms", "mail"])
def test_an_advert_is_answered_and_not_filed_and_LAPOR_files_it_after_all(channel: str) -> None:  # noqa: N802 - the word is written so
    town = Town()
    budi = town.citizen(channel)
    advert = "promo kue lebaran diskon 50 persen, minat DM"
    assert "iklan" in budi.writes(advert).text
    assert not town.reports
    told = budi.writes(f"LAPOR {advert}")
    assert told.code or told.options


def test_a_photo_beside_the_words_is_never_answered_as_a_remark() -> None:
    budi = Town().citizen("telegram")
    assert budi.sends_photo("mantap kinerja petugas, sekarang sudah bersih").options


def test_an_emergency_in_the_words_of_a_threat_is_told_the_number() -> None:
    told = Town().citizen("telegram").writes("awas lu, gue bunuh lu semua")
    assert phrase("hint_112", "id") in told.text or phrase("hint_110", "id") in told.text


@pytest.mark.parametrize("text", ["asdfgh qwerty", "wkwkwk", "aaaaa", "hhhhh", "hjkl zxcv"])
@pytest.mark.parametrize("channel", ["telegram", "sms", "mail"])
def test_keys_hit_at_random_are_asked_for_a_story(channel: str, text: str) -> None:
    assert is_mashed(text)
    budi = Town().citizen(channel)
    assert budi.writes(text).text
    assert budi.dialogue is not None
    assert not budi.dialogue.draft.text


@pytest.mark.parametrize(
    "text",
    ["", "pju mati", "rt 05", "tlg jln rusak", "KTP", "anu", "1", "路灯坏了三天", "街灯が消えています", "ไฟถนนดับ"],
)
def test_abbreviations_and_words_of_another_script_are_no_random_keys(text: str) -> None:
    assert not is_mashed(text)


@pytest.mark.parametrize(
    "text", ["besok nonton film yuk", "kapan lebaran sih", "cinta aku padamu", "resep opor ayam dong"]
)
def test_chat_is_known_where_no_problem_place_or_danger_is_named(text: str) -> None:
    assert is_chat(text)


@pytest.mark.parametrize(
    "text",
    [
        "saya ditipu olshop, bisa dibantu?",
        "mantap, lampu di Cikini",
        "ada orang mau loncat dari jembatan",
        "jalan berlubang",
        "kabel",
        "",
    ],
)
def test_what_names_a_problem_a_place_or_a_danger_is_no_chat(text: str) -> None:
    assert not is_chat(text)


@pytest.mark.parametrize("channel", ["telegram", "sms"])
def test_chat_is_told_what_resi_is_for_and_asked_for_a_story(channel: str) -> None:
    budi = Town().citizen(channel)
    told = budi.writes("besok nonton film yuk")
    assert told.text.startswith(("Resi menerima", "Resi: tempat"))
    assert not told.options
    assert budi.dialogue is not None
    assert not budi.dialogue.draft.text
    assert isinstance(budi.dialogue.detail, SmallTalk)
    assert "nonton" in budi.dialogue.detail.text
    budi.writes("lampu jalan mati di Cikini")
    assert "nonton" not in budi.dialogue.draft.text


def test_whoever_insists_is_taken_at_both_words() -> None:
    budi = Town().citizen("telegram")
    budi.writes("besok nonton film yuk")
    budi.writes("yuk nonton film")
    assert budi.dialogue is not None
    assert budi.dialogue.draft.text == "besok nonton film yuk\nyuk nonton film"


PROGRESS = (
    "kapan diberesin?", "kapan selesai", "gimana kabarnya", "gimana kabarnya pak?", "bagaimana kabar laporan saya",
    "kapan dikerjakan pak?", "udah sampe mana min laporannya", "kpn beresnya min", "udah ditangani belum?",
    "apakah laporan saya sudah diproses?", "laporan saya kapan ditindaklanjuti?", "kok belum ditangani ya laporan saya",
    "belum ada kabar juga nih", "berapa lama?", "masih lama ga?", "kira-kira kapan ya selesai?", "ada update ga min",
    "mana nih tindak lanjutnya", "laporanku kok belum direspon", "laporan saya sudah masuk?", "wis tekan ngendi?",
    "When will it be fixed?", "any news?", "how long will it take?", "is it done yet?", "has it been fixed?",
    "What is the status of my report?", "did you receive my report?", "how is my report going?",
)  # fmt: skip
REPORTS = (
    "sudah selesai pak", "belum selesai", "masih rusak", "2 masih bocor", "halo apa kabar pak", "saya mau lapor",
    "jalan rusak belum diperbaiki", "lampu jalan mati sudah seminggu belum diperbaiki", "kapan sampah diangkut?",
    "banjir sejak kemarin, kapan surutnya", "mohon sampah diangkut", "ada kabar bohong di grup RT",
    "pelayanan lama di puskesmas", "berapa lama bikin KTP", "truk sampah belum datang", "the road is broken, fix it",
    "kapan jalan di Cikini depan pasar diperbaiki, sudah 3 bulan dan banyak motor jatuh di situ",
    "kapan selesai, tetangga dipukul suaminya sekarang, tolong",
)  # fmt: skip


@pytest.mark.parametrize("text", PROGRESS)
def test_who_asks_how_a_report_goes_is_understood(text: str) -> None:
    assert asks_progress(text)


@pytest.mark.parametrize("text", REPORTS)
def test_what_tells_a_problem_or_answers_a_question_asks_for_no_progress(text: str) -> None:
    assert not asks_progress(text)


@pytest.mark.parametrize("proved", [(), ("telegram", "sms", "mail")])
@pytest.mark.parametrize("channel", ["telegram", "sms", "mail"])
@pytest.mark.parametrize("text", ["kapan diberesin?", "gimana kabarnya", "when will it be fixed?"])
def test_after_filing_who_asks_how_it_goes_is_told_when_and_how_to_see(
    channel: str, proved: tuple[str, ...], text: str
) -> None:
    town = Town(proved=proved)
    budi = town.citizen(channel)
    budi.writes("LAPOR Jalan berlubang di kelurahan Cikini dekat pasar, sudah seminggu bikin motor jatuh.")
    while not town.reports:
        budi.writes("1")
    before = list(town.reports)
    told = budi.writes(text)
    assert "7" in told.text
    assert "16" in told.text
    assert town.reports == before
    stranger = town.citizen(channel, "siti").writes(text)
    assert stranger.text.partition(" resi.")[0] == told.text.partition(" resi.")[0]


def test_a_reply_in_the_thread_of_a_mail_that_asks_how_it_goes_is_told_too() -> None:
    town = Town(proved=())
    budi = town.citizen("mail")
    budi.writes("Jalan berlubang di kelurahan Cikini dekat pasar, sudah seminggu bikin motor jatuh.")
    told = budi.writes("kapan diberesin?", in_thread=True)
    assert "16" in told.text
    assert len(town.reports) == 1


def test_a_question_of_ours_waits_while_somebody_asks_how_it_goes() -> None:
    budi = Town().citizen("telegram")
    asked = budi.writes("lampu jalan mati")
    told = budi.writes("kapan diberesin?")
    assert told.options == asked.options
    assert "16" in told.text


def test_who_is_asked_by_officers_and_asks_how_it_goes_has_not_answered() -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.writes("Jalan berlubang di kelurahan Cikini dekat pasar, sudah seminggu bikin motor jatuh.")
    while not town.reports:
        budi.writes("1")
    officers = Officers(town)
    officers.ask(town.reports[0], "Di depan nomor berapa?")
    assert "16" in budi.writes("kapan diberesin?").text
    assert [each.answered for each in officers.questions(town.reports[0])] == [None]


ASKED = (
    ("bos saya bakal tau gak kalo saya lapor?", "privacy"),
    ("lapor tanpa nama boleh?", "privacy"),
    ("siapa yang baca laporan saya?", "privacy"),
    ("ini dibaca siapa aja", "privacy"),
    ("yg bisa lihat laporan ini siapa", "privacy"),
    ("who reads this?", "privacy"),
    ("siapa yang ngurus laporan saya, udah sampe mana?", "remark_progress"),
    ("ini siapa ya?", "greet"),
    ("is it anonymous? I'm afraid of my boss", "privacy"),
    ("gimana cara lapornya min", "remark_how"),
    ("ini bot atau orang?", "remark_human"),
    ("bayar gak lapor di sini", "remark_free"),
    ("kodenya hilang, gimana ya", "lost_code"),
    ("tadi salah ketik, bisa diralat?", "remark_change"),
    ("boleh kirim foto?", "remark_photo"),
    ("laporan kemarin statusnya apa ya min", "remark_progress"),
    ("goblok, percuma ngomong sama bot", "remark_threat"),
)


@pytest.mark.parametrize(("text", "say"), ASKED)
def test_a_question_about_us_has_its_answer(text: str, say: str) -> None:
    assert answer_to(text) == say


def test_each_topic_has_a_phrase() -> None:
    assert ANSWERS <= KEYS


@pytest.mark.parametrize(
    "text",
    [
        "jangan sebut nama saya, di kantor banyak yang positif tapi disuruh masuk",
        "petugas minta bayar 50 ribu buat surat pindah",
        "gimana ini lampu mati terus",
        "kapan jalan ini diperbaiki, sudah 3 bulan bolong",
        "ini laporan saya kapan diberesin? got masih mampet",
        "mohon maaf pak, lampu mati, terima kasih",
        "halo kak, jalan berlubang nih gimana ya lapornya?",
        "ini orang apa bot, jalan rusak nih",
        "how long will this garbage pile stay here?",
        "robot parkir di mall menelan kartu saya",
        "tolong, rumah tetangga kebakaran",
        "Cikini",
        "lapor, sampah numpuk",
        "",
        "Nama: rahasia. HP: rahasia. Bandar: Ncek Liong. Lokasi: belakang tempat biliar.",
        "kemarin Oma Giok yg udh meninggal masih kedata, uangnya siapa yg ambil?",
        "Itu LRT kapan siap? debunya masuk ke arsik.",
    ],
)
def test_what_may_be_a_report_is_no_question_about_us(text: str) -> None:
    assert not reports_nothing(text)
    assert answer_to(text) == ""


@pytest.mark.parametrize("channel", ["telegram", "sms", "mail"])
def test_who_asks_first_whether_it_is_secret_is_told_and_asked_for_the_story(channel: str) -> None:
    town = Town()
    budi = town.citizen(channel)
    told = budi.writes("rahasia gak nih? takut ketauan bos")
    assert told.text.startswith(("1. Petugas tidak pernah melihat nama", "Petugas tidak melihat nama"))
    assert budi.dialogue is not None
    assert not budi.dialogue.draft.text
    assert not town.reports


@pytest.mark.parametrize("channel", ["telegram", "sms"])
def test_a_question_about_us_leaves_the_question_that_stands(channel: str) -> None:
    budi = Town().citizen(channel)
    asked = budi.writes("lampu jalan mati")
    assert budi.dialogue is not None
    step = budi.dialogue.step
    told = budi.writes("ini dijamin rahasia kan, bos saya gak tau?")
    assert told.text != asked.text
    assert budi.dialogue.step is step
    assert budi.dialogue.draft.text == "lampu jalan mati"


@pytest.mark.parametrize(
    "text", ["tutup nama saya", "minggu kemarin", "sejak kemarin", "di rumah", "kode tiang A12", "nomor 12", "1", "ya"]
)
def test_what_may_answer_a_question_of_ours_is_taken_for_no_question(text: str) -> None:
    assert answer_beside(text) == ""


@pytest.mark.parametrize(
    ("text", "say"),
    [
        ("laporan saya salah alamat gimana benerinnya", "remark_change"),
        ("aku gak jadi lapor yang kemarin, gimana batalinnya", "remark_change"),
        ("chatnya kehapus, kode ikut ilang, gimana cek laporan", "lost_code"),
        ("nanti setelah lapor prosesnya gimana", "remark_how"),
    ],
)
def test_a_question_that_holds_words_of_two_topics_is_of_that_which_weighs_more(text: str, say: str) -> None:
    assert answer_to(text) == say
    assert not asks_progress(text)
    assert phrase(say, "id").split("{")[0] in Town().citizen("telegram").writes(text).text


def test_by_sms_a_question_about_us_is_answered_after_filing_and_not_added_to_the_report() -> None:
    town = Town()
    budi = town.citizen("sms")
    budi.writes("LAPOR Jalan berlubang di kelurahan Cikini dekat pasar, sudah seminggu bikin motor jatuh.")
    while not town.reports:
        budi.writes("1")
    told = budi.writes("ini dijamin rahasia kan, bos saya gak tau?")
    assert told.text.startswith("Petugas tidak melihat nama")


@pytest.mark.parametrize("before", [(), ("halo",), ("goblok",)])
@pytest.mark.parametrize("words", ["anjing", "dasar anjing", "bangsat kalian"])
def test_a_mere_curse_is_no_report_though_a_story_is_asked_for(before: tuple[str, ...], words: str) -> None:
    budi = Town().citizen("telegram")
    for each in before:
        budi.writes(each)
    assert phrase("remark_threat", "id") in budi.writes(words).text
    assert budi.dialogue is None or not budi.dialogue.draft.text
    assert phrase("remark_threat", "id") not in budi.writes("anjing liar di RT 5").text
    assert budi.dialogue is not None
    assert "anjing liar di RT 5" in budi.dialogue.draft.text


@pytest.mark.parametrize("words", [
    "terima kasih petugas PPSU kelurahan Duren Sawit kerjanya bagus sekali bersih semua",
    "terima kasih lampu jalan di kelurahan tebet timur sudah nyala",
    "mantap pak lurah cikini kerjanya cepat",
])  # fmt: skip
def test_praise_that_names_an_area_is_praise(words: str) -> None:
    assert known(words) == "remark_praise"


@pytest.mark.parametrize("words", [
    "terima kasih sebelumnya, mohon jalan di kelurahan ceger diperbaiki",
    "got di cikini perlu dibersihkan, terima kasih",
    "lampu di kelurahan ceger bagus cepat diperbaiki makasih",
])  # fmt: skip
def test_a_wish_with_thanks_is_no_praise(words: str) -> None:
    assert known(words) == ""


@pytest.mark.parametrize(("words", "say"), [
    ("min ada loker ga? saya lulusan smk", "remark_question"),
    ("ktp saya hilang gimana cara urusnya", "remark_question"),
    ("dapet nomor dari mana?", "greet"),
])  # fmt: skip
def test_what_is_asked_of_others_or_of_us_is_answered(words: str, say: str) -> None:
    assert answer_to(words) == say


@pytest.mark.parametrize(("say", "lang"), list(product(sorted(ANSWERS), SPOKEN)))
def test_by_sms_an_answer_and_the_question_behind_it_are_one_segment_or_the_question_goes(say: str, lang: str) -> None:
    outcome = commands.opened(Dialogue(lang=lang), SMS, line(say))
    assert outcome.say is not None
    assert (gsm7.septets(render(outcome.say, lang, SMS).text) or 999) <= 160
