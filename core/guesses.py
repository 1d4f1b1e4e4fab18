"""How long a stranger to a code waits: growing for who misses often, never a lock-out of everybody."""

from datetime import datetime, timedelta

MEMORY = timedelta(hours=24)  # how long a miss counts against who made it
RECENT = timedelta(hours=1)  # how long a miss counts against all together
FREE = 5  # misses that anybody may make in a day
FREE_SHARED = 20  # misses a day from an address that a whole house or office may write from
_FREE_UNDER_ATTACK = 1
ATTACK = 500  # misses an hour, all together: somebody is trying numbers
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=1)


def wait(
    misses: int,
    last: datetime | None,
    recent_misses: int,
    now: datetime,
    free: int = FREE,
    *,
    attack: int = ATTACK,
) -> timedelta:
    """How long who missed so often must still wait; zero for who may try now.

    `recent_misses`: of everybody together. A first try is always answered, even while somebody else is guessing.
    """
    free = _FREE_UNDER_ATTACK if recent_misses >= attack else free
    if misses < free or last is None:
        return timedelta(0)
    doublings = min(misses - free, 10)
    delay = min(_FIRST_WAIT * (1 << doublings), _LONGEST_WAIT)
    return max(last + delay - now, timedelta(0))
