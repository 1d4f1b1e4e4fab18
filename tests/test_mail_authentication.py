"""A sender is proved by what our own mail server states of the mail, and by nothing that a mail says of itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.mail.authentication import Authenticated, answered_at, authenticated
from bots.mail.envelope import envelope_of
from bots.mail.setup import Endpoint, MailSetup

MX = "mx.kota.example"
BUDI = "budi@warga.example"
RECEIVED = "Received: from out.warga.example (out.warga.example [198.51.100.7])\n\tby mx.kota.example (Postfix)"
PASS = f"Authentication-Results: {MX}; dmarc=pass (p=reject dis=none) header.from=warga.example"
FROM = f"From: Budi <{BUDI}>"


def read(*headers: str, person: str = BUDI, server: str = MX) -> Authenticated:
    return authenticated("\n".join((*headers, "", "lampu mati")).encode(), person, server)


def test_a_pass_for_the_very_address_in_from_proves_the_sender_and_tells_the_path() -> None:
    assert read(RECEIVED, PASS, FROM) == Authenticated(proved=True, path="198.51.100.0/24")
    assert read(PASS, RECEIVED, FROM).proved, "a filter may write above the server's own line"
    folded = PASS.replace("; dmarc", ";\n\tdmarc")
    assert read(RECEIVED, folded, FROM).proved


def test_nothing_is_believed_where_no_server_is_named() -> None:
    assert read(RECEIVED, PASS, FROM, server="") == Authenticated()


@pytest.mark.parametrize(
    "headers",
    [
        (RECEIVED, FROM),
        (RECEIVED, PASS),
        (RECEIVED, PASS.replace(MX, "mx.lain.example"), FROM),
        (RECEIVED, PASS.replace("dmarc=pass", "dmarc=fail"), FROM),
        (RECEIVED, PASS.replace("dmarc=pass", "dmarc=none"), FROM),
        (RECEIVED, PASS.replace("dmarc=pass", "dkim=pass"), FROM),
        (RECEIVED, PASS.replace("header.from=warga.example", "header.from=forger.example"), FROM),
        (RECEIVED, PASS.replace("header.from=warga.example", ""), FROM),
        (RECEIVED, PASS, "From: forger@warga.example"),
        (RECEIVED, PASS, FROM, "From: forger@forger.example"),
        (RECEIVED, PASS, f"From: {BUDI}, forger@forger.example"),
        (RECEIVED, PASS.replace("dmarc=pass", "dmarc=fail (dmarc=pass)"), FROM),
        (RECEIVED, PASS.replace("dmarc=pass", 'spf=fail reason="; dmarc=pass header.from=warga.example"'), FROM),
    ],
)
def test_what_does_not_prove_that_very_address_proves_nothing(headers: tuple[str, ...]) -> None:
    assert not read(*headers).proved


def test_the_topmost_result_counts_and_nothing_below_what_others_wrote() -> None:
    fail = PASS.replace("dmarc=pass", "dmarc=fail")
    assert not read(RECEIVED, fail, PASS, FROM).proved, "a forger wrote the second"
    assert not read(RECEIVED, "Received: from x by y", PASS, FROM).proved
    dkim = PASS.replace("dmarc=pass", "dkim=pass")
    assert read(RECEIVED, dkim, PASS, FROM).proved, "one filter states dkim, another dmarc"


def test_a_mail_of_somebody_else_s_domain_is_not_proved_by_that_domain() -> None:
    """The envelope says the victim, the header a domain of the forger's that passes."""
    forged = PASS.replace("warga.example", "forger.example")
    assert not read(RECEIVED, forged, "From: forger@forger.example").proved


@given(st.binary(max_size=400))
def test_no_head_makes_it_raise(raw: bytes) -> None:
    assert not authenticated(raw, BUDI, MX).proved


@pytest.mark.parametrize(("authserv", "who"), [(MX, BUDI), ("", "budi+7@warga.example")])
def test_who_is_proved_is_one_person_whatever_stands_behind_a_plus(authserv: str, who: str) -> None:
    head = "\n".join((RECEIVED, PASS, FROM.replace("budi@", "budi+7@"), "", "lampu mati"))
    setup = MailSetup(Endpoint("127.0.0.1", 0), "lapor@kota.example", "mx.kota.example", authserv=authserv)
    envelope = envelope_of(head.encode(), "budi+7@warga.example", setup)
    assert envelope is not None
    assert envelope.sender.reveal() == "budi+7@warga.example", "where the answer goes"
    assert envelope.author.reveal() == who


def counted(address: str) -> str:
    """As whom a proved mail from there counts among different senders."""
    domain = address.rpartition("@")[2].lower()
    passed = PASS.replace("warga.example", domain)
    head = "\n".join((RECEIVED, passed, f"From: {address}", "", "lampu mati"))
    setup = MailSetup(Endpoint("127.0.0.1", 0), "lapor@kota.example", "mx.kota.example", authserv=MX)
    envelope = envelope_of(head.encode(), address, setup)
    assert envelope is not None
    assert envelope.person is not None, "proved"
    return envelope.counted.reveal()


@pytest.mark.parametrize(
    "addresses",
    [
        ("a@pt-abadi.co.id", "b@pt-abadi.co.id", "c@sub.pt-abadi.co.id", "D@PT-ABADI.co.id"),
        ("a@forger.example", "b@x.forger.example", "c@y.z.forger.example"),
        ("budi@gmail.com", "b.u.d.i@gmail.com", "BUDI+7@googlemail.com"),
        ("budi@yahoo.co.id", "Budi+1@yahoo.co.id"),
    ],
)
def test_whoever_owns_a_domain_or_a_mailbox_is_one_sender(addresses: tuple[str, ...]) -> None:
    assert len({counted(each) for each in addresses}) == 1


@pytest.mark.parametrize(
    "addresses", [("a@gmail.com", "b@gmail.com", "a@yahoo.co.id", "a@yahoo.com"), ("a@satu.co.id", "a@dua.co.id")]
)
def test_who_has_an_address_of_a_large_provider_or_a_domain_of_their_own_is_another(addresses: tuple[str, ...]) -> None:
    assert len({counted(each) for each in addresses}) == len(addresses)


@pytest.mark.parametrize(
    ("sender", "written"),
    [
        ("sl.mrvtgmjt.lq6dk@aleeas.com", "lampu.x1@aleeas.com"),
        ("bounce_reply+123+@simplelogin.co", "lampu.x1@slmail.me"),
        ("b_mfzg2zlm_kq3t@anonaddy.com", "lampu@budi.anonaddy.com"),
        ("0100018f3c2a-7a1b-000000@bounce.mozmail.com", "x7kq2@mozmail.com"),
        ("bounces+budi=kota.test@privaterelay.appleid.com", "angin_0x@icloud.com"),
        ("m-123=abc@mail.kantor.example", "budi@kantor.example"),
    ],
)
def test_who_writes_by_an_alias_is_answered_at_the_alias(sender: str, written: str) -> None:
    raw = f"From: Budi <{written}>\n\nlampu mati".encode()
    assert answered_at(raw, sender, "") == written
    setup = MailSetup(Endpoint("127.0.0.1", 0), "lapor@kota.example", "mx.kota.example")
    envelope = envelope_of(raw, sender, setup)
    assert envelope is not None
    assert envelope.sender.reveal() == written
    assert not envelope.proved


def test_what_another_owner_sends_is_answered_where_the_domain_vouches_for_it() -> None:
    sender, domain = "0100018f3c2a7a1b-000000@eu.mails.example", "warga.example"
    told = f"{RECEIVED}\n{PASS}\n{FROM}\n\nlampu mati".encode()
    assert answered_at(told, sender, MX) == BUDI
    assert answered_at(told, sender, "") == sender, "nothing is believed where no server is named"
    assert answered_at(told.replace(b"dmarc=pass", b"dmarc=fail"), sender, MX) == sender
    assert answered_at(told, f"eva@{domain}", MX) == f"eva@{domain}", "a person's address stands in for nobody"


@pytest.mark.parametrize(
    ("sender", "head"),
    [
        ("sl.a.b@eva.example", "From: budi@aleeas.com"),
        ("bounces+1@eva.example", "From: budi@icloud.com"),
        ("eva@icloud.com", "From: budi@icloud.com"),
        ("bounces+1@toko.example", "From: promo@toko.example"),
        ("sl.a.b@aleeas.com", "From: budi@aleeas.com, ani@aleeas.com"),
        ("sl.a.b@aleeas.com", "From: budi@aleeas.com\nFrom: ani@aleeas.com"),
        ("sl.a.b@aleeas.com", "To: budi@aleeas.com"),
    ],
)
def test_nobody_is_answered_in_whose_name_another_sends(sender: str, head: str) -> None:
    assert answered_at(f"{head}\n\nlampu mati".encode(), sender, "") == sender
