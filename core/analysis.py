"""What a message says is read once: within a turn, a reader that is asked again about the same words remembers."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")


class Analysis:
    """What was read in one turn. Whose turn it is drops it with the turn: nobody's words stay for long.

    One thread at a time: the turn that opens it may hand it on.
    """

    __slots__ = ("read",)

    def __init__(self) -> None:
        self.read: dict[Hashable, object] = {}

    @contextmanager
    def open(self) -> Iterator[None]:
        """Within this context, what is read is remembered here."""
        before = _OPEN.set(self)
        try:
            yield
        finally:
            _OPEN.reset(before)


_OPEN: ContextVar[Analysis | None] = ContextVar("analysis", default=None)


@contextmanager
def once() -> Iterator[None]:
    """The analysis that is open, or one for as long as this lasts."""
    with (_OPEN.get() or Analysis()).open():
        yield


def remembered(read: Callable[P, T]) -> Callable[P, T]:
    """A pure function of things that can be hashed; outside a turn it reads each time."""

    @wraps(read)
    def reading(*args: P.args, **kwargs: P.kwargs) -> T:
        analysis = _OPEN.get()
        if analysis is None:
            return read(*args, **kwargs)
        known = analysis.read
        key = (read, args, *kwargs.items()) if kwargs else (read, args)
        if key in known:
            return cast("T", known[key])
        found = read(*args, **kwargs)
        known[key] = found
        return found

    return reading


def known(reader: Callable[[str], T], text: str) -> T | None:
    """What a remembered reader said of a text in this turn; None: it was not asked."""
    return cast("T | None", (_OPEN.get() or Analysis()).read.get(_key(reader, text)))


def told(reader: Callable[[str], T], text: str, found: T) -> None:
    """What a remembered reader said of a text in an earlier turn holds in this one."""
    if (analysis := _OPEN.get()) is not None:
        analysis.read[_key(reader, text)] = found


def _key(reader: Callable[[str], object], text: str) -> Hashable:
    return reader.__wrapped__, (text,)  # type: ignore[attr-defined]  # `remembered` sets it
