"""Limits of the form: everybody is let in at first, a flood is put off, and nothing of it is kept."""

import pytest

from app.form_limits import FormLimits, Limited
from tests.fakes.time_and_random import FakeRandomSource


class Now:
    """A clock that goes forward when it is told to."""

    def __init__(self) -> None:
        self.at = 1_000_000.0

    def __call__(self) -> float:
        return self.at


def put_off(limits: FormLimits, peer: str, times: int, what: Limited = Limited.SENT) -> int:
    return sum(limits.puts_off(what, peer) for _ in range(times))


@pytest.mark.parametrize("peer", ["203.0.113.7", "2001:db8:1:2::/64", "unknown", "127.0.0.1"])
def test_a_family_is_never_put_off_and_a_flood_nearly_always_is(peer: str) -> None:
    limits = FormLimits(FakeRandomSource(), Now())
    assert put_off(limits, peer, 20) == 0
    put_off(limits, peer, 4000)
    assert put_off(limits, peer, 100) > 95


def test_others_of_the_city_are_let_in_while_one_floods() -> None:
    limits = FormLimits(FakeRandomSource(), Now())
    put_off(limits, "203.0.113.7", 4000)
    assert put_off(limits, "198.51.100.9", 20) == 0


def test_whoever_has_many_addresses_of_one_network_is_counted_with_them() -> None:
    limits = FormLimits(FakeRandomSource(), Now())
    for host in range(250):
        put_off(limits, f"203.0.113.{host}", 10)
    assert put_off(limits, "203.0.113.251", 20) > 15
    for part in range(3000):
        put_off(limits, f"2001:db8:1:{part:x}::/64", 1)
    assert put_off(limits, "2001:db8:1:ffff::/64", 20) > 15


def test_an_hour_later_it_is_forgotten() -> None:
    now = Now()
    limits = FormLimits(FakeRandomSource(), now)
    put_off(limits, "203.0.113.7", 2000)
    now.at += 3700
    assert put_off(limits, "203.0.113.7", 20) == 0


def test_one_more_in_the_past_hardly_moves_the_odds() -> None:
    """Else somebody in the same network could tell by it whether somebody reported."""
    refused = []
    for before in (110, 111):
        tries = 0
        for seed in range(400):
            limits = FormLimits(FakeRandomSource(seed), Now())
            put_off(limits, "203.0.113.7", before)
            tries += put_off(limits, "203.0.113.7", 1)
        refused.append(tries)
    assert abs(refused[0] - refused[1]) < 60


def test_no_more_networks_are_known_than_memory_is_there_for() -> None:
    limits = FormLimits(FakeRandomSource(), Now())
    for number in range(9000):
        limits.puts_off(Limited.PAGE, f"10.{number >> 8 & 255}.{number & 255}.1")
        limits.puts_off(Limited.BEGUN, f"10.{number >> 8 & 255}.{number & 255}.1")
    assert len(limits) == 20_000
