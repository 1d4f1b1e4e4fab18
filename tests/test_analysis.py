"""What a message says is read once in a turn, whatever asks for it, and is forgotten behind it."""

from contextlib import ExitStack

import pytest

from core.analysis import Analysis, once, remembered
from core.watch import watched
from tests.fakes.broken_readers import BrokenReaders
from tests.fakes.town import Town

READ: list[str] = []


@remembered
def _length(text: str, /, *, plus: int = 0) -> int:
    READ.append(text)
    return len(text) + plus


@pytest.fixture(autouse=True)
def _nothing_is_read_yet() -> None:
    READ.clear()


def test_outside_a_turn_each_question_is_a_reading() -> None:
    assert [_length("abc"), _length("abc")] == [3, 3]
    assert READ == ["abc", "abc"]


def test_within_a_turn_the_same_words_are_read_once() -> None:
    with once():
        assert [_length("abc"), _length("abc"), _length("ab")] == [3, 3, 2]
    assert READ == ["abc", "ab"]


def test_another_way_of_asking_is_another_question() -> None:
    with once():
        assert [_length("abc"), _length("abc", plus=1), _length("abc", plus=1)] == [3, 4, 4]
    assert READ == ["abc", "abc"]


def test_a_turn_remembers_nothing_of_the_turn_before() -> None:
    with once():
        _length("abc")
    with once():
        _length("abc")
    assert READ == ["abc", "abc"]


def test_who_opens_it_before_the_turn_hands_on_what_was_read() -> None:
    analysis = Analysis()
    with analysis.open():
        _length("abc")
    with analysis.open(), once():
        _length("abc")
    assert READ == ["abc"]
    _length("abc")
    assert READ == ["abc", "abc"]


def test_what_raises_is_read_again() -> None:
    @remembered
    def fails(text: str, /) -> int:
        READ.append(text)
        raise ValueError(text)

    with once():
        for _ in range(2):
            with pytest.raises(ValueError, match="abc"):
                fails("abc")
    assert READ == ["abc", "abc"]


READERS = {
    "suggest": "core.suggest.scores.suggest",
    "danger": "core.suggest.scores.is_danger",
    "parts": "core.suggest.parting.parts",
    "redact": "core.redact.search.find core.redact.search.closed",
    "areas": "core.places.place_names.find core.places.place_names.outside",
    "conversation": "core.conversation.transition.step",
}
LONG = (
    "Jalan berlubang besar di depan pasar Tebet Barat, dua motor jatuh. Lampu jalan mati juga sudah tiga malam. "
    "Nama saya Budi Santoso, telepon 0812-3456-7890. Mohon diperbaiki."
)
TALKS = {
    "one mail": ("mail", (LONG,)),
    "one SMS": ("sms", (f"LAPOR {LONG}",)),
    "a draft in five messages": (
        "telegram",
        ("Halo", "Lampu jalan mati", "sudah tiga malam, gelap sekali", "di Jalan Tebet Timur Raya", "Tebet Timur", "1"),
    ),
    "two problems": ("telegram", (LONG, "1", "1", "1")),
    "an answer that is none": ("sms", ("Sampah menumpuk", "apa?", "di dekat pasar Cikini")),
}


@pytest.mark.parametrize("talk", TALKS)
def test_no_reader_sees_a_text_twice_in_a_turn(talk: str) -> None:
    channel, said = TALKS[talk]
    citizen = Town().citizen(channel)
    for text in said:
        watch, analysis = BrokenReaders(), Analysis()
        with ExitStack() as stack:
            stack.enter_context(watched(watch))
            stack.enter_context(analysis.open())
            citizen.writes(text)
        known = [f"{key[0].__module__}.{key[0].__qualname__}" for key in analysis.read if isinstance(key, tuple)]
        for reader, functions in READERS.items():
            texts = sum(known.count(each) for each in functions.split())
            assert _readings(watch, reader) <= texts, (text, reader)
        assert _readings(watch, "danger") <= 2, "the whole and what is new of it"


def _readings(watch: BrokenReaders, reader: str) -> int:
    counts = watch.counts()
    return counts[reader].readings if reader in counts else 0
