"""Danger of this minute is told in any words, past and feared ones are not, and neither gets worse unseen."""

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import urgent_figures
from core.suggest import is_danger
from core.suggest.urgent import is_urgent

LINES = urgent_figures.lines()
DOC = Path(__file__).resolve().parent.parent / "docs" / "urgent.md"
GIVEN = ("hurried", "voices", "city", "hints", "town", "street")  # the sets of people who did not know the service
RECALL = {
    "development": 98,
    "own": 98,
    "read": 97,
    "taught": 97,
    "blind": 96,
    "learned": 97,
    "stranger": 97,
    "hurried": 97,
    "voices": 97,
    "city": 97,
    "hints": 97,
    "town": 94,
    "street": 96,
}  # percent, a little under what was measured
LEAST = dict.fromkeys(RECALL, 170) | {"development": 200, "own": 700, "read": 190} | dict.fromkeys(GIVEN, 420)
ALARMS = dict.fromkeys(RECALL, 2) | {"taught": 3, "blind": 8, "town": 3, "street": 3}


def test_the_sets_are_long_and_stand_in_halves() -> None:
    assert len({line.text for line in LINES}) == len(LINES)
    for half, least in LEAST.items():
        assert sum(line.half == half for line in LINES) >= least
    assert {line.half for line in LINES} == set(urgent_figures.HALVES)


@pytest.mark.parametrize(
    "word", ["Kebakaran!!!", "api", "Body.", "girl", "tolong tolong", "KEBAKARAN kebakaran", "..."]
)
def test_one_word_alone_is_no_danger_however_it_is_shouted(word: str) -> None:
    assert not is_danger(word)


@pytest.mark.parametrize("half", urgent_figures.HALVES)
def test_most_emergencies_are_found_and_few_others_alarm(half: str) -> None:
    got = urgent_figures.figures(half, LINES)
    assert got.found * 100 >= RECALL[half] * got.due
    assert got.alarms * 100 <= ALARMS[half] * got.calm


def test_the_document_has_the_figures_of_today() -> None:
    assert urgent_figures.table(LINES) in DOC.read_text(encoding="utf-8")


def test_every_class_of_words_is_used_and_every_rule_knows_its_classes() -> None:
    table = tomllib.loads(files("core.suggest").joinpath("urgent.toml").read_text(encoding="utf-8"))
    used = {
        kind for rule in table["danger"]["rules"] for term in rule.split() for kind in term.removeprefix("-").split("|")
    }
    assert used == set(table["words"])


@pytest.mark.parametrize(
    ("now", "not_now"),
    [
        ("rumah tetangga terbakar", "rumah tetangga terbakar minggu lalu"),
        ("dia bawa pisau, saya takut", "takut ada yang bawa pisau"),
        ("kemarin tawuran, barusan tawuran di sini", "kemarin tawuran, sekarang lampunya mati"),
        ("hydrant ga nyala sementara rumah lagi kebakar", "hydrant ga nyala, takut kebakaran"),
        ("orang kejebak di lift", "kejebak macet dua jam"),
        ("apinya nyamber gudang", "kereta api lewat dekat gudang"),
        ("mau bunuh diri", "mau bunuh diri wkwk becanda"),
        ("anak kecebur kali", "anjing kecebur kali"),
    ],
)
def test_what_takes_a_danger_back(now: str, not_now: str) -> None:
    assert is_urgent(now)
    assert not is_urgent(not_now)


@pytest.mark.parametrize(
    "typed",
    [
        "KEBAKARAAAN!!! tolong",
        "kbkaran tolong",
        "kebakaran2 pak",
        "ke-ba kebakarannya",
        "asep tebel dr dlm, asap tebal di lorong",
    ],
)
def test_haste_in_typing_is_read(typed: str) -> None:
    assert is_urgent(typed)


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert is_danger(text) is is_urgent(text)
