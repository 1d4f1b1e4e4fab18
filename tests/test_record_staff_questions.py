"""Questions and answers are read from the history: the oldest question that has none gets the next answer."""

from hypothesis import given, settings
from hypothesis import strategies as st

from core.model import Act, AgencyId, HistoryEntry, Status
from core.record import Question, open_question, questions
from tests.fakes.nouns import NOW


def history(*acts: tuple[Act, str]) -> list[HistoryEntry]:
    return [HistoryEntry(NOW, Status.PROSES, AgencyId("x"), text, act) for act, text in acts]


def test_an_answer_belongs_to_the_oldest_question_that_has_none() -> None:
    told = history((Act.ASK, "Di mana?"), (Act.ASK, "Kapan?"), (Act.ANSWER, "Di gang"), (Act.NOTE, "Hm"))
    assert questions(told) == (Question("Di mana?", "Di gang"), Question("Kapan?"))
    assert open_question(told) == Question("Kapan?")


def test_where_all_is_answered_nothing_is_open_and_a_further_answer_is_lost_on_no_question() -> None:
    told = history((Act.ANSWER, "Apa?"), (Act.ASK, "Di mana?"), (Act.ANSWER, "Di gang"), (Act.ANSWER, "Lagi"))
    assert questions(told) == (Question("Di mana?", "Di gang"),)
    assert open_question(told) is None
    assert open_question([]) is None


@given(st.lists(st.sampled_from([Act.ASK, Act.ANSWER, Act.ADD, Act.START]), max_size=20))
@settings(max_examples=100, derandomize=True)
def test_questions_come_in_their_order_and_never_the_same_answer_twice(acts: list[Act]) -> None:
    told = history(*((act, f"{act.value} {at}") for at, act in enumerate(acts)))
    found = questions(told)
    assert [each.asked for each in found] == [entry.text for entry in told if entry.act is Act.ASK]
    answers = [each.answered for each in found if each.answered is not None]
    assert len(set(answers)) == len(answers)
    assert answers == [each.answered for each in found[: len(answers)]], "none is passed over"


def test_what_was_asked_and_answered_prints_nothing() -> None:
    assert "gang" not in f"{Question('Di gang mana?', 'gang buntu')}"
