"""Whatever comes, in whatever order: a conversation answers, loses nothing that was given, and can be kept."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bots.channels import CHANNELS
from core import conversation, tracking
from core.conversation import (
    Choice,
    Command,
    Event,
    FileReport,
    Files,
    Forget,
    LookUp,
    Outcome,
    PatienceEnded,
    Strange,
    Text,
    asking,
    event_of,
    step,
)
from core.conversation.moves import MOST_FILES
from core.conversation.words import COMMANDS, option_of
from core.messages import Address, Envelope, Incoming, Line, Manner, Odd, Point, Say, StoredFile, WireId
from core.model import Dialogue, Filed, ReportId, Step
from core.phrases import LANGUAGES, gsm7, render
from core.scrub import REFUSALS
from storage.dialogues import dialogue_of, row_of
from storage.vault import DataKey
from tests.fakes.chance import FakeDice
from tests.fakes.nouns import as_row

MANNERS = tuple(channel.manner for channel in CHANNELS)
CODE = tracking.new_code(FakeDice()).reveal()
KEY = DataKey(b"k" * 32)
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
DRAFT_ENDS = frozenset({"cancel", "restart"})
WORDS = (
    "halo", "lampu jalan mati di tebet", "banjir di kampung pulo", "kebakaran di cipinang besar selatan", "anu",
    "istri dipukuli suami", "ya", "tidak", "1", "2", "3", "5", "9", "dua", "lewati", "kembali", "-", "!!!",
    "jatinegara", "kelurahan cikini", "di Bekasi", "depan warung bu Sri dekat pohon", "sampah", "Jalan rusak", "jalan",
    "ubah", "tempat", "kirim", "cerita", "jenis", "NIK saya 3174096112900001, nomor 081234567890, jalan berlubang",
    CODE, CODE[:-1],
    f"laporan {CODE} bagaimana", "makasih", "BATAL", "ULANG", "LAPOR", "LAPOR lampu mati di cikini", "CEK", "ID", "EN",
    f"LUPAKAN {CODE}", "BANTUAN", "PRIVASI", "KODE", "bahasa", "/start", "/start pju", f"/start {CODE}", f"CEK {CODE}",
    "hole in the road at Tebet, please fix it", "panjang " * 400, "kelurahan cikini " + "di ujung gang " * 250,
)  # fmt: skip


def wrote(text: str) -> Incoming:
    return Incoming(Envelope("telegram", Address("budi"), WireId("1"), text))


@dataclass(frozen=True)
class Press:
    """A press on one of the options, of the question that stands or of an older one."""

    at: int
    late: bool


@dataclass(frozen=True)
class Silence:
    """A day without a word."""


TEXTS = st.sampled_from(WORDS) | st.text(max_size=50) | st.text("lampu jalan tebet 123.,!?\n", max_size=80)
POINTS = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
PHOTOS = st.integers(0, 12).map(lambda n: tuple(StoredFile(f"{at:040d}", "a2V5", "image/jpeg", 9) for at in range(n)))
REFUSED = st.lists(st.sampled_from((*REFUSALS, "file_lost")), max_size=3).map(tuple)
BARE = st.just(Envelope("telegram", Address("budi"), WireId("1")))
MESSAGES = st.one_of(
    st.builds(lambda e, text, thread: Incoming(replace(e, text=text, in_thread=thread)), BARE, TEXTS, st.booleans()),
    st.builds(lambda e, point: Incoming(replace(e, point=point)), BARE, POINTS),
    st.builds(
        lambda e, text, odd: Incoming(replace(e, text=text, odd=odd)), BARE, st.just("") | TEXTS, st.sampled_from(Odd)
    ),
    st.builds(
        lambda e, text, group, files, refused: Incoming(replace(e, text=text, group=group), files, refused),
        BARE, st.just("") | TEXTS, st.sampled_from(("", "album", "other")), PHOTOS, REFUSED,
    ),
)  # fmt: skip
# Ways into the middle of a conversation, which chance alone seldom finds.
OPENINGS = st.sampled_from((
    (), ("lampu jalan mati",), ("lampu jalan mati", "1"), ("anu anu anu",), ("lampu jalan mati", "1", "jatinegara"),
    ("lampu jalan mati", "1", "kelurahan cikini"), ("lampu jalan mati", "1", "kelurahan cikini", "ubah"),
    ("lampu jalan mati", CODE), ("LAPOR lampu jalan mati",), ("LAPOR pungli di kelurahan cikini", "fix"),
    ("/start pju",),
)).map(lambda texts: [wrote(text) for text in texts])  # fmt: skip
PRESSES = st.builds(Press, st.integers(0, 9), st.sampled_from((False, False, False, True)))
RANDOM = st.lists(MESSAGES | MESSAGES | PRESSES | st.builds(Silence), max_size=10)
EVENTS = st.builds(lambda opening, more: [*opening, *more], OPENINGS, RANDOM)
RUNS = settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])


def event_for(given_: Incoming | Press | Silence, dialogue: Dialogue) -> Event:
    if isinstance(given_, Silence):
        return PatienceEnded()
    if isinstance(given_, Press):
        option = dialogue.offered[given_.at % len(dialogue.offered)] if dialogue.offered else "send"
        return Choice(option, dialogue.revision - given_.late)
    return event_of(given_)


def words_of(event: Event) -> Text | Command | None:
    if isinstance(event, Files | Strange):
        return event.words
    return event if isinstance(event, Text | Command) else None


def chosen(dialogue: Dialogue, event: Event, manner: Manner) -> str | None:
    """The option that the event chooses, pressed or in words."""
    if isinstance(event, Choice):
        alive = event.revision == dialogue.revision and event.option in dialogue.offered
        return event.option if alive else None
    words = words_of(event)
    if not isinstance(words, Text):
        return None
    options = asking.options(dialogue.offered, dialogue.lang, manner)
    return option_of(words.text, dialogue.offered, tuple(option.label for option in options))


def ends_the_draft(dialogue: Dialogue, event: Event, outcome: Outcome, manner: Manner) -> bool:
    words = words_of(event)
    return (
        isinstance(event, PatienceEnded)
        or (isinstance(event, Strange) and event.odd is Odd.LEFT)
        or (isinstance(words, Command) and words.name in DRAFT_ENDS)
        or chosen(dialogue, event, manner) in {"cancel", "drop"}
        or isinstance(outcome.effect, FileReport)
    )


def may_be_silent(dialogue: Dialogue, event: Event) -> bool:
    if isinstance(event, PatienceEnded):
        return True
    if isinstance(event, Strange):
        return event.odd is Odd.LEFT
    return isinstance(event, Files) and bool(event.group) and event.group == dialogue.group and event.words is None


def lead_of(outcome: Outcome) -> tuple[Line, ...]:
    """What intake says first about an effect, at its longest."""
    match outcome.effect:
        case FileReport():
            hint = (Line(outcome.effect.hint),) if outcome.effect.hint else ()
            return (*hint, Line("filed", (("code", "1234-5678-9012-3456"),)))
        case LookUp():
            return (Line("code_unknown"),)
        case Forget():
            return (Line("forgotten", (("last4", "3456"),)),)
        case None:
            return ()
        case _:
            return (Line("recategorised", (("category", "x" * 24),)),)


def settled(outcome: Outcome, manner: Manner) -> Outcome:
    """The outcome once what shall be done outside was done."""
    if not isinstance(outcome.effect, FileReport):
        return outcome
    placed = outcome.effect.draft.place is not None and outcome.effect.draft.place.area is not None
    filed = Filed(ReportId("r"), placed=placed, alternatives=outcome.effect.alternatives)
    return conversation.after_filing(outcome.dialogue, outcome.effect, filed, manner)


def walk(
    given_: Sequence[Incoming | Press | Silence], lang: str, manner: Manner
) -> Iterator[tuple[Dialogue, Event, Outcome]]:
    dialogue = Dialogue(lang)
    for each in given_:
        event = event_for(each, dialogue)
        outcome = step(dialogue, event, manner)
        yield dialogue, event, outcome
        dialogue = settled(outcome, manner).dialogue


@given(EVENTS, st.sampled_from(LANGUAGES), st.sampled_from(MANNERS))
@RUNS
def test_every_event_is_answered_in_words_that_fit(
    given_: list[Incoming | Press | Silence], lang: str, manner: Manner
) -> None:
    for dialogue, event, outcome in walk(given_, lang, manner):
        done = settled(outcome, manner)
        said = done.say or Say(())
        lines = lead_of(outcome) + said.lines
        if not lines:
            assert may_be_silent(dialogue, event), (dialogue.step, event)
            continue
        rendered = render(replace(said, lines=lines), done.dialogue.lang, manner)
        assert rendered.text
        cost = gsm7.septets(rendered.text) if manner.gsm7 else len(rendered.text)
        assert cost is not None
        assert cost <= manner.limit, (dialogue.step, event, rendered.text)
        assert len(said.options) <= manner.options


@given(EVENTS, st.sampled_from(LANGUAGES), st.sampled_from(MANNERS))
@RUNS
def test_nothing_that_was_given_is_lost_but_by_the_citizens_own_word(
    given_: list[Incoming | Press | Silence], lang: str, manner: Manner
) -> None:
    for before, event, outcome in walk(given_, lang, manner):
        if ends_the_draft(before, event, outcome, manner):
            continue
        after = outcome.dialogue.draft
        files = before.draft.files if before.filed is None else ()
        files += event.files if isinstance(event, Files) else ()
        if before.filed is None or isinstance(event, Files):
            assert after.files == files[:MOST_FILES], event
        rewritten = before.menu == "again" and isinstance(words_of(event), Text)
        if not rewritten:
            assert before.draft.text in after.text, (before.step, event)
        if before.draft.category is not None:
            assert after.category is not None


@given(EVENTS, st.sampled_from(LANGUAGES), st.sampled_from(MANNERS))
@RUNS
def test_a_report_is_filed_with_all_that_was_told_and_never_without_a_category(
    given_: list[Incoming | Press | Silence], lang: str, manner: Manner
) -> None:
    for before, _, outcome in walk(given_, lang, manner):
        if isinstance(outcome.effect, FileReport):
            draft = outcome.effect.draft
            assert draft.category is not None
            assert draft.text.strip()
            assert draft.place is not None
            if before.filed is None:
                assert before.draft.text in draft.text
                assert draft.files[: len(before.draft.files)] == before.draft.files


@given(EVENTS, st.sampled_from(LANGUAGES), st.sampled_from(MANNERS))
@RUNS
def test_every_state_can_be_kept_and_read_again(
    given_: list[Incoming | Press | Silence], lang: str, manner: Manner
) -> None:
    for _, _, outcome in walk(given_, lang, manner):
        dialogue = settled(outcome, manner).dialogue
        assert dialogue_of(as_row(row_of(b"lane", dialogue, NOW, KEY)), KEY) == dialogue


@given(EVENTS, st.sampled_from(LANGUAGES), st.sampled_from(MANNERS))
@RUNS
def test_an_option_that_is_offered_can_be_chosen_and_each_question_is_a_new_one(
    given_: list[Incoming | Press | Silence], lang: str, manner: Manner
) -> None:
    for before, _, outcome in walk(given_, lang, manner):
        done = settled(outcome, manner)
        said, after = done.say, done.dialogue
        assert after.revision >= before.revision
        if said is not None and said.options:
            assert tuple(option.id for option in said.options) == after.offered
            assert said.revision == after.revision > before.revision
            assert len({option.label for option in said.options}) == len(said.options)


@given(EVENTS, st.sampled_from(LANGUAGES), st.sampled_from(MANNERS))
@RUNS
def test_a_word_always_leads_out_and_leaves_nothing_behind(
    given_: list[Incoming | Press | Silence], lang: str, manner: Manner
) -> None:
    for _, _, outcome in walk(given_, lang, manner):
        dialogue = settled(outcome, manner).dialogue
        out = step(dialogue, Command("cancel"), manner)
        assert out.say is not None
        assert not out.dialogue.draft.text
        assert not out.dialogue.draft.files
        assert out.dialogue.step in {Step.IDLE, Step.FILED}


@given(TEXTS, st.sampled_from(LANGUAGES), st.sampled_from(MANNERS))
@RUNS
def test_the_same_words_in_the_same_state_always_lead_to_the_same(text: str, lang: str, manner: Manner) -> None:
    event = Text(text)
    assert step(Dialogue(lang), event, manner) == step(Dialogue(lang), event, manner)


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("at", list(Step))
@pytest.mark.parametrize("manner", MANNERS, ids=lambda manner: manner.name)
def test_each_command_is_answered_at_each_step(name: str, at: Step, manner: Manner) -> None:
    filed = Filed(ReportId("r"), placed=False) if at is Step.FILED else None
    back = Step.STORY if at is Step.RESUME else Step.IDLE
    outcome = step(Dialogue("id", at, back=back, menu="jalan" * (at is Step.LEAF), filed=filed), Command(name), manner)
    assert outcome.say is not None


def test_what_is_said_never_holds_the_words_of_a_citizen_by_sms() -> None:
    sms = next(manner for manner in MANNERS if not manner.echo)
    given_ = [wrote(text) for text in ("rahasia lampu mati", "1", "gang rahasia 5", "kelurahan cikini")]
    told = [settled(outcome, sms) for _, _, outcome in walk(given_, "id", sms)]
    assert told[-1].dialogue.step is Step.SUMMARY
    for done in told:
        assert done.say is not None
        assert not re.search("rahasia", render(done.say, "id", sms).text)


@pytest.mark.parametrize("manner", MANNERS, ids=lambda manner: manner.name)
def test_the_longest_story_and_the_longest_place_still_fit_a_summary(manner: Manner) -> None:
    story = "lampu jalan mati " + "dan begitu gelap sekali " * 160
    given_ = [wrote(text) for text in (story, "1", "kelurahan cikini " + "di ujung gang " * 250)]
    *_, (_, _, outcome) = walk(given_, "id", manner)
    said = settled(outcome, manner).say
    assert said is not None
    assert len(render(said, "id", manner).text) <= manner.limit


@pytest.mark.parametrize("caption", [f"CEK {CODE}", "BANTUAN", "makasih", "EN", CODE, "LAPOR", "/start", "halo"])
def test_a_photo_whose_words_are_no_story_waits_for_one_and_can_be_dropped(caption: str) -> None:
    manner = MANNERS[0]
    photo = StoredFile("a" * 40, "a2V5", "image/jpeg", 9)
    after = step(Dialogue("id"), event_of(replace(wrote(caption), files=(photo,))), manner).dialogue
    assert after.draft.files == (photo,)
    assert after.step is not Step.IDLE
    dropped = step(after, Command("cancel"), manner)
    assert dropped.dialogue == Dialogue(after.lang, revision=dropped.dialogue.revision)
