"""Meta's webhook: only what Meta signed comes in, and it is acknowledged after the commit."""

import asyncio
from collections.abc import Callable

import pytest

from bots.whatsapp import CHANNEL
from bots.whatsapp.receive import read
from core.errors import StoreAway
from core.messages import Address, Connection, Envelope, HookAnswer, IntakeResult, WireId
from tests.fakes.sms_callbacks import Inside, call, listening
from tests.fakes.whatsapp_server import (
    NUMBER_ID,
    SECRET,
    TOKEN,
    VERIFY,
    Json,
    signed,
    status,
    text,
    webhook,
)

PATH = "/hooks/whatsapp"
BUDI = "6281234567890"


@pytest.fixture
def inside() -> Inside:
    return Inside()


@pytest.fixture
def connection(inside: Inside) -> Connection:
    settings = {
        "WHATSAPP_PROVIDER": "meta",
        "WHATSAPP_TOKEN": TOKEN,
        "WHATSAPP_APP_SECRET": SECRET,
        "WHATSAPP_VERIFY_TOKEN": VERIFY,
        "WHATSAPP_PHONE_NUMBER_ID": NUMBER_ID,
    }
    return CHANNEL.connect(settings, inside.callbacks())


async def post(connection: Connection, body: bytes) -> HookAnswer:
    return await call(connection, "POST", PATH, body=body, headers=signed(body))


def one(message: Json) -> Envelope:
    [envelope] = read(webhook(message), NUMBER_ID).envelopes
    return envelope


# The address is proved


async def test_meta_is_told_that_the_address_is_ours(connection: Connection) -> None:
    query = f"hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={VERIFY}"
    answer = await call(connection, "GET", PATH, query=query)
    assert (answer.status, answer.body, answer.media_type) == (200, b"1158201444", "text/plain")


@pytest.mark.parametrize(
    "query",
    [
        "",
        "hub.mode=subscribe&hub.challenge=1",
        "hub.mode=subscribe&hub.challenge=1&hub.verify_token=wrong",
        "hub.mode=subscribe&hub.challenge=1&hub.verify_token=%ff%00",
        f"hub.mode=unsubscribe&hub.challenge=1&hub.verify_token={VERIFY}",
        f"hub.mode=subscribe&hub.challenge=%3Cscript%3E&hub.verify_token={VERIFY}",
        f"hub.mode=subscribe&hub.verify_token={VERIFY}",
        f"hub.mode=subscribe&hub.challenge=1&hub.verify_token={VERIFY}" + "&x=1" * 30,
        f"hub.mode=subscribe&hub.challenge={'1' * 200}&hub.verify_token={VERIFY}",
    ],
)
async def test_who_does_not_know_our_word_is_told_nothing(connection: Connection, query: str) -> None:
    answer = await call(connection, "GET", PATH, query=query)
    assert (answer.status, answer.body) == (403, b"")


@pytest.mark.parametrize("setting", ["WHATSAPP_VERIFY_TOKEN", "WHATSAPP_APP_SECRET"])
async def test_an_empty_secret_opens_nothing(inside: Inside, setting: str) -> None:
    connection = CHANNEL.connect({"WHATSAPP_PROVIDER": "meta", setting: ""}, inside.callbacks())
    asked = await call(connection, "GET", PATH, query="hub.mode=subscribe&hub.challenge=1&hub.verify_token=")
    body = webhook(text("lampu mati"))
    assert asked.status == 403
    assert (await call(connection, "POST", PATH, body=body, headers=signed(body, secret=""))).status == 403


# The signature


async def test_a_signed_message_is_taken(connection: Connection, inside: Inside) -> None:
    assert (await post(connection, webhook(text("Lampu jalan mati 😢")))).status == 200
    [envelope] = inside.taken
    assert (envelope.channel, envelope.text, envelope.unsupported) == ("whatsapp", "Lampu jalan mati 😢", None)
    assert (envelope.sender, envelope.wire_id) == (Address(BUDI), WireId("wamid.1"))
    assert "Budi" not in repr(envelope)


def _without(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name != "x-hub-signature-256"}


def _bent(value: str) -> Callable[[dict[str, str]], dict[str, str]]:
    return lambda headers: headers | {"x-hub-signature-256": value}


@pytest.mark.parametrize(
    "forged",
    [
        _without,
        _bent(""),
        _bent("sha256="),
        _bent("sha256=" + "0" * 64),
        _bent("é€"),
        lambda headers: headers | {"x-hub-signature-256": headers["x-hub-signature-256"].removeprefix("sha256=")},
        lambda headers: headers | {"x-hub-signature-256": headers["x-hub-signature-256"][:-1]},
        lambda _: signed(webhook(text("lampu mati")), secret="another"),
        lambda _: signed(webhook(text("lampu hidup"))),
    ],
)
async def test_a_missing_or_wrong_signature_is_403_and_nothing_else(
    connection: Connection, inside: Inside, forged: Callable[[dict[str, str]], dict[str, str]]
) -> None:
    body = webhook(text("lampu mati"), statuses=[status("wamid.out1", "failed", 131026)])
    answer = await call(connection, "POST", PATH, body=body, headers=forged(signed(body)))
    assert (answer.status, answer.body) == (403, b"")
    assert (inside.taken, inside.receipts) == ([], [])


async def test_the_answer_waits_for_the_commit(connection: Connection, inside: Inside) -> None:
    inside.gate = asyncio.Event()
    answering = asyncio.create_task(post(connection, webhook(text("lampu mati"))))
    done, _ = await asyncio.wait({answering}, timeout=0.05)
    assert not done
    inside.gate.set()
    assert (await answering).status == 200


async def test_what_could_not_be_kept_comes_again_whole(connection: Connection, inside: Inside) -> None:
    inside.away = True
    with pytest.raises(StoreAway):
        await post(connection, webhook(text("lampu mati")))
    inside.away, inside.answer = False, IntakeResult.LATER
    with pytest.raises(StoreAway):
        await post(connection, webhook(text("lampu mati")))
    inside.answer = IntakeResult.SEEN
    assert (await post(connection, webhook(text("lampu mati")))).status == 200


async def test_people_of_one_body_are_taken_side_by_side_and_each_in_their_order(
    connection: Connection, inside: Inside
) -> None:
    said = [
        text(str(at), sender=sender, wamid=f"wamid.{sender}.{at}") for at in range(3) for sender in ("62811", "62822")
    ]
    assert (await post(connection, webhook(*said))).status == 200
    for sender in ("62811", "62822"):
        assert [each.text for each in inside.taken if each.sender == Address(sender)] == ["0", "1", "2"]


async def test_one_that_hangs_or_breaks_holds_up_nobody_beside_it(connection: Connection) -> None:
    taken: list[str] = []
    gate = asyncio.Event()

    class Odd(Inside):
        async def take(self, envelope: Envelope) -> IntakeResult:
            if envelope.text == "hangs":
                await gate.wait()
            if envelope.text == "breaks":
                raise RuntimeError("Budi 6281234567890")
            taken.append(envelope.text)
            if len(taken) == 2:
                gate.set()
            return IntakeResult.DONE

    odd = CHANNEL.connect({"WHATSAPP_APP_SECRET": SECRET, "WHATSAPP_PHONE_NUMBER_ID": NUMBER_ID}, Odd().callbacks())
    said = [
        text(words, sender=f"6281{at}000", wamid=f"w{at}") for at, words in enumerate(["hangs", "breaks", "a", "b"])
    ]
    assert (await post(odd, webhook(*said))).status == 200
    assert taken == ["a", "b", "hangs"]


# Beside messages


async def test_statuses_are_receipts_and_one_on_its_way_is_none(connection: Connection, inside: Inside) -> None:
    told = [status("wamid.a", "sent"), status("wamid.b", "delivered"), status("wamid.c", "read")]
    told += [status("wamid.d", "failed", 131026), status("", "read"), status("wamid.e", "odd")]
    assert (await post(connection, webhook(statuses=told))).status == 200
    assert inside.receipts == [("wamid.b", True), ("wamid.c", True), ("wamid.d", False)]
    assert "wamid" not in repr(read(webhook(statuses=told), NUMBER_ID)), "no id in a log"


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"entry": 1e999}', b"null"])
async def test_what_is_no_json_is_acknowledged_or_it_would_come_for_a_day(connection: Connection, body: bytes) -> None:
    assert (await post(connection, body)).status == 200


async def test_it_is_ready_while_it_listens(connection: Connection) -> None:
    assert not connection.ready()
    async with listening(connection):
        assert connection.ready()
    assert not connection.ready()


@pytest.mark.parametrize("hook", [0, 1])
def test_a_huge_body_is_refused_by_the_web(connection: Connection, hook: int) -> None:
    assert connection.hooks[hook].max_bytes == (1_000, 3 << 20)[hook]
