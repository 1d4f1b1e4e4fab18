"""What an officer wants to know at a glance: read from the closed text, and never what points at somebody."""

import re
from collections.abc import Sequence
from pathlib import Path
from time import thread_time
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import facts, redact
from core.facts import Fact, find, told
from core.phrases import LANGUAGES

NONE: Final = "-"
LINES: Final = tuple(
    tuple(line.split("\t")[1:])
    for line in (Path(__file__).parent / "facts_set.tsv").read_text(encoding="utf-8").splitlines()
)


def read(text: str) -> str:
    return said(find(redact.closed(text, "id")))


def said(found: Sequence[Fact]) -> str:
    return " | ".join(map(str, found)) or NONE


def test_the_set_is_large_and_much_of_it_holds_no_fact() -> None:
    assert sum(meant != NONE for _, meant in LINES) >= 130
    assert sum(meant == NONE for _, meant in LINES) >= 60
    assert len({text for text, _ in LINES}) == len(LINES)


@pytest.mark.parametrize(("text", "meant"), LINES)
def test_a_message_says_these_facts_and_no_others(text: str, meant: str) -> None:
    assert meant in {read(text), said(find(text))}


def test_few_facts_are_lost_with_the_words_that_are_closed() -> None:
    assert sum(read(text) != meant for text, meant in LINES) <= 0.03 * len(LINES)


def test_it_does_not_matter_how_it_is_typed() -> None:
    for said in ("TIANG KJ-112", "tiang kj 112", "Tiang no. KJ112", "tiang listrik KJ.112", "tiang pln nomor kj-112"):
        assert find(said) == (Fact("pole", (("number", "KJ-112"),)),), said
    for said in ("udh 2 minggu", "sudah dua minggu", "UDAH 2MINGGU", "2 mgg", "selama 2 pekan"):
        assert find(said) == (Fact("for_weeks", (("count", "2"),)),), said


@pytest.mark.parametrize("letters", ["B", "D", "F", "AB", "DK", "BP", "KH"])
@pytest.mark.parametrize("before", ["bus", "angkot", "tiang no", "TJ", "PJU no", "JPO no", "mobil", "koridor", "gardu"])
def test_a_plate_is_never_a_fact(letters: str, before: str) -> None:
    for plate in (f"{letters} 1234 XY", f"{letters}1234XYZ", f"{letters.lower()} 9876 ab", f"{letters} 2121"):
        assert "1234" not in read(f"{before} {plate} ngebut")
        assert not re.search(r"\d", read(f"{before} {plate} ngebut")), plate


def test_numbers_of_people_and_houses_are_never_facts() -> None:
    for said in (
        "tiang 081234567890",
        "hubungi 0812 3456 7890 tiap hari",
        "NIK 3174096112900001",
        "PJU no 3174096112900001",
        "rumah no 45",
        "jl mawar no 7 rt 3 rw 5",
        "rekening 1234567890",
        "tiang dekat no 12",
    ):
        assert not re.search(r"\d", read(said)), said


def test_what_was_closed_joins_nothing() -> None:
    assert find("tiang [alamat] KJ-112") == ()
    assert find("sejak [keterangan] kemarin") == ()


def test_each_fact_is_said_in_every_language() -> None:
    text = "lampu mati udah seminggu, tiap malam minggu gelap, tiang KJ-112, sejak 3 juli, puluhan rumah"
    assert told(text, "id") == (
        "sejak seminggu", "sejak 3 Jul", "tiap malam Minggu", "tiang KJ-112", "puluhan rumah",
    )  # fmt: skip
    assert told(text, "en") == (
        "for a week", "since 3 Jul", "every Saturday night", "pole KJ-112", "dozens of houses",
    )  # fmt: skip
    for lang in LANGUAGES:
        for said, _ in LINES:
            assert all(told(said, lang)) or not find(said)
    assert {f"{fact.says}" for said, _ in LINES for fact in find(said)} <= facts.SAYS


def test_no_more_than_a_few_are_shown() -> None:
    assert len(find(" dan ".join(f"tiang no {number}" for number in range(1, 40)))) == 8


@given(st.text(max_size=300) | st.text("tiang no. KJ-12 b3 x kali sejak tiap minggu0 ", max_size=300))
@settings(max_examples=200)
def test_whatever_comes_is_read_the_same_twice_and_breaks_nothing(text: str) -> None:
    assert find(text) == find(text)
    assert told(text, "id") == told(text, "id")


def test_long_and_hostile_texts_cost_little() -> None:
    find("warm")
    for hostile in ("1 " * 5000, "tiang no " * 2000, "sejak tgl " * 2000, "a" * 50_000, "sudah 3 " * 3000, "-" * 9000):
        began = thread_time()
        find(hostile)
        assert thread_time() - began < 1, hostile[:12]


def test_a_message_costs_less_than_a_millisecond() -> None:
    find("warm")
    costs = []
    for text, _ in LINES:
        began = thread_time()
        find(text)
        costs.append(thread_time() - began)
    assert sorted(costs)[len(costs) // 2] < 0.001
