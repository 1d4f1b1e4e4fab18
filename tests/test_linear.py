"""A linear model as a script packs it: a byte a row, two for the bias, and blocks that count alike for being long."""

import zlib

import pytest

from core.linear import opened

ROWS = 4
PACKED = zlib.compress(bytes([16, 240, 0, 32]) + (8).to_bytes(2, "big", signed=True) + b"hash")


def test_weights_and_bias_are_read_in_whole_parts_and_signs_are_summed_by_block() -> None:
    model = opened(PACKED, ROWS, "model.z")
    assert model.bias == 0.5
    assert model.logit((), ()) == 0.5
    assert model.logit(({0},), (1.0,)) == 1.5
    assert model.logit(({1},), (1.0,)) == -0.5
    assert model.logit(({0, 1, 2, 3}, {3}), (2.0, 1.0)) == 0.5 + 2.0 * 2.0 / 2.0 + 2.0


def test_a_file_that_was_made_for_other_rows_is_not_read() -> None:
    with pytest.raises(ValueError, match=r"model\.z"):
        opened(zlib.compress(b"1234"), 8, "model.z")
