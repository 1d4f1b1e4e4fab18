"""Enriched words are words: their marks go, and what they say stays."""

import pytest

from bots.mail.enriched import words_of


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Lampu <bold>mati</bold>", "Lampu mati"),
        ("<color><param>red</param>Lampu</color> mati", "Lampu mati"),
        ("Lampu\nmati\n\ndi Tebet\n\n\nsejak Senin", "Lampu mati\ndi Tebet\n\nsejak Senin"),
        ("<nofill>a << b</nofill>", "a < b"),
        ("Lampu<nl>mati <lt> 3", "Lampu\nmati < 3"),
        ("3 < 5 dan 5 > 3", "3 < 5 dan 5 > 3"),
        ("<bold", "<bold"),
        ("", ""),
    ],
)
def test_marks_go_and_words_stay(written: str, told: str) -> None:
    assert words_of(written) == told
