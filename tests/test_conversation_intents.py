"""How an answer is read: numbers, labels, yes and no, greetings, languages."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import toml_rows
from core.conversation import intents
from core.conversation.command_words import COMMANDS
from core.conversation.intents import (
    behind_announcement,
    is_asking,
    is_assent,
    is_greeting,
    is_hail,
    is_skip,
    is_thanks,
    is_yes,
    normal,
    number_of,
    option_of,
    words_in,
)
from core.conversation.verdicts import is_half_verdict, verdict_of
from core.phrases import KEYS


@given(st.text(max_size=60))
@settings(max_examples=300)
def test_any_text_is_read_without_a_fault(text: str) -> None:
    number_of(text)
    is_skip(text)
    is_greeting(text)
    is_thanks(text)
    assert words_in(text) <= len(text.split())
    assert normal(normal(text)) == normal(text)
    assert option_of(text, ("send", "change"), ("Kirim", "Ubah")) in {None, "send", "change"}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1), (" 2 ", 2), ("3.", 3), ("(4)", 4), ("no 5", 5), ("nomor 2", 2), ("No. 2", 2), ("nomer 1", 1),
        ("pilih 3", 3), ("pilihan 1", 1), ("yang 2", 2), ("#1", 1), ("satu", 1), ("DUA", 2), ("tiga", 3),
        ("keempat", 4), ("yang kedua", 2), ("yang pertama", 1), ("five", 5), ("option 2", 2), ("sepuluh", 10),
        ("number one", 1), ("10", 10), ("99", 99), ("\uff11", 1),
    ],
)  # fmt: skip
def test_a_number_is_read_in_digits_and_words(text: str, number: int) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize("text", ["", "halo", "1 2", "100", "jalan 1", "2 lubang", "dua lubang", "1a", "-", "satu dua"])
def test_other_words_are_no_number(text: str) -> None:
    assert number_of(text) is None


SUMMARY = (("send", "change", "cancel"), ("Kirim", "Ubah", "Batal"))
CATEGORY = (("c:jalan_rusak", "c:trotoar", "other"), ("Jalan rusak", "Trotoar", "Bukan itu"))
LEAF = (("c:pju", "more", "back"), ("Lampu jalan (PJU)", "Lihat lagi", "Kembali"))
RESUME = (("resume", "drop"), ("Lanjut", "Hapus"))
PLACE = (("skip",), ("Lewati",))


@pytest.mark.parametrize(
    ("text", "offer", "option"),
    [
        ("1", SUMMARY, "send"), ("tiga", SUMMARY, "cancel"), ("4", SUMMARY, None), ("0", SUMMARY, None),
        ("kirim", SUMMARY, "send"), ("KIRIM!", SUMMARY, "send"), ("ya", SUMMARY, "send"), ("Ok", SUMMARY, "send"),
        ("sudah benar", SUMMARY, "send"), ("yes", SUMMARY, "send"), ("tidak", SUMMARY, "change"),
        ("salah", SUMMARY, "change"), ("ubah", SUMMARY, "change"), ("lewati", SUMMARY, None),
        ("kembali", SUMMARY, None), ("jalan rusak", CATEGORY, "c:jalan_rusak"), ("2", CATEGORY, "c:trotoar"),
        ("bukan", CATEGORY, "other"), ("bukan itu", CATEGORY, "other"), ("ya", CATEGORY, None),
        ("kembali", CATEGORY, "other"), ("trotoar rusak", CATEGORY, None), ("lampu jalan pju", LEAF, "c:pju"),
        ("Lampu jalan (PJU)", LEAF, "c:pju"), ("kembali", LEAF, "back"), ("back", LEAF, "back"),
        ("lihat lagi", LEAF, "more"), ("lanjut", RESUME, "resume"), ("ya", RESUME, "resume"),
        ("tidak", RESUME, "drop"), ("hapus", RESUME, "drop"), ("lewati", PLACE, "skip"), ("skip", PLACE, "skip"),
        ("ga tau", PLACE, "skip"), ("tidak tahu", PLACE, "skip"), ("-", PLACE, "skip"), ("", PLACE, None),
        ("jalan sabang", PLACE, None), ("", SUMMARY, None), ("ya ya", SUMMARY, "send"),
        ("yang kirim pak", SUMMARY, "send"), ("yes send", SUMMARY, "send"), ("the second one", SUMMARY, "change"),
        ("yang lampu jalan pju aja min", LEAF, "c:pju"), ("bukan itu pak", CATEGORY, "other"),
    ],
)  # fmt: skip
def test_an_option_is_read_by_number_label_or_meaning(
    text: str, offer: tuple[tuple[str, ...], tuple[str, ...]], option: str | None
) -> None:
    assert option_of(text, *offer) == option


def test_where_nothing_is_offered_nothing_is_chosen() -> None:
    assert all(option_of(text, (), ()) is None for text in ("1", "ya", "tidak", "lewati", ""))


def test_every_synonym_names_an_option_that_can_be_offered_and_means_one_thing() -> None:
    every = [word for each, _ in intents.SYNONYMS for word in each]
    assert len(every) == len(set(every))
    offered = {key.removeprefix("option_") for key in KEYS if key.startswith("option_")}
    assert {option for _, options in intents.SYNONYMS for option in options} <= offered


def test_every_word_of_a_table_can_be_met_by_what_is_written() -> None:
    for each, _ in intents.SYNONYMS:
        assert {word for word in each if normal(word) != word} <= {"-"}, "answers are compared folded"
    assert all(normal(word) == word or word == "?" for each in COMMANDS.values() for word in each)


@pytest.mark.parametrize(
    "text", ["lewati", "LEWAT", "skip", "Tidak tahu.", "-", " - ", "gatau", "I don't know", "none"]
)
def test_words_that_leave_a_question_open(text: str) -> None:
    assert is_skip(text)


@pytest.mark.parametrize("text", ["", "tidak", "lewat depan pasar", "jalan tidak ada nama", "--"])
def test_words_that_do_not_leave_a_question_open(text: str) -> None:
    assert not is_skip(text)


@pytest.mark.parametrize(
    "text",
    [
        "halo", "Selamat pagi pak, saya mau lapor", "assalamualaikum", "P", "tes", "hai min", "permisi, mau tanya",
        "hello", "Good morning, I want to report a problem", "pagi/siang pak", "halo resi!",
    ],
)  # fmt: skip
def test_a_greeting_is_a_greeting(text: str) -> None:
    assert is_greeting(text)


@pytest.mark.parametrize("text", ["", "!!", "halo lampu mati", "saya mau lapor lampu", "pagi tadi banjir", "1"])
def test_more_than_a_greeting_is_none(text: str) -> None:
    assert not is_greeting(text)


@pytest.mark.parametrize(
    "text", ["terima kasih", "Makasih banyak ya pak!", "ok", "oke sip", "thanks", "thank you very much", "noted, thx"]
)
def test_thanks_are_thanks(text: str) -> None:
    assert is_thanks(text)


@pytest.mark.parametrize("text", ["", "pak", "ya", "bu", "terima kasih lampunya mati lagi", "good", "baik jalan rusak"])
def test_what_is_no_thanks(text: str) -> None:
    assert not is_thanks(text)


def test_words_are_counted_by_their_letters() -> None:
    assert words_in("jalan rusak 12 ... no.5 \U0001f4a1") == 3


def test_folding_takes_case_width_punctuation_and_spaces() -> None:
    assert normal("  \uff2aALAN\u00a0 Rusak!!  (PJU)_x ") == "jalan rusak pju x"


SURE: tuple[tuple[str, bool, str], ...] = (
    ("1", True, ""),
    ("1.", True, ""),
    ("1 ok", True, "ok"),
    ("2", False, ""),
    ("2 masih ada", False, "masih ada"),
    ("2, masih bocor pak", False, "masih bocor pak"),
    ("2 lampunya masih mati di cikini", False, "lampunya masih mati di cikini"),
    ("2 karyawan masih masuk lewat pintu belakang", False, "karyawan masih masuk lewat pintu belakang"),
    ("ya", True, ""),
    ("Sudah", True, ""),
    ("sudah beres terima kasih", True, "beres terima kasih"),
    ("sudah beres, terima kasih banyak pak", True, "beres, terima kasih banyak pak"),
    ("sudah diangkut sampahnya", True, "diangkut sampahnya"),
    ("Solved", True, ""),
    ("Belum", False, ""),
    ("belum, sampahnya masih numpuk di depan gang", False, "sampahnya masih numpuk di depan gang"),
    ("masih rusak", False, "rusak"),
    ("still broken", False, "broken"),
    ("Not yet", False, "yet"),
    ("not solved", False, "solved"),
    ("tidak", False, ""),
    ("dua", False, ""),
    ("satu", True, ""),
    ("nomor 1", True, ""),
    ("no 2", False, ""),
    ("pilih 2 pak", False, ""),
    ("\U0001f44d", True, ""),
    ("\U0001f44d\U0001f3fb", True, ""),
    ("\U0001f44e", False, ""),
    ("wis", True, ""),
    ("wis rampung, matur nuwun", True, "rampung, matur nuwun"),
    ("Durung", False, ""),
    ("durung, isih peteng", False, "isih peteng"),
    ("dereng pak", False, "pak"),
    ("parantos", True, ""),
    ("teu acan", False, "acan"),
    ("acan", False, ""),
    ("1 lampunya sudah nyala", True, "lampunya sudah nyala"),
)
# They say neither, unless they surely answer that question; None: not even then, and it is asked again.
UNSURE: tuple[tuple[str, bool | None], ...] = (
    ("tidak ada air sejak kemarin", False),
    ("2 lampu mati di cikini", False),
    ("masih banyak sampah di jalan itu", False),
    ("sudah tiga hari banjir", None),
    ("sudah rusak parah", None),
    ("satu lampu mati di depan rumah", None),
    ("ya ampun", None),
    ("sudah, tapi sebelahnya belum", None),
    ("1 belum", None),
    ("ya belum", None),
    ("jam 8 pagi", None),
    ("terima kasih", None),
    ("12", None),
    ("2x sudah lapor", None),
    ("1 lampu jalan mati di depan rumah", None),
    ("1 atau 2?", None),
    ("wis telung dina banjir", None),
    ("ora ana banyu wiwit wingi", False),
    ("belumlah", None),
    ("", None),
)


@pytest.mark.parametrize(("text", "solved", "rest"), SURE)
def test_a_plain_yes_or_no_is_read_with_what_stands_behind_it(text: str, solved: bool, rest: str) -> None:  # noqa: FBT001 - a column of the table
    assert verdict_of(text, asked=False) == (solved, rest)
    assert verdict_of(text, asked=True) == (solved, rest)


@pytest.mark.parametrize(("text", "asked"), UNSURE)
def test_what_may_be_a_story_is_a_yes_or_a_no_only_where_it_surely_answers(text: str, asked: bool | None) -> None:  # noqa: FBT001 - a column of the table
    assert verdict_of(text, asked=False) is None
    sure = verdict_of(text, asked=True)
    assert (sure and sure[0]) is asked


@pytest.mark.parametrize(
    ("text", "half"),
    [("udah sih tapi kadang kedip", True), ("sudah, tapi yang sebelahnya mati", True), ("iya belum", True),
     ("1 atau 2?", True), ("wis, nanging isih peteng", True), ("sudah", False), ("belum", False), ("lumayan", False),
     ("sudah tiga hari banjir", False), ("ya tapi di kelurahan gambir masih mati", False)],
)  # fmt: skip
def test_a_yes_that_is_taken_back_is_half_an_answer(text: str, half: bool) -> None:  # noqa: FBT001 - a column of the table
    assert is_half_verdict(text) is half


@pytest.mark.parametrize("text", ["pagi pak", "halo", "selamat malam", "saya mau lapor", "permisi", "p", "test"])
def test_a_hail_answers_nothing(text: str) -> None:
    assert is_hail(text)


@pytest.mark.parametrize("text", ["pagi", "malam", "ya", "ya pak", "ada", "ada bu", "halo, lampunya tiga", ""])
def test_what_may_be_the_answer_is_no_hail(text: str) -> None:
    assert not is_hail(text)


@pytest.mark.parametrize(
    "text", ["bagaimana", "kode saya bagaimana", "laporan saya", "sudah sampai mana", "halo pak, status?", "how is it"]
)
def test_words_beside_a_code_may_only_ask_how_it_is(text: str) -> None:
    assert is_asking(text)


@pytest.mark.parametrize("text", ["sudah", "saya", "jam 8", "ada", "laporan saya salah tempat", ""])
def test_words_beside_a_code_that_say_something_ask_nothing(text: str) -> None:
    assert not is_asking(text)


@pytest.mark.parametrize(("text", "assents"), [("baik", True), ("ok pak", True), ("terima kasih", False), ("", False)])
def test_a_consent_is_told_from_thanks(text: str, assents: bool) -> None:  # noqa: FBT001 - a column of the table
    assert is_assent(text) is assents


def test_every_word_stands_in_the_table_as_answers_are_folded_or_no_answer_would_ever_meet_it() -> None:
    table = toml_rows.read("core.conversation", "intents.toml")
    known = {
        word
        for rows in table
        if rows != "sign"
        for words in toml_rows.word_table(table, rows).values()
        for word in words
    }
    assert len(known) > 500
    assert [word for word in sorted(known) if intents.normal(word) != word] == ["?"]


def test_no_row_of_the_table_is_read_by_nobody() -> None:
    source = Path(intents.__file__).read_text(encoding="utf-8")
    words = toml_rows.word_table(toml_rows.read("core.conversation", "intents.toml"), "words")
    assert [row for row in words if f'WORDS["{row}"]' not in source] == []


@pytest.mark.parametrize(
    "words", ["\U0001f64f", "\U0001f64f\U0001f3fd\U0001f64f", "\U0001f44d", "hatur nuhun", "hatur nuhun pisan"]
)
def test_thanks_may_be_a_sign_or_sundanese(words: str) -> None:
    assert is_thanks(words)


def test_a_thumb_is_a_yes_and_a_thumb_down_a_no() -> None:
    assert is_yes("\U0001f44d\U0001f3fb")
    assert is_yes("\U0001f44c")
    assert option_of("\U0001f44d", ("send", "change", "cancel"), ("Kirim", "Ubah", "Batal")) == "send"
    assert normal("lampu mati \U0001f44d") == "lampu mati", "beside words it says nothing"


@pytest.mark.parametrize(
    ("text", "story"),
    [
        ("saya mau lapor jalan rusak kelurahan kwitang", "jalan rusak kelurahan kwitang"),
        ("Selamat siang bapak ibu yang terhormat, saya mau melaporkan bahwa\ngot mampet", "got mampet"),
        ("kulo badhe nglapor, dalan rusak", "dalan rusak"),
        ("I want to report a broken street light", "broken street light"),
        ("petugas menolak laporan saya", "petugas menolak laporan saya"),
        ("selamat pagi, jalan rusak", "selamat pagi, jalan rusak"),
        ("saya mau lapor", "saya mau lapor"),
    ],
)
def test_what_only_announces_a_story_can_be_left_out_of_it(text: str, story: str) -> None:
    assert behind_announcement(text) == story
