"""A store that is silent is asked by one at a time, and by everybody once it answers again."""

import pytest

from core.errors import NotFound, StoreAway
from storage.circuit_breaker import CircuitBreaker


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def asks(breaker: CircuitBreaker, error: Exception | None = None) -> str:
    """What became of one question."""
    try:
        with breaker.asking():
            if error is not None:
                raise error
    except StoreAway as away:
        return str(away)
    except NotFound:
        return "not there"
    return "answered"


def test_after_silence_nobody_asks_for_a_while_and_then_one_alone() -> None:
    clock = Clock()
    breaker = CircuitBreaker(5.0, clock)
    assert asks(breaker) == "answered"
    assert asks(breaker, StoreAway("ReadTimeout")) == "ReadTimeout"
    clock.now = 4.9
    assert asks(breaker) == "silent"
    clock.now = 5.0
    with breaker.asking():
        assert asks(breaker) == "silent", "one alone finds out"
    assert asks(breaker) == "answered"


def test_one_who_finds_it_silent_again_begins_another_rest() -> None:
    clock = Clock()
    breaker = CircuitBreaker(5.0, clock)
    asks(breaker, StoreAway("x"))
    clock.now = 6.0
    assert asks(breaker, StoreAway("y")) == "y"
    clock.now = 10.9
    assert asks(breaker) == "silent"


@pytest.mark.parametrize("error", [NotFound(), None])
def test_what_is_not_there_is_an_answer(error: Exception | None) -> None:
    clock = Clock()
    breaker = CircuitBreaker(5.0, clock)
    asks(breaker, StoreAway("x"))
    clock.now = 5.0
    asks(breaker, error)
    assert asks(breaker) == "answered"
