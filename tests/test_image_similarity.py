"""Hashes are compared by what counts in both, and an index finds what is near."""

from hypothesis import given
from hypothesis import strategies as st

from core import image_similarity
from core.image_similarity import Nearness

HASHES = st.binary(min_size=64, max_size=64)
STRONG = b"\xff" * 32


@given(HASHES)
def test_a_hash_is_like_itself_where_enough_of_it_counts(one: bytes) -> None:
    strong = one[:32] + STRONG
    assert Nearness(strong).to(strong) == 0


@given(HASHES, HASHES)
def test_the_difference_is_the_same_both_ways(one: bytes, other: bytes) -> None:
    assert Nearness(one).to(other) == Nearness(other).to(one)


def test_where_too_little_counts_nothing_is_alike() -> None:
    weak = bytes(32) + b"\xff" * 4 + bytes(28)
    assert Nearness(weak).to(weak) == 1


@given(HASHES, st.sets(st.integers(0, 63), max_size=7))
def test_a_hash_within_seven_bits_is_found_by_one_of_its_chunks(one: bytes, bits: set[int]) -> None:
    signs = int.from_bytes(one[:8])
    for bit in bits:
        signs ^= 1 << bit
    other = signs.to_bytes(8) + one[8:]
    near = [set(image_similarity.probes(chunk)) for chunk in image_similarity.chunks(one)]
    assert any(chunk in probes for chunk, probes in zip(image_similarity.chunks(other), near, strict=True))
