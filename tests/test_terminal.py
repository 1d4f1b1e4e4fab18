"""The terminal: a typed line becomes an envelope, and what is said is shown with what it would cost."""

from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bots.channels import channel
from bots.terminal import CHANNEL, envelope_of
from bots.terminal.send import show
from core.errors import Refused
from core.messages import Address, ChannelCallbacks, ChannelProfile, Envelope, Option, Point, WireId


def typed(line: str) -> Envelope:
    return envelope_of(line, Address("a"), WireId("w"))


def test_a_line_is_words_unless_it_begins_with_a_colon_and_a_known_word(tmp_path: Path) -> None:
    (tmp_path / "A b.JPG").write_bytes(b"photo")
    assert typed("lampu mati: foto menyusul").text == "lampu mati: foto menyusul"
    assert typed(":fotokopi").text == ":fotokopi"
    for word in (":foto", ":PHOTO", ":File"):
        [ref] = typed(f"{word}  {tmp_path}/A b.JPG ").files
        assert (ref.data, ref.size) == (b"photo", 5)
    assert typed(":tempat -6.2, 106.8").point == Point(-6.2, 106.8)
    assert typed(":place 1;2").point == Point(1, 2)


@pytest.mark.parametrize("place", ["x", "1", "1,2,3", "nan,1", "0,181", "inf,0"])
def test_a_place_that_is_none_is_refused(place: str) -> None:
    with pytest.raises(Refused):
        typed(f":tempat {place}")


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "huge").open("wb") as huge:
        huge.truncate(1 << 33)
    with pytest.raises(Refused, match="file_too_large"):
        typed(f":foto {tmp_path}/huge")
    with pytest.raises(Refused, match="file_lost"):
        typed(f":foto {tmp_path}")


@given(st.text())
def test_any_line_is_an_envelope_or_a_refusal(line: str) -> None:
    try:
        envelope = typed(line)
    except Refused:
        return
    assert envelope.channel == "terminal"


def shown(text: str, options: tuple[Option, ...], profile: ChannelProfile) -> str:
    out = StringIO()
    show(Console(file=out, width=80), text, options, profile)
    return out.getvalue()


@pytest.mark.parametrize(
    ("length", "cost"),
    [(1, "1/160, 1 segment"), (160, "160/160, 1 segment"), (161, "161/160, 2 segments"), (307, "3 seg")],
)
def test_the_cost_of_an_sms_is_counted_in_segments(length: int, cost: str) -> None:
    assert cost in shown("a" * length, (), channel("sms").profile)


def test_what_is_no_gsm7_and_what_looks_like_markup_is_shown_as_it_is() -> None:
    assert "UCS-2" in shown("\u201e", (), channel("sms").profile)
    assert "[bold]x[/bold]" in shown("[bold]x[/bold]", (), CHANNEL.profile)
    assert "[2] [red]B" in shown("x", (Option("a", "A"), Option("b", "[red]B")), CHANNEL.profile)


def test_the_service_never_connects_it() -> None:
    async def nothing(*_: object) -> None: ...

    assert not CHANNEL.configured({})
    with pytest.raises(AssertionError):
        CHANNEL.connect({}, ChannelCallbacks(nothing, nothing))  # type: ignore[arg-type]  # never called
