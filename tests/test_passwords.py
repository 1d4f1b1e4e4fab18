"""Which passwords may be chosen: what everybody would try first is refused with a sentence, whatever it is."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.passwords import judged
from app.time_and_random import SystemRandomSource
from core import casework
from core.errors import Refused


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "passwordpassword",
        "123456789012",
        "qwertyuiop123",
        "aaaaaaaaaaaa",
        "abcdefghijkl",
        "P@ssw0rd1234",
        "administrator",
        "rahasia12345",
        "indonesia123",
        "petugas-resi",
    ],
)
def test_what_guessers_try_first_is_refused(password: str) -> None:
    with pytest.raises(Refused, match=r"staff_password_(common|name)"):
        judged(password, "siti")


@pytest.mark.parametrize(
    "password",
    ["correct-horse-battery", "sandi rahasia 1", "kata sandi yang panjang", "Zx9!kd03 mPq", "k" * 3 + "ubis laut 77"],
)
def test_a_few_random_words_will_do(password: str) -> None:
    judged(password, "siti")


def test_a_short_one_is_refused_for_that() -> None:
    with pytest.raises(Refused, match="staff_password_short"):
        judged("Zx9!kd03 mP", "siti")


def test_what_is_made_up_for_somebody_may_be_chosen() -> None:
    for _ in range(20):
        judged(casework.made_up(SystemRandomSource()), "siti")


@given(st.text(max_size=210), st.text(max_size=64))
def test_whatever_is_typed_is_answered(password: str, name: str) -> None:
    with suppress(Refused):
        judged(password, name)
