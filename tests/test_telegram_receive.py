"""What one update of the Bot API becomes, and what of it is never read."""

import dataclasses
import json
from typing import Any

import pytest

from bots.telegram.receive import MOST_BYTES, envelope_of, press_of
from core.messages import Envelope, Point, UnsupportedContent
from tests.fakes.telegram_methods import DATE
from tests.fakes.telegram_people import WHO, Person
from tests.fakes.telegram_server import TelegramServer

SERVER = TelegramServer()  # never started: only its people are asked for updates


@pytest.fixture
def budi() -> Person:
    return SERVER.person()


def update(number: int) -> Any:  # noqa: ANN401  # JSON
    return next(update for update in SERVER.api.updates if update["update_id"] == number)


def envelope(number: int) -> Envelope:
    read = envelope_of(update(number))
    assert read is not None
    return read


def bare(read: Envelope) -> str:
    """All that an envelope holds, secrets opened."""
    return repr([dataclasses.asdict(read), read.sender.reveal(), read.wire_id.reveal(), read.text, read.group])


def test_a_text_keeps_words_chat_and_number_and_nothing_else(budi: Person) -> None:
    number = budi.writes("lampu jalan mati")
    read = envelope(number)
    assert (read.channel, read.text) == ("telegram", "lampu jalan mati")
    assert read.sender.reveal() == str(budi.chat_id)
    assert read.wire_id.reveal() == str(number)
    assert (read.unsupported, read.files, read.point, read.choice, read.revision, read.group) == (
        None,
        (),
        None,
        "",
        None,
        "",
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("/start 1234567890123456", "/start 1234567890123456"),
        ("/cek@resi_bot 1234", "/cek 1234"),
        ("/start@resi_bot", "/start"),
        ("surat ke saya@kantor.go.id", "surat ke saya@kantor.go.id"),
        ("tulis /cek@resi_bot", "tulis /cek@resi_bot"),
        ("a\0b \ud83d c", "ab ? c"),
        ("banjir \N{WATER WAVE}", "banjir \N{WATER WAVE}"),
    ],
)
def test_a_command_loses_the_name_of_the_bot_and_words_stay(budi: Person, written: str, read: str) -> None:
    assert envelope(budi.writes(written)).text == read


def test_a_press_brings_the_option_and_the_revision_of_its_question(budi: Person) -> None:
    number = budi.presses_data("7:leaf.lampu_jalan")
    read = envelope(number)
    assert (read.choice, read.revision, read.text) == ("leaf.lampu_jalan", 7, "")
    assert read.sender.reveal() == str(budi.chat_id)
    assert press_of(update(number)) in SERVER.api.open_presses


def test_a_press_on_news_brings_the_report_that_it_is_about(budi: Person) -> None:
    read = envelope(budi.presses_data("0:solved.4321"))
    assert (read.choice, read.revision) == ("solved.4321", 0)


def test_a_press_names_the_message_below_which_the_button_stood(budi: Person) -> None:
    assert envelope(budi.presses_data("0:solved.4321", ours(budi, 77))).answers == ("77",)
    assert envelope(budi.presses_data("0:solved.4321")).answers == ("1",)  # too old to be shown, and named all the same
    strange = {**ours(budi, 77), "message_id": "77"}
    assert envelope(budi.presses_data("0:solved.4321", strange)).answers == ()


def ours(to: Person, number: object) -> dict[str, object]:
    """A message of the bot's, as Telegram repeats it."""
    bot = {"id": 1, "is_bot": True, "first_name": "Resi", "username": "resi_bot"}
    return {"message_id": number, "from": bot, "chat": to.chat, "date": DATE, "text": "Sudah beres?"}


def test_a_reply_to_a_message_of_ours_names_it_and_brings_nothing_of_its_words(budi: Person) -> None:
    read = envelope(budi.writes("belum", reply_to_message=ours(budi, 77)))
    assert (read.text, read.in_thread, read.answers) == ("belum", True, ("77",))
    assert "beres" not in bare(read)


def test_a_photo_can_reply_as_words_can(budi: Person) -> None:
    read = envelope(budi.sends_photo(b"picture", "ini", reply_to_message=ours(budi, 78)))
    assert (read.in_thread, read.answers, len(read.files)) == (True, ("78",), 1)


@pytest.mark.parametrize("number", [None, "77", 0, -3, 7.5, True, [77], 1 << 70])
def test_a_reply_to_what_has_no_number_is_a_message_like_any_other(budi: Person, number: object) -> None:
    read = envelope(budi.writes("belum", reply_to_message=ours(budi, number)))
    assert (read.text, read.in_thread, read.answers) == ("belum", False, ())


def test_a_reply_to_their_own_message_answers_nobody(budi: Person) -> None:
    own = budi.message(text="lampu mati")
    for replied in (own, {**own, "from": {**budi.user, "is_bot": "yes"}}, {"message_id": 5}, None, "5"):
        read = envelope(budi.writes("masih", reply_to_message=replied))
        assert (read.in_thread, read.answers) == (False, ())


@pytest.mark.parametrize(
    "data", ["", "x", "7", "7:", ":a", "-1:a", "7:a b", "7:\N{CYRILLIC SMALL LETTER A}", None, 5, [1]]
)
def test_a_press_that_carries_garbage_is_a_press_on_an_old_question(budi: Person, data: object) -> None:
    read = envelope(budi.presses_data(data))
    assert read.revision == -1
    assert read.choice


def test_a_place_comes_as_a_point(budi: Person) -> None:
    assert envelope(budi.shares_place(-6.2, 106.8)).point == Point(-6.2, 106.8)
    assert envelope(budi.shares_place(-6, 106)).point == Point(-6.0, 106.0)


def test_a_place_with_a_name_brings_its_name_and_address_and_a_bare_one_no_words(budi: Person) -> None:
    read = envelope(budi.shares_venue(-6.2, 106.8))
    assert (read.point, read.text) == (Point(-6.2, 106.8), "Warung Kanari, Jl. Kanari")
    bare = {"latitude": -6.2, "longitude": 106.8}
    assert envelope(budi.sends(venue={"location": bare, "title": 5, "address": "\0"}, location=bare)).text == ""
    assert envelope(budi.shares_place(-6.2, 106.8)).text == ""


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(91.0, 0.0), (0.0, 181.0), (float("nan"), 0.0), (0.0, float("inf")), (True, 0.0), ("1", 2.0), (10**400, 1.0)],
)
def test_a_place_off_the_globe_is_nothing_we_can_read(budi: Person, latitude: Any, longitude: Any) -> None:  # noqa: ANN401  # strange types
    read = envelope(budi.shares_place(latitude, longitude))
    assert (read.point, read.unsupported) == (None, UnsupportedContent.OTHER)


def test_a_photo_is_fetched_in_its_largest_size_with_its_caption(budi: Person) -> None:
    read = envelope(budi.sends_photo(b"picture", "lubang besar"))
    (ref,) = read.files
    assert SERVER.api.files[ref.fetch_id] == b"picture"
    assert (ref.size, read.text, read.unsupported) == (7, "lubang besar", None)


def test_a_photo_is_fetched_in_the_largest_size_that_can_be_fetched(budi: Person) -> None:
    small, large = budi.photo(b"picture")
    huge = {**large, "file_id": "huge", "width": 9000, "height": 9000, "file_size": MOST_BYTES + 1}
    (ref,) = envelope(budi.sends(photo=[huge, large, small])).files
    assert ref.fetch_id == large["file_id"]
    (ref,) = envelope(budi.sends(photo=[huge])).files
    assert ref.fetch_id == "huge"  # refused with a sentence, when it is fetched


@pytest.mark.parametrize(
    ("name", "mime"), [("a.jpg", "image/jpeg"), ("a.PNG", ""), ("a.docx", "application/x"), ("", "")]
)
def test_a_document_is_fetched_whatever_it_calls_itself(budi: Person, name: str, mime: str) -> None:
    read = envelope(budi.sends_document(b"bytes", name, mime, "ini fotonya"))
    (ref,) = read.files
    assert SERVER.api.files[ref.fetch_id] == b"bytes"
    assert (read.text, read.unsupported) == ("ini fotonya", None)


def test_the_parts_of_an_album_share_a_group_and_one_has_the_caption(budi: Person) -> None:
    parts = [envelope(number) for number in budi.sends_album([b"1", b"2", b"3"], "tiga foto")]
    assert [part.text for part in parts] == ["tiga foto", "", ""]
    assert len({part.group for part in parts}) == 1
    assert parts[0].group
    assert all(len(part.files) == 1 and part.unsupported is None for part in parts)


@pytest.mark.parametrize("kind", ["voice", "audio", "video", "video_note", "animation"])
def test_a_recording_is_a_file_whatever_telegram_calls_it(budi: Person, kind: str) -> None:
    content: dict[str, object] = {kind: {"file_id": "v", "file_size": 9}, "caption": "dengar ini"}
    read = envelope(budi.sends(**content, **({"document": {"file_id": "w"}} if kind == "animation" else {})))
    assert [ref.fetch_id for ref in read.files] == ["v"]
    assert (read.unsupported, read.text) == (None, "dengar ini")


@pytest.mark.parametrize(
    ("content", "unsupported"),
    [
        ({"sticker": {"file_id": "v"}}, UnsupportedContent.STICKER),
        ({"contact": {"phone_number": "1"}}, UnsupportedContent.CONTACT),
        ({"poll": {"id": "1"}}, UnsupportedContent.OTHER),
        ({"dice": {"value": 1}}, UnsupportedContent.OTHER),
        ({"story": {}}, UnsupportedContent.OTHER),
        ({"paid_media": {}}, UnsupportedContent.OTHER),
        ({"invented_next_year": 1}, UnsupportedContent.OTHER),
    ],
)
def test_what_a_conversation_cannot_read_is_named_and_keeps_its_caption(
    budi: Person, content: dict[str, object], unsupported: UnsupportedContent
) -> None:
    read = envelope(budi.sends(**content, caption="dengar ini"))
    assert (read.unsupported, read.text, read.files) == (unsupported, "dengar ini", ())


@pytest.mark.parametrize(
    "notice",
    ["message_auto_delete_timer_changed", "pinned_message", "write_access_allowed", "forum_topic_created",
     "checklist_tasks_done", "gift_upgrade_sent"],
)  # fmt: skip
def test_what_telegram_itself_says_in_a_chat_is_passed_over(budi: Person, notice: str) -> None:
    assert envelope_of(update(budi.sends(**{notice: {}}))) is None


def test_an_edit_is_told_from_a_message(budi: Person) -> None:
    read = envelope(budi.edits("lampu jalan hidup"))
    assert (read.unsupported, read.text) == (UnsupportedContent.EDIT, "lampu jalan hidup")


def test_a_live_place_is_read_once_and_not_each_time_it_moves(budi: Person) -> None:
    first = budi.shares_place(-6.2, 106.8, live_period=900)
    assert envelope(first).point == Point(-6.2, 106.8)
    moved = budi.message(location={"latitude": -6.3, "longitude": 106.8, "live_period": 900})
    assert envelope_of(update(SERVER.enqueue(edited_message=moved))) is None


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
def test_a_group_hears_of_us_once_and_then_nothing(budi: Person, kind: str) -> None:
    group = SERVER.group(kind)
    added = envelope(group.adds_bot(budi, "administrator" if kind == "channel" else "member"))
    assert (added.unsupported, added.sender.reveal()) == (UnsupportedContent.GROUP, str(group.chat_id))
    for number in (
        group.promotes_bot(budi),
        group.removes_bot(budi),
        group.hears(budi, "/start@resi_bot"),
        group.hears(budi, "lampu mati"),
    ):
        assert envelope_of(update(number)) is None


def test_a_press_in_a_group_is_no_message_but_can_be_answered(budi: Person) -> None:
    group = SERVER.group()
    number = budi.presses_data("1:a", {"message_id": 1, "chat": group.chat, "date": 0})
    assert envelope_of(update(number)) is None
    assert press_of(update(number))


def test_who_blocks_us_has_left_and_who_returns_says_nothing(budi: Person) -> None:
    left = envelope(budi.blocks())
    assert (left.unsupported, left.sender.reveal()) == (UnsupportedContent.LEFT, str(budi.chat_id))
    assert envelope_of(update(budi.unblocks())) is None


@pytest.mark.parametrize(
    "strange",
    [
        None,
        5,
        "x",
        [],
        {},
        {"update_id": "7", "message": {}},
        {"update_id": True, "message": {"text": "x"}},
        {"update_id": 7},
    ],
)
def test_what_is_no_update_is_nothing(strange: object) -> None:
    assert envelope_of(strange) is None
    assert press_of(strange) == ""


def test_no_name_title_file_name_or_origin_reaches_the_envelope() -> None:
    budi = SERVER.person(language_code="zz-kanari")
    origin = {"type": "user", "date": 1_700_000_777, "sender_user": {"id": 5, "first_name": "Asalkanari"}}
    bot = {"id": 1, "is_bot": True, "first_name": "Bot Kanari", "username": "kanari_bot"}
    reply = {"message_id": 3, "text": "kanari dikutip", "chat": budi.chat, "from": bot}
    numbers = [
        budi.writes("satu", forward_origin=origin, reply_to_message=reply, author_signature="Kanari"),
        budi.sends_photo(b"2", "dua", has_media_spoiler=True),
        budi.sends_document(b"3", "rumah-kanari.jpg", "image/kanari"),
        budi.sends_contact(),
        budi.sends_video("lima"),
        budi.shares_place(-6.2, 106.8),
        budi.presses_data("1:a"),
        budi.edits("tujuh"),
        budi.blocks(),
        SERVER.group().adds_bot(budi),
    ]
    for number in numbers:
        assert WHO["username"] in json.dumps(update(number))  # the canary was there to be found
        held = bare(envelope(number)).lower()
        for canary in ("kanari", WHO["last_name"].lower(), "628129876001", str(DATE), "1700000777"):
            assert canary not in held
