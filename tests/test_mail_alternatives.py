"""A mail in several forms is read in one of them, and never in the one that leaves the words out."""

import pytest

from bots.mail.mime import read
from tests.fakes.mail_samples import SAID, mail, multipart, part

PAGE = f"<html><body><p>{SAID}</p><p>Sudah tiga malam gelap, tolong dilihat.</p></body></html>"
TOLD = f"{SAID}\n\nSudah tiga malam gelap, tolong dilihat."
STANDS_IN = [
    "Program email Anda tidak mendukung HTML.",
    "Silakan lihat versi HTML",
    "Silakan lihat versi HTML pesan ini.\nhttps://mail.warga.test/lihat?id=1",
    "This email requires HTML",
    "Your mail program shows no HTML.",
    "To view this message, please use an HTML compatible email viewer!",
    "This is a multi-part message in MIME format. Your mail reader does not understand HTML.",
    "Dieses E-Mail-Programm kann kein HTML anzeigen.",
    "Votre logiciel ne peut pas afficher les messages au format HTML.",
    "Su programa de correo no admite HTML.",
    "请使用支持 HTML 的邮件客户端查看",
    "View this email in your browser: https://mail.warga.test/v/1",
    "Buka pesan ini di peramban Anda",
    "Baca email ini secara daring",
    "https://mail.warga.test/lihat/4711",
    "<https://mail.warga.test/lihat/4711>",
    "",
    " \u00a0\r\n",
    "\u200b",
    "--\r\n",
    "[image: foto.jpg]",
    "Dikirim dari iPhone saya",
    "Lampu jalan mati di Jl. Mawar...",
    "Lampu jalan mati di Jl. \u2026",
]


def both(plain: str, page: str = PAGE) -> bytes:
    forms = multipart("b", part("text/plain; charset=utf-8", plain), part("text/html; charset=utf-8", page))
    return mail("multipart/alternative; boundary=b", forms)


@pytest.mark.parametrize("plain", STANDS_IN)
def test_a_plain_part_that_says_nothing_hides_no_words_of_the_page(plain: str) -> None:
    assert read(both(plain)).text == TOLD
    assert read(both(plain)).whole == TOLD


@pytest.mark.parametrize(
    "plain",
    [
        f"{SAID}\n\nSudah tiga malam gelap, tolong dilihat.",
        f"{SAID}\nSudah tiga malam gelap.",
        SAID,
        "Lampu mati",
        f"{SAID}\n\nPada 3 Jun 2024 10.15 Lapor <l@k.test> menulis:\n> Kode",
        f"{SAID}\n\n-- \nBudi Santoso",
        f"{SAID} Formulir HTML di browser tidak bisa dipakai. Sudah tiga malam gelap, tolong dilihat.",
    ],
)
def test_a_plain_part_with_the_writers_words_is_read_alone(plain: str) -> None:
    assert read(both(plain)).text == plain


def test_signs_that_no_blank_parts_are_compared_one_by_one() -> None:
    assert read(both("路灯坏了三天\n了很黑", "<p>路灯坏了三天了很黑</p>")).text == "路灯坏了三天\n了很黑"


def test_words_of_a_page_that_only_adds_what_companies_add_are_not_read() -> None:
    small_print = (
        f"<p>{SAID}</p><p>Disclaimer: this message is confidential and meant for nobody but its addressee.</p>"
    )
    assert read(both(SAID, small_print)).text == SAID


def test_forms_that_have_no_word_in_common_are_both_read() -> None:
    assert read(both("Selamat siang")).text == f"Selamat siang\n\n{TOLD}"


def test_of_a_mail_that_is_passed_on_the_plain_form_is_read() -> None:
    quoted = f"> {SAID}"
    letter = read(both(quoted, f"<blockquote>{SAID}</blockquote>"))
    assert (letter.text, letter.whole) == (quoted, quoted)


def test_each_alternative_is_chosen_from_by_itself() -> None:
    forms = both("Silakan lihat versi HTML").partition(b"\r\n\r\n")[2]
    twice = [part("multipart/alternative; boundary=b", forms), part("text/plain", "Mohon dibantu.")]
    assert read(mail("multipart/mixed; boundary=m", multipart("m", *twice))).text == f"{TOLD}\n\nMohon dibantu."
