"""Passwords: found right by their hash alone, and as slow for a name that nobody has."""

import time
from collections.abc import Iterator

import pytest

from storage.passwords import decoy, fits, hashed
from tests.fakes.cheap_passwords import as_in_service


@pytest.fixture(autouse=True)
def _real() -> Iterator[None]:
    """Elsewhere they are cheap."""
    with as_in_service():
        yield


def test_only_the_very_password_fits() -> None:
    kept = hashed("kata sandi é")
    assert fits(kept, "kata sandi é")
    assert not fits(kept, "kata sandi e")
    assert not fits(kept, "")


def test_a_hash_shows_nothing_and_no_two_are_alike() -> None:
    one, two = hashed("rahasia"), hashed("rahasia")
    assert one != two
    assert "rahasia" not in one
    assert one.startswith("$argon2id$")


def test_a_guess_costs_what_rfc_9106_asks_for_where_memory_is_short() -> None:
    assert "$m=65536,t=3,p=4$" in hashed("rahasia")


def test_what_is_no_hash_fits_nothing() -> None:
    for kept in ("", "rahasia"):
        assert not fits(kept, "rahasia")


def test_a_name_that_nobody_has_costs_as_much() -> None:
    kept = hashed("rahasia")
    times = {}
    for name, ask in (("wrong", lambda: fits(kept, "salah")), ("nobody", lambda: decoy("salah"))):
        spent = []
        for _ in range(5):
            before = time.process_time()
            ask()
            spent.append(time.process_time() - before)
        times[name] = min(spent)
    assert 0.5 < times["nobody"] / times["wrong"] < 2
