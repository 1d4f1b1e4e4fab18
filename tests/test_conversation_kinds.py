"""A kind that is clear is not asked for: it is said, shown, and changed whenever its writer says so."""

import pytest

from core.categories import CATEGORIES, Category, category, label
from core.conversation import moves, questions
from core.conversation.outcomes import line
from core.model import Dialogue, Draft, Step
from core.phrases import gsm7, phrase, render
from tests.fakes.town import Citizen, Town

LAMP = "lampu jalan mati sudah seminggu"
UNCLEAR = "di sini gelap sekali"
BRIBE = "oknum petugas loket minta uang pelicin, pungli"
FIRE = "kebakaran besar di gudang, api membesar"


def kinds_of(who: Citizen) -> list[str]:
    return [option.id for option in who.last.options]


def drafted(who: Citizen) -> Dialogue:
    assert who.dialogue is not None
    return who.dialogue


def test_a_clear_kind_with_its_place_leads_to_the_summary_at_once() -> None:
    town = Town()
    budi = town.citizen("telegram")
    told = budi.writes(f"{LAMP} di kelurahan cikini")
    assert kinds_of(budi) == ["send", "change", "cancel"]
    assert "Lampu jalan (PJU)" in told.text
    assert "Cikini" in told.text
    assert budi.writes("ya").code
    assert town.reports[0].category == "pju"


def test_a_clear_kind_is_said_where_the_place_is_still_asked_for() -> None:
    budi = Town().citizen("telegram")
    told = budi.writes(LAMP)
    assert told.text.startswith(phrase("kind_noted", "id", category="Lampu jalan (PJU)"))
    assert told.ask_point
    assert "Jenisnya:" not in budi.writes("depan warung Bu Sri").text, "it is said once"


def test_a_kind_in_doubt_is_asked_for_and_not_said() -> None:
    budi = Town().citizen("telegram")
    told = budi.writes(f"{UNCLEAR} di cikini")
    assert "Ini tentang apa?" in told.text
    assert "Jenisnya:" not in told.text
    assert not drafted(budi).draft.guessed


@pytest.mark.parametrize(
    "story", [BRIBE, "suami tetangga memukuli istrinya tiap malam", "ada bandar narkoba jual sabu"]
)
def test_who_may_read_a_restricted_report_is_never_a_guess(story: str) -> None:
    budi = Town().citizen("telegram")
    told = budi.writes(f"{story}, di kelurahan cikini")
    first = told.options[0].id.removeprefix("c:")
    assert category(next(each.id for each in CATEGORIES if each.id == first)).restricted
    assert drafted(budi).step is Step.CATEGORY
    assert "send" not in kinds_of(budi)


@pytest.mark.parametrize("words", ["bukan itu", "salah", "bukan pak", "ganti jenis", "jenisnya salah"])
@pytest.mark.parametrize("channel", ["telegram", "sms"])
def test_at_the_place_question_a_wrong_kind_can_be_refused(channel: str, words: str) -> None:
    town = Town()
    budi = town.citizen(channel)
    budi.writes(LAMP)
    told = budi.writes(words)
    assert "Lampu jalan" in told.text
    assert "c:pju" not in kinds_of(budi)
    assert kinds_of(budi)[-2:] == ["other", "back"]
    assert drafted(budi).draft.place is None, "these words are no address"
    budi.writes("listrik")
    assert "Di mana" in budi.last.text
    budi.writes("kelurahan cikini")
    assert budi.writes("ya").code
    assert town.reports[0].category == "listrik"


def test_a_kind_that_was_right_after_all_is_kept_by_going_back() -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.writes(LAMP)
    budi.writes("bukan itu")
    assert budi.presses("Kembali").ask_point
    budi.writes("kelurahan cikini")
    assert budi.presses("Kirim").code
    assert town.reports[0].category == "pju"


@pytest.mark.parametrize("words", ["bukan itu", "salah", "ubah", "tidak"])
@pytest.mark.parametrize("channel", ["telegram", "sms"])
def test_at_the_summary_a_wrong_kind_is_corrected_by_the_menu(channel: str, words: str) -> None:
    town = Town()
    budi = town.citizen(channel)
    budi.writes(LAMP)
    budi.writes("kelurahan cikini")
    assert "diubah" in budi.writes(words).text
    budi.writes("jenis")
    assert "c:pju" not in kinds_of(budi)
    budi.writes("jalan rusak")
    assert kinds_of(budi)[:2] == ["send", "change"]
    assert budi.writes("ya").code
    assert town.reports[0].category == "jalan_rusak"


def test_at_the_summary_the_name_of_another_kind_is_enough() -> None:
    town = Town()
    budi = town.citizen("sms")
    budi.writes(LAMP)
    budi.writes("kelurahan cikini")
    budi.writes("kabel & tiang")
    assert budi.writes("1").code
    assert town.reports[0].category == "kabel_utilitas"


def test_an_emergency_still_comes_first() -> None:
    for channel in ("telegram", "sms"):
        budi = Town().citizen(channel)
        told = budi.writes(FIRE)
        assert told.text.startswith(("Keadaan darurat? Telepon 112", "Darurat? Telepon 112"))
        assert "Kebakaran" in told.text
        assert "Di mana" in told.text


@pytest.mark.parametrize(
    "story", ["Suami tetangga memukuli istrinya setiap malam", "My neighbour's husband beats her every night"]
)
def test_who_tells_of_violence_is_told_the_number_before_its_kind_is_asked_for(story: str) -> None:
    for channel in ("telegram", "sms"):
        budi = Town().citizen(channel)
        told = budi.writes(story)
        assert told.text.startswith(("Keadaan darurat? Telepon 112", "Darurat? Telepon 112", "Emergency? Call 112"))
        assert "112" not in budi.writes("1").text


def test_a_guess_gives_way_when_more_is_told_and_what_was_chosen_does_not() -> None:
    more = (
        "petugas loket minta uang pelicin supaya diperbaiki, ini pungli dan korupsi, tolong ditindak, sudah tiga kali"
    )
    budi = Town().citizen("telegram")
    budi.writes(LAMP)
    budi.writes(more)
    assert drafted(budi).step is Step.SEVERAL, "it may be a second problem"
    budi.presses("Gabung")
    assert drafted(budi).step is Step.CATEGORY, "what may be restricted is asked"
    siti = Town().citizen("telegram")
    siti.writes(UNCLEAR)
    siti.presses("Lampu jalan (PJU)")
    siti.writes("tiangnya miring, kabelnya menjuntai sampai ke tanah, sudah tiga minggu begini terus")
    assert drafted(siti).draft.category == "pju"
    siti.writes(more)
    assert drafted(siti).step is Step.CATEGORY, "no kind that was chosen earlier keeps that open"


def test_a_story_that_is_told_anew_takes_its_kind_and_its_place_along() -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.writes(f"{LAMP} di kelurahan cikini")
    budi.presses("Ubah")
    budi.presses("Cerita")
    told = budi.writes("banjir setinggi lutut di kelurahan kampung melayu")
    assert "Jenis: Banjir & genangan\n" in told.text
    assert "Kampung Melayu" in told.text
    budi.presses("Ubah")
    budi.presses("Cerita")
    assert "Jenis: Banjir & genangan\n" in budi.writes("balik").text, "it stays as it was"


def test_what_was_chosen_once_stays_through_later_corrections() -> None:
    budi = Town().citizen("telegram")
    budi.writes(f"{LAMP} di kelurahan cikini")
    budi.writes("ganti jenis")
    budi.writes("listrik")
    budi.writes("ganti cerita")
    told = budi.writes("lampu jalan mati sejak kemarin, gelap")
    assert drafted(budi).draft.category == "listrik"
    assert "Cikini" in told.text


@pytest.mark.parametrize("leaf", CATEGORIES, ids=lambda leaf: leaf.id)
def test_the_kind_the_danger_and_the_question_fit_one_sms(leaf: Category) -> None:
    sms = Town().context.profiles["sms"]
    noted = line("kind_noted", keep=False, category=label(leaf.id, "id"))
    draft = Draft(text="anu", category=leaf.id, guessed=True)
    for number in ("hint_112", "hint_110", "hint_123"):
        asked = moves.ask(Dialogue("id", Step.PLACE, draft), sms, line(number), noted)
        assert asked.say is not None
        text = render(asked.say, "id", sms).text
        assert (gsm7.septets(text) or 999) <= sms.limit
        assert label(leaf.id, "id") in text


@pytest.mark.parametrize("leaf", CATEGORIES, ids=lambda leaf: leaf.id)
def test_every_kind_can_be_refused_and_offers_two_others(leaf: Category) -> None:
    refused = Dialogue("id", Step.CATEGORY, Draft(text="anu", category=leaf.id))
    asked = questions.category_choice(refused, Town().context.profiles["sms"])
    assert len(asked.options) == 4
    assert f"c:{leaf.id}" not in asked.options


def test_a_kind_that_is_put_right_before_it_was_chosen_is_the_kind_and_the_words_stay() -> None:
    budi = Town().citizen("whatsapp")
    budi.writes("di sini gelap sekali, kelurahan kebayoran lama utara")
    budi.writes("eh bukan lampu, tapi halte rusak")
    assert drafted(budi).draft.category == "angkutan_umum"
    assert drafted(budi).draft.text.endswith("tapi halte rusak")


@pytest.mark.parametrize("words", ["yes send it", "kirim aja bro", "iya kirim ya pak"])
def test_a_yes_is_no_more_of_the_story_where_the_kind_is_asked_for(words: str) -> None:
    budi = Town().citizen("telegram")
    budi.writes(f"{UNCLEAR} di cikini")
    story = drafted(budi).draft.text
    budi.writes(words)
    assert drafted(budi).draft.text == story


def test_who_writes_a_word_at_a_time_loses_none() -> None:
    budi = Town().citizen("telegram")
    told = [budi.writes(word) for word in ("halo", "lampu", "mati", "tebet", "timur", "1")][-1]
    assert "lampu\nmati" in told.text
    assert drafted(budi).draft.place is not None
    assert "Tebet Timur" in told.text


def test_a_place_first_and_then_a_word_at_a_time() -> None:
    budi = Town().citizen("telegram")
    told = [budi.writes(word) for word in ("tebet barat", "lampu", "rusak", "1")][-1]
    assert "tebet barat\nlampu\nrusak" in told.text


def test_the_name_of_a_school_at_the_question_of_the_kind_is_where_it_is_and_no_kind() -> None:
    budi = Town().citizen("telegram")
    budi.writes("kak aku kelas 4 sd, temen aku dipukul terus sama pak guru")
    told = budi.writes("sdn 05 kelurahan cipinang")
    assert kinds_of(budi)[0] == "c:kekerasan_pa"
    assert "Tempat dicatat: Kel. Cipinang" in told.text


def test_praise_is_no_more_of_the_story() -> None:
    budi = Town().citizen("telegram")
    budi.writes(f"{LAMP} di kelurahan cikini")
    told = budi.writes("wah cepet banget responnya, mantap")
    assert "Sama-sama" in told.text
    assert "mantap" not in drafted(budi).draft.text


def test_who_says_send_once_more_hears_when_there_is_news() -> None:
    budi = Town().citizen("telegram")
    budi.writes(f"{LAMP} di kelurahan cikini")
    budi.writes("kirim")
    assert "kirim kode 16 angka" in budi.writes("kirim").text
    assert "CABUT" in budi.writes("tolong hapus laporan saya").text


@pytest.mark.parametrize(
    "words", ["saya mau lapor", "selamat pagi pak saya ingin melaporkan", "mohon izin melaporkan adanya", "LAPORAN:"]
)
def test_who_announces_a_report_is_not_asked_what_it_is_about_if_the_story_says_it(words: str) -> None:
    budi = Town().citizen("telegram")
    budi.writes(f"{words} jalan rusak di kelurahan kwitang")
    assert drafted(budi).draft.category == "jalan_rusak"


@pytest.mark.parametrize("words", ["di kecamatan tebet", "kec. tebet", "di kelurahan tebet timur kecamatan tebet"])
def test_what_kind_of_area_a_place_is_leaves_no_doubt_of_the_kind(words: str) -> None:
    budi = Town().citizen("telegram")
    budi.writes(f"jalan rusak {words}")
    assert drafted(budi).draft.category == "jalan_rusak"


@pytest.mark.parametrize("words", ["tidak perlu foto", "ga ada foto pak", "no photo"])
def test_that_there_is_no_photo_is_no_more_of_the_story(words: str) -> None:
    budi = Town().citizen("telegram")
    told = budi.writes(f"{LAMP} di kelurahan cikini")
    assert budi.writes(words).text == told.text
