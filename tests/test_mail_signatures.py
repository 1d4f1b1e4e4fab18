"""What people write below their words: a name goes, and whatever may be more of the story stays."""

import pytest

from bots.mail.trim import trim

TOLD = "Lampu jalan mati di depan pasar.\nSudah tiga malam."
STAYS = [
    "- Tebet Timur",
    "- gelap",
    "- Mati Total",
    "Lokasi:\n- Budi Santoso",
    "- lampu\n- jalan",
    "- Lampu\n- Jalan",
    "-Jl. Mawar",
    "-ya",
    "- 3 tiang",
    "---\nselebihnya baik",
    "---\nDi Jl. Mawar juga mati",
    "-----\nLampu dua tiang juga.",
    "=====\nKronologi: hari Senin",
    "___\ndi depan Masjid Al Ikhlas",
    "- depan SD Negeri 05",
    "-Mohon Segera",
    "*****",
    "- Budi Santoso yang minta uang",
]


@pytest.mark.parametrize("tail", STAYS)
def test_what_may_be_more_of_the_story_stays(tail: str) -> None:
    kept = trim(f"{TOLD}\n{tail}")
    assert [line for line in tail.split("\n") if line not in kept and set(line) - set("-=_*")] == []


def test_what_tells_where_it_is_stays_below_dashes() -> None:
    assert trim(f"{TOLD}\n--\nLokasi: Jl. Mawar 5, Tebet") == f"{TOLD}\nLokasi: Jl. Mawar 5, Tebet"
    assert trim(f"{TOLD}\n--\nBudi\n0812-3456-7890\nNB: sejak Senin") == f"{TOLD}\nNB: sejak Senin"


@pytest.mark.parametrize("text", ["-Budi Santoso", "- Budi", "--\nBudi", "Halo,\n-Budi"])
def test_a_name_alone_is_all_that_was_said(text: str) -> None:
    assert trim(text) == text


def test_more_below_dashes_than_a_signature_has_stays() -> None:
    story = "\n".join(f"Baris {n} dari cerita yang panjang." for n in range(20))
    assert trim(f"{TOLD}\n--\n{story}").endswith(story)
