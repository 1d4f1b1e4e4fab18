"""Nothing that was said is asked again, and whatever was said can be taken back, in everyday words."""

import pytest

from core.messages import Point
from core.model import Dialogue, Step
from core.phrases import phrase, terse_of
from tests.fakes.doubtful import with_a_doubtful_number
from tests.fakes.town import PHOTO, Citizen, Town

LAMP = "lampu jalan mati sudah seminggu"
UNCLEAR = "di sini gelap sekali"
# How to get to each question of a draft.
ROADS: dict[Step, tuple[str, ...]] = {
    Step.CATEGORY: (UNCLEAR,),
    Step.GROUP: (UNCLEAR, "bukan itu"),
    Step.LEAF: (UNCLEAR, "bukan itu", "1"),
    Step.PLACE: (LAMP,),
    Step.WHICH_PLACE: (LAMP, "jatinegara"),
    Step.DOUBT: (with_a_doubtful_number(f"{LAMP} di cikini"),),
    Step.SUMMARY: (LAMP, "kelurahan cikini"),
    Step.CHANGE: (LAMP, "kelurahan cikini", "ubah"),
}


def drafted(who: Citizen) -> Dialogue:
    assert who.dialogue is not None
    return who.dialogue


def at(step: Step, channel: str) -> tuple[Town, Citizen]:
    town = Town()
    budi = town.citizen(channel)
    for words in ROADS[step]:
        budi.writes(words)
    assert drafted(budi).step is step
    return town, budi


def unread(text: str) -> bool:
    return any(say("not_understood", "id") in text for say in (phrase, terse_of))


@pytest.mark.parametrize("channel", ["telegram", "sms"])
@pytest.mark.parametrize("step", ROADS)
@pytest.mark.parametrize("words", ["bukan itu", "salah", "balik", "balik lagi pak", "bukan"])
def test_no_and_back_lead_somewhere_from_every_question(channel: str, step: Step, words: str) -> None:
    _, budi = at(step, channel)
    before = drafted(budi)
    told = budi.writes(words)
    after = drafted(budi)
    assert not unread(told.text)
    assert after.draft.text == before.draft.text, "no word of it belongs to the story"
    assert after.draft.place is None or words not in after.draft.place.words
    assert (after.step, after.offered) != (before.step, before.offered)


@pytest.mark.parametrize("channel", ["telegram", "sms"])
@pytest.mark.parametrize("step", ROADS)
@pytest.mark.parametrize("words", ["ga jadi", "gak jadi deh", "batal"])
def test_a_draft_is_dropped_from_every_question(channel: str, step: Step, words: str) -> None:
    town, budi = at(step, channel)
    if step is Step.CHANGE and words != "batal":
        budi.writes(words)  # the change is not made after all, and the draft is there
        assert budi.dialogue is not None
        assert budi.dialogue.step is Step.SUMMARY
    assert "dihapus" in budi.writes(words).text.replace("kami hapus", "dihapus")
    assert budi.dialogue is None
    assert not town.reports


@pytest.mark.parametrize("channel", ["telegram", "sms"])
@pytest.mark.parametrize("step", ROADS)
@pytest.mark.parametrize("words", ["terima kasih banyak ya pak", "makasih min, sehat selalu", "thank you so much"])
def test_thanks_in_the_middle_are_answered_and_send_or_add_nothing(channel: str, step: Step, words: str) -> None:
    town, budi = at(step, channel)
    before = drafted(budi)
    assert budi.writes(words).text.startswith("Sama-sama")
    after = drafted(budi)
    assert (after.step, after.draft) == (before.step, before.draft)
    assert not town.reports


@pytest.mark.parametrize("words", ["ya", "salah", "bukan itu", "balik", "lewati", "satu", "yang kedua", "oke", "ora"])
@pytest.mark.parametrize("channel", ["telegram", "sms", "mail"])
def test_an_answer_to_no_question_is_no_story(channel: str, words: str) -> None:
    town = Town()
    budi = town.citizen(channel)
    assert budi.writes(words).text
    assert not town.reports
    assert budi.dialogue is None or not budi.dialogue.draft.text


@pytest.mark.parametrize(("words", "kind"), [("satu", "pju"), ("yang pertama", "pju"), ("the second one", "listrik")])
@pytest.mark.parametrize("channel", ["telegram", "sms"])
def test_numbers_are_understood_as_words(channel: str, words: str, kind: str) -> None:
    town, budi = at(Step.CATEGORY, channel)
    budi.writes(words)
    assert drafted(budi).draft.category == kind
    budi.writes("kelurahan cikini")
    budi.writes("yang kedua")
    assert drafted(budi).step is Step.CHANGE
    budi.writes("kembali")
    assert budi.writes("yang kesatu pak").code
    assert len(town.reports) == 1


@pytest.mark.parametrize("words", ["ganti tempat", "tempatnya salah", "salah alamat", "wrong place"])
@pytest.mark.parametrize("channel", ["telegram", "sms"])
def test_the_place_is_corrected_at_the_summary_in_a_word(channel: str, words: str) -> None:
    town, budi = at(Step.SUMMARY, channel)
    assert "Di mana" in budi.writes(words).text
    budi.writes("kelurahan manggarai")
    assert drafted(budi).step is Step.SUMMARY
    assert budi.writes("ya").code
    assert town.reports[0].place.name.startswith("Kel. Manggarai")


def test_the_place_is_corrected_at_the_summary_by_its_name_alone() -> None:
    town, budi = at(Step.SUMMARY, "telegram")
    assert "Manggarai" in budi.writes("di kelurahan manggarai").text
    assert budi.presses("Kirim").code
    assert town.reports[0].place.name.startswith("Kel. Manggarai")


def test_going_back_from_a_place_that_was_right_keeps_it() -> None:
    _, budi = at(Step.SUMMARY, "telegram")
    budi.writes("ganti tempat")
    assert "diubah" in budi.writes("balik").text
    assert "Cikini" in budi.presses("Kembali").text


@pytest.mark.parametrize("words", ["hapus foto", "fotonya salah", "wrong photo"])
def test_a_photo_is_taken_back_at_the_summary_and_another_may_come(words: str) -> None:
    town = Town()
    budi = town.citizen("telegram")
    assert "Berkas: 2" in (budi.sends_photo(f"{LAMP} di cikini"), budi.sends_photo())[1].text
    told = budi.writes(words)
    assert "sudah kami hapus" in told.text
    assert "Berkas: 0" in told.text
    assert "Berkas: 1" in budi.sends_photo().text
    assert budi.presses("Kirim").code
    assert town.reports[0].files == (PHOTO,)


def test_the_menu_offers_to_delete_photos_only_where_there_are_any() -> None:
    budi = Town().citizen("telegram")
    budi.writes(f"{LAMP} di cikini")
    assert "Hapus foto" not in [option.label for option in budi.presses("Ubah").options]
    budi.sends_photo()
    assert "Hapus foto" in [option.label for option in budi.presses("Ubah").options]
    assert "Berkas: 0" in budi.presses("Hapus foto").text


def test_with_the_photo_its_place_is_forgotten() -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.sends_photo(f"{LAMP} di cikini", found=Point(-6.19, 106.84))
    budi.writes("hapus foto")
    assert drafted(budi).step is Step.SUMMARY
    assert drafted(budi).draft.found is None


def test_what_was_corrected_stays_corrected_when_more_is_told() -> None:
    town, budi = at(Step.SUMMARY, "telegram")
    budi.writes("ganti tempat")
    budi.writes("kelurahan manggarai")
    budi.writes("ganti jenis")
    budi.writes("listrik")
    told = budi.writes("tiangnya juga berkarat dan warga takut lewat situ kalau malam")
    assert "Jenis: Gangguan listrik PLN" in told.text
    assert "Manggarai" in told.text
    assert drafted(budi).step is Step.SUMMARY, "nothing is asked again"
    assert budi.presses("Kirim").code
    (report,) = town.reports
    assert (report.category, report.place.area) == ("listrik", "31.74.01.1007")


def test_what_is_said_twice_stands_in_the_story_once() -> None:
    town, story = Town(), f"{LAMP} di kelurahan cikini"
    budi = town.citizen("telegram")
    budi.writes(story)
    assert "tambahkan" not in budi.writes(story).text
    budi.writes(f"{story}, tolong segera diperbaiki")
    assert budi.presses("Kirim").code
    assert town.reports[0].text == f"{story}, tolong segera diperbaiki"


def test_by_sms_the_question_stands_behind_an_aside_where_there_is_room() -> None:
    _, budi = at(Step.PLACE, "sms")
    told = budi.writes("ini siapa ya?")
    assert "Resi" in told.text
    assert "Di mana?" in told.text
    assert len(told.text) <= 160
    told = budi.writes("BANTUAN")
    assert "Di mana?" not in told.text
    assert len(told.text) <= 160


def test_a_story_drowned_in_courtesy_is_still_known_by_its_sentence() -> None:
    town = Town()
    town.citizen("mail").writes(
        "Assalamualaikum, selamat pagi Bapak/Ibu, saya mau melapor\n"
        "Mohon maaf mengganggu. Begini pak, air PAM mati sudah tiga hari. "
        "Tempatnya di gang 5, kelurahan Penjaringan. Terima kasih."
    )
    assert town.reports[0].category == "air_bersih"


@pytest.mark.parametrize("words", ["ya", "iya pak", "benar", "betul"])
@pytest.mark.parametrize("channel", ["telegram", "sms"])
def test_a_plain_yes_takes_the_only_thing_that_is_offered(channel: str, words: str) -> None:
    town = Town()
    budi = town.citizen(channel)
    budi.writes("oknum petugas loket minta uang pelicin, pungli, saya warga tebet")
    assert drafted(budi).offered == ("c:pungli_korupsi", "other")
    budi.writes(words)
    assert drafted(budi).offered == ("a:31.74.01", "other")
    budi.writes(words)
    assert budi.writes("ya").code
    assert (town.reports[0].category, town.reports[0].place.area) == ("pungli_korupsi", "31.74.01")


@pytest.mark.parametrize("words", ["oke", "baik pak", "ya"])
def test_an_assent_is_no_address(words: str) -> None:
    _, budi = at(Step.PLACE, "telegram")
    assert "Di mana" in budi.writes(words).text
    assert drafted(budi).draft.place is None
    assert drafted(budi).misses == 1


def test_nothing_is_said_of_photos_that_were_never_there() -> None:
    _, budi = at(Step.SUMMARY, "telegram")
    assert "hapus" not in budi.writes("hapus foto").text


def test_a_story_told_anew_keeps_the_nearer_place_within_the_area_that_it_names() -> None:
    _, budi = at(Step.SUMMARY, "telegram")
    budi.writes("ganti tempat")
    budi.writes("Jl. Raden Saleh, kelurahan cikini")
    budi.writes("ganti cerita")
    assert "Raden Saleh" in budi.writes("lampu jalan mati di kecamatan Menteng sudah lama sekali").text


@pytest.mark.parametrize("words", ["ya", "baik, ya", "baru", "laporan baru"])
def test_a_yes_or_a_new_in_a_thread_changes_nothing_of_what_was_filed(words: str) -> None:
    """One kind alone is offered beside "something else", and a kelurahan is called Baru."""
    town = Town()
    budi = town.citizen("mail")
    told = budi.writes("lampu jalan mati dan got mampet di kelurahan gambir")
    assert len(told.options) == 2
    (before,) = town.reports
    budi.replies_to(told, words)
    assert town.reports == [before]
