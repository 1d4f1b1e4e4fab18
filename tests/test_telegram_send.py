"""What a message becomes on the wire, what its refusals mean, and how files come, with the real client."""

import logging
from collections.abc import Iterator

import pytest
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bots.telegram import CHANNEL
from bots.telegram.receive import MOST_BYTES, envelope_of
from core.errors import DeliveryFailed, FileAway
from core.messages import Address, ChannelCallbacks, Connection, FileRef, Option, Outgoing
from tests.fakes.telegram_bot import Taker, listening, values
from tests.fakes.telegram_methods import Json
from tests.fakes.telegram_people import Person
from tests.fakes.telegram_server import TelegramServer

CODE = "2345-6789-0123-4567"


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with TelegramServer() as fake:
        yield fake


@pytest.fixture
def bot(server: TelegramServer) -> Connection:
    taker = Taker()
    return CHANNEL.connect(values(server), ChannelCallbacks(taker.take, taker.receipt))


@pytest.fixture
def budi(server: TelegramServer) -> Person:
    return server.person()


def out(to: Person, text: str = "Terima kasih.", **more: object) -> Outgoing:
    return Outgoing(to=Address(str(to.chat_id)), text=text, id="x", **more)  # type: ignore[arg-type]


def options(*labels: str) -> tuple[Option, ...]:
    return tuple(Option(f"o{place}", label) for place, label in enumerate(labels))


def last_call(server: TelegramServer) -> Json:
    return server.calls_of("sendMessage")[-1].params


async def failure(bot: Connection, message: Outgoing) -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as caught:
        await bot.send(message)
    return caught.value


async def absence(bot: Connection, ref: FileRef) -> FileAway:
    with pytest.raises(FileAway) as caught:
        await bot.fetch(ref)
    return caught.value


# -- how a message looks --


async def test_a_message_arrives_as_it_is_and_its_id_comes_back(bot: Connection, budi: Person) -> None:
    number = await bot.send(out(budi, "Terima kasih. <b>*apa* _adanya_</b> & ini"))
    (message,) = budi.heard()
    assert message["text"] == "Terima kasih. <b>*apa* _adanya_</b> & ini"
    assert number == str(message["message_id"])


async def test_a_reply_and_a_press_bring_back_the_id_that_the_message_left_with(
    bot: Connection, budi: Person, server: TelegramServer
) -> None:
    number = await bot.send(out(budi, "Sudah beres?", options=(Option("solved.4321", "Sudah"),)))
    await bot.send(out(budi, "Terima kasih."))
    for update in (budi.replies("belum", to="beres"), budi.presses("Sudah")):
        came = envelope_of(next(each for each in server.api.updates if each["update_id"] == update))
        assert came is not None
        assert came.answers == (number,)


async def test_words_are_not_read_as_markup_and_links_are_not_opened(
    bot: Connection, budi: Person, server: TelegramServer
) -> None:
    await bot.send(out(budi, "lihat https://resi.example/lacak"))
    params = last_call(server)
    assert "parse_mode" not in params
    assert "protect_content" not in params
    assert params["link_preview_options"] == {"is_disabled": True}


async def test_options_are_buttons_one_below_the_other_that_carry_the_revision(bot: Connection, budi: Person) -> None:
    await bot.send(out(budi, options=options("Jalan", "Air"), revision=12))
    assert budi.heard()[0]["reply_markup"] == {
        "inline_keyboard": [
            [{"text": "Jalan", "callback_data": "12:o0"}],
            [{"text": "Air", "callback_data": "12:o1"}],
        ]
    }


async def test_options_that_no_button_can_carry_are_listed_in_the_text(bot: Connection, budi: Person) -> None:
    long = (Option("a" * 62, "Jalan"), Option("b", "Air"))
    await bot.send(out(budi, "Apa?", options=long, revision=1))
    await bot.send(out(budi, "Apa?", options=(Option("a" * 63, "Jalan"), Option("b", "Air")), revision=1))
    first, second = budi.heard()
    assert "inline_keyboard" in first["reply_markup"]  # 64 bytes just fit
    assert second["text"] == "Apa?\n\n1. Jalan\n2. Air"
    assert "inline_keyboard" not in second["reply_markup"]


async def test_a_question_about_a_place_has_the_location_button_and_its_options_as_keys(
    bot: Connection, budi: Person
) -> None:
    asked = out(budi, "Di mana?", options=options("Lewati"), ask_point=True, point_label="Kirim lokasi saya")
    await bot.send(asked)
    markup = budi.heard()[0]["reply_markup"]
    assert [[key["text"] for key in row] for row in markup["keyboard"]] == [["Kirim lokasi saya"], ["Lewati"]]
    assert markup["keyboard"][0][0]["request_location"] is True
    assert (markup["resize_keyboard"], markup["one_time_keyboard"]) == (True, True)


async def test_without_a_label_for_it_there_is_no_location_button(bot: Connection, budi: Person) -> None:
    await bot.send(out(budi, "Di mana?", options=options("Lewati"), ask_point=True))
    assert "inline_keyboard" in budi.heard()[0]["reply_markup"]


async def test_a_plain_message_takes_the_keys_away(bot: Connection, budi: Person) -> None:
    await bot.send(out(budi))
    assert budi.heard()[0]["reply_markup"] == {"remove_keyboard": True}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (f"Kode: {CODE}.", [6]),
        (f"\N{WATER WAVE}\N{WATER WAVE} {CODE}\n{CODE}", [5, 25]),  # an emoji is two units
        (f"({CODE})", [1]),
        (f"{CODE}-8901", []),
        (f"1{CODE}", []),
        ("2345 6789 0123 4567", []),
        ("", []),
    ],
)
async def test_a_tracking_code_can_be_copied_by_a_tap(
    bot: Connection, budi: Person, server: TelegramServer, text: str, places: list[int]
) -> None:
    await bot.send(out(budi, text or "tanpa kode"))
    entities = last_call(server).get("entities", [])
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in entities] == [
        ("code", place, 19) for place in places
    ]


async def test_a_group_is_told_plainly(bot: Connection, server: TelegramServer) -> None:
    group = server.group()
    await bot.send(Outgoing(to=Address(str(group.chat_id)), text="Hanya di percakapan pribadi.", id="x"))
    assert len(server.messages_to(group.chat_id)) == 1


# -- what a refusal means --


@pytest.mark.parametrize(
    ("status", "description", "means"),
    [
        (403, "Forbidden: bot was blocked by the user", ("blocked", True)),
        (403, "Forbidden: user is deactivated", ("blocked", True)),
        (403, "Forbidden: bot can't initiate conversation with a user", ("blocked", True)),
        (400, "Bad Request: chat not found", ("no_such_chat", True)),
        (400, "Bad Request: USER_IS_BLOCKED", ("no_such_chat", True)),
        (400, "Bad Request: PEER_ID_INVALID", ("no_such_chat", True)),
        (400, "Bad Request: message text is empty", ("message_refused", True)),
        (400, "Bad Request: message is too long", ("message_refused", True)),
        (400, "Bad Request: BUTTON_DATA_INVALID", ("message_refused", True)),
        (400, "Bad Request: can't parse entities: kanari", ("message_refused", True)),
        (400, "Bad Request: something of theirs: kanari", ("refused", False)),
        (401, "Unauthorized", ("token_refused", False)),
        (404, "Not Found", ("token_refused", False)),
        (409, "Conflict", ("away", False)),
        (413, "Request Entity Too Large", ("away", False)),
        (500, "Internal Server Error", ("away", False)),
        (502, "Bad Gateway", ("away", False)),
        (504, "Gateway Timeout", ("away", False)),
    ],
)
async def test_what_stays_is_told_from_what_passes(
    bot: Connection, server: TelegramServer, status: int, description: str, means: tuple[str, bool]
) -> None:
    budi = server.person()
    server.refuse("sendMessage", status, description)
    failed = await failure(bot, out(budi))
    assert (failed.reason, failed.final) == means
    assert failed.retry_after is None
    assert await bot.send(out(budi))  # and the next is tried on its own


async def test_a_chat_that_nobody_opened_is_refused_for_good(bot: Connection) -> None:
    failed = await failure(bot, Outgoing(to=Address("99"), text="x", id="x"))
    assert (failed.reason, failed.final) == ("no_such_chat", True)


async def test_an_upgraded_group_is_gone(bot: Connection, budi: Person, server: TelegramServer) -> None:
    server.refuse("sendMessage", 400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-100)
    assert (await failure(bot, out(budi))).final


@pytest.mark.parametrize("seconds", [1, 0.5, 47])
async def test_too_many_at_once_are_to_wait_as_long_as_telegram_says(
    bot: Connection, budi: Person, server: TelegramServer, seconds: float
) -> None:
    server.flood("sendMessage", seconds)
    failed = await failure(bot, out(budi))
    assert (failed.reason, failed.final, failed.retry_after) == ("slow_down", False, seconds)


async def test_a_broken_connection_passes(bot: Connection, budi: Person, server: TelegramServer) -> None:
    server.drop("sendMessage")
    assert (await failure(bot, out(budi))).final is False
    server.babble("sendMessage", b"<html>")
    assert (await failure(bot, out(budi))).final is False
    server.stop()
    assert (await failure(bot, out(budi))).final is False


@pytest.mark.parametrize("receipt", [b'{"ok":true,"result":true}', b'{"ok":true,"result":{"message_id":"x"}}'])
async def test_a_message_that_left_is_not_sent_again_for_an_odd_receipt(
    bot: Connection, budi: Person, server: TelegramServer, receipt: bytes
) -> None:
    server.babble("sendMessage", receipt)
    assert await bot.send(out(budi)) == ""


async def test_a_failure_holds_neither_words_nor_addresses_nor_the_token(
    bot: Connection, budi: Person, server: TelegramServer
) -> None:
    server.refuse("sendMessage", 400, f"Bad Request: chat {budi.chat_id} kanari")
    failed = await failure(bot, out(budi, "kanari"))
    server.stop()
    gone = await failure(bot, out(budi, "kanari"))
    for error in (failed, gone):
        assert error.__cause__ is None
        assert error.__context__ is None
        held = f"{error!r} {vars(error)}"
        assert all(secret not in held for secret in ("kanari", str(budi.chat_id), server.token))


async def test_messages_can_be_sent_while_listening_and_after(server: TelegramServer, budi: Person) -> None:
    async with listening(server, Taker()) as bot:
        await bot.send(out(budi, "satu"))
        await bot.send(out(budi, "dua"))
    await bot.send(out(budi, "tiga"))
    assert [message["text"] for message in budi.heard()] == ["satu", "dua", "tiga"]


# -- files --


async def test_a_file_is_fetched_from_the_configured_root(bot: Connection, server: TelegramServer) -> None:
    data = bytes(range(256)) * 4000
    assert await bot.fetch(FileRef(fetch_id=server.keep(data))) == data
    assert len(server.calls_of("file")) == 1


async def test_a_file_that_came_with_the_message_is_not_fetched(bot: Connection, server: TelegramServer) -> None:
    assert await bot.fetch(FileRef(data=b"here")) == b"here"
    assert server.calls == []


async def test_a_file_that_says_it_is_too_large_is_not_asked_for(bot: Connection, server: TelegramServer) -> None:
    told = await absence(bot, FileRef(fetch_id=server.keep(b"x"), size=MOST_BYTES + 1))
    assert (told.final, told.phrase) == (True, "file_too_large")
    assert server.calls == []
    told = await absence(bot, FileRef(fetch_id=server.keep(b"x", size=MOST_BYTES + 1)))
    assert (told.final, told.phrase) == (True, "file_too_large")


async def test_a_file_that_telegram_does_not_give_for_its_size_is_told_as_too_large(
    bot: Connection, server: TelegramServer
) -> None:
    server.refuse("getFile", 400, "Bad Request: file is too big")
    assert (await absence(bot, FileRef(fetch_id=server.keep(b"x")))).phrase == "file_too_large"
    server.refuse("getFile", 400, "Bad Request: wrong file_id")
    assert (await absence(bot, FileRef(fetch_id=server.keep(b"x")))).phrase == "file_lost"


async def test_a_file_that_turns_out_too_large_is_cut_off(bot: Connection, server: TelegramServer) -> None:
    file_id = server.keep(b"x" * (MOST_BYTES + 1), size=10)
    assert (await absence(bot, FileRef(fetch_id=file_id, size=10))).phrase == "file_too_large"


async def test_a_file_that_is_not_there_is_away_for_good(bot: Connection, server: TelegramServer) -> None:
    assert (await absence(bot, FileRef(fetch_id="unknown"))).final
    assert (await absence(bot, FileRef())).final
    server.refuse("file", 404)
    assert (await absence(bot, FileRef(fetch_id=server.keep(b"x")))).final


async def test_a_file_that_cannot_be_fetched_now_can_be_asked_for_again(
    bot: Connection, server: TelegramServer
) -> None:
    file_id = server.keep(b"x")
    server.refuse("getFile", 500)
    server.refuse("file", 502)
    server.drop("file")
    server.drop("file")  # a connection that was used before may have been closed meanwhile: it is asked for once more
    server.flood("getFile", 3)
    server.refuse("file", 401)
    for _ in range(5):
        away = await absence(bot, FileRef(fetch_id=file_id))
        assert not away.final
        assert away.__context__ is None
    assert await bot.fetch(FileRef(fetch_id=file_id)) == b"x"


async def test_a_path_cannot_lead_to_another_server(bot: Connection, server: TelegramServer) -> None:
    with TelegramServer() as other:
        path = f"{other.root}/file/bot{other.token}/photos/{other.keep(b'stolen')}.jpg"
        server.babble("getFile", f'{{"ok":true,"result":{{"file_path":"{path}"}}}}'.encode())
        assert (await absence(bot, FileRef(fetch_id="x"))).final
        assert other.calls == []


# -- what is left behind --


async def test_the_log_at_debug_holds_no_token_no_address_and_no_words(
    server: TelegramServer, budi: Person, caplog: pytest.LogCaptureFixture
) -> None:
    silent = [logging.getLogger(name) for name in CHANNEL.silent_loggers]
    before = [(logger.level, logger.propagate) for logger in silent]
    try:
        for logger in silent:
            logger.setLevel(logging.CRITICAL)
            logger.propagate = False
        caplog.set_level(logging.DEBUG)
        await _a_bad_day(server, budi)
    finally:
        for logger, (level, propagate) in zip(silent, before, strict=True):
            logger.setLevel(level)
            logger.propagate = propagate
    assert "telegram.trouble what=polling" in caplog.text
    log = caplog.text.lower()
    for canary in (server.token, str(budi.chat_id), "kanari", budi.user["last_name"], "bot4242"):
        assert canary.lower() not in log


async def _a_bad_day(server: TelegramServer, budi: Person) -> None:
    taker = Taker(cues={"kanari satu": [RuntimeError("kanari")], "kanari dua": []})
    server.drop("*", times=3)
    server.babble("getUpdates", b"kanari")
    server.refuse("answerCallbackQuery", 400, "Bad Request: kanari")
    budi.writes("kanari satu")
    budi.presses_data("1:kanari")
    budi.sends_document(b"x", "kanari.jpg")
    number = budi.writes("kanari dua")
    async with listening(server, taker) as bot:
        await server.until(lambda: server.is_confirmed(number))
        await bot.send(out(budi, "kanari"))
        server.refuse("sendMessage", 403, "Forbidden: kanari")
        await failure(bot, out(budi, "kanari"))
        await bot.fetch(taker.taken[1].files[0])
        server.stop()
        await failure(bot, out(budi, "kanari"))


async def test_what_is_sent_is_what_the_library_would_send(
    bot: Connection, server: TelegramServer, budi: Person
) -> None:
    await bot.send(out(budi, f"Kode: {CODE}", options=options("Jalan", "Air"), revision=3))
    sent = last_call(server)
    rows = [[InlineKeyboardButton(label, callback_data=f"3:o{at}")] for at, label in enumerate(("Jalan", "Air"))]
    assert sent["reply_markup"] == InlineKeyboardMarkup(rows).to_dict()
    assert sent["entities"] == [MessageEntity(MessageEntity.CODE, offset=6, length=19).to_dict()]
    assert sent["link_preview_options"] == LinkPreviewOptions(is_disabled=True).to_dict()
    await bot.send(out(budi))
    assert last_call(server)["reply_markup"] == ReplyKeyboardRemove().to_dict()
    await bot.send(out(budi, options=options("Di sini"), ask_point=True, point_label="Kirim lokasi"))
    keys = [[KeyboardButton("Kirim lokasi", request_location=True)], [KeyboardButton("Di sini")]]
    wanted = ReplyKeyboardMarkup(keys, resize_keyboard=True, one_time_keyboard=True)
    assert last_call(server)["reply_markup"] == wanted.to_dict()
