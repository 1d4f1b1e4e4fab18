"""Where several questions wait, or none any more: no words go to the wrong office, and none are lost."""

import pytest

from core import record, workflow
from core.model import Act, Status
from core.phrases import phrase
from core.workflow import Order
from tests.fakes.filed_case import SECOND, another, file_story, filed
from tests.fakes.town import PHOTO, Town


def test_of_two_questions_about_one_report_each_gets_its_answer_in_turn() -> None:
    case = filed("sms")
    case.asks("Sejak kapan?")
    case.citizen.writes("sejak Senin kemarin")
    case.asks("Seberapa dalam?")
    assert case.answers == ["sejak Senin kemarin", None]
    case.citizen.writes("selutut")
    assert case.answers == ["sejak Senin kemarin", "selutut"]
    assert not case.town.awaited


@pytest.mark.parametrize("channel", ["telegram", "sms"])
def test_where_several_wait_it_is_asked_which_by_the_last_digits_and_the_words_are_kept(channel: str) -> None:
    one = filed(channel)
    two = another(one)
    one.asks()
    two.asks()
    asked = one.citizen.writes("sejak hari Senin")
    assert one.answers == two.answers == [None]
    told = [option.label for option in asked.options]
    assert told == [f"...{two.last4}", f"...{one.last4}", "Laporan baru"]
    one.citizen.writes("itu yang di depan warung ya")
    told_then = one.citizen.writes(one.last4)
    assert one.answers == ["sejak hari Senin\nitu yang di depan warung ya"]
    assert two.answers == [None]
    assert one.last4 in told_then.text
    one.citizen.writes("dua minggu")
    assert two.answers == ["dua minggu"]


def test_photos_wait_with_their_words_until_the_report_is_chosen() -> None:
    one = filed("telegram")
    two = another(one)
    one.asks()
    two.asks()
    one.citizen.sends_photo("ini fotonya", group="album")
    assert one.citizen.sends_photo(group="album").text == ""
    one.citizen.sends_photo()
    one.citizen.presses(f"...{two.last4}")
    assert two.answers == ["ini fotonya"]
    assert len(two.shown) == 3
    assert one.shown == []


def test_a_reply_to_one_of_several_needs_no_asking() -> None:
    one = filed("telegram")
    two = another(one)
    first = one.asks()
    two.asks()
    one.citizen.replies_to(first, "sejak hari Senin")
    assert (one.answers, two.answers) == (["sejak hari Senin"], [None])


def test_what_was_answered_elsewhere_meanwhile_loses_no_words() -> None:
    one = filed("sms")
    two = another(one)
    one.asks()
    two.asks()
    one.citizen.writes("sejak hari Senin")
    one.town.citizen("telegram", "kin").writes(f"{one.code} sudah seminggu")
    told = one.citizen.writes(one.last4)
    assert two.last4 in told.text
    one.citizen.writes(two.last4)
    assert (one.answers, two.answers) == (["sudah seminggu"], ["sejak hari Senin"])


STORY = "Pohon tumbang menutup jalan di kelurahan gambir sejak tadi pagi, mobil tidak bisa lewat"


@pytest.mark.parametrize("channel", ["telegram", "sms"])
def test_a_story_of_its_own_is_not_sent_to_an_office_that_asked_something_else(channel: str) -> None:
    case = filed(channel)
    case.asks()
    asked = case.citizen.writes(STORY)
    assert case.answers == [None]
    assert [option.label for option in asked.options] == [f"...{case.last4}", "Laporan baru"]
    case.citizen.writes("laporan baru")
    assert case.citizen.writes("1").code
    assert case.town.reports[-1].text == STORY
    assert case.answers == [None]
    case.citizen.writes("sejak hari Senin")
    assert case.answers == ["sejak hari Senin"]


def test_a_story_that_is_the_answer_after_all_becomes_it_with_one_press() -> None:
    case = filed("telegram")
    case.asks()
    case.citizen.writes(STORY)
    case.citizen.presses(f"...{case.last4}")
    assert case.answers == [STORY]
    assert len(case.town.reports) == 1


def test_what_only_one_agency_may_read_is_never_an_answer_by_chance() -> None:
    case = filed("sms")
    case.asks()
    case.citizen.writes("petugas kelurahan cikini minta uang lima puluh ribu untuk surat")
    assert case.answers == [None]


@pytest.mark.parametrize("channel", ["telegram", "sms"])
def test_the_word_lapor_begins_a_new_report_whatever_waits(channel: str) -> None:
    case = filed(channel)
    case.asks()
    case.citizen.writes("LAPOR")
    case.citizen.writes("lampu jalan mati di kelurahan gambir")
    assert case.answers == [None]
    assert case.citizen.dialogue is not None
    told = case.citizen.dialogue.draft.text if channel == "telegram" else case.town.reports[-1].text
    assert told == "lampu jalan mati di kelurahan gambir"


def test_a_new_mail_is_a_new_report_whatever_waits() -> None:
    case = filed("mail")
    case.asks()
    told = case.citizen.writes(SECOND["mail"][0])
    assert told.code
    assert case.answers == [None]


def test_a_question_that_comes_last_is_answered_first() -> None:
    """A greeting was answered with "what is the problem?", and then staff asked something."""
    case = filed("telegram")
    case.citizen.writes("halo")
    case.asks()
    case.citizen.writes("sejak hari Senin")
    assert case.answers == ["sejak hari Senin"]


def test_a_place_that_is_missing_still_is_not_what_answers_staff() -> None:
    town = Town()
    case = file_story(town, town.citizen("sms"), ("LAPOR jalan berlubang parah sekali",))
    assert case.report.place.area is None
    case.asks("Seberapa dalam?")
    case.citizen.writes("dalam sekali, selutut orang")
    assert case.answers == ["dalam sekali, selutut orang"]
    case.citizen.writes("kelurahan cikini")
    assert case.now.place.area is not None


def test_a_waiting_answer_ends_after_seven_days() -> None:
    case = filed("telegram")
    asked = case.asks()
    case.town.clock.passes(days=7)
    told = case.citizen.presses_news(asked, "Jawab")
    assert phrase("answer_over", "id") in told.text
    case.citizen.writes("lampu jalan mati di kelurahan gambir")
    assert case.answers == [None]
    case.citizen.writes(f"{case.code} sejak hari Senin")
    assert case.answers == ["sejak hari Senin"], "by its code it can be answered while the report is open"


@pytest.mark.parametrize("end", [Act.REJECT, Act.FORWARD])
def test_a_report_that_ends_waits_for_no_answer_any_more(end: Act) -> None:
    case = filed("sms")
    case.asks()
    options = {"to": "pln_uid_jakarta_raya"} if end is Act.FORWARD else {}
    case.officers.do(case.report, end, "Bukan wewenang kami", **options)
    assert not case.town.awaited
    told = case.citizen.writes("LAPOR lampu jalan mati di kelurahan gambir")
    assert told.code


def test_a_question_that_arrives_too_late_waits_for_nothing() -> None:
    case = filed("sms")
    now, town = case.town.clock.now(), case.town
    # Its wire was away: the question and the end of the report leave together.
    step = record.ActedBy(frozenset(workflow.Relation))
    for act, text in ((Act.ASK, "Sejak kapan?"), (Act.REJECT, "Bukan wewenang kami")):
        town.store.run(
            lambda tx, act=act, text=text: record.act(  # type: ignore[misc]  # defaults bind the loop variables
                record.Turn(tx, now, town.context), case.now, Order(act, text), step
            )
        )
    town.post()
    assert len(case.citizen.news) == 2
    assert not town.awaited


def test_who_is_forgotten_is_waited_for_no_more_and_may_still_answer_by_the_code() -> None:
    case = filed("telegram")
    asked = case.asks()
    case.citizen.writes(f"LUPAKAN {case.code}")
    assert not case.town.awaited
    told = case.citizen.presses_news(asked, "Jawab")
    assert phrase("answer_over", "id") in told.text
    case.citizen.writes("BATAL")
    case.citizen.writes(f"{case.code} sejak hari Senin")
    assert case.answers == ["sejak hari Senin"]


def test_an_answer_to_a_report_that_was_purged_is_answered_once_and_swallows_nothing() -> None:
    case = filed("telegram")
    asked = case.asks()
    del case.town.store.state.reports[case.report.id]
    told = case.citizen.replies_to(asked, "", (PHOTO,))
    assert phrase("answer_over", "id") in told.text
    assert phrase("photo_again", "id") in told.text
    assert not case.town.awaited


def test_who_drops_what_was_kept_for_one_of_several_hears_of_no_report_that_was_not_sent() -> None:
    one = filed("telegram")
    two = another(one)
    one.asks()
    two.asks()
    one.citizen.writes("tiga biji")
    assert one.citizen.writes("batal").text == phrase("nothing_added", "id")
    one.citizen.writes("tiga biji")
    one.citizen.writes(f"...{two.last4}")
    assert two.answers == ["tiga biji"]


@pytest.mark.parametrize("channel", ["telegram", "sms"])
@pytest.mark.parametrize("words", ["keduanya", "dua-duanya pak", "untuk semua laporan", "both"])
def test_one_answer_can_be_for_all_of_them(channel: str, words: str) -> None:
    one = filed(channel)
    two = another(one)
    one.asks()
    two.asks()
    one.citizen.writes("sejak hari Senin")
    told = one.citizen.writes(words).text
    assert one.last4 in told
    assert two.last4 in told
    assert one.answers == two.answers == ["sejak hari Senin"]
    assert not one.town.awaited


def test_all_of_them_can_be_solved_or_not() -> None:
    one = filed("telegram")
    two = another(one)
    one.solved()
    two.solved()
    one.citizen.writes("belum")
    one.citizen.writes("dua-duanya")
    assert {case.now.status for case in (one, two)} == {Status.PROSES}


def test_photos_for_all_of_them_go_to_one_and_are_asked_for_again() -> None:
    one = filed("telegram")
    two = another(one)
    one.asks()
    two.asks()
    one.citizen.sends_photo("ini fotonya")
    assert phrase("photo_again", "id") in one.citizen.writes("keduanya").text
    assert one.answers == two.answers == ["ini fotonya"]
    assert len(one.shown) + len(two.shown) == 1
