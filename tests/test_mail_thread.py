"""A mail thread has two ends: what of ours a citizen's mail answers, and where later news of ours go."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

from hypothesis import given
from hypothesis import strategies as st

from bots.mail.compose import compose
from bots.mail.envelope import envelope_of
from bots.mail.ids import answered, message_id
from bots.mail.setup import setup_of
from core.messages import Address, Envelope, Outgoing, Thread
from tests.fakes.time_and_random import FakeRandomSource

OURS = setup_of({"MAIL_ADDRESS": "lapor@kota.test", "MAIL_HOSTNAME": "mx.kota.test"})
BUDI = "budi@warga.test"
DICE = FakeRandomSource(3)
FIRST, SECOND, THIRD = (DICE.token() for _ in range(3))


def named(delivery: str, domain: str = "kota.test") -> str:
    return message_id(delivery, domain)


def read(*headers: str, text: str = "2 masih mati") -> Envelope:
    mail = "\r\n".join(("Subject: Re: Laporan warga", "Message-ID: <dua@warga.test>", *headers, "", text))
    envelope = envelope_of(mail.encode(), BUDI, OURS)
    assert envelope is not None
    return envelope


def sent(thread: Thread | None, delivery: str = SECOND) -> EmailMessage:
    out = Outgoing(to=Address(BUDI), text="Sudah beres?", id=delivery, subject="Laporan warga", thread=thread)
    return message_from_bytes(compose(out, OURS.address, OURS.domain), policy=SMTP)


def test_a_mail_in_our_thread_names_what_it_answers_and_then_what_came_before_it_newest_first() -> None:
    envelope = read(
        f"In-Reply-To: {named(SECOND)}",
        f"References: <satu@warga.test> {named(FIRST)}\r\n {named(THIRD)} {named(SECOND)}",
    )
    assert envelope.answers == (SECOND, THIRD, FIRST)
    assert envelope.in_thread


def test_one_of_the_two_headers_is_enough() -> None:
    assert read(f"In-Reply-To: {named(FIRST)}").answers == (FIRST,)
    assert read(f"References: {named(FIRST)} <lain@warga.test>").answers == (FIRST,)
    assert read(f"In-Reply-To: <lain@warga.test>\r\nReferences: {named(FIRST)}").answers == (FIRST,)


def test_a_mail_that_names_nothing_of_ours_answers_nothing() -> None:
    for header in (
        "In-Reply-To: <lain@warga.test>",
        f"In-Reply-To: {named(FIRST, 'lain.test')}",
        f"In-Reply-To: <{FIRST}@kota.test>",
        "In-Reply-To: <resi.@kota.test>",
        f"In-Reply-To: <resi.{'a' * 65}@kota.test>",
        "In-Reply-To: <resi.a'b@kota.test>",
        "X-Other: 1",
    ):
        envelope = read(header)
        assert (envelope.answers, envelope.in_thread) == ((), False)


def test_of_a_thread_without_end_the_newest_few_are_named() -> None:
    thread = " ".join(named(f"t{number}") for number in range(500))
    found = answered(named("mine"), thread, OURS.domains)
    assert found[:3] == ("mine", "t499", "t498")
    assert len(found) == 12


def test_news_lie_below_our_own_first_message_once_the_citizens_mail_is_forgotten() -> None:
    news = sent(Thread(ours=FIRST))
    assert news["Message-ID"] == named(SECOND)
    assert news["In-Reply-To"] == named(FIRST)
    assert news["References"] == named(FIRST)
    assert sent(Thread(ours=FIRST), FIRST)["Message-ID"] == named(FIRST)  # the same id that the first one went out with


def test_an_answer_to_a_mail_lies_below_that_mail_and_not_below_ours() -> None:
    answer = sent(Thread("<satu@warga.test>", "<nol@warga.test> <satu@warga.test>", ours=FIRST))
    assert answer["In-Reply-To"] == "<satu@warga.test>"
    assert answer["References"].split() == ["<nol@warga.test>", "<satu@warga.test>"]
    for empty in (None, Thread()):
        assert sent(empty)["In-Reply-To"] is None
        assert sent(empty)["References"] is None


@given(st.integers(min_value=0).map(lambda seed: FakeRandomSource(seed).token()))
def test_a_mail_that_answers_a_message_of_ours_names_the_id_of_its_delivery(delivery: str) -> None:
    ours = sent(Thread(ours=FIRST), delivery)
    envelope = read(f"In-Reply-To: {ours['Message-ID']}", f"References: {ours['References']} {ours['Message-ID']}")
    assert envelope.answers == tuple(dict.fromkeys((delivery, FIRST)))
