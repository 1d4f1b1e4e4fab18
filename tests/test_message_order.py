"""Whose messages wait for each other: a sender's own, and never a forger's for those of whom they name."""

import asyncio

from app.message_order import MessageOrder, waits_for
from core.messages import Address, ChannelProfile, Envelope, Secret, SenderProof, Tag, WireId
from tests.fakes.patience import PATIENCE

CHAT = ChannelProfile("chat", 4000, sender_proof=SenderProof.PROVED)
SMS = ChannelProfile("sms", 160)
MAIL = ChannelProfile("mail", 4000, threads=True)
PROVED_MAIL = ChannelProfile("mail", 4000, threads=True, sender_proof=SenderProof.PROVED)
SIGNED = Envelope("mail", Address("siti@surat.test"), WireId("w1"))
WHO = b"an HMAC of the sender"


def test_who_is_proved_and_a_number_with_its_draft_keep_one_order() -> None:
    assert {waits_for(SIGNED, profile, WHO) for profile in (CHAT, SMS, PROVED_MAIL)} == {WHO}


def test_a_claimed_mail_waits_for_those_that_show_the_same_right_or_for_itself_sent_twice() -> None:
    def key(id: str, *tags: str, code: str = "") -> bytes:  # noqa: A002 - of the mail
        codes = (Secret(code),) if code else ()
        envelope = Envelope("mail", SIGNED.sender, WireId(id), tags=tuple(map(Tag, tags)), codes=codes)
        return waits_for(envelope, MAIL, WHO)

    assert key("w1") == key("w1") not in {key("w2"), WHO}
    assert key("w1", "a" * 26) == key("w2", "a" * 26, "b" * 26) != key("w2", "b" * 26)
    assert key("w1", code="1") == key("w2", code="1") != key("w2", code="2")


async def test_one_key_is_taken_in_order_others_pass_and_nothing_is_left() -> None:
    order, may_end, ended = MessageOrder(), asyncio.Event(), list[str]()

    async def take(key: bytes, name: str, *, waits: bool = False) -> None:
        async with order.alone(key):
            if waits:
                await may_end.wait()
            ended.append(name)

    first = asyncio.create_task(take(b"a", "first", waits=True))
    second = asyncio.create_task(take(b"a", "second"))
    await asyncio.wait_for(take(b"b", "other"), PATIENCE)
    assert ended == ["other"]
    may_end.set()
    await asyncio.gather(first, second)
    assert ended == ["other", "first", "second"]
    assert len(order) == 0
