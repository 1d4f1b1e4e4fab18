"""Whose message an answer is: read before anything else, and only where it can be one."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bots.channels import CHANNELS
from core import conversation, tracking
from core.conversation import Add, At, ByCode, Choice, Command, Correct, Files, Heard, Text, step
from core.messages import ChannelProfile, Point, StoredFile
from core.model import About, Asking, Awaited, CategoryId, Dialogue, Draft, Filed, ReportId, Step
from tests.fakes.time_and_random import FakeRandomSource

PROFILES = {each.name: each.profile for each in CHANNELS}
TELEGRAM, SMS, MAIL = PROFILES["telegram"], PROFILES["sms"], PROFILES["mail"]
UNTIL = datetime(2026, 12, 1, tzinfo=UTC)
CODE = tracking.new_code(FakeRandomSource()).reveal()
PHOTO = StoredFile("a" * 40, "a2V5", "image/jpeg", 9)


def waits(last4: str, what: Asking, report: str = "") -> Awaited:
    return Awaited(ReportId(report or f"report-{last4}"), last4, what, UNTIL, f"message-{last4}-{what}")


QUESTION = waits("4321", Asking.ANSWER)
OTHER = waits("8765", Asking.ANSWER)
DONE = waits("1111", Asking.FEEDBACK)


def idle(*awaited: Awaited) -> Dialogue:
    return Dialogue("id", awaited=awaited)


def labels(outcome: conversation.Outcome) -> list[str]:
    return [option.id for option in outcome.say.options] if outcome.say else []


@pytest.mark.parametrize("profile", [TELEGRAM, SMS], ids=lambda profile: profile.name)
def test_plain_words_answer_the_one_that_waits(profile: ChannelProfile) -> None:
    assert step(idle(QUESTION), Text("jam 8"), profile).effect == Heard(QUESTION, "jam 8")
    assert step(idle(QUESTION, DONE), Text("jam 8"), profile).effect == Heard(QUESTION, "jam 8")
    assert step(idle(DONE), Text("belum, masih rusak"), profile).effect == Heard(DONE, "masih rusak", solved=False)
    assert not isinstance(step(idle(DONE), Text("jam 8"), profile).effect, Heard)


def test_a_mail_of_its_own_answers_nothing_and_one_in_the_thread_does() -> None:
    assert not isinstance(step(idle(QUESTION), Text("jam 8"), MAIL).effect, Heard)
    assert step(idle(QUESTION), Text("jam 8", in_thread=True), MAIL).effect == Heard(QUESTION, "jam 8")


@pytest.mark.parametrize("words", ["", "Ini fotonya", "Berikut foto lampunya, Pak"])
def test_files_that_answer_the_mail_with_the_code_are_added_to_what_was_filed(words: str) -> None:
    filed = Dialogue("id", Step.FILED, filed=Filed(ReportId("r"), placed=True, last4="4321"))
    said = Text(words, in_thread=True) if words else None
    outcome = step(filed, Files((PHOTO,), words=said, in_thread=True), MAIL)
    assert outcome.effect == Add(None, words, (PHOTO,), About(ReportId("r"), "4321"))


def test_files_of_a_new_mail_or_beside_a_correction_are_not_added() -> None:
    filed = Dialogue("id", Step.FILED, filed=Filed(ReportId("r"), placed=False, last4="4321"))
    assert not isinstance(step(filed, Files((PHOTO,), words=Text("Ini fotonya")), MAIL).effect, Add)
    said = Text("Cikini", in_thread=True)
    assert not isinstance(step(filed, Files((PHOTO,), words=said, in_thread=True), MAIL).effect, Add)


def test_files_beside_a_correction_or_a_bare_answer_go_to_what_was_filed_too() -> None:
    asked = Filed(ReportId("r"), placed=False, last4="4321", kind=CategoryId("pju"), options=("c:listrik", "other"))
    filed = Dialogue("id", Step.FILED, filed=asked)

    def effect_of(words: str) -> object:
        return step(filed, Files((PHOTO,), words=Text(words, in_thread=True), in_thread=True), MAIL).effect

    kind, place = effect_of("1"), effect_of("Tebet Timur")
    assert isinstance(kind, Correct)
    assert (kind.category, kind.files) == ("listrik", (PHOTO,))
    assert isinstance(place, Correct)
    assert place.place is not None
    assert (place.place.name, place.files) == ("Kel. Tebet Timur, Tebet", (PHOTO,))
    assert effect_of("2") == effect_of("7") == Add(None, "", (PHOTO,), About(ReportId("r"), "4321"))


def test_a_yes_for_one_and_a_question_of_another_is_asked_about() -> None:
    outcome = step(idle(QUESTION, DONE), Text("ya"), TELEGRAM)
    assert outcome.effect is None
    assert labels(outcome) == ["r:1111", "r:4321", "new"]
    chosen = step(
        replace(outcome.dialogue, awaited=(QUESTION, DONE)), Choice("r:1111", outcome.dialogue.revision), TELEGRAM
    )
    assert chosen.effect == Heard(DONE, "", solved=True)


def test_a_report_that_waits_for_both_takes_a_yes_as_its_judgement_and_words_as_its_answer() -> None:
    both = (waits("4321", Asking.ANSWER), waits("4321", Asking.FEEDBACK))
    assert step(idle(*both), Text("sudah beres"), SMS).effect == Heard(both[1], "beres", solved=True)
    assert step(idle(*both), Text("jam 8"), SMS).effect == Heard(both[0], "jam 8")


def test_only_reports_that_the_words_can_be_about_are_offered_the_newest_first() -> None:
    outcome = step(idle(QUESTION, DONE, OTHER), Text("jam 8"), TELEGRAM)
    assert labels(outcome) == ["r:8765", "r:4321", "new"]


def test_more_than_a_channel_can_show_leaves_the_newest_and_the_way_out() -> None:
    many = tuple(waits(f"{n:04d}", Asking.ANSWER) for n in range(20))
    outcome = step(idle(*many), Text("jam 8"), SMS)
    assert labels(outcome) == ["r:0019", "r:0018", "r:0017", "r:0016", "new"]


@pytest.mark.parametrize("words", ["4321", "yang 4321", "laporan ...4321 ya", "1"])
def test_which_report_can_be_said_in_digits(words: str) -> None:
    asked = step(idle(OTHER, QUESTION), Text("jam 8"), SMS).dialogue
    chosen = step(replace(asked, awaited=(OTHER, QUESTION)), Text(words), SMS)
    assert chosen.effect == Heard(QUESTION, "jam 8")
    assert chosen.dialogue.draft == Draft()


@pytest.mark.parametrize("words", ["9999", "anu", "43210"])
def test_what_names_none_of_them_is_asked_again_and_keeps_the_words(words: str) -> None:
    asked = step(idle(OTHER, QUESTION), Text("jam 8"), SMS).dialogue
    again = step(replace(asked, awaited=(OTHER, QUESTION)), Text(words), SMS)
    assert again.effect is None
    assert again.dialogue.step is Step.WHICH
    assert again.dialogue.draft.text == "jam 8"


def test_everything_before_the_choice_belongs_to_what_is_kept() -> None:
    both = (OTHER, QUESTION)
    held = step(idle(*both), Files((PHOTO,), words=Text("ini"), group="g"), TELEGRAM).dialogue
    silent = step(replace(held, awaited=both), Files((PHOTO,), group="g"), TELEGRAM)
    assert silent.say is None
    more = step(replace(silent.dialogue, awaited=both), Files((PHOTO,), words=Text("dan itu")), TELEGRAM)
    placed = step(replace(more.dialogue, awaited=both), At(Point(-6.2, 106.8)), TELEGRAM)
    full = step(replace(placed.dialogue, awaited=both), Files((PHOTO,) * 9), TELEGRAM)
    draft = full.dialogue.draft
    assert draft.text == "ini\ndan itu\n-6.2, 106.8"
    assert len(draft.files) == 10
    assert full.say is not None
    assert "file_many" in [line.key for line in full.say.lines]


def test_a_code_amid_the_choice_is_answered_and_photos_after_it_still_belong_to_what_is_kept() -> None:
    both = (OTHER, QUESTION)
    held = step(idle(*both), Text("jam 8"), TELEGRAM).dialogue
    looked = step(replace(held, awaited=both), Text(CODE), TELEGRAM).dialogue
    assert (looked.step, looked.back) == (Step.RESUME, Step.WHICH)
    again = step(replace(looked, awaited=both), Files((PHOTO,)), TELEGRAM).dialogue
    assert (again.step, again.draft.text, again.draft.files) == (Step.WHICH, "jam 8", (PHOTO,))


def test_a_bare_no_that_is_about_none_of_them_asks_for_the_story() -> None:
    asked = step(idle(QUESTION, DONE), Text("2"), SMS)
    chosen = step(replace(asked.dialogue, awaited=(QUESTION, DONE)), Text("laporan baru"), SMS)
    assert (chosen.dialogue.step, chosen.dialogue.draft.text) == (Step.STORY, "")


def test_by_mail_a_story_of_its_own_is_filed_at_once() -> None:
    words = "Jalan berlubang besar di kelurahan cikini, sudah seminggu"
    asked = step(idle(QUESTION, OTHER), Text(words, in_thread=True), MAIL)
    assert asked.dialogue.step is Step.WHICH
    chosen = step(replace(asked.dialogue, awaited=(QUESTION, OTHER)), Text("3", in_thread=True), MAIL)
    assert isinstance(chosen.effect, conversation.FileReport)
    assert chosen.effect.draft.text == words


def test_a_reply_names_its_question_at_every_step() -> None:
    named = Text("jam 8", in_thread=True, answers=(OTHER.message,))
    for at in Step:
        begun = Dialogue("id", at, Draft(text="x"), back=Step.STORY, about=About(QUESTION.report, "4321"))
        assert step(replace(begun, awaited=(QUESTION, OTHER)), named, TELEGRAM).effect == Heard(OTHER, "jam 8"), at


def test_words_after_the_button_go_to_that_report_even_when_it_was_answered_meanwhile() -> None:
    pressed = step(idle(QUESTION, OTHER), Choice("answer.8765", 0), TELEGRAM).dialogue
    assert pressed.about == About(OTHER.report, "8765")
    assert step(replace(pressed, awaited=(QUESTION, OTHER)), Text("2"), TELEGRAM).effect == Heard(OTHER, "2")
    late = step(replace(pressed, awaited=(QUESTION,)), Text("jam 8"), TELEGRAM)
    assert late.effect == Add(None, "jam 8", (), About(OTHER.report, "8765"))


def test_words_after_the_button_are_never_a_judgement() -> None:
    """It was said to be done between the press and the words."""
    pressed = step(idle(QUESTION), Choice("answer.4321", 0), TELEGRAM).dialogue
    done = waits("4321", Asking.FEEDBACK)
    late = step(replace(pressed, awaited=(done,)), Text("tidak ada orang"), TELEGRAM)
    assert late.effect == Add(None, "tidak ada orang", (), About(QUESTION.report, "4321"))


def test_a_question_does_not_take_what_is_being_added() -> None:
    adding = Dialogue("id", Step.ADD, about=About(QUESTION.report, "4321"), awaited=(QUESTION,))
    assert step(adding, Text("ada tiga"), SMS).effect == Add(None, "ada tiga", (), adding.about)


@pytest.mark.parametrize("button", ["answer.0000", "solved.4321", "unsolved.0000"])
def test_a_button_of_what_is_over_says_so(button: str) -> None:
    outcome = step(idle(QUESTION), Choice(button, 0), TELEGRAM)
    assert outcome.effect is None
    assert outcome.say is not None
    assert [line.key for line in outcome.say.lines] == ["answer_over"]


@pytest.mark.parametrize("button", ["answer.", "solved", "sent.4321"])
def test_another_button_is_none_of_these(button: str) -> None:
    outcome = step(idle(QUESTION), Choice(button, 0), TELEGRAM)
    assert outcome.say is not None
    assert "stale" in [line.key for line in outcome.say.lines]


def test_a_code_with_words_or_files_is_about_that_report_at_every_step() -> None:
    for at in Step:
        begun = Dialogue("id", at, Draft(text="x"), back=Step.STORY, about=About(QUESTION.report, "4321"))
        said = step(replace(begun, awaited=(QUESTION,)), Text(f"{CODE} jam 8"), TELEGRAM)
        assert isinstance(said.effect, ByCode), at
        assert said.effect.words == "jam 8"
        shown = step(replace(begun, awaited=(QUESTION,)), Files((PHOTO,), words=Text(CODE)), TELEGRAM)
        assert isinstance(shown.effect, ByCode), at
        assert shown.effect.files == (PHOTO,)


def test_a_photo_that_could_not_be_read_does_not_make_its_words_an_answer_twice() -> None:
    outcome = step(idle(QUESTION), Files((PHOTO,), ("file_damaged",), Text("jam 8")), TELEGRAM)
    assert outcome.effect == Heard(QUESTION, "jam 8", (PHOTO,))
    assert outcome.say is not None
    assert [line.key for line in outcome.say.lines] == ["file_damaged"]
    none = step(idle(QUESTION), Files((), ("file_damaged",)), TELEGRAM)
    assert none.effect is None


def test_a_place_answers_only_where_staff_asked() -> None:
    at = At(Point(-6.2, 106.8))
    assert step(idle(QUESTION), at, TELEGRAM).effect == Heard(QUESTION, "-6.2, 106.8")
    assert step(idle(DONE), at, TELEGRAM).effect is None
    begun = Dialogue("id", Step.PLACE, Draft(text="lubang"), awaited=(QUESTION,))
    assert step(begun, at, TELEGRAM).effect is None


def test_the_rest_of_an_album_goes_where_its_first_part_went() -> None:
    about = About(QUESTION.report, "4321")
    answered = Dialogue("id", group="g", about=about)
    assert step(answered, Files((PHOTO,), words=Text("dua"), group="g"), TELEGRAM).effect == Add(
        None, "dua", (PHOTO,), about
    )
    other = step(answered, Files((PHOTO,), group="h"), TELEGRAM)
    assert other.effect is None
    assert other.dialogue.draft.files == (PHOTO,)


@pytest.mark.parametrize("caption", ["TAMBAH", "BANTUAN"])
def test_a_photo_below_another_command_waits_for_its_story(caption: str) -> None:
    name = {"TAMBAH": "add", "BANTUAN": "help"}[caption]
    outcome = step(idle(QUESTION), Files((PHOTO,), words=Command(name)), TELEGRAM)
    assert outcome.effect is None
    assert outcome.dialogue.draft.files == (PHOTO,)


def test_a_question_that_arrives_ends_one_that_nothing_was_given_to_and_no_other() -> None:
    asked = Dialogue("id", Step.STORY, revision=7)
    assert conversation.overtaken(asked) == Dialogue("id", revision=7)
    begun = replace(asked, draft=Draft(files=(PHOTO,)))
    assert conversation.overtaken(begun) == begun
    filed = Dialogue("id", Step.FILED, offered=("fix",), filed=Filed(ReportId("r"), placed=True, options=("fix",)))
    after = conversation.overtaken(filed)
    assert after == replace(filed, offered=())
    pressed = replace(after, filed=Filed(ReportId("r"), placed=True, options=("other",)), awaited=(DONE,))
    assert step(pressed, Choice("other", 0), TELEGRAM).dialogue.step is Step.GROUP, "its buttons still work"


def test_what_a_citizen_was_doing_is_gone_back_to() -> None:
    begun = Dialogue("id", Step.RESUME, Draft(text="lubang"), back=Step.PLACE)
    waiting = conversation.waits_for(begun, About(QUESTION.report, "4321"), Step.ANSWER, TELEGRAM).dialogue
    assert (waiting.step, waiting.back) == (Step.ANSWER, Step.PLACE)
    looked = step(waiting, Text(CODE), TELEGRAM).dialogue
    assert (looked.step, looked.back, looked.about) == (Step.RESUME, Step.PLACE, None)
    greeted = step(waiting, Command("start"), TELEGRAM).dialogue
    assert (greeted.step, greeted.back, greeted.about) == (Step.RESUME, Step.PLACE, None)
