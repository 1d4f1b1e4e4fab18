"""What leaves by WhatsApp has the shapes of Meta's documents: a text, buttons, a list, a request for a place."""

from collections.abc import Iterator

import pytest

from bots.whatsapp import CHANNEL
from core.messages import Address, Connection, Option, Outgoing
from tests.fakes.sms_callbacks import Inside
from tests.fakes.whatsapp_server import NUMBER_ID, VERSION, Json, WhatsAppServer

BUDI = "6281234567890"
THREE = (Option("send", "Kirim"), Option("change", "Ubah"), Option("cancel", "Batal"))


@pytest.fixture
def meta() -> Iterator[WhatsAppServer]:
    with WhatsAppServer() as server:
        yield server


@pytest.fixture
def connection(meta: WhatsAppServer) -> Connection:
    return CHANNEL.connect(meta.settings("https://resi.example"), Inside().callbacks())


def out(text: str = "Laporan Anda diterima", to: str = BUDI, **more: object) -> Outgoing:
    return Outgoing(to=Address(to), text=text, id="delivery1", lang="id", **more)  # type: ignore[arg-type]


async def sent(meta: WhatsAppServer, connection: Connection, message: Outgoing) -> Json:
    await connection.send(message)
    return meta.sent[-1]


async def test_a_text_is_a_text(meta: WhatsAppServer, connection: Connection) -> None:
    assert await connection.send(out()) == "wamid.out1"
    assert meta.sent == [
        {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": BUDI,
            "type": "text",
            "text": {"preview_url": False, "body": "Laporan Anda diterima"},
        }
    ]
    assert meta.asked == [("POST", f"{VERSION}/{NUMBER_ID}/messages", True)]


async def test_who_hides_the_number_is_answered_by_the_id(meta: WhatsAppServer, connection: Connection) -> None:
    message = await sent(meta, connection, out(to="ID.13491208655302741918"))
    assert (message["recipient"], "to" in message) == ("ID.13491208655302741918", False)


async def test_up_to_three_short_options_are_buttons(meta: WhatsAppServer, connection: Connection) -> None:
    message = await sent(meta, connection, out(options=THREE, revision=7))
    assert message["interactive"] == {
        "type": "button",
        "body": {"text": "Laporan Anda diterima"},
        "action": {
            "buttons": [
                {"type": "reply", "reply": {"id": "7:send", "title": "Kirim"}},
                {"type": "reply", "reply": {"id": "7:change", "title": "Ubah"}},
                {"type": "reply", "reply": {"id": "7:cancel", "title": "Batal"}},
            ]
        },
    }


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("Jenisnya?", tuple(Option(str(at), f"Jenis {at}") for at in range(10))),
        ("Jenisnya?", (Option("a", "a" * 24), Option("b", "b"))),
        ("Cerita " + "a" * 3900, THREE),
    ],
)
async def test_more_or_longer_options_and_longer_words_are_a_list(
    meta: WhatsAppServer, connection: Connection, text: str, options: tuple[Option, ...]
) -> None:
    message = await sent(meta, connection, out(text, options=options, revision=3))
    [section] = message["interactive"]["action"]["sections"]  # type: ignore[index]
    assert [(row["id"], row["title"]) for row in section["rows"]] == [(f"3:{each.id}", each.label) for each in options]
    assert message["interactive"]["action"]["button"] == "Pilih"  # type: ignore[index]


@pytest.mark.parametrize(
    "options",
    [
        tuple(Option(str(at), f"Jenis {at}") for at in range(11)),
        (Option("a", "a" * 25),),
        (Option("a", ""),),
        (Option("a", "sama"), Option("b", "sama")),
    ],
)
async def test_what_meta_cannot_show_is_numbered_in_the_text(
    meta: WhatsAppServer, connection: Connection, options: tuple[Option, ...]
) -> None:
    message = await sent(meta, connection, out("Jenisnya?", options=options))
    assert message["text"]["body"].startswith(f"Jenisnya?\n\n1. {options[0].label}")  # type: ignore[index]


async def test_a_question_about_a_place_has_the_button_that_sends_one(
    meta: WhatsAppServer, connection: Connection
) -> None:
    message = await sent(meta, connection, out("Di mana?", ask_point=True, options=(Option("skip", "Lewati"),)))
    assert message["interactive"] == {
        "type": "location_request_message",
        "body": {"text": "Di mana?\n\n1. Lewati"},
        "action": {"name": "send_location"},
    }
    long = await sent(meta, connection, out("Di mana? " + "a" * 1100, ask_point=True))
    assert long["type"] == "text"
