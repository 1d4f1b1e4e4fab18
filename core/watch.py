"""Readers that never fail: one that raises answers as its coarse stand-in would, and whoever stands by hears of it.

A reader is called from deep inside the rules, where nobody may log and nobody should have to look for an exception.
So who watches is a fact of the context, set where a turn begins, and what a reader answers never depends on it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
A = TypeVar("A")


class Watch(Protocol):
    """Who stands by while readers read. No word is handed over; an exception may hold some, and is not to be shown."""

    def reads(self, reader: str) -> None:
        """A reader begins; what this raises counts as a fault of that reader."""

    def failed(self, reader: str, error: Exception) -> None:
        """A reader raised, and its stand-in answered. Raises nothing."""


class _Nobody:
    """Where no part of the service watches, as in a script."""

    def reads(self, reader: str) -> None:
        """Nothing is counted."""

    def failed(self, reader: str, error: Exception) -> None:
        """Nobody hears of it."""


_WATCH: ContextVar[Watch] = ContextVar("watch")
_NOBODY = _Nobody()


@contextmanager
def watched(watch: Watch) -> Iterator[None]:
    """Within this context, `watch` hears of every reader."""
    before = _WATCH.set(watch)
    try:
        yield
    finally:
        _WATCH.reset(before)


def failed(reader: str, error: Exception) -> None:
    """Tells who watches of a fault that a reader got over by itself."""
    _WATCH.get(_NOBODY).failed(reader, error)


def total(reader: str, instead: Callable[P, T]) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """A function that cannot raise: where it does, `instead` answers for it, which must be plain enough never to."""

    def guarded(read: Callable[P, T]) -> Callable[P, T]:
        @wraps(read)
        def reading(*args: P.args, **kwargs: P.kwargs) -> T:
            watch = _WATCH.get(_NOBODY)
            try:
                watch.reads(reader)
                return read(*args, **kwargs)
            except Exception as error:  # noqa: BLE001 - whatever it is, a report must not wait for its mending
                watch.failed(reader, error)
                return instead(*args, **kwargs)

        return reading

    return guarded


def total_else(reader: str, *, answer: A) -> Callable[[Callable[P, T]], Callable[P, T | A]]:
    """Same as `total`, where there is nothing to find out: `answer` is what it says instead, whatever it was asked."""

    def guarded(read: Callable[P, T]) -> Callable[P, T | A]:
        def instead(*_args: P.args, **_kwargs: P.kwargs) -> T | A:
            return answer

        return total(reader, instead)(read)

    return guarded
