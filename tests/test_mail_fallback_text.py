"""A mail that cannot be read right is read crudely: its words are had, and nobody answers a program."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bots.mail import fallback_text
from bots.mail.envelope import envelope_of
from bots.mail.setup import setup_of
from core.messages import Envelope
from core.watch import watched
from tests.fakes.broken_readers import BrokenReaders
from tests.fakes.mail_samples import PHOTO

OURS = setup_of({"MAIL_ADDRESS": "lapor@kota.test", "MAIL_HOSTNAME": "mx.kota.test"})
HEAD = b"From: Budi <budi@warga.test>\r\nSubject: Lampu mati\r\nMessage-ID: <1@warga.test>\r\n"
PLAIN = HEAD + b"\r\nDi depan pasar, sudah seminggu.\r\n"
PAGE = HEAD + b"Content-Type: text/html\r\n\r\n<p>Di depan <b>pasar</b></p>"
MIXED = (
    HEAD
    + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
    + b"Content-Type: text/plain\r\n\r\nDi depan pasar\r\n--x\r\n"
    + b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    + base64.encodebytes(b"sudah seminggu gelap sekali, mohon diperbaiki supaya warga tidak jatuh lagi")
    + b"--x\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    + base64.encodebytes(PHOTO)
    + b"--x--\r\n"
)


def _read(raw: bytes, *broken: str) -> Envelope | None:
    with watched(BrokenReaders(*broken)):
        return envelope_of(raw, "budi@warga.test", OURS)


def _words(raw: bytes, *broken: str) -> str:
    envelope = _read(raw, *broken)
    assert envelope is not None
    return envelope.text


@pytest.mark.parametrize("raw", [PLAIN, PAGE, MIXED], ids=["plain", "page", "mixed"])
def test_its_subject_and_words_are_had_and_no_mark_of_the_wire(raw: bytes) -> None:
    text = " ".join(_words(raw, "mail").split())
    assert text.startswith("Lampu mati Di depan pasar")
    assert not [mark for mark in ("<", "Content-", "--x", "\ufffd", "Budi", "warga.test") if mark in text]


def test_what_was_packed_is_opened_where_it_is_text() -> None:
    assert "sudah seminggu gelap sekali" in _words(MIXED, "mail")


def test_it_is_the_same_mail_when_it_comes_again() -> None:
    one, again = _read(MIXED, "mail"), _read(MIXED, "mail")
    assert one is not None
    assert again is not None
    assert one.wire_id == again.wire_id


@pytest.mark.parametrize(
    "line", ["Auto-Submitted: auto-replied", "Precedence: bulk", "List-Id: <a.b>", "X-Autoreply: yes"]
)
def test_a_program_is_not_answered_even_then(line: str) -> None:
    assert _read(HEAD + line.encode() + b"\r\n\r\nLampu mati sekali", "mail") is None


def test_who_says_that_it_was_a_person_is_believed() -> None:
    assert _read(HEAD + b"Auto-Submitted: no\r\n\r\nLampu mati sekali", "mail") is not None


def test_a_page_that_cannot_be_read_costs_its_tags_and_no_words() -> None:
    assert _words(PAGE, "hypertext").split() == ["Lampu", "mati", "Di", "depan", "pasar"]


def test_what_cannot_be_trimmed_stays_whole() -> None:
    text = "Lampu jalan mati di sini\n\n-- \nBudi Santoso"
    assert _words(HEAD + b"\r\n" + text.encode(), "trim").endswith(text)


@settings(max_examples=200)
@given(st.binary(max_size=300), st.sampled_from([b"", HEAD, HEAD + b"\r\n"]))
def test_any_bytes_have_a_reading(data: bytes, head: bytes) -> None:
    first, body = fallback_text.parted(head + data)
    fallback_text.is_from_program(first)
    fallback_text.field(first, b"subject")
    fallback_text.words(body)


@pytest.mark.hostile
@pytest.mark.parametrize("piece", [b"<", b"<a", b"A", b"A" * 60 + b"\n", b"--\n", b"content-\n", b"\r\n", b"list-"])
def test_a_mail_of_one_piece_is_read_to_its_end(piece: bytes) -> None:
    raw = piece * (2_000_000 // len(piece))
    first, body = fallback_text.parted(raw)
    fallback_text.is_from_program(first)
    fallback_text.words(body)
    fallback_text.words(raw[:1_500_000])
