"""A body of Meta's webhook becomes envelopes and receipts: a whitelist, whatever else it holds."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.whatsapp.receive import Receipt, read
from core.messages import Address, Envelope, Point, UnsupportedContent
from tests.fakes.whatsapp_server import (
    NUMBER_ID,
    Json,
    pressed,
    status,
    text,
    typed,
    webhook,
)

PATH = "/hooks/whatsapp"
BUDI = "6281234567890"


def one(message: Json) -> Envelope:
    [envelope] = read(webhook(message), NUMBER_ID).envelopes
    return envelope


def test_a_pressed_button_or_row_tells_its_question_and_its_option() -> None:
    for kind in ("button_reply", "list_reply"):
        envelope = one(pressed("7:send", "Kirim", kind, context={"from": "15550783881", "id": "wamid.out4"}))  # type: ignore[arg-type]
        assert (envelope.choice, envelope.revision, envelope.text) == ("send", 7, "")
        assert (envelope.in_thread, envelope.answers) == (True, ("wamid.out4",))
    template = one(typed("button", {"payload": "0:solved.4321", "text": "Sudah"}))
    assert (template.choice, template.revision) == ("solved.4321", 0)
    assert one(typed("button", {"payload": "Sudah", "text": "Sudah"})).text == "Sudah"


@pytest.mark.parametrize("id_", ["", "send", "x:send", "99999999999:send", "1: ", None, 7])
def test_a_press_that_is_none_of_ours_is_an_old_one(id_: object) -> None:
    envelope = one(typed("interactive", {"type": "button_reply", "button_reply": {"id": id_, "title": "Kirim"}}))
    assert (envelope.choice, envelope.revision) == ("-", -1)


@pytest.mark.parametrize("kind", ["image", "document", "video", "audio"])
def test_a_file_is_its_id_and_its_caption_and_never_its_name(kind: str) -> None:
    content = {"id": "2754859441498128", "mime_type": "image/jpeg", "sha256": "81d3", "caption": "lubang di jalan"}
    envelope = one(typed(kind, content | {"filename": "KTP Budi.jpg", "voice": True}))
    assert ([each.fetch_id for each in envelope.files], envelope.text) == (["2754859441498128"], "lubang di jalan")
    assert "KTP" not in repr(envelope)
    assert envelope.unsupported is None


def test_a_place_is_two_numbers_and_the_name_and_address_that_it_has() -> None:
    place = {"latitude": -6.2, "longitude": 106.8}
    named = {"name": "Taman Mawar", "address": "Jl. Mawar", "url": "https://example.org"}
    for more, words in (
        (named, "Taman Mawar, Jl. Mawar"),
        ({"name": None, "address": "Jl. Mawar"}, "Jl. Mawar"),
        ({}, ""),
    ):
        envelope = one(typed("location", place | more))
        assert (envelope.point, envelope.text) == (Point(-6.2, 106.8), words)


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        (typed("sticker", {"id": "1"}), UnsupportedContent.STICKER),
        (typed("contacts", [{"name": {"formatted_name": "Siti"}}]), UnsupportedContent.CONTACT),
        (typed("order", {"catalog_id": "1"}), UnsupportedContent.OTHER),
        (typed("unsupported", {}, errors=[{"code": 131051}]), UnsupportedContent.OTHER),
        (typed("something_new", {}), UnsupportedContent.OTHER),
        (typed("interactive", {"type": "nfm_reply", "nfm_reply": {"response_json": "{}"}}), UnsupportedContent.OTHER),
        (typed("location", {"latitude": "x"}), UnsupportedContent.OTHER),
        (typed("image", {"id": "../me"}), UnsupportedContent.OTHER),
        (typed("text", {}), UnsupportedContent.OTHER),
        (typed("edit", {"message": {}}), UnsupportedContent.EDIT),
    ],
)
def test_what_no_conversation_can_read_is_named(message: Json, kind: UnsupportedContent) -> None:
    envelope = one(message)
    assert (envelope.unsupported, envelope.files, envelope.point) == (kind, (), None)


@pytest.mark.parametrize(
    "message",
    [
        typed("reaction", {"message_id": "wamid.out1", "emoji": "👍"}),
        typed("system", {"body": "Budi changed from 62811 to 62822", "wa_id": "62822"}),
        text("halo", group_id="Y2FwaV9ncm91cDox"),
        text("tanpa pengirim", sender=""),
        text("bukan nomor", sender="../../me"),
        text("tanpa id", wamid=""),
    ],
)
def test_what_wants_no_answer_or_has_no_sender_is_left_out(message: Json) -> None:
    assert read(webhook(message), NUMBER_ID).envelopes == ()


def test_who_hides_the_number_is_known_by_the_id_that_meta_made_up_for_us() -> None:
    hidden = text("lampu mati") | {"from_user_id": "ID.13491208655302741918"}
    assert one(hidden).sender == Address(BUDI), "a number goes first"
    del hidden["from"]
    assert one(hidden).sender == Address("ID.13491208655302741918")


def test_words_are_bounded_and_can_be_stored() -> None:
    assert one(text("a" * 65_000)).text == "a" * 65_000
    assert len(one(text("a" * 90_000)).text) == 65_536
    assert one(text("a\0b\ud800c")).text == "ab?c"


def test_another_number_of_the_account_and_other_news_are_not_ours() -> None:
    assert read(webhook(text("halo"), number_id="1"), NUMBER_ID).envelopes == ()
    assert read(webhook(text("halo"), change="message_template_status_update"), NUMBER_ID).envelopes == ()
    assert read(webhook(text("halo")).replace(b"whatsapp_business_account", b"page"), NUMBER_ID).envelopes == ()


ODD = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["entry", "changes", "value", "messages", "statuses", "id", "type"]), inner)
    ),
    max_leaves=10,
)


@given(ODD, st.sampled_from(["text", "image", "interactive", "button", "location", "contacts", "errors", "context"]))
def test_strange_types_are_read_and_never_raise(odd: object, kind: str) -> None:
    read(json.dumps(odd).encode(), NUMBER_ID)
    read(json.dumps({"object": "whatsapp_business_account", "entry": odd}).encode(), NUMBER_ID)
    assert len(read(webhook(text("halo") | {"type": kind, kind: odd}), NUMBER_ID).envelopes) == 1


def test_a_receipt_is_an_id_and_a_yes_or_no() -> None:
    assert read(webhook(statuses=[status("wamid.b", "read")]), NUMBER_ID).receipts == (
        Receipt("wamid.b", arrived=True),
    )
