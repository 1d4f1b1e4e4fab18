"""How long who guesses codes must wait, and that nobody else has to."""

from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Network

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import attempt_limits

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
NONE = timedelta(0)


@pytest.mark.parametrize("misses", range(5))
def test_a_few_slips_cost_nothing(misses: int) -> None:
    assert attempt_limits.wait(misses, NOW, misses, NOW) == NONE


@pytest.mark.parametrize(("misses", "minutes"), [(5, 1), (6, 2), (7, 4), (8, 8), (9, 16), (10, 32), (11, 60), (99, 60)])
def test_the_wait_doubles_up_to_an_hour(misses: int, minutes: int) -> None:
    assert attempt_limits.wait(misses, NOW, misses, NOW) == timedelta(minutes=minutes)


def test_the_wait_counts_from_the_last_miss_and_ends() -> None:
    assert attempt_limits.wait(5, NOW - timedelta(seconds=40), 5, NOW) == timedelta(seconds=20)
    assert attempt_limits.wait(5, NOW - timedelta(minutes=1), 5, NOW) == NONE
    assert attempt_limits.wait(99, NOW - timedelta(hours=1), 99, NOW) == NONE


def test_under_attack_a_first_try_is_still_answered_at_once() -> None:
    assert attempt_limits.wait(0, None, 10**6, NOW) == NONE
    assert attempt_limits.wait(1, NOW, 10**6, NOW) == timedelta(minutes=1)
    assert attempt_limits.wait(1, NOW, 499, NOW) == NONE
    assert attempt_limits.wait(1, NOW, 500, NOW) == timedelta(minutes=1)


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**5))
@settings(max_examples=200)
def test_nobody_waits_longer_than_an_hour_nor_less_for_one_miss_more(misses: int, recent: int, ago: int) -> None:
    last = NOW - timedelta(seconds=ago)
    waits = attempt_limits.wait(misses, last, recent, NOW)
    assert NONE <= waits <= timedelta(hours=1)
    assert attempt_limits.wait(misses + 1, last, recent, NOW) >= waits
    assert attempt_limits.wait(misses, last, recent + 1, NOW) >= waits


def test_an_address_that_many_share_may_miss_more_often_but_not_under_attack() -> None:
    assert attempt_limits.wait(19, NOW, 19, NOW, attempt_limits.FREE_SHARED) == NONE
    assert attempt_limits.wait(20, NOW, 20, NOW, attempt_limits.FREE_SHARED) == timedelta(minutes=1)
    assert attempt_limits.wait(1, NOW, 500, NOW, attempt_limits.FREE_SHARED) == timedelta(minutes=1)


PHONE = "2001:db8:1:2::/64"


@pytest.mark.parametrize(
    ("peer", "networks"),
    [
        ("198.51.100.7", ["198.51.100.7", "198.51.100.0/24"]),
        (PHONE, [PHONE, "2001:db8:1::/48", "2001:db8::/32"]),
        ("unknown", ["unknown"]),
        ("a session's id", ["a session's id"]),
        ("", [""]),
    ],
)
def test_an_address_counts_with_the_networks_around_it(peer: str, networks: list[str]) -> None:
    found = attempt_limits.around(peer)
    assert [each.who for each in found] == networks
    assert found[0].free == attempt_limits.FREE_SHARED
    assert peer == "" or peer not in repr(found)


@given(st.integers(0, 2**64 - 1))
def test_a_wider_network_may_miss_more_and_waits_less(household: int) -> None:
    found = attempt_limits.around(str(IPv6Network((household << 64, 64))))
    assert sorted(found, key=lambda each: each.free) == list(found)
    assert sorted(found, key=lambda each: each.longest, reverse=True) == list(found)
    assert all(
        attempt_limits.wait(99 * each.free, NOW, 0, NOW, each.free, longest=each.longest) > NONE for each in found
    )
