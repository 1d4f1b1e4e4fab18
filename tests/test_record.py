"""A step is written down whole: report, history, news, and what goes along with it."""

from datetime import date, timedelta

import pytest

from core import record
from core.categories import category
from core.errors import Refused
from core.model import Act, AreaCode, CategoryId, Check, Number, StaffRole, Status
from core.record import ActedBy, Turn
from core.workflow import Order, Relation
from tests.fakes.town import PHOTO
from tests.fakes.town_hall import BIRO, KELURAHAN, TEBET, TownHall, photo_hash

ENGINEERS, OTHER = "dinas_bina_marga", AreaCode("31.74.01.1002")


@pytest.fixture
def hall() -> TownHall:
    made = TownHall()
    made.hire("lurah", KELURAHAN)
    made.hire("dinas", ENGINEERS)
    made.hire("biro", BIRO, StaffRole.BIRO)
    return made


def stands(hall: TownHall, number: Number) -> tuple[Status, str]:
    report = hall.report(number)
    return report.status, report.agency


def test_a_step_is_one_entry_with_its_minute_its_words_and_its_photo(hall: TownHall) -> None:
    number = hall.files()
    hall.starts("lurah", number)
    hall.plans("lurah", number, "biro")
    hall.does("lurah", Act.RESULT, number, text="Sudah ditambal", photo=PHOTO)
    entries = hall.history(number)
    assert [(each.act, each.status) for each in entries] == [
        (Act.FILED, Status.MENUNGGU),
        (Act.START, Status.PROSES),
        (Act.PLAN, Status.PROSES),
        (Act.APPROVE_PLAN, Status.PROSES),
        (Act.RESULT, Status.MENUNGGU_VALIDASI),
    ]
    assert (entries[-1].text, entries[-1].files, entries[-1].agency) == ("Sudah ditambal", (PHOTO,), KELURAHAN)
    assert entries[-1].at == hall.clock.now().replace(second=0, microsecond=0)
    assert hall.report(number).handling.result == (PHOTO,)


def test_history_only_grows(hall: TownHall) -> None:
    number = hall.files()
    before = hall.history(number)
    for act, order in ((Act.NOTE, "a"), (Act.PLAN, "b"), (Act.ASK, "c"), (Act.REJECT, "d"), (Act.NOTE, "e")):
        hall.does("lurah", act, number, text=order)
        assert hall.history(number)[:-1] == before
        before = hall.history(number)


def test_the_time_of_an_end_is_kept_and_gone_when_it_is_opened_again(hall: TownHall) -> None:
    number = hall.files()
    hall.finishes("lurah", number, "biro")
    ended = hall.report(number).closed
    assert ended == hall.clock.now().replace(second=0, microsecond=0)
    hall.clock.passes(days=1)
    hall.citizen_does(Act.SOLVED, number)
    hall.does("biro", Act.NOTE, number, text="Bagus")
    assert hall.report(number).closed == ended
    hall.citizen_does(Act.NOT_SOLVED, number)
    assert hall.report(number).closed is None


def test_who_opened_and_who_acted_has_looked_and_another_office_has_not(hall: TownHall) -> None:
    number = hall.files()
    hall.does("biro", Act.NOTE, number, text="Mohon dicek")
    assert not hall.report(number).handling.looked, "the Biro's eyes are not the office's"
    hall.does("lurah", Act.NOTE, number, text="Dicek")
    assert hall.report(number).handling.looked
    hall.does("lurah", Act.COORDINATE, number, to=ENGINEERS)
    assert not hall.report(number).handling.looked


def test_a_refused_step_writes_nothing(hall: TownHall) -> None:
    number = hall.files()

    def tried(turn: Turn) -> str:
        report = hall.report(number)
        try:
            record.act(turn, report, Order(Act.RESULT, "x"), ActedBy(frozenset({Relation.HOLDER})))
        except Refused as no:
            return no.phrase
        return ""

    before = hall.state.copy()
    assert hall.run(tried) == "case_not_now"
    assert hall.state == before


# -- about the same problem --


def linked(hall: TownHall, *, others: int = 2) -> tuple[Number, list[Number]]:
    """One report and those that go along with it; nothing is on its way to anybody."""
    main, *rest = (hall.files() for _ in range(1 + others))
    for each in rest:
        hall.does("lurah", Act.LINK, each, to=main)
    hall.post()
    return main, rest


def test_what_goes_along_stands_where_the_other_stands_and_its_people_are_told_the_same(hall: TownHall) -> None:
    main, rest = linked(hall)
    hall.does("lurah", Act.COORDINATE, main, to=ENGINEERS)
    for each in (main, *rest):
        assert stands(hall, each) == (Status.KOORDINASI, ENGINEERS)
        assert hall.keys(each) == ["news_moved"]
    hall.post()
    hall.clock.passes(hours=2)
    hall.finishes("dinas", main, "biro")
    for each in rest:
        report = hall.report(each)
        assert (report.status, report.closed) == (Status.SELESAI, hall.report(main).closed)
        assert report.handling.result == (PHOTO,)
        assert hall.keys(each)[-1] == "news_done"


def test_the_history_of_what_goes_along_says_what_happened_and_no_words_of_the_other(hall: TownHall) -> None:
    main, [other] = linked(hall, others=1)
    hall.does("lurah", Act.COORDINATE, main, to=ENGINEERS, text="Rahasia dari pelapor pertama")
    assert hall.history(other)[-1].act is Act.COORDINATE
    assert "Rahasia" not in str([entry.text for entry in hall.history(other)])
    assert main not in str([entry.text for entry in hall.history(other)])


def test_why_the_other_ended_is_kept_for_the_codes_of_what_goes_along(hall: TownHall) -> None:
    main, [other] = linked(hall, others=1)
    hall.does("lurah", Act.REJECT, main, text="Pohon milik pribadi")
    last = hall.history(other)[-1]
    assert (last.act, last.status, last.text) == (Act.REJECT, Status.DITOLAK, "Pohon milik pribadi")


def test_who_is_linked_late_is_told_where_it_stands(hall: TownHall) -> None:
    main, other = hall.files(), hall.files()
    hall.starts("lurah", main)
    hall.does("lurah", Act.LINK, other, to=main)
    assert stands(hall, other) == (Status.PROSES, KELURAHAN)
    assert hall.keys(other) == ["news_started"]


def test_who_is_linked_to_a_report_elsewhere_is_told_of_the_other_office(hall: TownHall) -> None:
    main, other = hall.files(), hall.files()
    hall.does("lurah", Act.COORDINATE, main, to=ENGINEERS)
    hall.post()
    hall.does("lurah", Act.LINK, other, to=main)
    assert stands(hall, other) == (Status.KOORDINASI, ENGINEERS)
    [letter] = hall.letters(other)
    assert "Bina Marga" in hall.words(letter)


def test_who_is_linked_to_a_report_that_stands_where_theirs_stood_is_told_nothing(hall: TownHall) -> None:
    _, rest = linked(hall)
    assert [hall.keys(each) for each in rest] == [[], []]


def test_what_went_along_goes_along_with_the_other_of_the_other(hall: TownHall) -> None:
    main, [old] = linked(hall, others=1)
    new = hall.files()
    hall.does("lurah", Act.LINK, main, to=new)
    assert {hall.report(each).handling.main for each in (main, old)} == {hall.report(new).id}
    last = hall.files()
    hall.does("lurah", Act.LINK, last, to=old)
    assert hall.report(last).handling.main == hall.report(new).id, "no chains"


def test_what_was_taken_back_does_not_come_to_life_by_a_link(hall: TownHall) -> None:
    main, [gone] = linked(hall, others=1)
    hall.citizen_does(Act.WITHDRAW, gone)
    hall.post()
    new = hall.files()
    hall.starts("lurah", new)
    hall.does("lurah", Act.LINK, main, to=new)
    assert hall.report(gone).status is Status.DICABUT
    assert hall.keys(gone) == []


def test_more_time_for_one_is_more_time_for_what_goes_along_and_all_are_told_their_day(hall: TownHall) -> None:
    main, [other] = linked(hall, others=1)
    hall.does("lurah", Act.ESTIMATE, main, text="Aspal", until=date(2021, 8, 1))
    due = hall.does("biro", Act.APPROVE_ESTIMATE, main).due
    assert hall.report(other).due == due
    assert ["1 Agu" in hall.words(each) for each in hall.letters()] == [True, True]


def test_more_time_that_ends_before_the_deadline_of_what_goes_along_takes_nothing_from_it(hall: TownHall) -> None:
    main = hall.files()
    hall.clock.passes(days=6)
    other = hall.files()
    hall.does("lurah", Act.LINK, other, to=main)
    own = hall.report(other).due
    hall.does("lurah", Act.ESTIMATE, main, text="Aspal", until=date(2021, 7, 16))
    hall.does("biro", Act.APPROVE_ESTIMATE, main)
    assert hall.report(other).due == own


def test_who_takes_a_report_back_takes_back_nobody_elses(hall: TownHall) -> None:
    main, [first, second] = linked(hall)
    hall.starts("lurah", main)
    hall.plans("lurah", main, "biro")
    hall.post()
    hall.clock.passes(hours=2)
    hall.citizen_does(Act.WITHDRAW, main)
    assert hall.report(main).status is Status.DICABUT
    new, rest = sorted((first, second), key=lambda each: hall.report(each).handling.main is not None)
    assert stands(hall, new) == stands(hall, rest) == (Status.PROSES, KELURAHAN)
    assert hall.report(rest).handling.main == hall.report(new).id
    assert hall.keys(new) == hall.keys(rest) == []
    assert hall.report(new).handling.plan is Check.APPROVED, "what was done for it was done for all"
    hall.does("lurah", Act.RESULT, new, text="Beres", photo=PHOTO, photo_hash=photo_hash(1))
    hall.does("biro", Act.VALIDATE, new)
    assert stands(hall, rest)[0] is Status.SELESAI


def test_who_takes_back_what_only_goes_along_takes_back_that_alone(hall: TownHall) -> None:
    main, [first, second] = linked(hall)
    hall.citizen_does(Act.WITHDRAW, first)
    assert [hall.report(each).status for each in (main, second)] == [Status.MENUNGGU] * 2
    hall.starts("lurah", main)
    assert hall.report(first).status is Status.DICABUT
    assert hall.report(second).status is Status.PROSES


def test_whoever_writes_that_it_is_not_solved_gets_no_news_of_it_whosever_report_it_is(hall: TownHall) -> None:
    main, [other] = linked(hall, others=1)
    hall.finishes("lurah", main, "biro")
    hall.post()
    hall.clock.passes(days=1)
    hall.post()
    [knows] = [each.contact for each in hall.state.holders.values() if each.report == hall.report(other).id]
    hall.citizen_does(Act.NOT_SOLVED, main, but=knows)
    assert hall.keys(main) == ["news_reopened"]
    assert hall.keys(other) == []


# -- corrected by the citizen --


def test_another_place_is_another_office_that_has_not_looked_yet_and_has_its_day(hall: TownHall) -> None:
    number = hall.files()
    hall.shows("lurah", number)
    report = hall.citizen_corrects(number, area=OTHER)
    assert report.agency == f"kel:{OTHER}"
    assert not report.handling.looked
    assert report.alarm == report.received + timedelta(days=1)


def test_what_was_planned_for_something_else_is_not_approved_any_more(hall: TownHall) -> None:
    number = hall.files()
    hall.plans("lurah", number, "biro")
    hall.does("lurah", Act.ESTIMATE, number, text="Aspal", until=date(2021, 8, 1))
    handling = hall.citizen_corrects(number, leaf="pohon").handling
    assert (handling.plan, handling.estimate) == (Check.NONE, Check.NONE)
    assert hall.refused("biro", Act.APPROVE_ESTIMATE, number) == "case_no_estimate"


def test_words_of_a_place_alone_move_nothing(hall: TownHall) -> None:
    number = hall.files()
    hall.plans("lurah", number, "biro")
    report = hall.citizen_corrects(number, area=TEBET)
    assert (report.agency, report.handling.plan) == (KELURAHAN, Check.APPROVED)


def test_what_becomes_restricted_goes_along_with_nothing_any_more(hall: TownHall) -> None:
    """Else whoever holds the other would come to hold it, and read it."""
    main, [other] = linked(hall, others=1)
    assert hall.citizen_corrects(other, leaf="kekerasan_pa").restricted
    hall.starts("lurah", main)
    assert stands(hall, other) == (Status.MENUNGGU, "dinas_ppapp")
    assert hall.lists("lurah") == [main]
    assert hall.show_refused("lurah", other) == "case_report_unknown"


def test_nothing_goes_along_with_what_becomes_restricted(hall: TownHall) -> None:
    hall.hire("ppapp", "dinas_ppapp")
    main, rest = linked(hall)
    hall.citizen_corrects(main, leaf="kekerasan_pa")
    hall.starts("ppapp", main)
    for each in rest:
        assert stands(hall, each) == (Status.MENUNGGU, KELURAHAN)
        assert hall.report(each).handling.main is None
        assert hall.keys(each) == []
    assert hall.lists("ppapp") == [main]


@pytest.mark.parametrize("leaf", ["kekerasan_pa", "narkoba", "pungli_korupsi"])
def test_who_held_what_became_restricted_knows_nothing_of_it_any_more(hall: TownHall, leaf: str) -> None:
    number = hall.files()
    hall.passes(days=1)
    assert [each.number for each in hall.notices("lurah")] == [number]
    report = hall.citizen_corrects(number, leaf=leaf)
    assert report.agency == category(CategoryId(leaf)).restricted
    for name in ("lurah", "biro"):
        assert hall.lists(name) == []
        assert hall.notices(name) == []
        assert hall.show_refused(name, number) == "case_report_unknown"
        assert hall.refused(name, Act.NOTE, number, text="x") == "case_report_unknown"


def test_what_was_never_restricted_after_all_is_not_returned_to_an_agency_outside_the_city(hall: TownHall) -> None:
    number = hall.files("narkoba")
    assert hall.report(number).agency == "bnnp_dki"
    hall.hire("bnnp_head", "bnnp_dki", StaffRole.HEAD)
    opened = hall.does("bnnp_head", Act.DECLASSIFY, number, to="pju", text="Bukan narkoba, lampunya mati")
    assert (opened.agency, opened.restricted, opened.status) == (KELURAHAN, False, Status.KOORDINASI)
    assert hall.does("lurah", Act.RETURN, number, text="Bukan wilayah kami").agency == BIRO
