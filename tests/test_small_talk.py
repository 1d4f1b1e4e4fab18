"""Whether a message reports nothing: what may be a report is never taken for talk."""

from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.small_talk.train import inputs_hash
from core.small_talk import MOST, likelihood, model


def test_the_weights_are_made_from_the_lines_of_today() -> None:
    with files("core.small_talk").joinpath(model.WEIGHTS).open("rb") as opened, np.load(opened) as stored:
        assert str(stored["inputs"]) == inputs_hash(), "benchmarks/small_talk/train.py makes them anew"


@pytest.mark.parametrize(
    "text",
    [
        "apa nama saya nanti kelihatan sama yang saya adukan?",
        "kalau mau mengadu di sini harus ngapain dulu",
        "ini dibalas orang apa mesin sih",
        "could my manager find out that I wrote to you?",
        "makasih banyak ya kak, sukses terus",
        "kamu lagi sibuk gak",
    ],
)
def test_what_is_said_to_us_reports_nothing(text: str) -> None:
    assert likelihood(text) > 0.5


@pytest.mark.parametrize(
    "text",
    [
        "got di depan sekolah meluap lagi",
        "rahasiakan nama saya, mandor buang oli bekas ke kali tiap malam",
        "kapan dong lubang di jalan ini ditambal",
        "kok petugas loket minta uang rokok",
        "lampu mati",
        "my boss makes us come to the office though we are ill",
        "makasih, tapi airnya masih mati",
    ],
)
def test_what_tells_of_a_problem_is_no_talk(text: str) -> None:
    assert likelihood(text) < 0.5


def test_a_long_message_is_never_talk() -> None:
    assert likelihood("makasih " * (MOST + 1)) == 0.0


@given(st.text(max_size=300))
def test_any_text_has_a_likelihood(text: str) -> None:
    assert 0.0 <= likelihood(text) <= 1.0
