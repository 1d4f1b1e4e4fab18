"""How long a stranger to a code waits: growing for who misses often, never a lock-out of everybody."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import IPv4Network, ip_network

MEMORY = timedelta(hours=24)  # how long a miss counts against who made it
RECENT = timedelta(hours=1)  # how long a miss counts against all together
FREE = 5  # misses that anybody may make in a day
FREE_SHARED = 20  # misses a day from an address that a whole house or office may write from
_FREE_UNDER_ATTACK = 1
ATTACK = 500  # misses an hour, all together: somebody is trying numbers
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=1)
# Networks around an address, the nearest first: bits, misses a day, the longest wait. Whoever has a /48 has 65,536
# households to try from, so the wide ones count as well. They wait less, for strangers to each other share them.
_WIDER_4 = ((24, 100, timedelta(minutes=15)),)
_WIDER_6 = ((48, 60, timedelta(minutes=15)), (32, 200, timedelta(minutes=4)))
_FROM_NETWORK = 100, timedelta(minutes=4)  # of mails, whose addresses anybody with a domain has without end


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is counted (kept as an HMAC only), the misses that it is free to make in a day, and the longest wait."""

    who: str = field(repr=False)
    free: int = FREE
    longest: timedelta = _LONGEST_WAIT


def around(peer: str) -> tuple[Allowance, ...]:
    """What counts the misses of an internet address, nearest first; of what is none (a session) that alone.

    `peer`: an IPv4 address or an IPv6 network, as web/client_address tells it.
    """
    nearest = Allowance(peer, FREE_SHARED)
    try:
        network = ip_network(peer)
    except ValueError:
        return (nearest,)
    wider = _WIDER_4 if isinstance(network, IPv4Network) else _WIDER_6
    around_it = ((network.supernet(new_prefix=bits), free, longest) for bits, free, longest in wider)
    return (nearest, *(Allowance(str(each), free, longest) for each, free, longest in around_it))


def behind(path: str) -> tuple[Allowance, ...]:
    """What counts the misses of all whose mails come from one network, or one domain; nothing where it is not known."""
    return (Allowance(f"network {path}", *_FROM_NETWORK),) if path else ()


def wait(
    misses: int,
    last: datetime | None,
    recent_misses: int,
    now: datetime,
    free: int = FREE,
    *,
    attack: int = ATTACK,
    longest: timedelta = _LONGEST_WAIT,
) -> timedelta:
    """How long who missed so often must still wait; zero for who may try now.

    `recent_misses`: of everybody together. A first try is always answered, even while somebody else is guessing.
    """
    free = _FREE_UNDER_ATTACK if recent_misses >= attack else free
    if misses < free or last is None:
        return timedelta(0)
    doublings = min(misses - free, 10)
    delay = min(_FIRST_WAIT * (1 << doublings), longest)
    return max(last + delay - now, timedelta(0))
