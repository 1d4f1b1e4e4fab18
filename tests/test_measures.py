"""Counts and durations by step: of the code alone, so that no number of lines grows with the people who write."""

import pytest
from prometheus_client import generate_latest

from app.measures import STEPS, Measures
from core.errors import StoreAway
from core.messages import IntakeResult


def said(measures: Measures) -> set[str]:
    return set(generate_latest(measures.registry).decode().splitlines())


def test_a_message_counts_by_what_it_was_answered() -> None:
    measures = Measures()
    for result in (IntakeResult.DONE, IntakeResult.DONE, IntakeResult.SEEN):
        with measures.answering("sms") as answered:
            assert answered(result) is result
    for error in (StoreAway("x"), ValueError("x")):
        with pytest.raises(type(error)), measures.answering("mail"):
            raise error
    assert said(measures) >= {
        'resi_messages_total{channel="sms",result="done"} 2.0',
        'resi_messages_total{channel="sms",result="seen"} 1.0',
        'resi_messages_total{channel="mail",result="away"} 1.0',
        'resi_messages_total{channel="mail",result="fault"} 1.0',
    }


def test_a_step_is_measured_however_it_ends() -> None:
    measures = Measures()
    with pytest.raises(ValueError, match="x"), measures.step("turn", "sms"):
        raise ValueError("x")
    measures.waited("sms", -3)
    assert said(measures) >= {
        'resi_step_seconds_count{channel="sms",step="turn"} 1.0',
        'resi_delivery_wait_seconds_bucket{channel="sms",le="1.0"} 1.0',
    }


def test_a_wire_fails_when_it_takes_none_of_several_and_one_that_is_taken_ends_it() -> None:
    measures = Measures()
    for _ in range(9):
        measures.sent("mail", "again", "one that fails for its own sake")
    assert not measures.failing()
    for each in ("a", "b"):
        measures.sent("mail", "fault", each)
    measures.sent("sms", "again", "c")
    assert list(measures.failing()) == ["mail"]
    assert measures.failing()["mail"] >= 0
    measures.sent("mail", "dead", "refused for good: somebody answered")
    assert not measures.failing()


def test_lines_grow_with_steps_and_channels_alone() -> None:
    measures = Measures()

    def all_of_it(times: int) -> int:
        for n in range(times):
            for channel in ("telegram", "sms", "mail"):
                with measures.answering(channel) as answered:
                    answered(IntakeResult.DONE)
                for step in STEPS:
                    with measures.step(step, channel):
                        pass
                measures.sent(channel, "sent", f"delivery {n}")
        return len(said(measures))

    once = all_of_it(1)
    assert all_of_it(300) == once < 300
