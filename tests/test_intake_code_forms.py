"""A form with a code does what the code does in a conversation, by the same rules, and nothing twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core import intake
from core.authority import MAY, Bearer, Deed
from core.casework import process_deadlines
from core.errors import NotAllowed
from core.intake import Acted, CodeForm, Offers, Requester
from core.messages import WireId
from core.model import Act, Feedback, Status, TrackingCode
from core.record import Turn
from tests.fakes.filed_case import Case, filed
from tests.fakes.officers import Officers
from tests.fakes.town import PHOTO

ASKER = Requester("198.51.100.7", "id", shared=True)
FOLLOWING = ("/start jalan_rusak", "lubangnya dalam sekali", "kelurahan cikini", "4")
DEEDS = (Deed.ANSWER, Deed.ADD, Deed.FEEDBACK, Deed.WITHDRAW, Deed.FORGET)


def code_of(case: Case) -> TrackingCode:
    return TrackingCode(case.code.replace("-", ""))


def sends(case: Case, deed: Deed, words: str = "", **more: object) -> Acted:
    """One form, and what those hear of it who left an address."""
    form = CodeForm(deed, code_of(case), case.town.next_id(), words=words, **more)  # type: ignore[arg-type]  # its fields
    return again(case, form)


def again(case: Case, form: CodeForm) -> Acted:
    town, now = case.town, case.town.clock.now()
    done = town.store.run(lambda tx: intake.act(tx, form, ASKER, now, town.context))
    town.post()
    return done


def offered(case: Case) -> Offers:
    town, now = case.town, case.town.clock.now()
    found = town.store.run(lambda tx: intake.look_up(tx, code_of(case), ASKER, now, town.context))
    assert found.report is not None
    assert found.holder is not None
    return intake.offers(found.report, found.holder, found)


def keys(done: Acted) -> list[str]:
    return [line.key for line in done.lines]


@pytest.mark.parametrize("channel", ["telegram", "sms", "mail"])
def test_an_answer_is_the_answer_wherever_the_question_went(channel: str) -> None:
    case = filed(channel)
    case.asks()
    assert (offered(case).number, Deed.ANSWER in offered(case).deeds) == (1, True)
    done = sends(case, Deed.ANSWER, "sejak Senin, saya Budi Santoso", question=1)
    assert (keys(done), done.kept) == (["answer_kept"], True)
    assert case.answers[0] is not None
    assert "Santoso" not in case.answers[0]
    assert not case.town.awaited, "nobody is waited for any more"
    assert Deed.ANSWER not in offered(case).deeds


def test_an_answer_to_a_question_that_was_closed_is_not_taken_and_can_be_sent_otherwise() -> None:
    case = filed("telegram")
    case.asks()
    case.town.clock.passes(days=4)
    case.officers.do(case.report, Act.CLOSE_QUESTION)
    form = CodeForm(Deed.ANSWER, code_of(case), WireId("w"), words="sejak Senin", question=1)
    for _ in range(2):
        done = again(case, form)
        assert (keys(done), done.kept, done.again) == (["answer_over"], False, False)
    assert (case.answers, case.added) == ([None], [])
    assert keys(sends(case, Deed.ADD, "sejak Senin")) == ["addition_kept"]


def test_a_second_answer_is_added() -> None:
    case = filed("telegram")
    case.asks()
    sends(case, Deed.ANSWER, "sejak Senin", question=1)
    assert keys(sends(case, Deed.ANSWER, "atau Selasa", question=1)) == ["addition_kept"]
    assert (case.answers, case.added) == (["sejak Senin"], ["atau Selasa"])


def test_words_and_photos_are_added_and_photos_alone_are_words_enough() -> None:
    case = filed("sms")
    assert keys(sends(case, Deed.ADD, "masih gelap")) == ["addition_kept"]
    assert keys(sends(case, Deed.ADD, files=(PHOTO,))) == ["addition_kept"]
    assert case.added == ["masih gelap", "(foto)"]
    assert case.shown == [PHOTO]


@pytest.mark.parametrize("solved", [True, False])
def test_what_is_said_of_a_solution_counts_as_everywhere(*, solved: bool) -> None:
    case = filed("telegram")
    assert Deed.FEEDBACK not in offered(case).deeds
    case.solved()
    assert offered(case).deeds == {Deed.FEEDBACK, Deed.FORGET}
    done = sends(case, Deed.FEEDBACK, "ada yang kurang", solved=solved)
    assert keys(done) == ["feedback_solved" if solved else "feedback_reopened"]
    assert case.now.handling.feedback is (Feedback.SOLVED if solved else Feedback.NOT_SOLVED)
    assert case.now.status is (Status.SELESAI if solved else Status.PROSES)
    assert done.answer.report == case.now, "the page shows how it stands afterwards"


def test_too_late_and_too_early_are_said_and_change_nothing() -> None:
    case = filed("telegram")
    assert keys(sends(case, Deed.FEEDBACK)) == ["feedback_not_now"]
    case.solved()
    case.town.clock.passes(days=15)
    done = sends(case, Deed.FEEDBACK)
    assert (keys(done), done.kept) == (["feedback_late"], False)
    assert keys(sends(case, Deed.ADD, "lagi")) == ["report_ended"]
    assert case.now.status is Status.SELESAI


def test_taking_back_waits_a_day_in_which_who_reported_is_told() -> None:
    case = filed("telegram")
    done = sends(case, Deed.WITHDRAW, "sudah tidak perlu")
    assert keys(done) == ["withdrawal_begun"]
    assert "dicabut" in case.citizen.news[-1].text
    assert Deed.WITHDRAW not in offered(case).deeds
    assert keys(sends(case, Deed.WITHDRAW)) == ["withdrawal_waits"]
    town = case.town
    town.clock.passes(hours=25)
    now = town.clock.now()
    town.store.run(lambda tx: process_deadlines(Turn(tx, now, town.context)))
    assert case.now.status is Status.DICABUT
    assert offered(case).deeds == {Deed.FORGET}


def test_forgetting_erases_the_address_at_once_and_the_code_goes_on() -> None:
    case = filed("telegram")
    assert keys(sends(case, Deed.FORGET)) == ["forgotten"]
    assert not case.town.store.state.contacts
    assert Deed.FORGET not in offered(case).deeds, "there is no address any more"
    assert keys(sends(case, Deed.FORGET)) == ["forgotten_before"]
    assert keys(sends(case, Deed.ADD, "masih gelap")) == ["addition_kept"]


def test_who_follows_takes_back_nothing_but_their_following() -> None:
    case = filed("telegram")
    other = case.town.citizen("telegram", "siti")
    told = [other.writes(words) for words in FOLLOWING]
    follower = replace(case, code=told[-1].code)
    assert keys(sends(follower, Deed.WITHDRAW)) == ["unfollowed"]
    assert case.now.status is Status.MENUNGGU


@pytest.mark.parametrize("deed", DEEDS)
def test_a_form_that_is_sent_twice_does_nothing_twice(deed: Deed) -> None:
    case = filed("telegram")
    if deed is Deed.FEEDBACK:
        case.solved()
    else:
        case.asks()
    form = CodeForm(deed, code_of(case), WireId("w"), words="sejak Senin", question=1, solved=True)
    first = again(case, form)
    assert (first.kept, first.again) == (True, False)
    before = (Officers(case.town).history(case.report), list(case.town.told))
    second = again(case, form)
    assert (keys(second), second.kept, second.again) == ([], True, True)
    assert (Officers(case.town).history(case.report), case.town.told) == before


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("wrong", ["0000000000000000", "0000000000000001"])
def test_a_wrong_code_changes_nothing_and_counts_as_a_look_does(deed: Deed, wrong: str) -> None:
    case, twin = filed("telegram"), filed("telegram")
    form = CodeForm(deed, TrackingCode(wrong), WireId("w"), words="kata", files=(PHOTO,))
    town, now = twin.town, twin.town.clock.now()
    for _ in range(25):
        done = again(case, form)
        looked = town.store.run(lambda tx: intake.look_up(tx, form.code, ASKER, now, town.context))
        assert (done.lines, done.kept, done.answer) == ((), False, looked)
    assert case.town.store.state.history == twin.town.store.state.history
    assert case.town.store.state.contacts.keys() == twin.town.store.state.contacts.keys()


def test_no_code_does_what_the_table_of_rights_does_not_let_it() -> None:
    case = filed("telegram")
    for deed in set(Deed) - MAY[Bearer.CODED]:
        with pytest.raises(NotAllowed):
            sends(case, deed)
    assert set(DEEDS) <= MAY[Bearer.CODED]


def test_words_that_lean_to_a_restricted_matter_make_the_report_one() -> None:
    case = filed("telegram")
    sends(case, Deed.ADD, "lurah cikini minta uang pungli supaya jalannya diperbaiki, saya dipaksa bayar pungli")
    assert case.now.restricted


def test_what_a_page_adds_is_marked_in_the_language_of_the_service() -> None:
    case = filed("telegram")
    town, now = case.town, case.town.clock.now()
    form = CodeForm(Deed.ADD, code_of(case), WireId("w"), words="my number is 081234567890")
    town.store.run(lambda tx: intake.act(tx, form, replace(ASKER, lang="en"), now, town.context))
    assert case.added == ["my number is [telepon]"]


def test_a_day_later_nothing_is_offered_that_the_table_refuses() -> None:
    case = filed("telegram")
    for act, text in ((Act.REJECT, "Bukan kewenangan kota"),):
        case.officers.do(case.report, act, text)
    case.town.clock.passes(days=1)
    assert offered(case).deeds == {Deed.FORGET}
    assert case.town.clock.now() > case.report.received + timedelta(hours=1)


@pytest.mark.parametrize("solved", [True, False])
def test_what_is_said_of_a_solution_that_never_was_is_answered_by_how_the_report_stands(solved: bool) -> None:  # noqa: FBT001 - pytest passes parameters by name
    case = filed("telegram")
    before = case.now
    done = sends(case, Deed.FEEDBACK, "beres", solved=solved)
    assert (keys(done), done.kept, case.now) == (["feedback_not_now"], False, before)
    case.officers.do(case.report, Act.REJECT, "Bukan wewenang kami")
    done = sends(case, Deed.FEEDBACK, "beres", solved=solved)
    assert (keys(done), done.kept) == (["report_ended"], False)


def test_a_report_whose_words_were_erased_is_still_called_by_the_end_of_its_code() -> None:
    case = filed("telegram")
    held = case.town.store.state.holders
    held[code_of(case)] = replace(held[code_of(case)], last4="")  # as a store gives it whose key of the report is gone
    now = case.town.clock.now()
    found = case.town.store.run(lambda tx: intake.look_up(tx, code_of(case), ASKER, now, case.town.context))
    assert dict(found.lines[0].args)["last4"] == case.last4
