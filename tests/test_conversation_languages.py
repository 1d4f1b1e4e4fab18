"""The language of a few words: English where only English has them, Indonesian wherever it is not plain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.conversation.languages import language_of
from core.phrases import LANGUAGES
from tests.fakes.town import Town

ENGLISH = (
    "Broken street light",
    "Street light broken at Jalan Melati Tebet",
    "Pothole on Jl Sudirman",
    "big pothole",
    "garbage not collected",
    "Trash piling up near Pasar Minggu",
    "flood",
    "It floods every time it rains in Kemang",
    "No water for three days",
    "power outage in Kelurahan Cikini RT 05 RW 02",
    "Somebody asked me for money at the kelurahan office",
    "The tree fell on the road",
    "fallen tree blocking the road, Menteng",
    "Noisy construction at night",
    "illegal parking in front of the school",
    "hello, I want to report something",
    "when will it be fixed?",
    "any news?",
    "my neighbour burns rubbish",
    "stray dogs in the park",
    "Clogged drain Jl. Kebon Sirih",
    "dirty river",
    "The sidewalk is damaged",
    "Bus stop roof broken",
    "Officer took a bribe",
    "There's a leak",
    "doesn't work",
    "Traffic light is off",
    "lamp post leaning",
    "dead rat on the pavement",
    "open manhole",
    "Manhole cover missing, Jalan Panjang",
    "sewage overflowing",
    "bad smell from the canal",
    "drunk people fighting",
    "broken pipe",
    "Bridge railing loose",
    "mosquitoes everywhere",
    "Still not fixed",
    "please fix the road",
    "Please help, my street is flooded",
    "wires hanging low",
    "stolen manhole covers",
    "Good morning. The road in front of SDN 01 Cikini has a big hole.",
)
NOT_ENGLISH = (
    "lampu mati",
    "lampu jalan mati di tebet",
    "jalan rusak",
    "banjir",
    "banjir di Cikini",
    "sampah numpuk",
    "tolong update dong",
    "street light mati di Tebet",
    "lampu broken",
    "ok min",
    "update laporan",
    "status",
    "air mati",
    "air PAM mati",
    "no air",
    "pohon tumbang",
    "bang ada jalan bolong",
    "maaf, please diperbaiki",
    "got mampet depan indomaret",
    "listrik padam",
    "Pak RT minta uang",
    "pungli di kelurahan",
    "macet parah",
    "traffic light mati di perempatan Mampang",
    "busway halte rusak",
    "trotoar rusak parah",
    "CCTV mati",
    "ada begal",
    "bau banget",
    "the lampu mati di depan rumah",
    "car free day macet banget",
    "parking liar depan mall",
    "thanks min sudah beres",
    "sorry salah kirim",
    "Jl. Melati No 5 RT 03/04",
    "Kelurahan Cikini",
    "Tebet Timur",
    "jalan berlubang, street light juga mati",
    "lampu jalan off semua",
    "dalan rusak",
    "dalane bolong",
    "lampune mati",
    "halo",
    "halo min",
    "test",
    "pju padam",
    "jembatan retak",
    "galian belum ditutup",
    "drainase tersumbat",
    "ruko kebakaran",
    "toilet umum kotor",
    "wifi gratis mati",
    "bus TJ telat",
    "mohon perbaikan jalan",
    "mobil parkir sembarangan",
    "kost bising",
    "pedagang kaki lima",
)


@pytest.mark.parametrize("text", ENGLISH)
def test_few_english_words_are_english(text: str) -> None:
    assert language_of(text, LANGUAGES) == "en"


@pytest.mark.parametrize("text", NOT_ENGLISH)
def test_indonesian_words_are_never_english_whatever_is_borrowed_among_them(text: str) -> None:
    assert language_of(text, LANGUAGES) != "en"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("there is a big hole in the road", "en"),
        ("The street lamp at my house is broken", "en"),
        ("jalan rusak di depan rumah saya", "id"),
        ("tolong pak banjir", "id"),
        ("the lampu", None),
        ("hello", None),
        ("asdf", None),
        ("", None),
        ("lampu jalan di sini mati, please", "id"),
    ],
)
def test_the_language_is_told_where_it_is_plain(text: str, lang: str | None) -> None:
    assert language_of(text, LANGUAGES) == lang


def test_a_language_that_the_house_does_not_speak_is_not_promised() -> None:
    assert language_of("there is a big hole in the road", ("id",)) is None


@given(st.text(max_size=80))
def test_any_text_has_a_language_or_none(text: str) -> None:
    assert language_of(text, LANGUAGES) in {None, "id", "en"}


@pytest.mark.parametrize("channel", ["mail", "sms", "telegram"])
@pytest.mark.parametrize(
    "text", ["Broken street light, Cikini", "Pothole on Jl Cikini Raya", "garbage not collected in Cikini"]
)
def test_a_short_english_message_is_answered_in_english(channel: str, text: str) -> None:
    told = Town().citizen(channel).writes(text)
    assert any(
        word in told.text.split() for word in ("the", "is", "it", "code:", "About", "About:", "Place:", "To", "what")
    ), told.text


@pytest.mark.parametrize("text", ["REPORT broken street light in Cikini", "LAPOR street light is off, Cikini"])
def test_english_behind_the_word_that_files_is_heard(text: str) -> None:
    assert "Secret: its holder" in Town().citizen("sms").writes(text).text
    assert "Your report" in Town().citizen("telegram").writes(text).text


def test_a_few_english_words_that_may_be_an_answer_are_asked_about_in_english() -> None:
    assert "24 hours" in Town(proved=()).citizen("mail").writes("still not fixed").text
    assert "Reply" in Town(proved=()).citizen("sms").writes("it is still there").text


def test_an_answer_to_a_question_changes_no_language() -> None:
    siti = Town().citizen("telegram")
    siti.writes("There is a big pothole in the road, the road is damaged")
    assert "Your report" in siti.writes("Kelurahan Cikini, dekat pasar").text
