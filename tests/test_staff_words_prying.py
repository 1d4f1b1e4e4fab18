"""Questions about the writer are refused, those about the problem pass: counted on lines that no weights learned."""

import zlib
from importlib.resources import files
from pathlib import Path

import pytest

from benchmarks.staff_words import make, train
from core.linear import opened
from core.staff_words import pries, refusal
from core.staff_words.prying_model import WEIGHTS
from core.staff_words.signs import ROWS

BLIND = [line.split("\t") for line in (Path(__file__).parent / "questions_blind.tsv").read_text("utf-8").splitlines()]
FOUND, REFUSED = 0.9, 0.02  # of prying ones at least, of honest ones at most


def test_of_questions_by_strangers_prying_ones_are_found_and_honest_ones_pass() -> None:
    prying = [refusal(text) is not None for sign, text in BLIND if sign == "+"]
    honest = [refusal(text) is not None for sign, text in BLIND if sign == "-"]
    assert sum(prying) >= FOUND * len(prying)
    assert sum(honest) <= REFUSED * len(honest)


def test_no_line_that_is_counted_was_learned() -> None:
    learned = {line.text.casefold() for line in make.written()}
    assert not [text for _, text in BLIND if text.casefold() in learned]


def test_the_weights_are_made_of_the_lines_and_words_of_today() -> None:
    packed = files("core.staff_words").joinpath(WEIGHTS).read_bytes()
    assert zlib.decompress(packed).endswith(train.inputs_hash()), "python benchmarks/staff_words/train.py"


def test_weights_that_were_made_for_another_table_are_not_read() -> None:
    with pytest.raises(ValueError, match=WEIGHTS):
        opened(zlib.compress(b"1234"), ROWS, WEIGHTS)


@pytest.mark.parametrize(
    "text",
    [
        "nomor tiang?",
        "Patokan terdekat?",
        "Sejak kapan?",
        "Lubangnya berapa besar?",
        "Nama jalannya apa?",
        "Nama tokonya?",
        "Nama petugas yang meminta uang?",
        "Plat nomor truknya?",
        "Alamat warung yang dimaksud?",
        "Di depan rumah nomor berapa?",
        "Pak, tiangnya yang dekat pasar atau dekat masjid?",
        "Apakah Anda melihat plat nomornya?",
        "Which pole is it?",
    ],
)
def test_questions_about_the_problem_pass(text: str) -> None:
    assert pries(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Siapa nama Anda?",
        "nm kmu sp",
        "Alamat rumah Bapak di mana?",
        "No HP yang bisa dihubungi berapa?",
        "NIK-nya berapa?",
        "Mohon kirim foto KTP.",
        "Silakan datang ke kantor kelurahan.",
        "Hubungi saya ya",
        "Anda bekerja di sana?",
        "Bapak ketua RT kenal Anda?",
        "Siapa lagi yang tahu soal laporan ini?",
        "Waktu memotret Anda berdiri di mana?",
        "Jenengmu sopo?",
        "Where do you live?",
        "n.a.m.a Anda siapa",
        "n\u200bama A\u200bnda si\u200bapa",
        "Terima kasih. Lubang sudah kami tambal. Rumah Bapak sebelah mana?",
    ],
)
def test_questions_about_the_writer_are_refused(text: str) -> None:
    assert pries(text) in {"words_writer", "words_meeting"}


@pytest.mark.parametrize("text", [*make.read("told.txt"), *make.read("told_not.txt")])
def test_what_was_done_may_be_told(text: str) -> None:
    assert pries(text, asks=False) is None


@pytest.mark.parametrize(
    "text",
    [
        "Laporan ditolak karena pelapor tidak menyebutkan nama.",
        "Silakan datang ke kantor kelurahan dengan membawa KTP.",
        "Petugas akan menemui Anda di rumah besok.",
        "Lubang sudah ditambal. Siapa nama Anda?",
    ],
)
def test_who_wrote_is_not_asked_for_in_what_is_told_either(text: str) -> None:
    assert pries(text, asks=False) is not None
