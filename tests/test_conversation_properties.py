"""Whatever comes, in whatever order: a conversation answers, loses nothing that was given, and can be kept."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bots.channels import CHANNELS
from core import conversation, tracking
from core.analysis import Analysis
from core.conversation import (
    Add,
    ByCode,
    Choice,
    Command,
    Correct,
    Event,
    FileReport,
    Files,
    Follow,
    Forget,
    Heard,
    LookUp,
    Outcome,
    PatienceEnded,
    Strange,
    Text,
    Withdraw,
    event_of,
    questions,
    step,
)
from core.conversation.command_words import COMMANDS
from core.conversation.intents import change_of, option_of
from core.conversation.moves import MOST_FILES
from core.conversation.verdicts import verdict_of
from core.messages import (
    Address,
    ChannelProfile,
    Envelope,
    Incoming,
    Line,
    Point,
    Say,
    SenderProof,
    StoredFile,
    UnsupportedContent,
    WireId,
)
from core.model import (
    About,
    AskedAnew,
    Asking,
    Awaited,
    CategoryId,
    Detail,
    Dialogue,
    Filed,
    LeavesOf,
    ReportId,
    Step,
    TwoProblems,
)
from core.phrases import SPOKEN, gsm7, render
from core.scrub import REFUSALS
from storage.dialogues import dialogue_of, row_of
from storage.vault import DataKey
from tests.fakes.nouns import as_row
from tests.fakes.said_once import SaidOnce
from tests.fakes.time_and_random import FakeRandomSource

# One more, as a provider of chats has it that shows few and short buttons: what does not fit is numbered.
FEW_BUTTONS = ChannelProfile("chat", limit=4000, max_buttons=3, label_limit=20, sender_proof=SenderProof.PROVED)
PROFILES = (*(channel.profile for channel in CHANNELS), FEW_BUTTONS)
NARROW = ChannelProfile("narrow", limit=1000, max_buttons=3, label_limit=20)
CODE = tracking.new_code(FakeRandomSource()).reveal()
KEY = DataKey(b"k" * 32)
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
LAST4 = (("last4", "3456"),)
JOINING = frozenset({"", "dan", "juga", "terus", "and", "also"})
DRAFT_ENDS = frozenset({"cancel", "leave", "restart"})
TWO = "lampu jalan mati di kelurahan cikini dan sampah menumpuk di kelurahan gambir"
WORDS = (
    "halo", "lampu jalan mati di tebet", "banjir di kampung pulo", "kebakaran di cipinang besar selatan", "anu",
    "istri dipukuli suami", "ya", "tidak", "1", "2", "3", "5", "9", "dua", "lewati", "kembali", "-", "!!!",
    "jatinegara", "kelurahan cikini", "di Bekasi", "depan warung bu Sri dekat pohon", "sampah", "Jalan rusak", "jalan",
    "ubah", "tempat", "kirim", "cerita", "jenis", "NIK saya 3174096112900001, nomor 081234567890, jalan berlubang",
    CODE, CODE[:-1],
    f"laporan {CODE} bagaimana", "makasih", "BATAL", "ULANG", "LAPOR", "LAPOR lampu mati di cikini", "CEK", "ID", "EN",
    f"LUPAKAN {CODE}", "BANTUAN", "PRIVASI", "KODE", "bahasa", "/start", "/start pju", f"/start {CODE}", f"CEK {CODE}",
    f"TAMBAH {CODE}", f"TAMBAH {CODE} lampunya tiga", f"CABUT {CODE}", f"{CODE} 2 masih rusak", "TAMBAH", "CABUT",
    "4321", "yang 8765", "2 masih rusak", "sudah beres", "jam 8 pagi", "ikut", "baru",
    "pohon tumbang menutup jalan di kelurahan cikini sejak tadi pagi", TWO, "pisah", "satu saja", "dua-duanya ya",
    "hole in the road at Tebet, please fix it", "panjang " * 400, "kelurahan cikini " + "di ujung gang " * 250,
)  # fmt: skip


@pytest.fixture(autouse=True, scope="module")
def _read_once() -> Iterator[None]:
    """The same few words are said in every walk: what they mean is read once."""
    with SaidOnce().open():
        yield


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


@dataclass(frozen=True)
class Around:
    """What stands beside a conversation: whose answer is awaited, and whether a report says the same as the draft."""

    awaited: tuple[Awaited, ...] = ()
    alike: bool = False


def awaits(report: str, last4: str, what: Asking) -> Awaited:
    return Awaited(ReportId(report), last4, what, NOW + timedelta(days=7), f"message-{last4}")


AROUND = st.sampled_from((
    Around(),
    Around(alike=True),
    Around((awaits("a", "4321", Asking.ANSWER),), alike=True),
    Around((awaits("a", "4321", Asking.FEEDBACK),)),
    Around((awaits("a", "4321", Asking.ANSWER), awaits("b", "8765", Asking.ANSWER))),
    Around((awaits("a", "4321", Asking.FEEDBACK), awaits("b", "8765", Asking.ANSWER)), alike=True),
))  # fmt: skip


TEXTS = st.sampled_from(WORDS) | st.text(max_size=50) | st.text("lampu jalan tebet 123.,!?\n", max_size=80)
POINTS = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
PHOTOS = st.integers(0, 12).map(lambda n: tuple(StoredFile(f"{at:040d}", "a2V5", "image/jpeg", 9) for at in range(n)))
REFUSED = st.lists(st.sampled_from((*REFUSALS, "file_lost", "file_rest", "file_slow")), max_size=3).map(tuple)
BARE = st.just(Envelope("telegram", Address("budi"), WireId("1")))
NEWS_BUTTONS = st.sampled_from(("solved.4321", "unsolved.4321", "answer.4321", "answer.8765", "answer.0000"))
NAMED = st.sampled_from(("message-4321", "message-8765", "message-0000"))
MESSAGES = st.one_of(
    st.builds(lambda e, option: Incoming(replace(e, choice=option, revision=0)), BARE, NEWS_BUTTONS),
    st.builds(
        lambda e, text, named: Incoming(replace(e, text=text, in_thread=True, answers=(named,))), BARE, TEXTS, NAMED
    ),
    st.builds(lambda e, text, thread: Incoming(replace(e, text=text, in_thread=thread)), BARE, TEXTS, st.booleans()),
    st.builds(lambda e, point: Incoming(replace(e, point=point)), BARE, POINTS),
    st.builds(
        lambda e, text, what: Incoming(replace(e, text=text, unsupported=what)),
        BARE,
        st.just("") | TEXTS,
        st.sampled_from(UnsupportedContent),
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
    (TWO,), (TWO, "pisah"), (TWO, "pisah", "kirim"), (TWO, "pisah", "kirim", "lanjut"), (TWO, "gabung"),
    ("/start pju",), (f"TAMBAH {CODE}",), ("lampu jalan mati", "1", "kelurahan cikini", f"TAMBAH {CODE}"),
)).map(lambda texts: [wrote(text) for text in texts])  # fmt: skip
PRESSES = st.builds(Press, st.integers(0, 9), st.sampled_from((False, False, False, True)))
RANDOM = st.lists(MESSAGES | MESSAGES | PRESSES | st.builds(Silence), max_size=10)
EVENTS = st.builds(lambda opening, more: [*opening, *more], OPENINGS, RANDOM)
RUNS = settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])


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


def chosen(dialogue: Dialogue, event: Event, profile: ChannelProfile) -> str | None:
    """The option that the event chooses, pressed or in words."""
    if isinstance(event, Choice):
        alive = event.revision == dialogue.revision and event.option in dialogue.offered
        return event.option if alive else None
    words = words_of(event)
    if not isinstance(words, Text):
        return None
    options = questions.options(dialogue.offered, dialogue.lang, profile)
    return option_of(words.text, dialogue.offered, tuple(option.label for option in options))


def ends_the_draft(dialogue: Dialogue, event: Event, outcome: Outcome, profile: ChannelProfile) -> bool:
    words = words_of(event)
    return (
        isinstance(event, PatienceEnded)
        or (isinstance(event, Strange) and event.odd is UnsupportedContent.LEFT)
        or (isinstance(words, Command) and words.name in DRAFT_ENDS)
        or chosen(dialogue, event, profile) in {"cancel", "drop", "photo"}  # "photo": those there are taken away
        or isinstance(outcome.effect, FileReport)
        or (isinstance(words, Text) and change_of(words.text) == "photo")  # "salah foto": they are taken away
    )


def may_be_silent(dialogue: Dialogue, event: Event) -> bool:
    if isinstance(event, PatienceEnded):
        return True
    if isinstance(event, Strange):
        return event.odd is UnsupportedContent.LEFT
    return isinstance(event, Files) and bool(event.group) and event.group == dialogue.group and event.words is None


LEADS: dict[type, tuple[Line, ...]] = {
    LookUp: (Line("code_unknown"),),
    ByCode: (Line("code_unknown"), Line("photo_again", keep=False)),
    Forget: (Line("forgotten", LAST4),),
    Withdraw: (Line("withdrawn", LAST4),),
    Follow: (Line("followed", (("code", "1234-5678-9012-3456"),)), Line("code_secret", keep=False)),
    Correct: (Line("recategorised", (("category", "x" * 24),)),),
}


def lead_of(outcome: Outcome) -> tuple[Line, ...]:
    """What intake says first about an effect, at its longest."""
    match outcome.effect:
        case None:
            return ()
        case FileReport(hint=hint):
            return (*((Line(hint),) if hint else ()), Line("filed", (("code", "1234-5678-9012-3456"),)))
        case Heard(solved=solved):
            return (Line("answer_kept" if solved is None else "feedback_disputed", LAST4),)
        case Add(about=None, words="", files=()):
            return ()  # asks for them
        case Add():
            return (Line("report_ended", LAST4),)
        case effect:
            return LEADS[type(effect)]


def settled(outcome: Outcome, profile: ChannelProfile, around: Around = Around()) -> Outcome:
    """The outcome once what shall be done outside was done."""
    after, effect = outcome.dialogue, outcome.effect
    if isinstance(effect, Add) and effect.code is not None and not effect.words and not effect.files:
        return conversation.waits_for(after, About(ReportId("a"), "3456"), Step.ADD, profile)
    asks = outcome.say is not None and any(line.key == "summary" for line in outcome.say.lines)
    if around.alike and effect is None and after.step is Step.SUMMARY and asks:
        return conversation.offered(after, (ReportId("b"), 3), profile)
    if not isinstance(effect, FileReport):
        return outcome
    placed = effect.draft.place is not None and effect.draft.place.area is not None
    filed = Filed(ReportId("r"), placed=placed, alternatives=effect.alternatives)
    return conversation.after_filing(after, effect, filed, profile)


def walk(
    given_: Sequence[Incoming | Press | Silence],
    lang: str,
    profile: ChannelProfile,
    around: Around = Around(),
) -> Iterator[tuple[Dialogue, Event, Outcome]]:
    """As a citizen meets it: what is awaited is read anew at each turn, and gone once it was answered."""
    dialogue, awaited = Dialogue(lang), around.awaited
    for each in given_:
        dialogue = replace(dialogue, awaited=awaited)
        event = event_for(each, dialogue)
        outcome = step(dialogue, event, profile)
        yield dialogue, event, outcome
        dialogue = settled(outcome, profile, around).dialogue
        if isinstance(outcome.effect, Heard):
            awaited = tuple(each for each in awaited if each != outcome.effect.awaited)


def carried(outcome: Outcome) -> tuple[str, tuple[StoredFile, ...]]:
    """What leaves the conversation for a report that is there."""
    match outcome.effect:
        case Heard(words=words, files=files) | ByCode(words=words, files=files) | Add(words=words, files=files):
            return words, files
        case Follow(draft=draft):
            return draft.text, draft.files
        case _:
            return "", ()


def told_apart(before: Dialogue, outcome: Outcome) -> bool:
    """Two problems of one message became two drafts."""
    return before.step is Step.SEVERAL and bool(outcome.dialogue.draft.second)


def asked_for_again(outcome: Outcome) -> bool:
    return outcome.say is not None and any(line.key == "photo_again" for line in outcome.say.lines)


def told_of_no_problem(before: Dialogue, event: Event, profile: ChannelProfile) -> bool:
    """A bare "2" that shall begin a new report."""
    bare = verdict_of(before.draft.text, asked=False) is not None or not re.search(r"[^\W\d_]", before.draft.text)
    return before.step is Step.WHICH and bare and chosen(before, event, profile) == "new"


@given(EVENTS, st.sampled_from(SPOKEN), st.sampled_from(PROFILES), AROUND)
@RUNS
def test_every_event_is_answered_in_words_that_fit(
    given_: list[Incoming | Press | Silence], lang: str, profile: ChannelProfile, around: Around
) -> None:
    for dialogue, event, outcome in walk(given_, lang, profile, around):
        done = settled(outcome, profile, around)
        said = done.say or Say(())
        lines = lead_of(outcome) + said.lines
        if not lines:
            assert may_be_silent(dialogue, event), (dialogue.step, event)
            continue
        rendered = render(replace(said, lines=lines), done.dialogue.lang, profile)
        assert rendered.text
        cost = gsm7.septets(rendered.text) if profile.gsm7 else len(rendered.text)
        assert cost is not None
        assert cost <= profile.limit, (dialogue.step, event, rendered.text)
        assert len(said.options) <= profile.options


def words_are_kept(before: Dialogue, event: Event, outcome: Outcome, profile: ChannelProfile) -> bool:
    """All of them stand in the draft, left with it, or were told anew; two drafts have all but what joined them."""
    told, after = before.draft.text, outcome.dialogue.draft
    if told_apart(before, outcome):
        between = told[len(after.text) : -len(after.second)].strip(" .,;!?\n").lower()
        return told.startswith(after.text) and told.endswith(after.second) and between in JOINING
    rewritten = isinstance(before.detail, AskedAnew) and isinstance(words_of(event), Text)
    judged = isinstance(outcome.effect, Heard) and outcome.effect.solved is not None
    if rewritten or judged or told_of_no_problem(before, event, profile):
        return True
    return told in after.text or told in carried(outcome)[0]


def offered_kinds(outcome: Outcome) -> set[str]:
    options = outcome.say.options if outcome.say is not None else ()
    return {option.id.removeprefix("c:") for option in options if option.id.startswith("c:")}


@given(EVENTS, st.sampled_from(SPOKEN), st.sampled_from(PROFILES), AROUND)
@example([wrote("/start pju"), wrote("istri dipukuli suami")], "id", PROFILES[0], Around())
@RUNS
def test_nothing_that_was_given_is_lost_but_by_the_citizens_own_word(
    given_: list[Incoming | Press | Silence], lang: str, profile: ChannelProfile, around: Around
) -> None:
    for before, event, outcome in walk(given_, lang, profile, around):
        if ends_the_draft(before, event, outcome, profile):
            continue
        after = outcome.dialogue.draft
        _, gone = carried(outcome)
        files = before.draft.files if before.filed is None else ()
        files += event.files if isinstance(event, Files) else ()
        if gone:
            assert Counter(after.files) + Counter(gone) == Counter(files), event
        elif (before.filed is None or isinstance(event, Files)) and not asked_for_again(outcome):
            assert after.files == files[:MOST_FILES], event
        assert words_are_kept(before, event, outcome, profile), (before.step, event)
        if before.draft.category is not None and not isinstance(outcome.effect, Follow):
            # What was only guessed is asked about, when what is told behind it makes something else as likely; what was
            # chosen, where words behind it lean to what only one agency may read, and then that is offered.
            asked = before.draft.guessed or after.leans in offered_kinds(outcome)
            assert after.category is not None or (asked and outcome.dialogue.step in {Step.CATEGORY, Step.GROUP})
        if before.draft.second and not isinstance(outcome.effect, Follow):
            assert after.second == before.draft.second


@given(EVENTS, st.sampled_from(SPOKEN), st.sampled_from(PROFILES), AROUND)
@RUNS
def test_the_second_of_two_problems_is_offered_once_the_first_is_dealt_with(
    given_: list[Incoming | Press | Silence], lang: str, profile: ChannelProfile, around: Around
) -> None:
    for _, _, outcome in walk(given_, lang, profile, around):
        if isinstance(outcome.effect, FileReport | Follow) and outcome.effect.draft.second:
            after = settled(outcome, profile, around)
            assert after.dialogue.step is Step.SECOND
            assert after.dialogue.draft.text == outcome.effect.draft.second
            assert after.say is not None
            assert [option.id for option in after.say.options] == ["resume", "drop"]


@given(EVENTS, st.sampled_from(SPOKEN), st.sampled_from(PROFILES), AROUND)
@RUNS
def test_words_that_answer_reach_the_report_whole(
    given_: list[Incoming | Press | Silence], lang: str, profile: ChannelProfile, around: Around
) -> None:
    for before, event, outcome in walk(given_, lang, profile, around):
        said = words_of(event)
        effect = outcome.effect
        if isinstance(effect, Heard) and isinstance(said, Text) and before.step is not Step.WHICH:
            whole = verdict_of(said.text, asked=True) if effect.solved is not None else (None, said.text)
            assert whole == (effect.solved, effect.words)
        if isinstance(effect, Heard) and before.step is Step.WHICH and effect.solved is None:
            assert effect.words == before.draft.text or effect.awaited.message in getattr(event, "answers", ())


@given(EVENTS, st.sampled_from(SPOKEN), st.sampled_from(PROFILES))
@RUNS
def test_a_report_is_filed_with_all_that_was_told_and_never_without_a_category(
    given_: list[Incoming | Press | Silence], lang: str, profile: ChannelProfile
) -> None:
    for before, _, outcome in walk(given_, lang, profile):
        if isinstance(outcome.effect, FileReport):
            draft = outcome.effect.draft
            assert draft.category is not None
            assert draft.text.strip()
            assert draft.place is not None
            if before.filed is None:
                assert before.draft.text in draft.text
                assert draft.files[: len(before.draft.files)] == before.draft.files


@given(EVENTS, st.sampled_from(SPOKEN), st.sampled_from(PROFILES), AROUND)
@RUNS
def test_every_state_can_be_kept_and_read_again(
    given_: list[Incoming | Press | Silence], lang: str, profile: ChannelProfile, around: Around
) -> None:
    for _, _, outcome in walk(given_, lang, profile, around):
        dialogue = settled(outcome, profile, around).dialogue
        assert dialogue_of(as_row(row_of(b"lane", dialogue, NOW, KEY)), KEY) == dialogue


@given(EVENTS, st.sampled_from(SPOKEN), st.sampled_from(PROFILES), AROUND)
@RUNS
def test_an_option_that_is_offered_can_be_chosen_and_each_question_is_a_new_one(
    given_: list[Incoming | Press | Silence], lang: str, profile: ChannelProfile, around: Around
) -> None:
    for before, _, outcome in walk(given_, lang, profile, around):
        done = settled(outcome, profile, around)
        said, after = done.say, done.dialogue
        assert after.revision >= before.revision
        if said is not None and said.options:
            assert tuple(option.id for option in said.options) == after.offered
            assert said.revision == after.revision > before.revision
            assert len({option.label for option in said.options}) == len(said.options)


@given(EVENTS, st.sampled_from(SPOKEN), st.sampled_from(PROFILES), AROUND)
@RUNS
def test_a_word_always_leads_out_and_leaves_nothing_behind(
    given_: list[Incoming | Press | Silence], lang: str, profile: ChannelProfile, around: Around
) -> None:
    for _, _, outcome in walk(given_, lang, profile, around):
        dialogue = settled(outcome, profile, around).dialogue
        if dialogue.step in {Step.ANSWER, Step.ADD}:
            back = step(dialogue, Command("cancel"), profile).dialogue
            assert back.draft == dialogue.draft, "the draft below is still there"
            dialogue = back
        out = step(dialogue, Command("cancel"), profile)
        assert out.say is not None
        assert not out.dialogue.draft.text
        assert not out.dialogue.draft.files
        assert out.dialogue.step in {Step.IDLE, Step.FILED}


@given(TEXTS, st.sampled_from(SPOKEN), st.sampled_from(PROFILES))
@RUNS
def test_the_same_words_in_the_same_state_always_lead_to_the_same(
    text: str, lang: str, profile: ChannelProfile
) -> None:
    outcomes = []
    for _ in range(2):
        with Analysis().open():  # one of its own, in which nothing was read before
            outcomes.append(step(Dialogue(lang), Text(text), profile))
    assert outcomes[0] == outcomes[1]


@pytest.mark.parametrize("at", list(Step))
def test_each_command_is_answered_at_each_step(at: Step) -> None:
    filed = Filed(ReportId("r"), placed=False) if at is Step.FILED else None
    back = Step.STORY if at is Step.RESUME else Step.IDLE
    details: dict[Step, Detail] = {
        Step.LEAF: LeavesOf("jalan"),
        Step.SEVERAL: TwoProblems((CategoryId("pju"), CategoryId("sampah"))),
    }
    standing = Dialogue("id", at, back=back, detail=details.get(at), filed=filed)
    for profile, name in product(PROFILES, COMMANDS):
        assert step(standing, Command(name), profile).say is not None, (profile.name, name)


def test_what_is_said_never_holds_the_words_of_a_citizen_by_sms() -> None:
    sms = next(profile for profile in PROFILES if not profile.echo)
    given_ = [wrote(text) for text in ("rahasia lampu mati", "1", "gang rahasia 5", "kelurahan cikini")]
    told = [settled(outcome, sms) for _, _, outcome in walk(given_, "id", sms)]
    assert told[-1].dialogue.step is Step.SUMMARY
    for done in told:
        assert done.say is not None
        assert not re.search("rahasia", render(done.say, "id", sms).text)


@pytest.mark.parametrize("profile", [*PROFILES, NARROW], ids=lambda profile: profile.name)
def test_the_longest_story_and_the_longest_place_still_fit_a_summary(profile: ChannelProfile) -> None:
    story = "lampu jalan mati " + "dan begitu gelap sekali " * 160
    given_ = [wrote(text) for text in (story, "1", "kelurahan cikini " + "di ujung gang " * 250)]
    *_, (_, _, outcome) = walk(given_, "id", profile)
    said = settled(outcome, profile).say
    assert said is not None
    assert len(render(said, "id", profile).text) <= profile.limit


@pytest.mark.parametrize("caption", [f"CEK {CODE}", "BANTUAN", "makasih", "EN", "LAPOR", "/start", "halo"])
def test_a_photo_whose_words_are_no_story_waits_for_one_and_can_be_dropped(caption: str) -> None:
    profile = PROFILES[0]
    photo = StoredFile("a" * 40, "a2V5", "image/jpeg", 9)
    after = step(Dialogue("id"), event_of(replace(wrote(caption), files=(photo,))), profile).dialogue
    assert after.draft.files == (photo,)
    assert after.step is not Step.IDLE
    dropped = step(after, Command("cancel"), profile)
    assert dropped.dialogue == Dialogue(after.lang, revision=dropped.dialogue.revision)


@pytest.mark.parametrize("caption", [CODE, f"{CODE} ini fotonya", f"TAMBAH {CODE}", CODE[:-1]])
def test_a_photo_with_a_code_goes_to_that_report_and_begins_none(caption: str) -> None:
    photo = StoredFile("a" * 40, "a2V5", "image/jpeg", 9)
    for profile in PROFILES:
        outcome = step(Dialogue("id"), event_of(replace(wrote(caption), files=(photo,))), profile)
        assert isinstance(outcome.effect, ByCode | Add)
        assert outcome.effect.files == (photo,)
        assert outcome.dialogue == Dialogue("id")
