"""Tracking codes: what a slip of the finger cannot do, and what is told apart from a code."""

import math
import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core import tracking
from core.model import TrackingCode
from tests.fakes.time_and_random import FakeRandomSource

# DESIGN section 5, written out once more: the two must agree.
PROVINCES = {
    f"{number:02d}"
    for span in ("11-19", "21-21", "31-36", "51-53", "61-65", "71-76", "81-82", "91-97")
    for number in range(int(span[:2]), int(span[3:]) + 1)
}
CODES = st.integers(0, 10**6).map(lambda seed: tracking.new_code(FakeRandomSource(seed)).reveal())
SEPARATORS = st.text(" \t\n.-_/,:*\u00a0\u2011\u2013\u2014\u2212\u200b", max_size=3)
NIK = "3174096112900001"


class Loaded:
    """A random source that always gives the highest or the lowest value."""

    def __init__(self, *, high: bool) -> None:
        self._high = high

    def token(self) -> str:
        return "a" * 26

    def below(self, end: int) -> int:
        return end - 1 if self._high else 0


def a_code(seed: int = 7) -> str:
    return tracking.new_code(FakeRandomSource(seed)).reveal()


def spelled(code: str, separators: list[str]) -> str:
    return "".join(digit + gap for digit, gap in zip(code, [*separators, ""], strict=True))


def wrong(code: str) -> str:
    """The same with its last digit mistyped."""
    return code[:-1] + str((int(code[-1]) + 1) % 10)


@given(CODES)
@settings(max_examples=200)
def test_every_new_code_holds_and_begins_with_no_province(code: str) -> None:
    assert tracking.holds(code)
    assert re.fullmatch(r"\d{16}", code)
    assert code[:2] not in PROVINCES


@pytest.mark.parametrize("high", [True, False])
def test_codes_at_the_ends_of_chance_hold_too(high: bool) -> None:  # noqa: FBT001 - pytest passes parameters by name
    code = tracking.new_code(Loaded(high=high)).reveal()
    assert len(code) == 16
    assert tracking.holds(code)


@given(CODES)
@settings(max_examples=60)
def test_every_single_wrong_digit_is_caught(code: str) -> None:
    for at in range(16):
        for digit in "0123456789":
            if digit != code[at]:
                assert not tracking.holds(code[:at] + digit + code[at + 1 :])


@given(CODES)
@settings(max_examples=100)
def test_every_swap_of_neighbours_is_caught(code: str) -> None:
    for at in range(15):
        if code[at] != code[at + 1]:
            assert not tracking.holds(code[:at] + code[at + 1] + code[at] + code[at + 2 :])


@pytest.mark.parametrize("province", sorted(PROVINCES))
def test_a_number_that_begins_with_a_province_is_never_a_code(province: str) -> None:
    digits = province + "0961129000012"
    digits += tracking.check_digit(digits)
    assert len(digits) == 16
    assert not tracking.holds(digits)
    assert tracking.inside(f"nomor {digits} itu") is None


def test_prefixes_that_are_no_province_are_all_used() -> None:
    used = {tracking.new_code(FakeRandomSource(seed)).reveal()[:2] for seed in range(3000)}
    assert used == {f"{number:02d}" for number in range(100)} - PROVINCES


def test_about_forty_nine_bits_of_chance_remain() -> None:
    faces: list[int] = []

    class Counting(FakeRandomSource):
        def below(self, end: int) -> int:
            faces.append(end)
            return super().below(end)

    tracking.new_code(Counting())
    bits = sum(math.log2(end) for end in faces)
    assert 48.5 < bits < 50


@pytest.mark.parametrize("digits", ["", "0", "1234", "0" * 15, "0" * 17])
def test_any_other_length_never_holds(digits: str) -> None:
    assert not tracking.holds(digits)


@given(CODES, st.lists(SEPARATORS, min_size=15, max_size=15))
@settings(max_examples=200)
def test_a_code_survives_any_separators(code: str, separators: list[str]) -> None:
    written = spelled(code, separators)
    assert tracking.tried(written) == TrackingCode(code)
    assert tracking.inside(f"kode saya {written} ya") == TrackingCode(code)


@given(CODES, st.lists(st.sampled_from(["plain", "letter"]), min_size=16, max_size=16), st.sampled_from("Oo"))
@settings(max_examples=200)
def test_letters_that_look_like_digits_are_read_as_digits(code: str, how: list[str], zero: str) -> None:
    looks = {"0": zero, "1": "l"}
    written = "".join(
        looks.get(digit, digit) if each == "letter" else digit for digit, each in zip(code, how, strict=True)
    )
    assume(any(c.isdigit() for c in written))
    assert tracking.tried(written) == TrackingCode(code)


@pytest.mark.parametrize("one", ["l", "I", "i", "|"])
def test_each_lookalike_of_one_is_read(one: str) -> None:
    code = next(code for code in map(a_code, range(99)) if "1" in code)
    assert tracking.tried(code.replace("1", one)) == TrackingCode(code)


def test_digits_of_a_wide_keyboard_and_curly_quotes_are_read() -> None:
    code = a_code()
    assert tracking.tried("\u201c" + "".join(chr(ord(digit) + 0xFEE0) for digit in code) + "\u201d") == TrackingCode(
        code
    )


@given(CODES)
@settings(max_examples=50)
def test_what_is_shown_is_read_again(code: str) -> None:
    shown = tracking.shown(TrackingCode(code))
    assert re.fullmatch(r"\d{4}-\d{4}-\d{4}-\d{4}", shown)
    assert tracking.tried(shown) == TrackingCode(code)
    assert tracking.last4(TrackingCode(code)) == code[-4:] == shown[-4:]


def test_a_message_that_is_only_sixteen_digits_is_a_try_right_or_wrong() -> None:
    code = a_code()
    found = tracking.tried(wrong(code))
    assert found == TrackingCode(wrong(code))
    assert not tracking.holds_code(found)
    assert tracking.holds_code(TrackingCode(code))
    assert tracking.tried(NIK) == TrackingCode(NIK), "even a NIK, for the message is nothing else"


@pytest.mark.parametrize("cut", [12, 13, 14, 15])
def test_a_code_that_lost_digits_is_still_a_try(cut: int) -> None:
    code = "98765432" + "12345678"
    assert tracking.tried(code[:cut]) == TrackingCode(code[:cut])


def test_a_doubled_digit_is_still_a_try_and_does_not_hold() -> None:
    code = a_code()
    found = tracking.tried(code[:4] + code[3:])
    assert found is not None
    assert not tracking.holds_code(found)


@pytest.mark.parametrize(
    "text",
    [
        "+6281234567890", "+62 812-3456-7890", "+62 812 3456 7890 12", "081234567890", "0812-3456-7890",
        "0812345678901", "6281234567890", "62 812 3456 78901", "(021) 1234 5678", "021-12345678901",
    ],
)  # fmt: skip
def test_a_phone_number_is_no_try(text: str) -> None:
    assert tracking.tried(text) is None
    assert tracking.inside(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "halo", "1", "12", "112", "12345678901", "123456789012345678901", "ilo", "oooooooooooooooo",
        "llll-llll-llll-llll", "lampu jalan mati", "kode 1234", "Rp 1.500.000",
    ],
)  # fmt: skip
def test_other_words_are_no_try(text: str) -> None:
    assert tracking.tried(text) is None


def test_sixteen_digits_inside_words_are_a_code_only_if_they_hold() -> None:
    code = a_code()
    assert tracking.inside(f"bagaimana laporan {code} saya?") == TrackingCode(code)
    assert tracking.inside(f"bagaimana laporan {tracking.shown(TrackingCode(code))} saya?") == TrackingCode(code)
    assert tracking.inside(f"bagaimana laporan {wrong(code)} saya?") is None
    assert tracking.tried(f"bagaimana laporan {code} saya?") is None, "other words make it no bare try"


def test_of_several_numbers_the_first_code_counts() -> None:
    first, second = a_code(1), a_code(2)
    assert tracking.inside(f"rekening {wrong(first)}, kode {first}, lalu {second}") == TrackingCode(first)


@given(st.from_regex(r"(1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])[0-9]{14}", fullmatch=True))
@settings(max_examples=200)
def test_a_nik_inside_words_is_never_a_code(nik: str) -> None:
    assert tracking.inside(f"nama saya Budi, NIK {nik}, tolong") is None
    assert not tracking.holds(nik)


@pytest.mark.parametrize("around", ["{}9", "9{}", "a{}", "{}b", "{}9999"])
def test_a_code_is_not_cut_out_of_a_longer_number_or_word(around: str) -> None:
    assert tracking.inside(f"nomor {around.format(a_code())} ini") is None


def test_words_of_lookalike_letters_are_no_code() -> None:
    holding = next(code for code in map(a_code, range(100_000)) if sum(digit in "01" for digit in code) > 9)
    letters = holding.replace("0", "o").replace("1", "l")
    assert tracking.inside(f"aneh {letters} aneh") is None


@given(st.text(max_size=80))
@settings(max_examples=300)
def test_any_text_is_read_without_a_fault_and_what_is_found_inside_holds(text: str) -> None:
    tracking.tried(text)
    found = tracking.inside(text)
    assert found is None or tracking.holds_code(found)


def test_long_runs_of_digits_are_read_quickly() -> None:
    assert tracking.inside("1 " * 20_000) is None
    assert tracking.tried("1 " * 20_000) is None


def test_a_code_prints_as_a_placeholder() -> None:
    code = tracking.new_code(FakeRandomSource())
    assert code.reveal() not in f"{code} {code!r}"


def test_a_public_number_is_r_and_eight_crockford_characters() -> None:
    numbers = {tracking.new_number(FakeRandomSource(seed)) for seed in range(300)}
    assert all(re.fullmatch(r"R[0-9A-HJKMNP-TV-Z]{8}", number) for number in numbers)
    assert len(numbers) == 300
