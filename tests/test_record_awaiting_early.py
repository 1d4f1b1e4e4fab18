"""Answers that come before our note of the question: they are answers, and nobody is waited for in vain."""

from datetime import timedelta

from core import delivery
from core.errors import DeliveryFailed
from core.messages import Address
from core.model import Act, Asking, Delivery, DeliveryKind
from core.ports import Store, UnitOfWork
from tests.fakes.city import BUDI, STAFF, STORY, City
from tests.fakes.time_and_random import FakeRandomSource


def _awaited(city: City) -> list[Asking]:
    def turn(tx: UnitOfWork) -> list[Asking]:
        ordering_key = tx.dialogues.ordering_key(BUDI[0], Address(BUDI[1]))
        return [each.asking for each in tx.awaited.get(ordering_key, city.now)]

    return city.store.run(turn)


def _filed(store: Store) -> City:
    city = City(store)
    city.run(*(city.hires(*each) for each in STAFF), city.writes(BUDI, f"LAPOR {STORY}"))
    city.post()
    return city


def _on_the_wire(city: City, kind: DeliveryKind) -> Delivery:
    """It has been heard, and nobody has noted that yet."""
    return next(each for each in city.claimed() if each.kind is kind)


def test_a_question_is_awaited_once_it_leaves_and_no_more_once_it_is_answered(store: Store) -> None:
    city = _filed(store)
    city.run(city.does("lurah", Act.ASK, "Di depan nomor berapa?"))
    assert _awaited(city) == []
    question = _on_the_wire(city, DeliveryKind.QUESTION)
    assert _awaited(city) == [Asking.ANSWER]
    city.run(city.sent(question))
    assert _awaited(city) == [Asking.ANSWER]
    city.run(city.writes(BUDI, "nomor 12"))
    assert _awaited(city) == []


def test_an_answer_that_is_quicker_than_our_note_of_the_question_is_an_answer(store: Store) -> None:
    city = _filed(store)
    city.run(city.does("lurah", Act.ASK, "Di depan nomor berapa?"))
    question = _on_the_wire(city, DeliveryKind.QUESTION)
    city.run(city.writes(BUDI, "nomor 12"), city.sent(question))
    report = city.report.id
    assert store.run(lambda tx: tx.reports.history(report))[-1].act is Act.ANSWER
    assert _awaited(city) == []


def test_a_question_that_its_wire_did_not_take_is_awaited_only_when_it_leaves_again(store: Store) -> None:
    city = _filed(store)
    city.run(city.does("lurah", Act.ASK, "Di depan nomor berapa?"))
    question, now = _on_the_wire(city, DeliveryKind.QUESTION), city.now
    store.run(lambda tx: delivery.failed(tx, question, DeliveryFailed("503", final=False), now, FakeRandomSource()))
    assert _awaited(city) == []
    city.now += timedelta(minutes=1)
    city.post()
    assert _awaited(city) == [Asking.ANSWER]


def test_a_question_that_was_answered_before_its_sending_was_noted_is_not_awaited(store: Store) -> None:
    city = _filed(store)
    city.run(city.does("lurah", Act.ASK, "Di depan nomor berapa?"))
    question = _on_the_wire(city, DeliveryKind.QUESTION)
    city.run(city.writes(BUDI, f"{city.codes[BUDI]} nomor 12"), city.sent(question))
    assert _awaited(city) == []
    city.run(city.writes(BUDI, "LAPOR Sampah menumpuk di kelurahan Tebet Timur"))
    assert len(city.reports) == 2


def test_nor_is_one_of_a_report_that_was_taken_back_meanwhile(store: Store) -> None:
    city = _filed(store)
    city.run(city.does("lurah", Act.ASK, "Di depan nomor berapa?"))
    question = _on_the_wire(city, DeliveryKind.QUESTION)
    city.run(city.writes(BUDI, f"CABUT {city.codes[BUDI]}"), city.sent(question))
    assert _awaited(city) == []


def test_a_verdict_that_was_given_before_the_sending_was_noted_is_not_awaited(store: Store) -> None:
    city = _filed(store)
    city.run(city.does("lurah", Act.START), city.does("lurah", Act.PLAN, "Tambal besok"))
    city.run(city.does("biro", Act.APPROVE_PLAN), city.does("lurah", Act.RESULT, "Ditambal", shows="tambalan"))
    city.post()
    city.run(city.does("biro", Act.VALIDATE))
    city.now += timedelta(hours=2)
    news = next(each for each in city.claimed() if each.awaits is not None)
    city.run(city.writes(BUDI, f"{city.codes[BUDI]} 1"), city.sent(news))
    assert _awaited(city) == []
    city.run(city.writes(BUDI, f"{city.codes[BUDI]} 2 ternyata belum"))
    assert city.report.handling.reopened == 1
