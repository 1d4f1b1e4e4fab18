"""One SMS that tells all is filed at once; what its writer sends next belongs to it, changes it, or begins another."""

import pytest

from core.model import Act, Step
from core.phrases import phrase, terse_of
from tests.fakes.doubtful import with_a_doubtful_number
from tests.fakes.town import Citizen, Town

STORY = "lampu jalan mati sudah seminggu di kelurahan cikini"


def filed() -> tuple[Town, Citizen]:
    town = Town()
    budi = town.citizen("sms")
    assert budi.writes(STORY).code
    return town, budi


def added(town: Town) -> list[str]:
    """What stands in the history behind its beginning."""
    (report,) = town.reports
    history = town.store.run(lambda tx: tx.reports.history(report.id))
    return [entry.text for entry in history if entry.act is Act.ADD]


def test_a_message_that_tells_all_is_filed_at_once_and_says_as_what() -> None:
    town, budi = filed()
    (report,) = town.reports
    assert (report.category, report.place.area, report.text) == ("pju", "31.71.06.1003", STORY)
    assert "Lampu jalan (PJU)" in budi.last.text
    assert "Balas 1" in budi.last.text
    assert len(budi.last.text) <= 160


@pytest.mark.parametrize("words", ["ini dibaca siapa aja", "bos saya bisa lihat gak?", "bayar gak lapor di sini"])
def test_what_is_asked_of_us_is_answered_and_what_was_offered_with_the_code_stays(words: str) -> None:
    _, one = filed()
    asked = one.writes("1").text
    town, budi = filed()
    assert terse_of("ask_story", "id") not in budi.writes(words).text
    assert budi.writes("1").text == asked
    assert len(town.reports) == 1


def test_who_comes_back_with_a_greeting_is_asked_for_a_story() -> None:
    _, budi = filed()
    assert terse_of("ask_story", "id") in budi.writes("halo").text


@pytest.mark.parametrize(
    "story",
    [
        "lampu jalan mati sudah seminggu",  # where?
        "di sini gelap sekali, di kelurahan cikini",  # what?
        "oknum petugas loket minta uang pelicin, pungli di kelurahan cikini",  # who may read it is no guess
        with_a_doubtful_number(STORY),  # whose number is it?
        f"{STORY}. Selain itu sampah menumpuk tidak diangkut di pasar cikini",  # two problems
    ],
)
def test_where_something_is_left_to_ask_it_is_asked_first(story: str) -> None:
    town = Town()
    assert town.citizen("sms").writes(story).text
    assert not town.reports


def test_where_others_reported_the_same_it_can_be_followed_instead() -> None:
    town, _ = filed()
    ani = town.citizen("sms", "ani")
    ani.writes(STORY)
    assert "follow" in [each.id for each in ani.last.options]
    assert len(town.reports) == 1


def test_whoever_sends_the_same_again_is_asked_first() -> None:
    town, budi = filed()
    budi.writes(STORY)
    assert [each.id for each in budi.last.options] == ["send", "change", "cancel"]
    assert len(town.reports) == 1


def test_who_is_led_through_questions_sees_the_summary() -> None:
    town = Town()
    budi = town.citizen("sms")
    budi.writes("lampu jalan mati sudah seminggu")
    budi.writes("kelurahan cikini")
    assert [each.id for each in budi.last.options] == ["send", "change", "cancel"]
    assert not town.reports


@pytest.mark.parametrize(
    "words",
    [
        "sudah seminggu",
        "tiangnya juga berkarat",
        "tolong cepat diperbaiki pak",
        "tiap malam",
        "yg kiri",
        "ada tiga lampu yang mati semua dan gelap sekali kalau malam di gang itu",
    ],
)
def test_more_of_the_same_is_added_to_it(words: str) -> None:
    town, budi = filed()
    code = budi.last.code
    told = budi.writes(words)
    assert told.text == terse_of("addition_kept", "id", last4=code[-4:])
    assert added(town) == [words]


def test_three_messages_in_a_row_are_one_report() -> None:
    town, budi = filed()
    budi.writes("gelap banget")
    budi.writes("kemarin ada yg jatuh dari motor")
    assert added(town) == ["gelap banget", "kemarin ada yg jatuh dari motor"]


@pytest.mark.parametrize("words", ["sampah menumpuk di kelurahan gambir", "pohon tumbang di kelurahan gambir"])
def test_another_problem_is_another_report(words: str) -> None:
    town, budi = filed()
    assert budi.writes(words).code
    assert [each.text for each in town.reports] == [STORY, words]


def test_the_same_problem_at_a_place_that_is_in_doubt_is_another_report() -> None:
    town, budi = filed()
    words = "lampu jalan mati di jatinegara"
    budi.writes(words)
    assert not added(town)
    assert budi.dialogue is not None
    assert budi.dialogue.step is Step.WHICH_PLACE
    assert budi.dialogue.draft.text == words


@pytest.mark.parametrize("words", ["got mampet", "oknum minta uang", "tolong ada orang terjebak kebakaran"])
def test_another_problem_without_a_place_is_asked_about(words: str) -> None:
    town, budi = filed()
    assert budi.writes(words).text
    assert not added(town)
    assert budi.dialogue is not None
    assert budi.dialogue.draft.text == words


@pytest.mark.parametrize("words", ["batal", "ga jadi"])
def test_whoever_wants_it_undone_is_told_how(words: str) -> None:
    town, budi = filed()
    code = budi.last.code
    assert "CABUT" in budi.writes(words).text
    budi.writes(f"CABUT {code}")
    assert [each.status.value for each in town.reports] == ["dicabut"]


@pytest.mark.parametrize("words", ["salah", "bukan itu", "ubah", "ganti jenis", "1"])
def test_another_kind_is_chosen(words: str) -> None:
    town, budi = filed()
    offered = [option.id.removeprefix("c:") for option in budi.writes(words).options]
    budi.writes("1")
    assert town.reports[0].category == offered[0] != "pju"
    budi.writes("macetnya sampai malam")
    assert added(town) == ["macetnya sampai malam"], "of the kind that it has now"


@pytest.mark.parametrize("words", ["ganti tempat", "tempatnya salah"])
def test_another_place_is_asked_for(words: str) -> None:
    town, budi = filed()
    budi.writes(words)
    budi.writes("kelurahan manggarai")
    assert town.reports[0].place.area == "31.74.01.1007"


@pytest.mark.parametrize("words", ["ya", "ganti cerita", "7"])
def test_words_that_answer_nothing_are_told_what_can_be_done(words: str) -> None:
    town, budi = filed()
    assert budi.writes(words).text == terse_of("filed_help", "id")
    assert budi.dialogue is not None
    assert budi.dialogue.step is Step.FILED
    assert not added(town)


SECRETS = [
    "bos saya jangan sampai tau ya",
    "jangan kasih tau RT saya ya",
    "tolong jangan bilang ke pak lurah kalau saya yang lapor",
    "jangan sampe ketahuan tetangga",
    "please dont tell my boss",
]


@pytest.mark.parametrize("words", SECRETS)
def test_a_wish_for_secrecy_is_answered_and_added_to_nothing(words: str) -> None:
    town, budi = filed()
    code = budi.last.code
    assert budi.writes(words).text in {terse_of("privacy", "id"), terse_of("privacy", "en")}
    assert not added(town)
    assert code[-4:] in budi.writes("tiangnya juga berkarat").text, "more of it is added as before"


@pytest.mark.parametrize("words", SECRETS)
def test_a_wish_for_secrecy_in_the_middle_is_no_part_of_the_story(words: str) -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.writes(STORY)
    assert budi.writes(words).text.startswith(tuple(phrase("privacy", lang)[:40] for lang in ("id", "en")))
    budi.presses("Kirim")
    assert [each.text for each in town.reports] == [STORY]


@pytest.mark.parametrize(
    "words", ["pak RT bilang jangan lapor, got mampet di cikini", "petugas minta uang jangan bilang bos"]
)
def test_what_others_want_kept_secret_is_a_story(words: str) -> None:
    town = Town()
    budi = town.citizen("telegram")
    assert not budi.writes(words).text.startswith(phrase("privacy", "id")[:40])
