"""Whose answer is awaited: from the moment the question leaves until somebody answered or its time has passed."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from core import delivery, record
from core.errors import DeliveryFailed
from core.model import Act, Asking, Awaited, ContactId, Delivery, Number, Status, Step
from core.ports import UnitOfWork
from tests.fakes.officers import Officers
from tests.fakes.town import Town
from tests.fakes.town_hall import KELURAHAN, TownHall


@pytest.fixture
def hall() -> TownHall:
    made = TownHall()
    made.hire("lurah", KELURAHAN)
    return made


def asks(hall: TownHall, number: Number, text: str = "Di mana?") -> list[Delivery]:
    hall.does("lurah", Act.ASK, number, text=text)
    return [letter for letter in hall.letters() if letter.say.lines[0].key == "question"]


def awaited(hall: TownHall, letter: Delivery) -> tuple[Awaited, ...]:
    now = hall.clock.now()
    return hall.store.run(lambda tx: tx.awaited.get(tx.dialogues.ordering_key(letter.channel, letter.to), now))


def arrives(hall: TownHall, letter: Delivery, provider_id: str = "") -> None:
    hall.store.run(lambda tx: delivery.sent(tx, letter, provider_id, hall.clock.now(), hall.context))


def test_nobody_is_waited_for_before_the_question_leaves(hall: TownHall) -> None:
    [letter] = asks(hall, hall.files())
    assert awaited(hall, letter) == ()
    arrives(hall, letter, "wire-7")
    [one] = awaited(hall, letter)
    assert (one.asking, one.message) == (Asking.ANSWER, "wire-7")


def test_where_a_wire_gives_no_name_ours_is_kept(hall: TownHall) -> None:
    [letter] = asks(hall, hall.files())
    arrives(hall, letter)
    assert [each.message for each in awaited(hall, letter)] == [letter.id]


def test_a_question_that_never_arrived_awaits_nobody(hall: TownHall) -> None:
    [letter] = asks(hall, hall.files())
    no = DeliveryFailed("blocked", final=True)
    hall.store.run(lambda tx: delivery.failed(tx, letter, no, hall.clock.now(), hall.context.rng))
    assert awaited(hall, letter) == ()


def test_after_seven_days_nobody_is_waited_for(hall: TownHall) -> None:
    [letter] = asks(hall, hall.files())
    arrives(hall, letter)
    hall.clock.passes(days=6, hours=23)
    assert len(awaited(hall, letter)) == 1
    hall.clock.passes(hours=1)
    assert awaited(hall, letter) == ()


def test_a_question_that_takes_the_place_of_another_is_waited_for_and_the_other_one_is_over(hall: TownHall) -> None:
    number = hall.files()
    first = asks(hall, number)[-1]
    arrives(hall, first, first.id)
    hall.clock.passes(hours=48)
    second = asks(hall, number, "Kapan?")[-1]
    assert [each.over for each in awaited(hall, first)] == [True]
    arrives(hall, second, second.id)
    assert [(each.question, each.over) for each in awaited(hall, second)] == [(1, True), (2, False)]


def test_a_question_that_was_closed_before_it_arrived_is_over_when_it_does(hall: TownHall) -> None:
    number = hall.files()
    letter = asks(hall, number)[-1]
    hall.clock.passes(hours=48)
    hall.does("lurah", Act.CLOSE_QUESTION, number)
    assert awaited(hall, letter) == ()
    arrives(hall, letter, letter.id)
    assert [each.over for each in awaited(hall, letter)] == [True]


def test_an_answer_from_anywhere_ends_the_waiting_for_all_who_hold_it_and_for_that_report_alone(hall: TownHall) -> None:
    number, other = hall.files(channels=("telegram", "sms")), hall.files()
    letters = [*asks(hall, number), asks(hall, other)[-1]]
    for letter in letters:
        arrives(hall, letter)
    assert [len(awaited(hall, letter)) for letter in letters] == [1, 1, 1]
    report = hall.report(number).id
    hall.store.run(lambda tx: record.settled(tx, report, Asking.FEEDBACK, hall.clock.now()))
    assert [len(awaited(hall, letter)) for letter in letters] == [1, 1, 1]
    hall.store.run(lambda tx: record.settled(tx, report, Asking.ANSWER, hall.clock.now()))
    assert [len(awaited(hall, letter)) for letter in letters] == [0, 0, 1]


def test_who_is_forgotten_is_not_waited_for_and_nothing_is_on_its_way_to_them(hall: TownHall) -> None:
    number = hall.files(channels=("telegram", "sms"))
    first, second = asks(hall, number)
    for letter in (first, second):
        arrives(hall, letter)
    hall.starts("lurah", number)
    assert first.contact is not None
    gone: ContactId = first.contact
    hall.store.run(lambda tx: record.forgotten(tx, hall.report(number).id, gone, hall.clock.now()))
    assert awaited(hall, first) == ()
    assert len(awaited(hall, second)) == 1
    assert {letter.contact for letter in hall.letters()} == {second.contact}


def test_a_solution_is_waited_for_once_however_often_it_is_told(hall: TownHall) -> None:
    number = hall.files()
    report, [holder] = hall.report(number), list(hall.state.holders.values())
    [question] = asks(hall, number)
    done = replace(report, status=Status.SELESAI, closed=hall.clock.now())
    hall.store.run(lambda tx: tx.reports.change(done))
    for days in (14, 15):
        until = hall.clock.now() + timedelta(days=days)
        awaits = Awaited(report.id, holder.last4, Asking.FEEDBACK, until)
        hall.store.run(partial(told, replace(question, awaits=awaits), hall))
    [one] = awaited(hall, question)
    assert one.until == hall.clock.now() + timedelta(days=15)


def told(letter: Delivery, hall: TownHall, tx: UnitOfWork) -> None:
    record.asked(record.Turn(tx, hall.clock.now(), hall.context), letter, "wire-8")


def test_a_question_by_a_number_that_anybody_can_claim_leaves_its_open_draft_as_it_is() -> None:
    for proved, left in (((), Step.STORY), (("sms",), Step.IDLE)):
        town = Town(proved=proved)
        budi = town.citizen("sms")
        assert budi.writes("LAPOR Jalan berlubang besar di kelurahan cikini, sudah seminggu.").code
        budi.writes("/start")
        Officers(town).ask(town.reports[0])
        assert budi.dialogue is not None
        assert budi.dialogue.step is left
