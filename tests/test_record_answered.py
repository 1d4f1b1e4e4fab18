"""Whose answer is awaited: nobody's who has answered already, however late the wire says that it took the question."""

from datetime import timedelta

from core.messages import Address
from core.model import Act, Asking, Delivery, Kind
from core.ports import Store, UnitOfWork
from tests.fakes.city import BUDI, STAFF, STORY, City


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


def _on_the_wire(city: City, kind: Kind) -> Delivery:
    """It has been heard, and nobody has noted that yet."""
    return next(each for each in city.claimed() if each.kind is kind)


def test_a_question_is_awaited_from_when_it_leaves_and_no_more_once_it_is_answered(store: Store) -> None:
    city = _filed(store)
    city.run(city.does("lurah", Act.ASK, "Di depan nomor berapa?"))
    assert _awaited(city) == []
    question = _on_the_wire(city, Kind.QUESTION)
    assert _awaited(city) == [Asking.ANSWER]
    city.run(city.sent(question))
    assert _awaited(city) == [Asking.ANSWER]
    city.run(city.writes(BUDI, "nomor 12"))
    assert _awaited(city) == []


def test_a_question_that_was_answered_before_its_sending_was_noted_is_not_awaited(store: Store) -> None:
    city = _filed(store)
    city.run(city.does("lurah", Act.ASK, "Di depan nomor berapa?"))
    question = _on_the_wire(city, Kind.QUESTION)
    city.run(city.writes(BUDI, f"{city.codes[BUDI]} nomor 12"), city.sent(question))
    assert _awaited(city) == []
    city.run(city.writes(BUDI, "LAPOR Sampah menumpuk di kelurahan Tebet Timur"))
    assert len(city.reports) == 2


def test_nor_is_one_of_a_report_that_was_taken_back_meanwhile(store: Store) -> None:
    city = _filed(store)
    city.run(city.does("lurah", Act.ASK, "Di depan nomor berapa?"))
    question = _on_the_wire(city, Kind.QUESTION)
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
