"""Of a chat that is pasted or exported, speakers are closed and times stay."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.redact import closed, find


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("[3/6 10.16] Ani: lampu mati", "[3/6 10.16] [nama]: lampu mati"),
        ("03/06/26 10.16 - Ani Wijaya: lampu mati", "03/06/26 10.16 - [nama]: lampu mati"),
        ("[10.16, 3/6/2026] Bu Tini: lampu mati", "[10.16, 3/6/2026] [nama]: lampu mati"),
        ("\u200e[03/06/26 10.16.33] ~ Dodi: lampu mati", "\u200e[03/06/26 10.16.33] ~ [nama]: lampu mati"),
        ("[6/3/26, 10:16:33\u202fAM] Joe: lampu mati", "[6/3/26, 10:16:33\u202fAM] [nama]: lampu mati"),
        ("6/3/26, 10:16 PM - Joe: lampu mati", "6/3/26, 10:16 PM - [nama]: lampu mati"),
        ("03.06.26, 10:16 - Ani: lampu mati", "03.06.26, 10:16 - [nama]: lampu mati"),
        ("[2026/6/3 10:17] Tini: lampu mati", "[2026/6/3 10:17] [nama]: lampu mati"),
        ("Tini Sari, [3 Jun 2026 10.16.33]:\nlampu mati", "[nama], [3 Jun 2026 10.16.33]:\nlampu mati"),
        ("[3/6 10.16] ani tetangga: lampu mati", "[3/6 10.16] [nama]: lampu mati"),
        ("03/06/26 10.18 - +62 812-3456-7890: lampu mati", "03/06/26 10.18 - [telepon]: lampu mati"),
    ],
)
def test_a_speaker_is_closed_and_the_time_stays(line: str, kept: str) -> None:
    assert closed(line) == kept
    assert closed(kept) == kept
    assert closed(f"Dari grup RT:\n{line}\n{line}") == f"Dari grup RT:\n{kept}\n{kept}"


@pytest.mark.parametrize(
    "line",
    [
        "[3/6 10.16] Pak RT: lampu mati",
        "[3/6 10.16] Anda: lampu mati",
        "[10.16] Lokasi: Jl. Mawar",
        "03/06/26 10.16 - Lampu mati: dua tiang",
        "03/06/26 10.16 - Jalan Mawar: gelap",
        "03/06/26 10.18 - Pesan dan panggilan dienkripsi secara end-to-end.",
    ],
)
def test_what_is_no_persons_name_stays(line: str) -> None:
    assert closed(line) == line


def test_a_number_of_somebodys_papers_is_no_time() -> None:
    assert "3174" not in closed("03/06/26 10.16 - NIK saya 3174012304950001\n[3174012304950001] Ani: lampu mati")


@given(st.text(alphabet="[]0123/.:-, AniM\n", max_size=80))
def test_no_heap_of_stamps_breaks_it(text: str) -> None:
    spans = find(text)
    assert all(before.end <= behind.start for before, behind in pairwise(spans))
