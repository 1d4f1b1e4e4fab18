"""What one message is: exactly one event, whatever it carries."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.conversation import At, Choice, Command, Event, Files, Strange, Text, event_of
from core.messages import Address, Envelope, Incoming, Point, StoredFile, UnsupportedContent, WireId

PHOTO = StoredFile("a" * 40, "a2V5", "image/jpeg", 1000)
POINT = Point(-6.2, 106.8)


def sent(
    text: str = "",
    *,
    choice: str = "",
    revision: int | None = None,
    point: Point | None = None,
    unsupported: UnsupportedContent | None = None,
    group: str = "",
    in_thread: bool = False,
    files: tuple[StoredFile, ...] = (),
    refused: tuple[str, ...] = (),
) -> Incoming:
    envelope = Envelope(
        "telegram", Address("budi"), WireId("1"), text,
        choice=choice, revision=revision, point=point, unsupported=unsupported, group=group, in_thread=in_thread,
    )  # fmt: skip
    return Incoming(envelope, files, refused)


@pytest.mark.parametrize(
    ("incoming", "event"),
    [
        (sent("lampu mati"), Text("lampu mati")),
        (sent("  lampu mati\n"), Text("lampu mati")),
        (sent("tebet", in_thread=True), Text("tebet", in_thread=True)),
        (sent(), Text("")),
        (sent("   "), Text("")),
        (sent("BATAL"), Command("cancel")),
        (sent("LAPOR lampu"), Command("report", "lampu")),
        (sent(choice="send", revision=3), Choice("send", 3)),
        (sent(choice="send", revision=0), Choice("send", 0)),
        (sent(choice="send"), Choice("send", -1)),
        (sent(revision=4), Choice("", 4)),
        (sent(choice="send", revision=3, files=(PHOTO,)), Choice("send", 3)),
        (sent(point=POINT), At(POINT)),
        (sent("Masjid Al-Ikhlas", point=POINT), At(POINT, "Masjid Al-Ikhlas")),
        (sent(files=(PHOTO,)), Files((PHOTO,))),
        (sent("lampu mati", files=(PHOTO,)), Files((PHOTO,), (), Text("lampu mati"))),
        (sent("batal", files=(PHOTO,)), Files((PHOTO,), (), Command("cancel"))),
        (sent(files=(PHOTO,), group="g"), Files((PHOTO,), group="g")),
        (sent(files=(PHOTO,), point=POINT), Files((PHOTO,))),
        (sent(refused=("file_kind",)), Files((), ("file_kind",))),
        (sent("lampu mati", refused=("file_kind",)), Files((), ("file_kind",), Text("lampu mati"))),
        (sent(unsupported=UnsupportedContent.STICKER), Strange(UnsupportedContent.STICKER)),
        (
            sent("lampu mati", unsupported=UnsupportedContent.OTHER),
            Strange(UnsupportedContent.OTHER, Text("lampu mati")),
        ),
        (sent(unsupported=UnsupportedContent.LEFT, files=(PHOTO,)), Strange(UnsupportedContent.LEFT)),
    ],
)
def test_a_message_is_one_event(incoming: Incoming, event: Event) -> None:
    assert event_of(incoming) == event


def test_what_cannot_be_kept_is_taken_out_of_the_words() -> None:
    assert event_of(sent("lam\x00pu \ud83dmati")) == Text("lam pu mati")
    assert event_of(sent("\x00\udc00 ")) == Text("")


@given(st.text(st.characters(), max_size=40))
@settings(max_examples=300)
def test_any_words_become_an_event_that_can_be_written_down(text: str) -> None:
    event = event_of(sent(text))
    said = event.text if isinstance(event, Text) else event.rest if isinstance(event, Command) else ""
    assert "\x00" not in said
    said.encode()
    assert said == said.strip()


def test_an_event_prints_no_words() -> None:
    assert "rahasia" not in f"{Text('rahasia')} {Command('report', 'rahasia')} {At(POINT, 'rahasia')}"
