"""Polling and the webhook, with the real client against a server that speaks the real protocol."""

import asyncio
import gc
import json
import warnings
from collections.abc import Callable, Iterator

import pytest

from bots.telegram.bot_profile import COMMANDS
from bots.telegram.connection import Telegram
from bots.telegram.wire import Pace, SlowDown, Wire
from core.conversation.command_words import command_of
from core.errors import StoreAway
from core.messages import ChannelCallbacks, HookAnswer, HookRequest, IntakeResult, UnsupportedContent
from core.phrases import LANGUAGES, phrase
from tests.fakes.patience import PATIENCE
from tests.fakes.telegram_bot import Taker, listening, values
from tests.fakes.telegram_server import TelegramServer

SECRET = "a-secret_0"
PUBLIC = "https://resi.example"


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with TelegramServer() as fake:
        yield fake


@pytest.fixture
def taker() -> Taker:
    return Taker()


async def until(holds: Callable[[], bool]) -> None:
    """Lets the loop run until something holds."""
    async with asyncio.timeout(PATIENCE):
        while not holds():
            await turn(0.005)


async def turn(seconds: float = 0) -> None:
    """Gives the loop a turn."""
    loop = asyncio.get_running_loop()
    turned = asyncio.Event()
    loop.call_later(seconds, turned.set)
    await turned.wait()


# -- polling --


async def test_messages_are_taken_in_order_and_then_confirmed(server: TelegramServer, taker: Taker) -> None:
    budi, siti = server.person(), server.person()
    numbers = [budi.writes("satu"), siti.writes("dua"), budi.writes("tiga")]
    async with listening(server, taker):
        await server.until(lambda: all(map(server.is_confirmed, numbers)))
        later = budi.writes("empat")
        await server.until(lambda: server.is_confirmed(later))
    assert sorted(taker.texts) == ["dua", "empat", "satu", "tiga"]
    mine = [envelope.text for envelope in taker.taken if envelope.sender.reveal() == str(budi.chat_id)]
    assert mine == ["satu", "tiga", "empat"]


async def test_only_the_kinds_that_we_handle_are_asked_for(server: TelegramServer, taker: Taker) -> None:
    async with listening(server, taker):
        await server.until(lambda: len(server.calls_of("getUpdates")) > 0)
    (call, *_) = server.calls_of("getUpdates")
    assert call.params["allowed_updates"] == ["message", "edited_message", "callback_query", "my_chat_member"]


async def test_the_offset_does_not_move_past_what_is_not_taken_yet(server: TelegramServer, taker: Taker) -> None:
    budi = server.person()
    first, slow = budi.writes("satu"), budi.writes("pelan")
    taker.waits["pelan"] = asyncio.Event()
    async with listening(server, taker):
        await until(lambda: len(taker.tried) == 2)
        assert not server.is_confirmed(first)
        assert not server.is_confirmed(slow)
        taker.waits["pelan"].set()
        await server.until(lambda: server.is_confirmed(slow))


async def test_a_slow_chat_does_not_hold_up_another(server: TelegramServer, taker: Taker) -> None:
    budi, siti = server.person(), server.person()
    taker.waits["pelan"] = asyncio.Event()
    budi.writes("pelan")
    budi.writes("sesudahnya")
    siti.writes("cepat")
    async with listening(server, taker):
        await until(lambda: "cepat" in taker.texts)
        assert taker.texts == ["cepat"]  # and those of one chat keep their order
        taker.waits["pelan"].set()
        await until(lambda: len(taker.texts) == 3)
    assert taker.texts == ["cepat", "pelan", "sesudahnya"]


async def test_what_is_written_while_a_chat_is_slow_is_taken_at_once(server: TelegramServer, taker: Taker) -> None:
    """A file that hangs holds its own chat alone: nobody waits until the whole batch is through."""
    budi, siti = server.person(), server.person()
    taker.waits["pelan"] = asyncio.Event()
    slow = budi.writes("pelan")
    async with listening(server, taker):
        await until(lambda: len(taker.tried) == 1)
        budi.writes("sesudahnya")
        later = [siti.writes(text) for text in ("cepat", "dan lagi")]
        await until(lambda: taker.texts == ["cepat", "dan lagi"])
        assert not server.is_confirmed(slow)
        taker.waits["pelan"].set()
        await server.until(lambda: all(map(server.is_confirmed, later)))
    assert taker.texts == ["cepat", "dan lagi", "pelan", "sesudahnya"]
    assert len(taker.tried) == 4  # each handed in once, however often Telegram told it


async def test_one_that_must_come_again_slows_nobody_else_down(server: TelegramServer, taker: Taker) -> None:
    budi, siti = server.person(), server.person()
    taker.cues["penuh"] = [StoreAway() for _ in range(200)]
    held = budi.writes("penuh")
    async with listening(server, taker):
        for number in range(20):
            siti.writes(str(number))
            await until(lambda: str(number) in taker.texts)  # noqa: B023 -- awaited here
        assert not server.is_confirmed(held)
        taker.cues.clear()
        await server.until(lambda: server.is_confirmed(held))


async def test_who_stops_while_a_chat_is_slow_leaves_nothing_running(server: TelegramServer, taker: Taker) -> None:
    taker.waits["pelan"] = asyncio.Event()
    server.person().writes("pelan")
    before = asyncio.all_tasks()
    async with listening(server, taker):
        await until(lambda: len(taker.tried) == 1)
        await server.until(lambda: len(server.calls_of("getUpdates")) > 3)
    assert asyncio.all_tasks() <= before


async def test_while_the_store_is_away_nothing_is_confirmed_and_nothing_is_lost(
    server: TelegramServer, taker: Taker
) -> None:
    budi, siti = server.person(), server.person()
    held, behind, other = budi.writes("satu"), budi.writes("dua"), siti.writes("lain")
    taker.cues["satu"] = [StoreAway(), StoreAway(), StoreAway()]
    async with listening(server, taker):
        await until(lambda: len(taker.tried) == 4)
        assert not server.is_confirmed(held)
        await server.until(lambda: server.is_confirmed(max(behind, other)))
    tried = [envelope.text for envelope in taker.tried]
    assert tried.count("satu") == 4
    assert tried.index("dua") > 3  # the next of that chat waited behind it
    assert tried.count("lain") == 1  # and the other chat's, taken already, was not handed in again


async def test_an_answer_to_wait_is_not_a_confirmation(server: TelegramServer, taker: Taker) -> None:
    number = server.person().writes("satu")
    taker.cues["satu"] = [IntakeResult.LATER, IntakeResult.DONE]
    async with listening(server, taker):
        await server.until(lambda: server.is_confirmed(number))
    assert taker.tried[0].wire_id == taker.tried[1].wire_id
    assert len(taker.tried) == 2


@pytest.mark.parametrize("taken", [IntakeResult.DONE, IntakeResult.SEEN, IntakeResult.FAILED])
async def test_what_the_core_is_done_with_is_confirmed(
    server: TelegramServer, taker: Taker, taken: IntakeResult
) -> None:
    number = server.person().writes("satu")
    taker.cues["satu"] = [taken]
    async with listening(server, taker):
        await server.until(lambda: server.is_confirmed(number))
    assert len(taker.tried) == 1


async def test_a_bug_in_one_turn_does_not_block_the_next(
    server: TelegramServer, taker: Taker, caplog: pytest.LogCaptureFixture
) -> None:
    budi = server.person()
    budi.writes("rusak")
    number = budi.writes("sehat")
    taker.cues["rusak"] = [RuntimeError("kanari words in an exception")]
    async with listening(server, taker):
        await server.until(lambda: server.is_confirmed(number))
    assert taker.texts == ["sehat"]
    assert "RuntimeError" in caplog.text
    assert "kanari" not in caplog.text


async def test_a_service_killed_in_the_middle_of_a_turn_gets_the_message_again(
    server: TelegramServer, taker: Taker
) -> None:
    number = server.person().writes("satu")
    taker.waits["satu"] = asyncio.Event()
    async with listening(server, taker):
        await until(lambda: len(taker.tried) == 1)
    assert taker.taken == []
    assert not server.is_confirmed(number)
    taker.waits.clear()
    async with listening(server, taker):
        await server.until(lambda: server.is_confirmed(number))
    assert [envelope.wire_id.reveal() for envelope in taker.tried] == [str(number)] * 2


async def test_a_turn_that_is_cancelled_from_inside_is_not_confirmed(server: TelegramServer, taker: Taker) -> None:
    number = server.person().writes("satu")
    taker.cues["satu"] = [asyncio.CancelledError()]
    async with listening(server, taker):
        await server.until(lambda: server.is_confirmed(number))
    assert len(taker.tried) == 2
    assert taker.texts == ["satu"]


@pytest.mark.parametrize("status", [401, 404, 403, 400, 409, 429, 500, 502, 504])
async def test_telegram_being_away_never_ends_the_loop(server: TelegramServer, taker: Taker, status: int) -> None:
    server.refuse("*", status, times=12)
    number = server.person().writes("satu")
    async with listening(server, taker) as bot:
        await server.until(lambda: server.is_confirmed(number))
        assert bot.ready()


async def test_a_broken_connection_never_ends_the_loop(server: TelegramServer, taker: Taker) -> None:
    server.drop("*", times=5)
    server.drop("getUpdates", times=2, after=True)
    server.babble("getUpdates", b"<html>", times=1)
    server.babble("getUpdates", b'{"ok":true,"result":{"a":1}}', times=1)
    number = server.person().writes("satu")
    async with listening(server, taker):
        await server.until(lambda: server.is_confirmed(number))
    assert taker.texts == ["satu"]


async def test_a_server_that_does_not_hold_the_line_is_not_asked_in_a_frenzy(taker: Taker) -> None:
    with TelegramServer(patience=0) as hasty:
        started = asyncio.get_running_loop().time()
        async with listening(hasty, taker, Pace(first=0.1)):
            await hasty.until(lambda: len(hasty.calls_of("getUpdates")) >= 4)
        assert asyncio.get_running_loop().time() - started >= 0.3


async def test_a_server_that_was_gone_is_found_again(server: TelegramServer, taker: Taker) -> None:
    budi = server.person()
    async with listening(server, taker) as bot:
        await server.until(lambda: len(server.calls_of("getUpdates")) > 0)
        server.stop()
        number = budi.writes("satu")
        assert bot.ready()
        server.start()
        await server.until(lambda: server.is_confirmed(number))


async def test_a_webhook_left_over_is_dropped_first_and_what_waits_there_is_kept(
    server: TelegramServer, taker: Taker
) -> None:
    server.api.webhook = {"url": "http://127.0.0.1:9/nowhere"}
    server.refuse("deleteWebhook", 500, times=2)
    number = server.person().writes("satu")
    async with listening(server, taker):
        await server.until(lambda: server.is_confirmed(number))
    assert len(server.calls_of("deleteWebhook")) == 3
    assert server.api.webhook == {}


async def test_a_webhook_set_while_we_poll_is_dropped_again(server: TelegramServer, taker: Taker) -> None:
    async with listening(server, taker):
        await server.until(lambda: len(server.calls_of("getUpdates")) > 1)
        server.api.webhook = {"url": "http://127.0.0.1:9/nowhere"}
        number = server.person().writes("satu")
        await server.until(lambda: server.is_confirmed(number))


async def test_polling_is_ready_while_it_listens_and_not_before_or_after(server: TelegramServer, taker: Taker) -> None:
    bot = Telegram(values(server), ChannelCallbacks(taker.take, taker.receipt))
    assert not bot.ready()
    async with listening(server, taker) as bot:
        await server.until(lambda: len(server.calls) > 0)
        assert bot.ready()
    assert not bot.ready()


# -- presses --


async def test_every_press_is_answered_even_a_stale_one(server: TelegramServer, taker: Taker) -> None:
    budi = server.person()
    group = server.group()
    numbers = [
        budi.presses_data("3:yes"),
        budi.presses_data("garbage"),
        budi.presses_data(None),
        budi.presses_data("1:a", {"message_id": 1, "chat": group.chat, "date": 0}),
    ]
    async with listening(server, taker):
        await server.until(lambda: len(server.api.answered) == 4)
    assert taker.of(numbers[0]).choice == "yes"
    assert [envelope.revision for envelope in taker.taken] == [3, -1, -1]


async def test_a_press_that_cannot_be_answered_harms_nothing(server: TelegramServer, taker: Taker) -> None:
    server.refuse("answerCallbackQuery", 400, "Bad Request: query is too old")
    server.drop("answerCallbackQuery")
    budi = server.person()
    budi.presses_data("3:yes")
    budi.presses_data("4:yes")
    number = budi.writes("satu")
    async with listening(server, taker):
        await server.until(lambda: server.is_confirmed(number))
        await server.until(lambda: len(server.calls_of("answerCallbackQuery")) == 2)
    assert len(taker.taken) == 3


async def test_a_press_is_answered_after_it_was_taken(server: TelegramServer, taker: Taker) -> None:
    server.person().presses_data("3:yes")
    taker.cues[""] = [StoreAway()]
    async with listening(server, taker):
        await server.until(lambda: len(server.api.answered) == 1)
    assert len(taker.tried) == 2
    assert len(server.calls_of("answerCallbackQuery")) == 1


async def test_a_service_that_stops_leaves_nothing_running(server: TelegramServer, taker: Taker) -> None:
    server.stall("answerCallbackQuery")
    server.person().presses_data("3:yes")
    async with listening(server, taker):
        await server.until(lambda: len(server.calls_of("answerCallbackQuery")) == 1)
    assert asyncio.all_tasks() == {asyncio.current_task()}


@pytest.mark.parametrize("turns", range(6))
async def test_closing_is_finished_even_by_who_is_cancelled_meanwhile(server: TelegramServer, turns: int) -> None:
    wire = Wire(server.token, server.root)
    closing = asyncio.Event()

    async def use() -> None:
        async with wire.line() as line:
            await asyncio.gather(*(line.get_me() for _ in range(5)))  # as many connections
            closing.set()

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        task = asyncio.create_task(use())
        await closing.wait()
        for _ in range(turns):
            await turn()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert asyncio.all_tasks() == {asyncio.current_task()}  # closed by now, not some time later
        gc.collect()
    assert [str(warning.message) for warning in caught if warning.category is ResourceWarning] == []


# -- who we are --


async def test_commands_and_descriptions_are_told_in_every_language(server: TelegramServer, taker: Taker) -> None:
    server.refuse("setMyCommands", 500, times=2)
    server.flood("setMyDescription", 0.05)
    async with listening(server, taker):
        await server.until(lambda: len(server.api.said) == 3 * len(LANGUAGES))
    for code, lang in zip(("", *LANGUAGES[1:]), LANGUAGES, strict=True):
        commands = server.api.said["setMyCommands", code]
        names = [command["command"] for command in commands]
        assert len(names) == len(COMMANDS)
        assert [command_of(f"/{name}") for name in names] == [command_of(f"/{name}") for name in COMMANDS]
        assert [command["description"] for command in commands] == [
            phrase(f"command_{name}", lang) for name in COMMANDS
        ]
        assert server.api.said["setMyDescription", code] == phrase("bot_description", lang)
        assert server.api.said["setMyShortDescription", code] == phrase("bot_short_description", lang)
    assert LANGUAGES[0] == "id"


async def test_a_language_calls_its_commands_by_its_own_words(server: TelegramServer, taker: Taker) -> None:
    async with listening(server, taker):
        await server.until(lambda: len(server.api.said) == 3 * len(LANGUAGES))
    assert tuple(command["command"] for command in server.api.said["setMyCommands", ""]) == COMMANDS
    english = [command["command"] for command in server.api.said["setMyCommands", "en"]]
    assert english == ["start", "report", "check", "drop", "forget", "code", "privacy", "help", "language"]


async def test_a_refused_description_is_left_at_that(server: TelegramServer, taker: Taker) -> None:
    server.refuse("setMyCommands", 400, "Bad Request: BOT_COMMAND_INVALID", times=None)
    number = server.person().writes("satu")
    async with listening(server, taker):
        await server.until(lambda: server.is_confirmed(number))
        await server.until(lambda: len(server.calls_of("setMyCommands")) == len(LANGUAGES))
        await server.until(lambda: len(server.calls_of("getUpdates")) > 3)
    assert len(server.calls_of("setMyCommands")) == len(LANGUAGES)


# -- webhook --


async def call(bot: Telegram, body: object, secret: str | None = SECRET) -> HookAnswer:
    (hook,) = bot.hooks
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {} if secret is None else {"x-telegram-bot-api-secret-token": secret}
    return await hook.answer(HookRequest(raw, "", headers))


def hooked(server: TelegramServer, taker: Taker, public: str = PUBLIC) -> Telegram:
    settings = values(server, TELEGRAM_WEBHOOK_SECRET=SECRET, PUBLIC_URL=public)
    return Telegram(settings, ChannelCallbacks(taker.take, taker.receipt))


async def test_a_call_is_answered_after_it_was_taken(server: TelegramServer, taker: Taker) -> None:
    server.person().writes("satu")
    taker.waits["satu"] = asyncio.Event()
    answer = asyncio.create_task(call(hooked(server, taker), server.api.updates[0]))
    await until(lambda: len(taker.tried) == 1)
    assert not answer.done()
    taker.waits["satu"].set()
    assert (await answer).status == 200
    assert taker.texts == ["satu"]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", SECRET[:-1], "\u00fc\udcff"])
async def test_a_call_with_a_wrong_or_missing_secret_is_forbidden(
    server: TelegramServer, taker: Taker, secret: str | None
) -> None:
    server.person().writes("satu")
    assert (await call(hooked(server, taker), server.api.updates[0], secret)).status == 403
    assert taker.tried == []


async def test_a_call_while_the_store_is_away_is_to_come_again(server: TelegramServer, taker: Taker) -> None:
    server.person().writes("satu")
    bot = hooked(server, taker)
    taker.cues["satu"] = [StoreAway(), IntakeResult.LATER, IntakeResult.DONE]
    for _ in range(2):
        with pytest.raises(StoreAway):
            await call(bot, server.api.updates[0])
    assert (await call(bot, server.api.updates[0])).status == 200
    assert taker.texts == ["satu"]


async def test_a_call_that_comes_again_is_answered_again(server: TelegramServer, taker: Taker) -> None:
    server.person().writes("satu")
    taker.cues["satu"] = [IntakeResult.DONE, IntakeResult.SEEN]
    bot = hooked(server, taker)
    assert [(await call(bot, server.api.updates[0])).status for _ in range(2)] == [200, 200]


async def test_a_bug_behind_a_call_is_acknowledged(server: TelegramServer, taker: Taker) -> None:
    server.person().writes("satu")
    taker.cues["satu"] = [ValueError("kanari")]
    assert (await call(hooked(server, taker), server.api.updates[0])).status == 200


async def test_a_press_by_webhook_is_answered_even_where_nobody_listens(server: TelegramServer, taker: Taker) -> None:
    server.person().presses_data("3:yes")
    assert (await call(hooked(server, taker), server.api.updates[0])).status == 200
    await server.until(lambda: len(server.api.answered) == 1)


async def test_telegram_is_told_where_we_are_until_it_has_heard_it(server: TelegramServer, taker: Taker) -> None:
    server.refuse("setWebhook", 502, times=2)
    server.drop("setWebhook")
    async with listening(server, taker, TELEGRAM_WEBHOOK_SECRET=SECRET, PUBLIC_URL=f"{PUBLIC}/") as bot:
        await server.until(lambda: bool(server.api.webhook))
        assert bot.ready()
    assert server.api.webhook["url"] == "https://resi.example/hooks/telegram"
    assert server.api.webhook["secret_token"] == SECRET
    assert server.api.webhook["allowed_updates"] == ["message", "edited_message", "callback_query", "my_chat_member"]
    assert int(server.api.webhook["max_connections"]) > 0
    assert len(server.calls_of("setWebhook")) == 4
    assert server.calls_of("getUpdates") == []


async def test_a_webhook_is_ready_while_telegram_is_away(taker: Taker) -> None:
    nowhere = TelegramServer().start()
    nowhere.stop()
    async with listening(nowhere, taker, TELEGRAM_WEBHOOK_SECRET=SECRET, PUBLIC_URL=PUBLIC) as bot:
        await until(bot.ready)


async def test_a_webhook_without_an_address_is_said_and_stops_nothing(
    server: TelegramServer, taker: Taker, caplog: pytest.LogCaptureFixture
) -> None:
    async with listening(server, taker, TELEGRAM_WEBHOOK_SECRET=SECRET) as bot:
        await server.until(lambda: len(server.api.said) == 3 * len(LANGUAGES))
        assert bot.ready()
    assert "telegram.webhook_without_public_url" in caplog.text
    assert server.calls_of("setWebhook") == []


async def test_the_fake_server_posts_to_the_webhook_until_it_is_answered(server: TelegramServer, taker: Taker) -> None:
    bot = hooked(server, taker)
    (hook,) = bot.hooks

    async def web(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        lines = dict(line.split(": ", 1) for line in head.strip().split("\r\n")[1:])
        body = await reader.readexactly(int(lines["content-length"]))
        try:
            status = (await hook.answer(HookRequest(body, "", lines))).status
        except StoreAway:
            status = 503
        writer.write(f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    taker.cues["satu"] = [StoreAway()]
    async with await asyncio.start_server(web, "127.0.0.1", 0) as front:
        port = front.sockets[0].getsockname()[1]
        numbers = [server.person().writes("satu"), server.group().adds_bot(server.person())]
        public = f"http://127.0.0.1:{port}"
        async with listening(server, taker, TELEGRAM_WEBHOOK_SECRET=SECRET, PUBLIC_URL=public):
            await server.until(lambda: all(map(server.is_confirmed, numbers)))
    assert server.webhook_answers == [503, 200, 200]
    assert [envelope.unsupported for envelope in taker.taken] == [None, UnsupportedContent.GROUP]


# -- pace --


def test_the_rests_grow_and_end_at_the_longest() -> None:
    rests = [Pace().seconds(failures) for failures in (1, 3, 5, 10, 100_000)]
    assert 0.25 <= rests[0] <= 0.5
    assert rests[:3] == sorted(rests[:3])
    assert all(15 <= rest <= 30 for rest in rests[3:])


def test_a_rest_is_as_long_as_telegram_asked_for() -> None:
    assert Pace().seconds(1, SlowDown(47)) == 47
    assert Pace().seconds(20, SlowDown(1)) >= 15


async def test_what_telegram_asked_for_is_obeyed_when_polling(server: TelegramServer, taker: Taker) -> None:
    server.flood("getUpdates", 0.4)
    number = server.person().writes("satu")
    started = asyncio.get_running_loop().time()
    async with listening(server, taker):
        await server.until(lambda: server.is_confirmed(number))
    assert asyncio.get_running_loop().time() - started >= 0.4
