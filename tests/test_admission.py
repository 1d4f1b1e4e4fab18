"""Who gives way when too many are connected: never one that is worked for, never a small one for a large one."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.admission import UNKNOWN, Admission, Bounds, address_of, household, site

BOUNDS = Bounds(total=40, address=20)


@dataclass
class Door:
    """Numbers for connections, and what became of them."""

    admission: Admission[int] = field(default_factory=lambda: Admission(BOUNDS))
    open: set[int] = field(default_factory=set)
    came: int = 0
    step: float = 2.0  # seconds between two that come
    now: float = 0.0

    def comes(self, peer: str, *, exempt: bool = False) -> int | None:
        self.came += 1
        self.now += self.step
        ended = self.admission.enter(self.came, address_of(peer), self.now, exempt=exempt)
        if ended is None:
            return None
        self.open -= set(ended)
        self.open.add(self.came)
        return self.came

    def come(self, peer: str, count: int, *, exempt: bool = False) -> list[int | None]:
        return [self.comes(peer, exempt=exempt) for _ in range(count)]


def test_of_an_address_with_its_share_the_one_that_waits_longest_gives_way() -> None:
    door = Door()
    mine = door.come("203.0.113.5", 20)
    newest = door.comes("203.0.113.5")
    assert newest in door.open
    assert mine[0] not in door.open
    assert len(door.open) == 20


def test_who_came_just_now_may_stay_while_there_is_room_for_everybody() -> None:
    door = Door(step=0.01)
    crowd = door.come("203.0.113.5", 40)
    assert len(door.open) == 40
    newcomer = door.comes("198.51.100.7")
    assert newcomer in door.open
    assert crowd[0] not in door.open
    door.step = 2.0
    for _ in range(25):
        door.comes("203.0.113.5")
    assert len(door.open) == 21


def test_one_that_asked_something_outlives_the_silent() -> None:
    door = Door()
    first, second, *_ = door.come("203.0.113.5", 20)
    assert first is not None
    door.admission.works(first)
    door.admission.rests(first, door.now)
    door.comes("203.0.113.5")
    assert first in door.open
    assert second not in door.open


def test_who_is_worked_for_is_never_ended_and_makes_no_room() -> None:
    door = Door()
    for _ in range(40):
        one = door.comes("203.0.113.5")
        assert one is not None
        door.admission.works(one)
    assert len(door.open) == 40
    assert door.comes("198.51.100.7") is None
    door.admission.leave(1)
    assert door.comes("198.51.100.7") is not None


def test_a_newcomer_is_let_in_at_the_cost_of_the_largest() -> None:
    door = Door()
    others = [door.comes(f"198.51.100.{n}") for n in range(20)]
    crowd = door.come("203.0.113.5", 20)
    newcomer = door.comes("192.0.2.1")
    assert newcomer in door.open
    assert set(others) <= door.open
    assert crowd[0] not in door.open


def test_a_handful_is_no_crowd_the_longest_silence_ends_first() -> None:
    door = Door()
    scattered = [door.comes(f"198.51.100.{n}") for n in range(34)]
    browser = door.come("203.0.113.5", 6)
    door.comes("192.0.2.1")
    assert set(browser) <= door.open
    assert scattered[0] not in door.open


def test_who_came_just_now_goes_after_all_that_were_served_once_and_are_silent() -> None:
    door = Door()
    served = door.come("203.0.113.5", 40, exempt=True)
    for one in served:
        door.admission.works(one or 0)
        door.admission.rests(one or 0, door.now)
    door.now, door.step = door.now + 5, 0.01
    newcomers = door.come("203.0.113.5", 10, exempt=True)
    assert set(newcomers) <= door.open
    assert not set(served[:10]) & door.open


def test_a_network_of_ipv6_has_a_share_of_its_own() -> None:
    door = Door(Admission(Bounds(total=1_000, address=20)))
    for n in range(10):
        door.come(f"2001:db8:1:{n}::1", 10)
    assert len(door.open) == 80
    door.come("2001:db8:2::1", 10)
    assert len(door.open) == 90


def test_our_own_proxy_has_no_share_and_gives_way_last() -> None:
    door = Door()
    proxy = door.come("10.0.0.1", 30, exempt=True)
    assert len(door.open) == 30
    crowd = door.come("203.0.113.5", 12)
    assert set(proxy) <= door.open
    assert sum(one in door.open for one in crowd) == 10
    for one in crowd:
        door.admission.leave(one or 0)
    assert None not in door.come("10.0.0.1", 30, exempt=True)


def test_who_has_left_is_forgotten() -> None:
    door = Door()
    for one in door.come("2001:db8::1", 20):
        door.admission.leave(one or 0)
    assert len(door.admission) == 0
    door.admission.leave(1)
    door.admission.rests(1, door.now)
    door.admission.works(1)
    assert 1 not in door.admission
    assert None not in door.come("2001:db8::1", 20)


@pytest.mark.parametrize(
    ("text", "one", "network"),
    [
        ("203.0.113.5", "203.0.113.5", "203.0.113.5"),
        ("::ffff:203.0.113.5", "203.0.113.5", "203.0.113.5"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/64", "fe80::/48"),
        ("no address", UNKNOWN, UNKNOWN),
        ("", UNKNOWN, UNKNOWN),
    ],
)
def test_what_counts_as_one(text: str, one: str, network: str) -> None:
    assert household(address_of(text)) == one
    assert site(address_of(text)) == network


_PEERS = st.sampled_from(("203.0.113.5", "198.51.100.7", "2001:db8::1", "2001:db8:0:1::1", "", "10.0.0.1"))
_STEPS = st.lists(
    st.tuples(st.sampled_from(("come", "work", "rest", "leave")), _PEERS, st.integers(1, 60)), max_size=200
)


@given(_STEPS)
def test_the_bounds_hold_whatever_happens_and_nobody_that_is_worked_for_is_ended(
    steps: list[tuple[str, str, int]],
) -> None:
    door, working = Door(Admission(Bounds(total=12, address=5))), set[int]()
    for step, peer, number in steps:
        match step:
            case "come":
                came = door.comes(peer, exempt=peer == "10.0.0.1")
                assert working <= door.open
                assert came is not None or len(working) == 12
            case "work" if number in door.open:
                working.add(number)
                door.admission.works(number)
            case "rest":
                working.discard(number)
                door.admission.rests(number, door.now)
            case _:
                working.discard(number)
                door.open.discard(number)
                door.admission.leave(number)
        assert len(door.admission) == len(door.open) <= 12
