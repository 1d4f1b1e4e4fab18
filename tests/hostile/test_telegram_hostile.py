"""Updates that no Telegram would send: each is acknowledged, none raises, none holds up what comes behind it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.telegram.connection import Telegram
from bots.telegram.receive import MOST_BYTES, envelope_of, press_of, update_id_of
from core.errors import FileAway
from core.messages import ChannelCallbacks, Envelope, FileRef, HookRequest
from tests.fakes.telegram_bot import Taker, listening, values
from tests.fakes.telegram_server import TelegramServer

pytestmark = pytest.mark.hostile

SECRET = "a-secret_0"
UPDATE_PARTS = ("message", "edited_message", "callback_query", "my_chat_member")
FIELDS = (
    *("message_id", "from", "chat", "date", "text", "caption", "photo", "document", "location", "venue", "voice"),
    *("media_group_id", "entities", "data", "id", "message", "new_chat_member", "old_chat_member", "animation"),
    *("type", "status", "file_id", "file_size", "width", "height", "latitude", "longitude", "contact", "sticker"),
)

_plain = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=9)
    | st.sampled_from(["private", "group", "kicked", "member", "1:a", "/cek@resi_bot"])
)
anything: st.SearchStrategy[Any] = st.recursive(
    _plain,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=5),
    max_leaves=12,
)
private = st.fixed_dictionaries(
    {"chat": st.fixed_dictionaries({"id": _plain, "type": st.just("private")})},
    optional={name: anything for name in FIELDS if name != "chat"},
)
updates = st.fixed_dictionaries(
    {"update_id": st.integers() | anything},
    optional={part: private | st.fixed_dictionaries({"message": private}) | anything for part in UPDATE_PARTS},
)


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with TelegramServer() as fake:
        yield fake


@given(updates | anything)
def test_no_update_raises_and_what_is_read_is_well_formed(update: object) -> None:
    press_of(update)
    read = envelope_of(update)
    if read is None:
        return
    assert update_id_of(update) is not None
    assert int(read.sender.reveal()) == int(read.sender.reveal().strip())
    read.text.encode()  # no half surrogates: it can be stored
    assert "\0" not in read.text
    assert all(ref.fetch_id and ref.fetch_id.isascii() for ref in read.files)
    if read.point is not None:
        assert abs(read.point.latitude) <= 90
        assert abs(read.point.longitude) <= 180
    assert (read.choice == "") == (read.revision is None)
    assert any((read.text, read.choice, read.point, read.files, read.unsupported))  # never an empty one


@given(st.text(st.characters(codec=None)))
def test_any_words_can_be_stored(words: str) -> None:
    chat = {"id": 5, "type": "private"}
    read = envelope_of({"update_id": 1, "message": {"chat": chat, "text": words}})
    assert isinstance(read, Envelope)
    read.text.encode()
    assert len(read.text) <= 4096


STRANGE: tuple[object, ...] = (
    {"update_id": 10},
    {"update_id": 11, "message": None},
    {"update_id": 12, "message": {"chat": [], "text": 5}},
    {"update_id": 13, "message": {"chat": {"id": "x", "type": "private"}, "text": "x"}},
    {"update_id": 14, "callback_query": {"id": ["x"], "message": "y", "data": {}}},
    {
        "update_id": 15,
        "my_chat_member": {"chat": {"type": "private", "id": 1.5}, "new_chat_member": {"status": "kicked"}},
    },
    {"update_id": 16, "invented_next_year": {"chat": {"id": 1}}},
    {"update_id": "17", "message": {"text": "x"}},
    {"message": {"text": "no number"}},
    "not even an object",
    None,
    [[]],
)


async def test_strange_updates_do_not_block_those_behind_them(server: TelegramServer) -> None:
    taker = Taker()
    for strange in STRANGE:
        server.enqueue_raw(strange)
    number = server.person().writes("sehat")
    async with listening(server, taker):
        await server.until(lambda: server.is_confirmed(number))
    assert taker.texts == ["sehat"]


async def test_updates_without_a_number_are_not_asked_for_in_a_frenzy(
    server: TelegramServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.enqueue_raw({"message": {"text": "no number"}})
    async with listening(server, Taker()) as bot:
        await server.until(lambda: len(server.calls_of("getUpdates")) >= 5)
        assert bot.ready()
    assert caplog.text.count("what=polling type=ValueError") >= 4  # each time it rested


async def test_an_album_of_nonsense_is_one_message_each(server: TelegramServer) -> None:
    taker = Taker()
    budi = server.person()
    last = [budi.sends(photo=photo, media_group_id="g") for photo in ([], [None], [{"file_id": 5}], "x")][-1]
    async with listening(server, taker):
        await server.until(lambda: server.is_confirmed(last))
    assert [(envelope.files, envelope.unsupported, envelope.group) for envelope in taker.taken] == [
        ((), "other", "g")
    ] * 4


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"x"',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"update_id":' + b"9" * 5_000 + b"}",
        b'{"update_id":1,"message":' + b'{"a":' * 400 + b"1" + b"}" * 401,
        *(json.dumps(strange).encode() for strange in STRANGE),
    ],
    ids=range(9 + len(STRANGE)),
)
async def test_a_call_that_means_nothing_is_acknowledged_for_good(server: TelegramServer, body: bytes) -> None:
    taker = Taker()
    settings = values(server, TELEGRAM_WEBHOOK_SECRET=SECRET, PUBLIC_URL="https://resi.example")
    (hook,) = Telegram(settings, ChannelCallbacks(taker.take, taker.receipt)).hooks
    answer = await hook.answer(HookRequest(body, "", {"x-telegram-bot-api-secret-token": SECRET}))
    assert answer.status == 200
    assert taker.tried == []


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"null",
        b"[]",
        b'{"ok":false}',
        b'{"ok":true,"result":null}',
        b'{"ok":true,"result":{"file_path":5}}',
        b'{"ok":true,"result":{"file_path":""}}',
        b'{"ok":true,"result":{"file_path":"../../etc/passwd"}}',
        b'{"ok":true,"result":{"file_path":"/etc/passwd"}}',
        b'{"ok":true,"result":{"file_path":"a\\u0000b?c#d"}}',
        b"[" * 100_000,
    ],
    ids=range(11),
)
async def test_a_file_is_never_read_from_anywhere_else(server: TelegramServer, answer: bytes) -> None:
    taker = Taker()
    server.babble("getFile", answer)
    bot = Telegram(values(server), ChannelCallbacks(taker.take, taker.receipt))
    with pytest.raises(FileAway):
        await bot.fetch(FileRef(fetch_id="x", size=MOST_BYTES))


@pytest.mark.parametrize(
    "parameters", [b'"x"', b"[1]", b'{"retry_after":"soon"}', b'{"retry_after":-5}', b'{"retry_after":1e999}']
)
async def test_a_broken_plea_to_wait_stops_nothing(server: TelegramServer, parameters: bytes) -> None:
    server.babble("getUpdates", b'{"ok":false,"error_code":429,"parameters":' + parameters + b"}", status=429, times=2)
    number = server.person().writes("satu")
    async with listening(server, Taker()):
        await server.until(lambda: server.is_confirmed(number))
    assert len(server.calls_of("getUpdates")) > 2
