"""A city's file of weights: read as it was written, and anything else refused, whoever wrote it."""

import json
import zlib
from struct import pack
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import kind_weights
from core.kind_weights import ROWS, StoredWeights, UnreadableWeights, packed, unpacked
from core.suggest import grams
from core.suggest.words import read

SMALL: Final = StoredWeights(("-", "pothole"), 0.02, 0.5, bytes(2 * ROWS), (0.25, -0.5), bytes([16]) * ROWS)
FILE: Final = packed(SMALL)


def test_what_was_written_is_read() -> None:
    assert unpacked(FILE) == SMALL
    assert len(FILE) < 2_000


def test_the_format_is_raised_when_words_become_other_rows() -> None:
    """A file that was trained for other rows is not noticed otherwise: raise FORMAT, then mend this test."""
    found = [each.tolist() for each in grams.rows(read("Lampu jalan di depan SD mati"))]
    assert kind_weights.FORMAT == 1
    assert ROWS == grams.ROWS
    assert [sum(each) for each in found] == [4486459, 583900]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "holds no weights"),
        (b"PK\x03\x04", "holds no weights"),
        (b"\x80\x04\x95\x0b\x00", "holds no weights"),
        (FILE.replace(b"resi-kinds 1", b"resi-kinds 2"), "has format 2, and this Resi reads 1"),
        (FILE[:-1], "is damaged"),
        (FILE + b"\n", "is damaged"),
        (FILE.replace(b"pothole", b"../pothole"), "is damaged"),
        (FILE.replace(b"pothole", b"<b>"), "is damaged"),
        (FILE.replace(b'"pothole"', b'"-"'), "is damaged"),
        (FILE.replace(b'"-", ', b'"x", '), "is damaged"),
        (FILE.replace(b'"-", ', b""), "is damaged"),
        (FILE.replace(b"0.02", b"NaN"), "is damaged"),
        (FILE.replace(b"0.02", b"-1.0"), "is damaged"),
        (FILE.replace(b"0.5", b"Infinity"), "is damaged"),
        (FILE.replace(b"0.5", b"true"), "is damaged"),
        (FILE.replace(b"{", b"[" * 9_000), "is damaged"),
        (FILE.replace(b'"heat"', b'"hot"'), "is damaged"),
        (FILE.replace(b'"pothole"', b"7"), "is damaged"),
    ],
    ids=range(18),
)
def test_what_is_something_else_is_refused(data: bytes, says: str) -> None:
    assert data != FILE
    with pytest.raises(UnreadableWeights, match=says):
        unpacked(data)


def test_a_bias_that_is_no_number_is_refused() -> None:
    with pytest.raises(UnreadableWeights, match="is damaged"):
        unpacked(packed(SMALL._replace(bias=(float("nan"), 0.0))))


def test_no_more_is_unpacked_than_the_head_says() -> None:
    head = FILE[: FILE.index(b"\n", 20) + 1]
    bomb = zlib.compress(bytes(20_000_000), 1)
    with pytest.raises(UnreadableWeights, match="is damaged"):
        unpacked(head + bomb)
    many = json.dumps({"classes": [f"a{at}" for at in range(1_000)] + ["-"], "scale": 1.0, "heat": 1.0}).encode()
    with pytest.raises(UnreadableWeights, match="is damaged"):
        unpacked(b"resi-kinds 1\n%b\n%b" % (many, bomb))


@given(at=st.integers(0, len(FILE) - 1), byte=st.integers(0, 255))
@settings(max_examples=25)
def test_a_byte_that_was_changed_is_noticed_or_harmless(at: int, byte: int) -> None:
    data = FILE[:at] + pack("B", byte) + FILE[at + 1 :]
    try:
        held = unpacked(data)
    except UnreadableWeights:
        return
    assert kind_weights.NO_REPORT in held.classes
    assert (held.weights, held.bias, held.rarity) == SMALL[3:]
