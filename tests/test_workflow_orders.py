"""What an order needs, and in which words it is refused; a refusal changes nothing at all."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import Refused
from core.model import ENDED, Act, Check, Feedback, Number, Report, StaffRole, Status
from core.phrases import gsm7
from core.workflow import REOPENS, TOLD_LONGEST, Order, Relation, checked
from core.workflow.table import BY_ACT, MOVES
from tests.fakes.town import PHOTO
from tests.fakes.town_hall import BIRO, KELURAHAN, TownHall, photo_hash

JAKARTA = ZoneInfo("Asia/Jakarta")
DAY = timedelta(days=1)
OTHER = "kel:31.74.01.1002"
LATER = date(2021, 8, 1)
WORDS = "Lubangnya " * 30


def a_report() -> Report:
    hall = TownHall()
    return hall.report(hall.files())


OPEN = a_report()


@pytest.fixture
def hall() -> TownHall:
    """A kelurahan with two officers, a Dinas with one Suku Dinas, and the Biro."""
    made = TownHall()
    made.hire("lurah", KELURAHAN)
    made.hire("staf", KELURAHAN)
    made.hire("dinas", "dinas_bina_marga")
    made.hire("sudin", "sudin_bina_marga_jaksel")
    made.hire("biro", BIRO, StaffRole.BIRO)
    return made


# -- words --


@pytest.mark.parametrize("act", [Act.PLAN, Act.NOTE, Act.ASK, Act.REJECT, Act.FORWARD])
@pytest.mark.parametrize("text", ["", "  \n\t "])
def test_where_words_are_needed_silence_is_refused(hall: TownHall, act: Act, text: str) -> None:
    number = hall.files()
    assert hall.refused("lurah", act, number, text=text, to="pln_uid_jakarta_raya") == "case_text_needed"


def test_a_result_and_its_refusal_need_words(hall: TownHall) -> None:
    number = hall.files()
    hall.starts("lurah", number)
    hall.plans("lurah", number, "biro")
    assert hall.refused("lurah", Act.RESULT, number, photo=PHOTO) == "case_text_needed"
    hall.does("lurah", Act.RESULT, number, text="Ditambal", photo=PHOTO)
    assert hall.refused("biro", Act.REJECT_RESULT, number) == "case_text_needed"


def test_an_estimate_needs_a_reason(hall: TownHall) -> None:
    assert hall.refused("lurah", Act.ESTIMATE, hall.files(), until=LATER) == "case_text_needed"


@pytest.mark.parametrize("text", ["Жалоба", "مرحبا", "👍", "..., !", "—"])
def test_words_of_which_nothing_can_be_sent_are_none(hall: TownHall, text: str) -> None:
    assert hall.refused("lurah", Act.ASK, hall.files(), text=text) == "case_text_needed"


def test_words_for_citizens_are_written_as_an_sms_can_carry_them(hall: TownHall) -> None:
    number = hall.files()
    hall.does("lurah", Act.ASK, number, text="  Di mana\u00a0\u201cpersisnya\u201d \u2013 dekat\n\nwarung José?  ")
    assert hall.history(number)[-1].text == 'Di mana "persisnya" - dekat warung José?'


@pytest.mark.parametrize("act", [Act.ASK, Act.REJECT])
def test_words_for_citizens_have_220_septets_and_not_one_more(hall: TownHall, act: Act) -> None:
    number = hall.files()
    assert hall.refused("lurah", act, number, text=WORDS[:221]) == "case_text_long"
    assert hall.refused("lurah", act, number, text=WORDS[:219] + "€") == "case_text_long"  # costs two
    hall.does("lurah", act, number, text=WORDS[:218] + "€")
    assert hall.history(number)[-1].text == WORDS[:218] + "€"


def test_words_are_measured_after_they_are_rewritten(hall: TownHall) -> None:
    assert hall.refused("lurah", Act.ASK, hall.files(), text=WORDS[:218] + "…") == "case_text_long"  # three points
    hall.does("lurah", Act.ASK, hall.files(), text=" " * 500 + WORDS[:217] + "…")


def test_who_wrote_too_much_is_told_how_much(hall: TownHall) -> None:
    number = hall.files()
    by = frozenset({Relation.HOLDER})
    with pytest.raises(Refused) as no:
        checked(hall.report(number), Order(Act.ASK, "a" * 300), by, None, hall.clock.now())
    assert no.value.details == {"most": TOLD_LONGEST, "length": 300}


@settings(max_examples=200, derandomize=True)
@given(st.text(max_size=300))
def test_whatever_is_written_for_citizens_can_be_sent_and_fits_or_is_refused(text: str) -> None:
    report = OPEN
    try:
        _, order = checked(report, Order(Act.ASK, text), frozenset({Relation.HOLDER}), None, report.received)
    except Refused as no:
        assert no.phrase in {"case_text_needed", "case_text_long"} or no.phrase.startswith("words_")  # noqa: PT017 - either way is right
    else:
        assert 0 < (gsm7.septets(order.text) or 0) <= TOLD_LONGEST
        assert "\n" not in order.text


def test_words_that_stay_inside_may_be_long_and_in_any_writing_but_no_book(hall: TownHall) -> None:
    number = hall.files()
    hall.does("lurah", Act.NOTE, number, text="Жалоба " * 200)
    assert hall.history(number)[-1].text.count("Жалоба") == 200
    assert hall.refused("lurah", Act.NOTE, number, text="a" * 2001) == "case_text_long"
    assert hall.refused("lurah", Act.START, number, text="a" * 2001) == "case_text_long"


# -- where from --


def refusal(report: Report, act: Act, by: Relation) -> str:
    try:
        checked(report, Order(act), frozenset({by}), None, report.received)
    except Refused as no:
        return no.phrase
    return ""


@pytest.mark.parametrize("act", [act for act in Act if BY_ACT[act]])
def test_what_the_table_does_not_say_is_refused_whatever_else_is_wrong_with_it(act: Act) -> None:
    for by in Relation:
        rows = [move for move in MOVES if move.act is act and by in move.by]
        at = {status for move in rows for status in move.at}
        for status in Status:
            why = refusal(replace(OPEN, status=status), act, by)
            if not rows:
                assert why == "case_not_yours", (by, status)
            elif status not in at:
                assert why == "case_not_now", (by, status)
            else:
                assert why != "case_not_yours", (by, status)


def test_whoever_has_no_standing_does_nothing(hall: TownHall) -> None:
    number = hall.files()
    report = hall.report(number)
    for act in Act:
        with pytest.raises(Refused, match="case_not_yours"):
            checked(report, Order(act, "x"), frozenset(), None, hall.clock.now())


@pytest.mark.parametrize("act", [Act.ANSWER, Act.ADD, Act.SOLVED, Act.NOT_SOLVED, Act.DISPUTE, Act.WITHDRAW, Act.LATE,
                                 Act.CLIMB, Act.EVALUATION, Act.FILED, Act.CORRECTED])  # fmt: skip
def test_staff_do_nothing_in_the_name_of_a_citizen_or_of_time(hall: TownHall, act: Act) -> None:
    number = hall.files()
    for name in ("lurah", "biro"):
        assert hall.refused(name, act, number, text="x") == "case_not_yours"


def test_a_citizen_does_nothing_that_is_the_offices(hall: TownHall) -> None:
    number = hall.files()
    for move in MOVES:
        if Relation.CITIZEN not in move.by:
            assert hall.citizen_is_refused(move.act, number, "x") == "case_not_yours"


# -- plans and results --


def test_a_first_result_needs_an_approved_plan(hall: TownHall) -> None:
    number = hall.files()
    hall.starts("lurah", number)
    assert hall.refused("lurah", Act.RESULT, number, text="Beres", photo=PHOTO) == "case_plan_first"
    hall.does("lurah", Act.PLAN, number, text="Tambal besok")
    assert hall.refused("lurah", Act.RESULT, number, text="Beres", photo=PHOTO) == "case_plan_first"
    hall.does("biro", Act.REJECT_PLAN, number)
    assert hall.refused("lurah", Act.RESULT, number, text="Beres", photo=PHOTO) == "case_plan_first"
    hall.plans("lurah", number, "biro")
    assert hall.does("lurah", Act.RESULT, number, text="Beres", photo=PHOTO).status is Status.MENUNGGU_VALIDASI


def test_a_second_result_needs_no_second_plan(hall: TownHall) -> None:
    number = hall.files()
    hall.starts("lurah", number)
    hall.plans("lurah", number, "biro")
    hall.does("lurah", Act.RESULT, number, text="Beres", photo=PHOTO)
    assert hall.does("biro", Act.REJECT_RESULT, number, text="Belum rata").status is Status.TL_DITOLAK
    hall.does("lurah", Act.PLAN, number, text="Ratakan")
    hall.does("lurah", Act.RESULT, number, text="Rata", photo=PHOTO)


def test_a_plan_that_nobody_made_is_neither_approved_nor_refused(hall: TownHall) -> None:
    number = hall.files()
    for act in (Act.APPROVE_PLAN, Act.REJECT_PLAN):
        assert hall.refused("biro", act, number) == "case_no_plan"
    hall.plans("lurah", number, "biro")
    assert hall.refused("biro", Act.APPROVE_PLAN, number) == "case_no_plan", "once is enough"


def test_a_result_needs_a_photo_and_to_be_begun(hall: TownHall) -> None:
    number = hall.files()
    assert hall.refused("lurah", Act.RESULT, number, text="Beres", photo=PHOTO) == "case_not_now"
    hall.starts("lurah", number)
    hall.plans("lurah", number, "biro")
    assert hall.refused("lurah", Act.RESULT, number, text="Beres") == "case_photo_needed"


def test_the_result_of_a_photo_that_was_seen_before_is_validated_with_a_reason_alone(hall: TownHall) -> None:
    first, second = hall.files(), hall.files()
    hall.finishes("lurah", first, "biro", seed=7)
    hall.starts("lurah", second)
    hall.plans("lurah", second, "biro")
    hall.does("lurah", Act.RESULT, second, text="Beres juga", photo=PHOTO, photo_hash=photo_hash(7))
    assert hall.report(second).handling.lookalikes == (first,)
    assert hall.refused("biro", Act.VALIDATE, second) == "case_lookalikes"
    assert hall.refused("biro", Act.VALIDATE, second, text="  ") == "case_lookalikes"
    assert hall.does("biro", Act.VALIDATE, second, text="Lubang yang sama").status is Status.SELESAI


def test_a_new_photo_takes_the_place_of_one_that_was_seen_before(hall: TownHall) -> None:
    first, second = hall.files(), hall.files()
    hall.finishes("lurah", first, "biro", seed=7)
    hall.starts("lurah", second)
    hall.plans("lurah", second, "biro")
    hall.does("lurah", Act.RESULT, second, text="Beres", photo=PHOTO, photo_hash=photo_hash(7))
    hall.does("biro", Act.REJECT_RESULT, second, text="Foto lama")
    hall.does("lurah", Act.RESULT, second, text="Beres", photo=PHOTO, photo_hash=photo_hash(8))
    assert hall.does("biro", Act.VALIDATE, second).status is Status.SELESAI


# -- another pair of eyes --


def biros_own(hall: TownHall) -> Number:
    """Held by the Biro, where a head is the second pair of eyes: for want of a place."""
    hall.hire("kepala", BIRO, StaffRole.HEAD)
    hall.hire("wakil", BIRO, StaffRole.HEAD)
    return hall.files(area=None)


def test_nobody_approves_their_own_plan_or_estimate(hall: TownHall) -> None:
    number = biros_own(hall)
    hall.does("kepala", Act.PLAN, number, text="Rencana")
    assert hall.refused("kepala", Act.APPROVE_PLAN, number) == "case_other_eyes"
    assert hall.refused("kepala", Act.REJECT_PLAN, number) == "case_other_eyes"
    hall.does("wakil", Act.APPROVE_PLAN, number)
    hall.does("kepala", Act.ESTIMATE, number, text="Aspal habis", until=LATER)
    assert hall.refused("kepala", Act.APPROVE_ESTIMATE, number) == "case_other_eyes"
    assert hall.refused("kepala", Act.REFUSE_ESTIMATE, number) == "case_other_eyes"
    hall.does("wakil", Act.APPROVE_ESTIMATE, number)


def test_nobody_validates_their_own_result(hall: TownHall) -> None:
    number = biros_own(hall)
    hall.starts("kepala", number)
    hall.plans("kepala", number, "wakil")
    hall.does("kepala", Act.RESULT, number, text="Beres", photo=PHOTO)
    assert hall.refused("kepala", Act.VALIDATE, number) == "case_other_eyes"
    assert hall.refused("kepala", Act.REJECT_RESULT, number, text="x") == "case_other_eyes"
    assert hall.refused("biro", Act.VALIDATE, number) == "case_not_yours", "of the Biro's own only a head checks"
    hall.does("wakil", Act.VALIDATE, number)


def test_the_office_that_did_it_does_not_validate_it(hall: TownHall) -> None:
    hall.hire("camat", KELURAHAN, StaffRole.HEAD)
    number = hall.files()
    hall.starts("lurah", number)
    hall.plans("lurah", number, "biro")
    hall.does("lurah", Act.RESULT, number, text="Beres", photo=PHOTO)
    for name in ("lurah", "staf", "camat"):
        assert hall.refused(name, Act.VALIDATE, number) == "case_not_yours"


# -- more time --


def test_more_time_is_only_for_categories_that_know_it(hall: TownHall) -> None:
    assert hall.refused("lurah", Act.ESTIMATE, hall.files("pju"), text="x", until=LATER) == "case_estimate_never"


def test_more_time_needs_a_day(hall: TownHall) -> None:
    assert hall.refused("lurah", Act.ESTIMATE, hall.files(), text="x") == "case_date_needed"


@pytest.mark.parametrize("asked", [date(2021, 7, 14), date(2021, 7, 8), date(2000, 1, 1), date(2022, 7, 10)])
def test_a_day_before_the_deadline_or_beyond_a_year_is_refused(hall: TownHall, asked: date) -> None:
    """The report came on 8 July 2021, so that it is due on the 15th."""
    assert hall.refused("lurah", Act.ESTIMATE, hall.files(), text="x", until=asked) == "case_date_wrong"


@pytest.mark.parametrize("asked", [date(2021, 7, 15), date(2021, 7, 16), date(2022, 7, 9)])
def test_a_day_from_that_of_the_deadline_to_a_year_ahead_is_taken(hall: TownHall, asked: date) -> None:
    number = hall.files()
    hall.does("lurah", Act.ESTIMATE, number, text="x", until=asked)
    before = hall.report(number).due
    assert hall.does("biro", Act.APPROVE_ESTIMATE, number).due >= before


def test_days_are_those_of_the_city_so_that_more_time_is_never_less(hall: TownHall) -> None:
    """20:00 in Greenwich is three in the morning of the next day in Jakarta."""
    hall.clock.at = datetime(2021, 7, 8, 20, 0, tzinfo=UTC)
    number = hall.files()
    assert hall.report(number).due.astimezone(JAKARTA).date() == date(2021, 7, 16)
    assert hall.refused("lurah", Act.ESTIMATE, number, text="x", until=date(2021, 7, 15)) == "case_date_wrong"
    hall.does("lurah", Act.ESTIMATE, number, text="x", until=date(2021, 7, 16))


def test_a_late_report_asks_for_no_day_that_has_passed(hall: TownHall) -> None:
    number = hall.files()
    hall.passes(days=10)
    assert hall.refused("lurah", Act.ESTIMATE, number, text="x", until=date(2021, 7, 17)) == "case_date_wrong"
    hall.does("lurah", Act.ESTIMATE, number, text="x", until=date(2021, 7, 18))


def test_more_time_is_asked_for_once(hall: TownHall) -> None:
    number = hall.files()
    hall.does("lurah", Act.ESTIMATE, number, text="x", until=LATER)
    assert hall.refused("staf", Act.ESTIMATE, number, text="x", until=LATER + DAY) == "case_estimate_once"
    hall.does("biro", Act.APPROVE_ESTIMATE, number)
    assert hall.refused("lurah", Act.ESTIMATE, number, text="x", until=LATER + 9 * DAY) == "case_estimate_once"
    assert hall.refused("biro", Act.APPROVE_ESTIMATE, number) == "case_no_estimate"


def test_more_time_that_was_refused_can_be_asked_for_better(hall: TownHall) -> None:
    number = hall.files()
    assert hall.refused("biro", Act.REFUSE_ESTIMATE, number) == "case_no_estimate"
    hall.does("lurah", Act.ESTIMATE, number, text="x", until=LATER)
    hall.does("biro", Act.REFUSE_ESTIMATE, number)
    assert hall.report(number).due == hall.report(number).received + 7 * DAY
    hall.does("lurah", Act.ESTIMATE, number, text="Aspal habis", until=LATER)


def test_more_time_whose_day_has_passed_unseen_is_only_refused_and_can_be_asked_for_anew(hall: TownHall) -> None:
    number = hall.files()
    in_time = hall.files()
    for each in (number, in_time):
        hall.does("lurah", Act.ESTIMATE, each, text="x", until=date(2021, 7, 20))
    hall.clock.at = datetime(2021, 7, 20, 16, 59, tzinfo=UTC)
    hall.does("biro", Act.APPROVE_ESTIMATE, in_time)
    hall.clock.at = datetime(2021, 7, 20, 17, 0, tzinfo=UTC)
    assert hall.refused("biro", Act.APPROVE_ESTIMATE, number) == "case_estimate_over"
    hall.does("biro", Act.REFUSE_ESTIMATE, number)
    hall.does("lurah", Act.ESTIMATE, number, text="x", until=LATER)
    assert hall.does("biro", Act.APPROVE_ESTIMATE, number).due.astimezone(JAKARTA).date() == LATER


def test_more_time_that_was_granted_stays_granted_at_another_office(hall: TownHall) -> None:
    number = hall.files()
    hall.does("lurah", Act.ESTIMATE, number, text="x", until=LATER)
    due = hall.does("biro", Act.APPROVE_ESTIMATE, number).due
    hall.does("lurah", Act.COORDINATE, number, to="dinas_bina_marga")
    assert hall.report(number).due == due
    assert hall.refused("dinas", Act.ESTIMATE, number, text="x", until=LATER + 9 * DAY) == "case_estimate_once"


# -- where to --


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("", "case_office_unknown"),
        ("dinas_sihir", "case_office_unknown"),
        ("kel:99.99.99.9999", "case_office_unknown"),
        ("kota:atlantis", "case_office_unknown"),
        ("kec:31.74.01.1001", "case_office_unknown"),
        ("pln_uid_jakarta_raya", "case_office_outside"),
        ("bnnp_dki", "case_office_outside"),
        (KELURAHAN, "case_office_same"),
    ],
)
def test_a_report_goes_only_to_another_office_of_the_city(hall: TownHall, to: str, why: str) -> None:
    number = hall.files()
    assert hall.refused("lurah", Act.COORDINATE, number, to=to) == why
    assert hall.refused("biro", Act.COORDINATE, number, to=to) == why


@pytest.mark.parametrize("to", ["kota:jaksel", "kec:31.74.01", OTHER, "dinas_bina_marga", BIRO])
def test_a_report_goes_to_any_office_of_the_city(hall: TownHall, to: str) -> None:
    report = hall.does("lurah", Act.COORDINATE, hall.files(), to=to)
    assert (report.agency, report.status) == (to, Status.KOORDINASI)


def test_a_dinas_delegates_to_its_suku_dinas_of_that_city_alone(hall: TownHall) -> None:
    number = hall.files()
    assert hall.refused("lurah", Act.DELEGATE, number, to="sudin_bina_marga_jaksel") == "case_no_branch"
    hall.does("lurah", Act.COORDINATE, number, to="dinas_bina_marga")
    for wrong in ("sudin_bina_marga_jakbar", "sudin_sda_jaksel", "satpol_pp_jaksel", "", "dinas_bina_marga", "nobody"):
        assert hall.refused("dinas", Act.DELEGATE, number, to=wrong) == "case_other_branch"
    report = hall.does("dinas", Act.DELEGATE, number, to="sudin_bina_marga_jaksel")
    assert (report.agency, report.status) == ("sudin_bina_marga_jaksel", Status.DISPOSISI)
    assert hall.refused("sudin", Act.DELEGATE, number, to="sudin_bina_marga_jaksel") == "case_no_branch"


def test_without_a_place_nothing_is_delegated(hall: TownHall) -> None:
    number = hall.files(area=None)
    hall.does("biro", Act.COORDINATE, number, to="dinas_bina_marga")
    assert hall.refused("dinas", Act.DELEGATE, number, to="sudin_bina_marga_jaksel") == "case_no_branch"


@pytest.mark.parametrize(
    ("to", "why"),
    [("dinas_lh", "case_office_inside"), (OTHER, "case_office_inside"), ("nobody", "case_office_unknown")],
)
def test_a_report_is_forwarded_outside_the_city_alone(hall: TownHall, to: str, why: str) -> None:
    assert hall.refused("lurah", Act.FORWARD, hall.files(), text="Bukan kami", to=to) == why


def test_what_is_forwarded_has_ended_and_stays_with_the_office_that_did_it(hall: TownHall) -> None:
    report = hall.does("lurah", Act.FORWARD, hall.files("listrik"), text="Urusan PLN", to="pln_uid_jakarta_raya")
    assert (report.status, report.agency) == (Status.DITERUSKAN, KELURAHAN)
    assert report.closed is not None


def test_a_report_is_linked_to_another_open_one(hall: TownHall) -> None:
    one, other = hall.files(), hall.files()
    assert hall.refused("lurah", Act.LINK, one, to=one) == "case_link_itself"
    assert hall.refused("lurah", Act.LINK, one, to="R00000000") == "case_report_unknown"
    hall.does("lurah", Act.LINK, one, to=other)
    assert hall.refused("lurah", Act.LINK, other, to=one) == "case_link_itself", "it goes along with that very one"
    assert hall.refused("lurah", Act.LINK, one, to=other) == "case_link_twice", "its history says so already"


@pytest.mark.parametrize("end", sorted(ENDED))
def test_a_report_is_not_linked_to_one_that_has_ended(hall: TownHall, end: Status) -> None:
    """It would end with it, and nobody would have been told why."""
    one, other = hall.files(), hall.files()
    hall.becomes(other, lambda report: replace(report, status=end, closed=report.received))
    assert hall.refused("lurah", Act.LINK, one, to=other) == "case_link_ended"


def test_what_goes_along_is_not_dealt_with_by_itself(hall: TownHall) -> None:
    one, other = hall.files(), hall.files()
    hall.does("lurah", Act.LINK, one, to=other)
    assert hall.refused("lurah", Act.START, one) == "case_goes_along"
    assert hall.refused("lurah", Act.REJECT, one, text="x") == "case_goes_along"
    assert hall.refused("biro", Act.COORDINATE, one, to=OTHER) == "case_goes_along"
    hall.does("lurah", Act.NOTE, one, text="Warga yang sama?")
    hall.citizen_does(Act.WITHDRAW, one)
    assert hall.report(other).status is Status.MENUNGGU


# -- restricted --


@pytest.mark.parametrize("act", [Act.COORDINATE, Act.RETURN, Act.DELEGATE, Act.LINK])
def test_a_restricted_report_goes_nowhere_else(hall: TownHall, act: Act) -> None:
    hall.hire("ppapp", "dinas_ppapp")
    number, other = hall.files("kekerasan_pa"), hall.files("kekerasan_pa")
    aims = {Act.COORDINATE: BIRO, Act.DELEGATE: "sudin_ppapp_jaksel", Act.LINK: other}
    assert hall.refused("ppapp", act, number, text="x", to=aims.get(act, "")) == "case_restricted_stays"


def test_no_report_is_linked_to_a_restricted_one(hall: TownHall) -> None:
    hall.hire("ppapp", "dinas_ppapp")
    secret, other = hall.files("kekerasan_pa"), hall.files()
    hall.does("lurah", Act.COORDINATE, other, to="dinas_ppapp")
    assert hall.refused("ppapp", Act.LINK, other, to=secret) == "case_restricted_stays"
    assert hall.refused("lurah", Act.LINK, other, to=secret) == "case_report_unknown"


# -- solved, or not --


def solved(hall: TownHall) -> Number:
    number = hall.files()
    hall.finishes("lurah", number, "biro")
    return number


def test_a_citizen_reopens_twice_and_then_the_biro_decides(hall: TownHall) -> None:
    number = solved(hall)
    for seed in range(2, 2 + REOPENS):
        assert hall.citizen_does(Act.NOT_SOLVED, number, "belum").status is Status.PROSES
        hall.does("lurah", Act.RESULT, number, text="Beres", photo=PHOTO, photo_hash=photo_hash(seed))
        hall.does("biro", Act.VALIDATE, number)
    assert hall.citizen_is_refused(Act.NOT_SOLVED, number) == "feedback_disputed"
    assert hall.refused("biro", Act.COORDINATE, number, to=OTHER) == "case_not_now", "nobody has disputed it"
    assert hall.citizen_does(Act.DISPUTE, number, "belum juga").status is Status.SELESAI
    assert hall.refused("lurah", Act.COORDINATE, number, to=OTHER) == "case_not_now", "that is the Biro's"
    report = hall.does("biro", Act.COORDINATE, number, to="dinas_bina_marga")
    assert (report.status, report.agency, report.closed) == (Status.KOORDINASI, "dinas_bina_marga", None)
    assert not report.handling.disputed


def test_a_restricted_report_that_is_disputed_is_taken_up_again_by_a_head_of_its_agency(hall: TownHall) -> None:
    hall.hire("kepala", "inspektorat", StaffRole.HEAD)
    hall.hire("auditor", "inspektorat")
    number = hall.files("pungli_korupsi", None)
    hall.finishes("auditor", number, "kepala")
    for seed in range(2, 2 + REOPENS):
        hall.citizen_does(Act.NOT_SOLVED, number, "belum")
        hall.does("auditor", Act.RESULT, number, text="Beres", photo=PHOTO, photo_hash=photo_hash(seed))
        hall.does("kepala", Act.VALIDATE, number)
    assert hall.refused("kepala", Act.START, number) == "case_not_now", "nobody has disputed it"
    hall.citizen_does(Act.DISPUTE, number, "belum juga")
    assert hall.refused("auditor", Act.START, number) == "case_not_now"
    report = hall.does("kepala", Act.START, number)
    assert (report.status, report.closed, report.handling.disputed) == (Status.PROSES, None, False)


def test_a_citizen_reopens_within_fourteen_days(hall: TownHall) -> None:
    early, late = solved(hall), hall.files()
    hall.finishes("lurah", late, "biro", seed=2)
    hall.clock.passes(days=14)
    hall.clock.at = hall.clock.at.replace(second=0)
    assert hall.citizen_does(Act.NOT_SOLVED, early).status is Status.PROSES
    hall.clock.passes(minutes=1)
    assert hall.citizen_is_refused(Act.NOT_SOLVED, late) == "feedback_late"


def test_what_a_citizen_said_of_the_last_solution_is_kept_and_of_the_next_asked_anew(hall: TownHall) -> None:
    number = solved(hall)
    hall.citizen_does(Act.NOT_SOLVED, number)
    assert hall.report(number).handling.feedback is Feedback.NOT_SOLVED
    hall.does("lurah", Act.RESULT, number, text="Beres", photo=PHOTO, photo_hash=photo_hash(2))
    assert hall.report(number).handling.feedback is None
    hall.does("biro", Act.VALIDATE, number)
    hall.citizen_does(Act.SOLVED, number)
    assert hall.report(number).handling.feedback is Feedback.SOLVED


# -- at another office --


def test_at_another_office_plan_and_result_begin_anew(hall: TownHall) -> None:
    number = hall.files()
    hall.starts("lurah", number)
    hall.plans("lurah", number, "biro")
    hall.does("lurah", Act.RESULT, number, text="Beres", photo=PHOTO, photo_hash=photo_hash(1))
    hall.does("biro", Act.REJECT_RESULT, number, text="Bukan wewenang kelurahan")
    handling = hall.does("lurah", Act.COORDINATE, number, to="dinas_bina_marga").handling
    assert (handling.plan, handling.planner, handling.result, handling.doer) == (Check.NONE, None, (), None)
    hall.starts("dinas", number)
    assert hall.refused("dinas", Act.RESULT, number, text="Beres", photo=PHOTO) == "case_plan_first"


def test_a_plan_stays_with_the_suku_dinas_that_is_told_to_carry_it_out(hall: TownHall) -> None:
    number = hall.files()
    hall.does("lurah", Act.COORDINATE, number, to="dinas_bina_marga")
    hall.plans("dinas", number, "biro")
    hall.does("dinas", Act.DELEGATE, number, to="sudin_bina_marga_jaksel")
    hall.starts("sudin", number)
    hall.does("sudin", Act.RESULT, number, text="Beres", photo=PHOTO)
