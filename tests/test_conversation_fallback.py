"""Where a rule of the conversation raises: a story is filed in that very turn, and anything else is asked for again."""

import pytest

from core.conversation import Choice, Command, Event, FileReport, Files, PatienceEnded, Strange, Text, tells
from core.conversation.fallback import instead_of_a_step
from core.messages import ChannelProfile, UnsupportedContent
from core.model import Dialogue, Draft, Filed, ReportId, Step
from core.watch import watched
from core.workflow import BIRO
from tests.fakes.broken_readers import BrokenReaders
from tests.fakes.town import PHOTO, Town

PROFILE = ChannelProfile(name="x", limit=1000)
STORY = "Got mampet di depan sekolah sejak kemarin.\n- Tomasz W."
ANEW = Dialogue("en", revision=7)


def _filed(dialogue: Dialogue, event: Event) -> Draft:
    outcome = instead_of_a_step(dialogue, event, PROFILE)
    assert isinstance(outcome.effect, FileReport)
    assert outcome.effect.one_message
    assert outcome.dialogue == ANEW
    return outcome.effect.draft


@pytest.mark.parametrize(
    "event",
    [
        Text(STORY),
        Command("report", STORY),
        Files((), words=Text(STORY)),
        Files((), ("file_kind",), Command("report", STORY)),
        Strange(UnsupportedContent.EDIT, Text(STORY)),
    ],
    ids=lambda each: type(each).__name__,
)
def test_a_story_is_filed_however_it_came(event: Event) -> None:
    assert _filed(ANEW, event).text == STORY


def test_a_file_that_was_not_taken_is_said_beside_it() -> None:
    outcome = instead_of_a_step(ANEW, Files((), ("file_archive",), Text(STORY)), PROFILE)
    assert outcome.say is not None
    assert [each.key for each in outcome.say.lines] == ["file_archive"]


def test_what_was_told_before_goes_with_it_and_so_do_photos() -> None:
    standing = Dialogue("en", Step.PLACE, Draft(text="Banjir", files=(PHOTO,)), revision=7, offered=("skip",))
    draft = _filed(standing, Files((PHOTO,), words=Text("di depan pasar ikan")))
    assert (draft.text, draft.files) == ("Banjir\ndi depan pasar ikan", (PHOTO, PHOTO))


def test_words_behind_a_report_that_was_filed_are_one_of_their_own() -> None:
    standing = Dialogue("en", Step.FILED, Draft(text="old"), revision=7, filed=Filed(ReportId("r"), placed=True))
    assert _filed(standing, Text(STORY)).text == STORY


@pytest.mark.parametrize(
    "event",
    [
        Text("ya"),
        Text("9012 3456 7890 1234"),
        Choice("yes", 7),
        Command("check", "lampu jalan mati semua"),
        Files((PHOTO,)),
        Strange(UnsupportedContent.STICKER),
    ],
    ids=lambda each: type(each).__name__,
)
def test_anything_else_is_asked_for_once_more_and_the_dialogue_stands(event: Event) -> None:
    standing = Dialogue("en", Step.PLACE, Draft(text="Banjir"), revision=7, offered=("skip",))
    outcome = instead_of_a_step(standing, event, PROFILE)
    assert outcome.dialogue == standing
    assert outcome.effect is None
    assert outcome.say is not None
    assert [line.key for line in outcome.say.lines] == ["send_again"]


def test_a_silence_ends_a_dialogue_all_the_same() -> None:
    outcome = instead_of_a_step(Dialogue("en", Step.PLACE, Draft(text="Banjir"), revision=7), PatienceEnded(), PROFILE)
    assert (outcome.dialogue, outcome.say, outcome.effect) == (ANEW, None, None)


@pytest.mark.parametrize("channel", ["mail", "sms", "telegram"])
@pytest.mark.parametrize("broken", [("conversation",), ("conversation", "command"), ("conversation", "kind", "hint")])
def test_in_that_very_turn_the_citizen_gets_a_code_and_the_biro_a_closed_report(
    channel: str, broken: tuple[str, ...]
) -> None:
    town = Town()
    watch = BrokenReaders(*broken)
    with watched(watch):
        told = town.citizen(channel).writes(STORY)
    assert told.code
    [report] = town.reports
    assert report.text.startswith("Got mampet di depan sekolah")
    assert "Tomasz" not in report.text
    assert (report.agency, report.place.area) == (BIRO, None)
    assert {reader for reader, _ in watch.heard} <= set(broken)
    assert "conversation" in watch.counts()


def test_a_kind_that_may_be_restricted_is_read_by_its_agency_alone() -> None:
    town = Town()
    with watched(BrokenReaders("conversation")):
        town.citizen("mail").writes("pungli di loket kelurahan, petugas minta uang untuk surat")
    assert town.reports[0].restricted


def test_danger_is_answered_with_the_number_to_call() -> None:
    town = Town()
    with watched(BrokenReaders("conversation")):
        told = town.citizen("telegram").writes("kebakaran besar, rumah warga terbakar sekarang, tolong")
    assert "112" in told.text


def test_a_place_that_is_sent_is_asked_for_again() -> None:
    town = Town()
    with watched(BrokenReaders("conversation")):
        assert "sekali lagi" in town.citizen("telegram").points().text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("lampu jalan mati", True),
        (f"kode saya 9012 3456 7890 1234, {STORY}", True),
        ("lampu mati", False),
        ("1 2 3 4", False),
        ("/start lampu jalan mati", False),
        ("", False),
    ],
)
def test_three_words_that_are_no_command_and_no_code_tell_something(text: str, told: bool) -> None:  # noqa: FBT001 - the table's
    assert tells(text) is told
