"""Senders and recipients as SMTP names them: what an answer could reach is taken, however it is written."""

import pytest

from tests.fakes.mail_door import ENVELOPE, MAIL, codes, opened


async def test_an_address_that_no_answer_could_reach_is_refused() -> None:
    async with opened() as door:
        for sender in (b"<a b@c.test>", b"<tanpa-at>", b"<\xff@c.test>", b"<a@b.test,c@d.test>", b"<<a@b.test>"):
            answers = await door.raw(b"EHLO x\r\nMAIL FROM:" + sender + b"\r\nQUIT\r\n")
            assert codes(answers)[2].startswith("5")


async def test_an_address_beyond_ascii_is_taken() -> None:
    async with opened() as door:
        await door.raw(
            ENVELOPE.replace(b"<budi@warga.test>", "<jösé@warga.test> SMTPUTF8 BODY=8BITMIME".encode()),
            MAIL + b".\r\nQUIT\r\n",
        )
        assert door.core.taken[0].sender.reveal() == "jösé@warga.test"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ('"budi.santoso"@warga.test', "budi.santoso@warga.test"),
        ('"budi."@docomo.ne.jp', '"budi."@docomo.ne.jp'),
        ("budi@[IPv6:2001:db8::1]", "budi@[ipv6:2001:db8::1]"),
        ("budi@[192.0.2.1]", "budi@[192.0.2.1]"),
    ],
)
async def test_an_address_in_quotes_or_at_a_number_is_taken(said: str, kept: str) -> None:
    async with opened() as door:
        await door.raw(ENVELOPE.replace(b"budi@warga.test", said.encode()), MAIL + b".\r\nQUIT\r\n")
        assert [each.sender.reveal() for each in door.core.taken] == [kept]


async def test_more_recipients_than_ten_are_put_off() -> None:
    async with opened() as door:
        many = b"EHLO x\r\nMAIL FROM:<b@w.test>\r\n" + b"RCPT TO:<lapor@kota.test>\r\n" * 11
        assert codes(await door.raw(many + b"DATA\r\n" + MAIL + b".\r\nQUIT\r\n"))[-4:] == ["452", "354", "250", "221"]
        assert len(door.core.taken) == 1
