"""A reader under watch answers always, by its stand-in where it fails, and its fault is heard of by who watches."""

import asyncio
from contextvars import Context

import pytest

from core.watch import failed, total, total_else, watched
from tests.fakes.broken_readers import BrokenReaders


def _length(text: str, /) -> int:
    return len(text)


@total("lines", instead=_length)
def _line(text: str, /) -> int:
    """At which sign a line ends."""
    return text.index("\n")


def test_a_reader_that_does_not_fail_answers_as_if_nobody_watched() -> None:
    watch = BrokenReaders()
    with watched(watch):
        assert _line("a\nb") == 1
    assert watch.heard == []
    assert watch.counts()["lines"].readings == 1
    assert _line.__doc__ == "At which sign a line ends."


def test_one_that_raises_answers_by_its_stand_in_and_the_fault_is_heard_of() -> None:
    watch = BrokenReaders()
    with watched(watch):
        assert _line("abc") == 3
    [(reader, error)] = watch.heard
    assert reader == "lines"
    assert isinstance(error, ValueError)


def test_a_stand_in_may_be_an_answer() -> None:
    @total_else("signs", answer=None)
    def sign(text: str, /) -> int:
        """At which sign a colon stands."""
        return text.index(":")

    watch = BrokenReaders()
    with watched(watch):
        assert (sign("a:b"), sign("abc"), sign.__doc__) == (1, None, "At which sign a colon stands.")
    assert [reader for reader, _ in watch.heard] == ["signs"]


def test_where_nobody_watches_it_answers_all_the_same() -> None:
    unwatched = Context()
    assert unwatched.run(_line, "abc") == 3
    unwatched.run(failed, "lines", ValueError())


def test_what_ends_a_process_is_no_fault_of_a_reader() -> None:
    @total("ends", instead=_length)
    def ends(_text: str, /) -> int:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ends("a")


def test_a_watch_hears_of_its_own_context_alone_and_the_one_around_it_afterwards() -> None:
    outer, inner = BrokenReaders(), BrokenReaders()
    with watched(outer):
        with watched(inner):
            _line("abc")
        failed("lines", ValueError())
    assert (len(outer.heard), len(inner.heard)) == (1, 1)


async def test_a_task_inherits_who_watched_when_it_was_made() -> None:
    watch = BrokenReaders("lines")

    async def reads() -> int:
        return _line("a\nb")

    with watched(watch):
        task = asyncio.create_task(reads())
    assert await task == 3
    assert await asyncio.to_thread(_line, "a\nb") == 1, "nobody watches here any more"
    assert len(watch.heard) == 1
