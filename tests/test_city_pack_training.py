"""Kinds are learned from lines: what is wrong with them is told by line, and what is personal is closed before."""

import pytest

from app.city_pack.training import LEAST, TrainingLine, UnfitLines, lines_of, trained
from core.kind_weights import NO_REPORT, unpacked
from core.model import CategoryId
from core.suggest.learned import of_city
from core.suggest.words import read

TOLD = {
    "pju": "zwart als de nacht hier, bankje",
    "sampah": "afval ligt weer op straat, hoek",
    NO_REPORT: "goedemorgen en bedankt",
}
LETTERS = "abcdefghijkl"


def lines() -> list[TrainingLine]:
    return [TrainingLine(CategoryId(kind), f"{said} {each}") for kind, said in TOLD.items() for each in LETTERS]


def test_lines_are_read_and_what_is_wrong_is_told_by_line() -> None:
    assert lines_of("\ufeffpju\tlampu mati\r\n\n-\thalo\n") == [("pju", "lampu mati"), ("-", "halo")]
    with pytest.raises(UnfitLines) as wrong:
        lines_of("pju\tlampu\nnaga\tlepas\npju\nsampah\t \npju\t" + "a" * 30_000)
    assert [each.split(":")[0].split(" has")[0] for each in wrong.value.sentences] == [
        "Line 2", "Line 3", "Line 4", "Line 5",
    ]  # fmt: skip


def test_too_few_lines_are_refused() -> None:
    few = [each for each in lines() if each.kind != NO_REPORT]
    with pytest.raises(UnfitLines, match=f"write {LEAST} at least"):
        trained(few)
    with pytest.raises(UnfitLines, match="No kind has"):
        trained([each for each in lines() if each.kind == NO_REPORT])


def test_what_was_learned_knows_words_that_no_cue_holds_and_is_made_the_same_again() -> None:
    made = trained([*lines(), TrainingLine(CategoryId("banjir"), "water")])
    assert (made.kinds, made.asked, made.right, made.right_by_cues) == (2, 4, 4, 0)
    assert "banjir" in made.left
    assert unpacked(made.weights).classes == ("pju", "sampah", NO_REPORT)
    likely = of_city(made.weights).likely(read("zo zwart als de nacht"))
    assert max(likely, key=likely.__getitem__) == "pju"
    assert trained([*lines(), TrainingLine(CategoryId("banjir"), "water")]) == made


def test_what_is_personal_is_not_learned() -> None:
    """Two sets that differ in a telephone number alone give the same weights."""
    told = [
        [each._replace(text=f"{each.text}, hubungi saya di {number}") for each in lines()]
        for number in ("081234567890", "081298765432")
    ]
    assert trained(told[0]).weights == trained(told[1]).weights
