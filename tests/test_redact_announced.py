"""Names that people announce are closed in any case; places of the city stay wherever they are put."""

from collections.abc import Callable, Iterator
from itertools import product

import pytest

from core.areas import AREAS
from core.redact import Trace, find

# Of many peoples; none stands in the frames from which the tagger learned, nor do these introductions.
NAMES = (
    "Slamet Riyadi", "Siti Rohmah", "Maruli Sitanggang", "Ni Luh Suartini", "Andi Baso", "Tan Mei Hwa", "Yohanes Wenda",
    "Fatimah Assegaf", "Ujang Suhendar", "Kristina Matulessy", "Agus", "Wulandari", "Poltak", "Bambang Sutrisno",
)  # fmt: skip
INTRODUCTIONS = (
    "nama saya {}, mau lapor sampah menumpuk", "saya {}, jalan depan sekolah berlubang",
    "dgn {} mau tanya kapan lampu diperbaiki",
    "perkenalkan saya {} warga sini, got mampet", "selamat siang dengan {} ingin mengadukan parkir liar",
    "halo min, nama gue {}. trotoar dipake jualan", "lampu jalan mati, dari {}", "pohon tumbang di gang. salam, {}",
    "banjir lagi. terima kasih - {}", "Nama: {}\nKeluhan: air PAM mati", "kabel menjuntai. ttd {}",
    "nm sy {}, tlg cek pungli di loket", "my name is {}, the street lamp is broken", "aye {}, kali bau banget",
)  # fmt: skip
CASES: tuple[Callable[[str], str], ...] = (str, str.lower, str.upper)
PROBLEMS = ("Jalan berlubang", "lampu mati", "sampah numpuk", "Banjir semata kaki")
ENDS = ("{} - {}", "{} / {}", "{} ({})", "{1}: {0}", "{}, {}")
CLOSED_LEAST, TOUCHED_MOST = 0.85, 0.02


def announced() -> Iterator[tuple[str, int, int]]:
    """A message and where the name stands in it."""
    for name, introduction, case in product(NAMES, INTRODUCTIONS, CASES):
        said = case(name)
        text = introduction.format(said)
        yield text, text.index(said), text.index(said) + len(said)


def test_most_announced_names_are_closed_whole_in_any_case() -> None:
    found = [any(span.start <= start and end <= span.end for span in find(text)) for text, start, end in announced()]
    assert sum(found) >= CLOSED_LEAST * len(found)


@pytest.mark.parametrize("case", CASES, ids=["as it is", "small", "capital"])
def test_a_place_of_the_city_is_nobodys_name(case: Callable[[str], str]) -> None:
    touched = said = 0
    for at, area in enumerate(sorted(AREAS.values(), key=lambda each: each.code)):
        text = case(ENDS[at % len(ENDS)].format(PROBLEMS[at % len(PROBLEMS)], area.name))
        said += 1
        touched += any(span.kind in {Trace.NAME_SELF, Trace.ADDRESS_SELF} for span in find(text))
    assert touched <= TOUCHED_MOST * said
