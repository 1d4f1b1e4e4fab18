"""What is due at a time, done once: deadlines, news that waited for its hour, batches for the public, erasing."""

from datetime import datetime

from core import casework, publication
from core.casework import Turn
from core.ports import House
from storage import Retention, SqlStore


def pass_time(store: SqlStore, house: House, rules: Retention, at: datetime, now: datetime) -> dict[str, int]:
    """How many of what. `at`: the time that is passed to; `now`: the real one, at which what is released may leave."""
    done = pass_deadlines(store, house, at)
    released = store.upkeep.release(at, now)
    published = {} if house.publishing.at_once else {"published": pass_batches(store, house, at)}
    erased = sum(store.upkeep.purge(at, rules).values())
    return {"deadlines": done, "released": released, **published, "erased": erased}


def pass_batches(store: SqlStore, house: House, at: datetime) -> int:
    """Every batch that has ended, one a turn; how many reports were published."""
    done = 0
    while (count := store.run(lambda tx: publication.publish(Turn(tx, at, house)))) is not None:
        done += count
    return done


def pass_deadlines(store: SqlStore, house: House, at: datetime) -> int:
    """A hundred reports a turn, so that citizens' turns come in between."""
    done = 0
    while count := store.run(lambda tx: casework.pass_time(Turn(tx, at, house))):
        done += count
        if count < casework.MOST:
            break
    return done
