"""Whom our answers are handed to: a relay that shows who it is, unless the operator wants it otherwise."""

import pytest

from bots.mail.setup import problems, setup_of
from core.errors import DeliveryFailed
from tests.fakes import certificate
from tests.fakes.certificate import Certificate
from tests.fakes.smtp_sink import SmtpSink
from tests.test_mail_send import ANSWER, OURS, connection

# Resolves to loopback, and does not say so: hence a relay elsewhere, as far as the service can know.
ELSEWHERE = "127.1"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate.made(tmp_path_factory.mktemp("relay"))


async def _sent(sink: SmtpSink, *, host: str = ELSEWHERE, scheme: str = "smtp", tls: str = "") -> str:
    """Empty where it was handed over, else why not."""
    url = sink.url.replace("127.0.0.1", host).replace("smtp:", f"{scheme}:")
    try:
        await connection(url, MAIL_RELAY_TLS=tls).send(ANSWER)
    except DeliveryFailed as failed:
        return f"{failed}, for good" if failed.final else str(failed)
    return ""


async def test_a_relay_elsewhere_that_shows_no_sound_certificate_gets_nothing(own: Certificate) -> None:
    async with SmtpSink(tls=own.server()) as sink:
        assert await _sent(sink) == "relay_not_verified"
    assert sink.commands == ["EHLO", "STARTTLS"]


async def test_a_relay_elsewhere_without_tls_gets_nothing() -> None:
    async with SmtpSink() as sink:
        assert await _sent(sink) == "relay_without_tls"
        assert not sink.mails
    assert "MAIL" not in sink.commands


async def test_what_the_operator_wants_opportunistic_is_encrypted_where_it_can_be(own: Certificate) -> None:
    async with SmtpSink(tls=own.server()) as sink:
        assert await _sent(sink, tls="opportunistic") == ""
        await sink.caught()
        assert sink.secret == 1
    async with SmtpSink() as sink:
        assert await _sent(sink, tls="opportunistic") == ""
        await sink.caught()


async def test_a_password_is_told_to_nobody_who_is_not_verified(own: Certificate) -> None:
    for tls in ("verify", "opportunistic"):
        async with SmtpSink(tls=own.server(), password="rahasia") as sink:
            assert await _sent(sink, tls=tls) == "relay_not_verified"
            assert "AUTH" not in sink.commands
        async with SmtpSink(password="rahasia") as sink:
            assert await _sent(sink, tls=tls) == "relay_without_tls"
            assert "AUTH" not in sink.commands


async def test_tls_from_the_start_is_verified_even_on_loopback(
    own: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with SmtpSink(tls=own.server(), from_the_start=True) as sink:
        assert await _sent(sink, host="127.0.0.1", scheme="smtps") == "relay_not_verified"
        assert not sink.commands
        assert await _sent(sink, host="127.0.0.1", scheme="smtps", tls="opportunistic") == ""
        monkeypatch.setenv("SSL_CERT_FILE", str(own.certificate))
        assert await _sent(sink, host="127.0.0.1", scheme="smtps") == ""
        await sink.caught(2)


async def test_on_loopback_there_is_nothing_between_us_and_the_relay() -> None:
    async with SmtpSink() as sink:
        assert await _sent(sink, host="127.0.0.1") == ""
        assert await _sent(sink, host="localhost") == ""
        await sink.caught(2)


def test_the_setting_is_read_and_a_mistake_and_a_danger_are_told() -> None:
    def told(url: str, tls: str) -> list[tuple[str, bool]]:
        found = problems({**OURS, "MAIL_RELAY_URL": url, "MAIL_RELAY_TLS": tls})
        return [(each.setting, each.fatal) for each in found]

    far, near = "smtp://relay.test", "smtp://127.0.0.1"
    assert told(far, "") == told(far, "verify") == told(near, "opportunistic") == []
    assert told(far, "opportunistic") == [("MAIL_RELAY_TLS", False)]
    assert told(far, "perhaps") == [("MAIL_RELAY_TLS", True)]
    with pytest.raises(ValueError, match="MAIL_RELAY_TLS"):
        setup_of({**OURS, "MAIL_RELAY_URL": far, "MAIL_RELAY_TLS": "perhaps"})


async def test_a_relay_whose_certificate_is_trusted_is_handed_our_answers(
    own: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(own.certificate))
    async with SmtpSink(tls=own.server()) as sink:
        assert await _sent(sink) == "relay_not_verified"  # it is for another name
        assert not sink.mails
