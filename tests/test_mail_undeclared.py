"""Words whose charset nobody declared: those of East Asia are read, and no other language is taken for them."""

import pytest

from bots.mail.charset import header_words, words
from bots.mail.mime import read
from bots.mail.undeclared import guessed

LAMP = {
    "gbk": "路灯坏了、在Tebet Barat、已经三天没有亮了、晚上走路很危险、请尽快修理。",
    "big5": "路燈壞了、在Tebet Barat、已經三天沒有亮了、晚上走路很危險、請盡快修理。",
    "shift_jis": "Tebet Baratの街灯が三日前から消えています。夜は危ないので修理してください。",
    "euc_jp": "Tebet Baratの街灯が三日前から消えています。夜は危ないので修理してください。",
    "iso2022_jp": "Tebet Baratの街灯が三日前から消えています。夜は危ないので修理してください。",
    "euc_kr": "Tebet Barat 가로등이 3일 전부터 꺼져 있습니다. 밤에 위험하니 고쳐 주세요.",
}
ELSEWHERE = (
    "Lampu jalan mati di Jl. Mawar, Tebet \u2013 sudah 3 hari… “gelap” katanya",
    "Der Gehweg ist völlig kaputt, überall Löcher, größer geht's nicht. Für Fußgänger gefährlich, ÄRGERLICH",
    "L'éclairage de la rue est cassé depuis une semaine à Tebet, c'est très dangereux même l'été. Où êtes-vous ?",
    "A iluminação não funciona há três dias, São Paulo não é assim. Atenção às crianças.",
    "Đèn",
)


@pytest.mark.parametrize("charset", LAMP)
@pytest.mark.parametrize("declared", ["", "us-ascii", "iso-8859-1"])
def test_words_of_east_asia_are_read(charset: str, declared: str) -> None:
    assert words(LAMP[charset].encode(charset), declared) == words(LAMP[charset].encode())


@pytest.mark.parametrize("charset", ["gbk", "big5", "shift_jis", "euc_kr"])
def test_so_is_a_subject_that_nobody_encoded(charset: str) -> None:
    letter = read(b"Subject: " + LAMP[charset].encode(charset) + b"\n\nTolong")
    assert letter.subject == words(LAMP[charset].encode())


@pytest.mark.parametrize("charset", LAMP)
def test_a_long_text_that_is_cut_is_read(charset: str) -> None:
    assert guessed(LAMP[charset].encode(charset) * 200)


@pytest.mark.parametrize("text", ELSEWHERE)
def test_words_of_europe_are_never_taken_for_them(text: str) -> None:
    encoded = text.encode("cp1252", "ignore")
    assert not guessed(encoded)
    assert words(encoded) == text.replace("Đ", "")


def test_plain_words_are_plain() -> None:
    assert not guessed(b"Lampu jalan mati")
    assert not guessed(b"")
    assert header_words("Lampu mati") == "Lampu mati"
