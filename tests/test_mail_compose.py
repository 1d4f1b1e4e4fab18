"""What is written line by line is read by the standard library as it is meant, whatever it says."""

import string
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.mail.compose import compose
from core.messages import Address, DeliveryKind, Outgoing, Thread

PLAIN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=400)
WORDS = st.text(string.ascii_letters + string.digits + " .,?!=_-\t\n", max_size=300)


def _composed(text: str, subject: str = "Laporan warga", thread: Thread | None = None, tag: str = "") -> bytes:
    out = Outgoing(to=Address("budi@warga.test"), text=text, id="a1", subject=subject, thread=thread, tag=tag)
    return compose(out, "lapor@kota.test", "mx.kota.test")


def _read(raw: bytes) -> EmailMessage:
    found = message_from_bytes(raw, policy=default)
    assert isinstance(found, EmailMessage)
    assert not found.defects
    return found


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")


@given(PLAIN | WORDS)
def test_any_words_arrive_as_they_were_said(text: str) -> None:
    found = _read(_composed(text))
    assert found.get_content_type() == "text/plain"
    assert _lines(found.get_content()) == _lines(text)


@given(PLAIN | WORDS)
def test_any_subject_arrives_in_one_line_and_brings_no_header_with_it(subject: str) -> None:
    found = _read(_composed("ya", subject))
    assert " ".join(str(found["Subject"]).split()) == " ".join(subject.split())[:200].strip()
    assert len(found.keys()) == len(set(found.keys())) == 9


@given(PLAIN | WORDS)
def test_every_line_is_short_ends_with_crlf_and_is_ascii(text: str) -> None:
    raw = _composed(text, text, Thread("<satu@warga.test>", "<nol@warga.test> " * 40))
    assert raw.isascii()
    assert raw.endswith(b"\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998


@pytest.mark.parametrize("text", ["", "\n", " ", "a ", "=", "a=b", ".", "\n.\n", "a" * 2000, "é" * 500, "x \ny\t\n"])
def test_words_at_the_edge_arrive_too(text: str) -> None:
    assert _lines(_read(_composed(text)).get_content()) == _lines(text)


@given(st.text(string.ascii_letters + " .,", min_size=1, max_size=60).filter(str.strip))
def test_what_the_standard_library_writes_of_the_same_answer_is_read_the_same(text: str) -> None:
    plain = EmailMessage(policy=SMTP)
    plain["From"], plain["Subject"], plain["Auto-Submitted"] = "lapor@kota.test", " ".join(text.split()), "auto-replied"
    plain.set_content(text, cte="7bit")
    ours, theirs = _read(_composed(text, text)), _read(plain.as_bytes())
    for name in ("From", "Subject", "Auto-Submitted", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"):
        assert str(ours[name]).strip() == str(theirs[name]).strip()
    assert ours.get_content() == theirs.get_content()


def test_an_alert_to_staff_says_that_a_program_wrote_it_and_its_answers_go_where_nobody_reads() -> None:
    out = Outgoing(Address("siti@kantor.test"), "R1 baru", "alert-a1", subject="Dari meja", kind=DeliveryKind.ALERT)
    found = _read(compose(out, "lapor@kota.test", "kota.test"))
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["Reply-To"] == "lapor+petugas@kota.test"
    assert found["Message-ID"] == "<resi.alert-a1@kota.test>"
    assert found["From"] == "lapor@kota.test"
