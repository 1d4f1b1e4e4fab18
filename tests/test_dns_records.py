"""Which DNS records are named to an operator, by what is set."""

from app.dns_records import records

VALUES = {
    "PUBLIC_URL": "https://resi.kota.example",
    "MAIL_LISTEN": "127.0.0.1:8025",
    "MAIL_ADDRESS": "lapor@Kota.example",
    "MAIL_HOSTNAME": "mx.kota.example",
    "MAIL_RELAY_URL": "smtp://user:geheim@smtp.relay.example:587",
}


def test_a_service_with_mail_has_records_of_web_and_mail_and_no_secret_is_in_them() -> None:
    lines = records(VALUES)
    assert "resi.kota.example. A <the public IPv4 address>" in lines
    assert "kota.example. MX 10 mx.kota.example." in lines
    assert 'kota.example. TXT "v=spf1 mx a:smtp.relay.example -all"' in lines
    assert [line for line in lines if line.startswith("_dmarc.kota.example. TXT")]
    assert [line for line in lines if "._domainkey.kota.example. " in line]
    assert "geheim" not in "".join(lines)


def test_a_relay_of_this_machine_adds_nobody_to_those_who_may_send() -> None:
    assert 'kota.example. TXT "v=spf1 mx -all"' in records(VALUES | {"MAIL_RELAY_URL": "smtp://127.0.0.1:25"})


def test_without_mail_or_in_development_there_are_no_such_records() -> None:
    assert not [line for line in records(VALUES | {"MAIL_LISTEN": "off"}) if "MX" in line or "TXT" in line]
    at_home = {"PUBLIC_URL": "http://127.0.0.1:8000", "MAIL_ADDRESS": "lapor@localhost", "MAIL_HOSTNAME": ""}
    assert records(VALUES | at_home) == ()
