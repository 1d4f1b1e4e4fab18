"""The coarsest rule: plain words of reports stay, and whatever may point at anybody is closed."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings

from benchmarks.redact_figures import LOOSE, is_closed, lines
from benchmarks.redact_plain_words import plain
from core.dictionary import WORDS
from core.redact import close, closed, closed_coarsely, coarse, find
from core.redact.page import Page
from core.redact.rounds import FINDERS, read_by
from core.redact.traces import MARKS, Span, Trace
from core.redact.words import FURTHER, GIVEN
from core.watch import watched
from tests.fakes.broken_readers import BrokenReaders
from tests.fakes.texts import TEXTS

MARK = MARKS["id"][Trace.THIRD_PARTY]


def _coarse(text: str) -> str:
    return close(text, coarse.spans(text))


@pytest.mark.parametrize(
    "text",
    [
        "lampu jalan mati sudah 3 hari, gelap sekali",
        "Sampah menumpuk di depan pasar, bau busuk.",
        "SAMPAH MENUMPUK DI DEPAN PASAR SUDAH DUA MINGGU",
        "Pohon Tumbang Menutup Jalan Di Depan Sekolah",
        "got mampet, banjir sebetis",
        "There is a big hole in the road, please fix it",
        "saya mau lapor lampu jalan di depan rumah mati",
        "lampu2 mati - gelap!",
    ],
)
def test_plain_words_of_a_report_stay(text: str) -> None:
    assert _coarse(text) == text


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("lampu mati\n- Tomasz W.", ("Tomasz", "W")),
        ("banjir, kata bu sri di blok c no 4", ("sri", "4")),
        ("hubungi 0812 3456 7890 atau budi@gmail.com", ("0812", "3456", "7890", "budi")),
        ("nomor saya nol delapan satu dua tiga empat", ("nol", "delapan", "tiga")),
        ("NIK 3174096112900001, mobil B 1234 XYZ", ("3174096112900001", "1234", "XYZ")),
        ("saya tomasz, rumah di jl kemuning rt 03/05", ("tomasz", "kemuning", "03", "05")),
        ("jalan rusak di Jl. Melati, saya Rina", ("Melati", "Rina")),
        ("\u200bb\u200bu\u200bd\u200bi melapor banjir", ("b\u200bu\u200bd\u200bi",)),
        ("telepon \uff10\uff18\uff11\uff12\uff13", ("\uff10", "\uff13")),
        ("saya satu-satunya akuntan di lantai 7", ("satu-satunya", "akuntan", "7")),
    ],
)
def test_what_may_point_at_somebody_is_closed(text: str, gone: tuple[str, ...]) -> None:
    shown = _coarse(text)
    assert not [part for part in gone if part in shown.replace(MARK, "")]
    assert MARK in shown


def test_alone_it_closes_nearly_every_name_and_number_of_the_tables() -> None:
    told = [(line, mark) for line in lines() for mark in line.marks if mark.certain and mark.kind not in LOOSE]
    closed_ones = [mark for line, mark in told if is_closed(line, mark, coarse.spans(line.text))]
    assert len(told) > 300
    assert len(closed_ones) >= 0.97 * len(told), "docs/decisions/0029 tells how many"


def test_no_name_and_no_number_is_a_plain_word() -> None:
    for word in sorted(GIVEN | FURTHER):
        assert _coarse(f"lampu mati {word}") == f"lampu mati {MARK}", word


def test_neighbours_are_closed_as_one_and_a_line_is_never_joined_to_the_next() -> None:
    assert _coarse("lampu mati Tomasz Wisniewski\nKowalski") == f"lampu mati {MARK}\n{MARK}"


def test_the_list_of_plain_words_is_the_one_that_the_script_makes() -> None:
    assert frozenset(plain()) == WORDS, "PYTHONPATH=. python benchmarks/redact_plain_words.py"


@pytest.mark.parametrize(
    "text",
    ["dua titik", "3 titik lampu mati", "jl 3 hari", "an.\nk mane", "\u0663 Bu duA", "2 Hari lalu", "pak 12 orang"],
)
def test_a_count_and_what_it_counts_stay_or_go_together(text: str) -> None:
    once = _coarse(text)
    assert _coarse(once) == once


@settings(max_examples=200)
@given(TEXTS)
def test_it_reads_anything_in_order_and_closing_again_changes_nothing(text: str) -> None:
    spans = coarse.spans(text)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    once = _coarse(text)
    assert _coarse(once) == once


@settings(max_examples=100)
@given(TEXTS)
def test_where_not_even_the_page_is_read_what_stays_is_no_longer_than_the_text(text: str) -> None:
    shown = closed_coarsely(text)
    assert len(shown.replace(MARK, "")) <= len(text)


# -- a finder that fails --


def _fails(page: Page) -> Iterator[Span]:
    yield from ()
    raise IndexError(page.low)


def test_where_one_finder_fails_the_others_find_and_the_rest_is_closed_coarsely() -> None:
    text = "lampu rusak di kemuning, hp saya 081234567890\n- Tomasz W."
    for at in range(len(FINDERS) + 1):
        read = read_by(text, (*FINDERS[:at], _fails, *FINDERS[at:]))
        assert close(text, read.spans) == f"lampu rusak di {MARK} saya [telepon]\n- [nama]"
        assert [type(fault) for fault in read.faults] == [IndexError]


@pytest.mark.parametrize("at", range(len(FINDERS)))
def test_whichever_finder_fails_nothing_that_points_at_the_writer_stays(at: int) -> None:
    text = "lampu mati. Saya Tomasz, Jl. Kemuning 12, hp 081234567890, tomasz@gmail.com, B 1234 XYZ\nTomasz W."
    read = read_by(text, (*FINDERS[:at], _fails, *FINDERS[at + 1 :]))
    shown = close(text, read.spans)
    assert shown.startswith("lampu mati.")
    assert not [part for part in ("Tomasz", "Kemuning", "12", "0812", "tomasz", "1234") if part in shown]


def test_a_fault_that_is_remembered_with_its_text_is_heard_of_each_time() -> None:
    watch = BrokenReaders("redact")
    with watched(watch):
        find("lampu mati lagi")
        find("lampu mati lagi")
    assert [reader for reader, _ in watch.heard] == ["redact", "redact"]


def test_a_reader_that_fails_altogether_closes_coarsely_and_keeps_nothing_open() -> None:
    with watched(BrokenReaders("redact")):
        assert (
            closed("banjir, telepon toko itu 08123456789", kept=("08123456789",)) == f"banjir, telepon toko itu {MARK}"
        )
        assert all(span.certain for span in find("banjir kata Tomasz"))
