"""Replies of many mail programs in many languages: the writer's own words remain, above, below and between quotes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.mail.envelope import envelope_of
from bots.mail.ids import message_id
from bots.mail.mime import read
from bots.mail.quotes import attribution, head
from bots.mail.setup import setup_of
from bots.mail.trim import trim
from tests.fakes.mail_pages import PAGES
from tests.fakes.mail_quotes import BETWEEN, OWN, TEXTS
from tests.fakes.mail_samples import mail, multipart, part

OURS = setup_of({"MAIL_ADDRESS": "lapor@kota.test", "MAIL_HOSTNAME": "mx.kota.test"})


def lines(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip())


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_of_a_reply_the_own_words_remain(text: str) -> None:
    assert trim(text) == OWN


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_short_answer_survives_what_stands_below(text: str) -> None:
    assert trim(text.replace(OWN, "2")) == "2"


@pytest.mark.parametrize("text", BETWEEN.values(), ids=BETWEEN.keys())
def test_own_words_between_quotes_remain(text: str) -> None:
    assert lines(trim(text.format(*OWN.split("\n")))) == OWN


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_of_a_page_the_own_words_remain(page: str) -> None:
    assert lines(trim(read(mail("text/html; charset=utf-8", page)).text)) == OWN


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_a_reply_is_read_alike_whether_its_text_or_its_page_is_there(page: str) -> None:
    both = multipart("b", part("text/plain", " "), part("text/html; charset=utf-8", page))
    answer = f"In-Reply-To: {message_id('abc', 'kota.test')}"
    envelope = envelope_of(mail("multipart/alternative; boundary=b", both, answer), "budi@warga.test", OURS)
    assert envelope is not None
    assert lines(envelope.text) == OWN


LETTERS = [
    "Kepada: Lurah Tebet\nTanggal: 3 Juni 2024\nPerihal: lampu mati\nDari: warga RT 05\n\nLampu mati di Jl. Mawar.",
    "Dari: warga RT 05\nTanggal: Senin\nUntuk: Pak Lurah\nHal: lampu mati\n\nMohon diperbaiki.",
    "Pak Lurah,\nDari: warga\nTanggal: 3 Juni\nPerihal: lampu\n\nLampu mati.",
    "Pada hari Senin pukul 10.15 petugas datang dan menulis di buku. Saya diminta uang.",
    "Saya menulis: tolong\nPetugas bilang: nanti",
    "On 3 June at 10:15 the officer said that I should pay.\nI did not.",
    "To whom it may concern\nFrom the bridge to the market the lamps are off\nSubject to flooding too",
    "Dikirim dari kantor pos, paket saya hilang",
    "Sent from the hospital to the clinic and back",
    "Sent by mistake to the wrong office",
    "Terkirim dari bank ke rekening orang lain",
    "Pesan asli dari petugas: bayar dulu",
    "Am Samstag 3.6. um 10:15 war die Lampe aus",
    "2024-06-03 10:15 lampu padam\n2024-06-04 10:15 masih padam",
    "Senin 10:15 padam. Hubungi <budi@warga.test> kalau perlu",
    "Date: 3 June\nTime: 10:15\nPlace: Jl. Mawar\nFrom the bridge on",
]


@pytest.mark.parametrize("text", LETTERS)
def test_what_only_looks_like_a_quote_stays(text: str) -> None:
    assert trim(text) == text
    assert trim(f"Selamat pagi.\n\n{text}") == f"Selamat pagi.\n\n{text}"


def test_a_mail_that_is_nothing_but_an_answered_mail_says_nothing() -> None:
    for text in TEXTS.values():
        rest = text.removeprefix(OWN)
        assert OWN not in trim(rest)


def test_a_head_is_as_long_as_its_lines() -> None:
    told = ["From: L <l@k.test>", "Sent: Monday", "To: A <a@k.test>; B", "<b@k.test>", "Subject: x", "", "halo"]
    assert head(told, 0, above=False) == 5
    assert head(told, 6, above=True) == 0
    assert attribution(["On Mon, Jun 3, 2024 at 10:15 AM Lapor <", "l@k.test>", "wrote:", "x"], 0) == 3


MARKS = [*"\n".join(TEXTS.values()).split("\n"), *"\n".join(BETWEEN.values()).split("\n"), "wrote", "pada", "<a@b>"]


@given(st.lists(st.sampled_from(sorted(set(MARKS))), max_size=12))
def test_no_heap_of_marks_adds_words_or_changes_at_the_second_reading(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    once = trim(text)
    assert set(once.split()) <= set(text.split())
    assert len(trim(once)) <= len(once)
