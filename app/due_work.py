"""What is due at a time, done once: deadlines, news that waited for its hour, batches for the public, erasing."""

from datetime import datetime

from core import casework, publication
from core.casework import Turn
from core.ports import Context
from storage import Retention, SqlStore


def run_due_work(store: SqlStore, context: Context, rules: Retention, at: datetime, now: datetime) -> dict[str, int]:
    """How many of what. `at`: the time that is passed to; `now`: the real one, at which what is released may leave."""
    done = process_due_deadlines(store, context, at)
    released = store.upkeep.release(at, now)
    published = {} if context.publishing.at_once else {"published": publish_due_batches(store, context, at)}
    erased = sum(store.upkeep.purge(at, rules).values())
    return {"deadlines": done, "released": released, **published, "erased": erased}


def publish_due_batches(store: SqlStore, context: Context, at: datetime) -> int:
    """Every batch that has ended, one a turn; how many reports were published."""
    done = 0
    while (count := store.run(lambda tx: publication.publish(Turn(tx, at, context)))) is not None:
        done += count
    return done


def process_due_deadlines(store: SqlStore, context: Context, at: datetime) -> int:
    """A hundred reports a turn, so that citizens' turns come in between."""
    done = 0
    while count := store.run(lambda tx: casework.process_deadlines(Turn(tx, at, context))):
        done += count
        if count < casework.MOST:
            break
    return done
