"""A name that was closed once is closed wherever it comes again, but for a street or a shop that bears it."""

import pytest

from core.redact import Span, Trace
from core.redact.page import read
from core.redact.repeats import repeats


def _again(text: str, name: str, *, certain: bool = True) -> list[str]:
    page = read(text)
    at = page.text.index(name)
    found = repeats(page, [Span(at, at + len(name), Trace.NAME_SELF, certain=certain)])
    return [text[max(0, span.start - 3) : span.end] for span in found if span.start != at]


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("Saya Budi Santoso. Kata Budi Santoso begitu", ["ta Budi Santoso"]),
        ("Saya Budi Santoso. Jl. Budi Santoso rusak", []),
        ("Saya Budi Santoso, toko Budi Santoso tutup", []),
        ("Saya Budi Santoso. Pak Budi Santosoputra", []),
    ],
)
def test_the_same_name_is_found_again_but_as_no_part_of_a_word_and_no_street(text: str, again: list[str]) -> None:
    assert _again(text, "Budi Santoso") == again


def test_a_doubtful_name_and_one_of_two_letters_are_not_looked_for() -> None:
    assert _again("Saya Budi. Kata Budi", "Budi", certain=False) == []
    assert _again("Saya Al. Kata Al", "Al") == []


def test_of_many_names_the_longest_are_looked_for() -> None:
    names = [f"Nama{at:02d}{'a' * at}" for at in range(12)]
    page = read(" ".join(names * 2))
    starts = map(page.text.index, names)
    spans = [Span(at, at + len(each), Trace.NAME_SELF, certain=True) for at, each in zip(starts, names, strict=True)]
    found = {page.text[span.start : span.end] for span in repeats(page, spans)}
    assert found == set(names[-8:])
