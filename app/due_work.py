"""What is due at a time, done once: deadlines, news that waited for its hour, alerts, batches, erasing."""

from datetime import datetime, timedelta
from functools import partial

from app.recounting import Recounting
from core import casework, publication
from core.casework import Turn
from core.model import StaffId
from core.ports import Context, Store, UnitOfWork
from storage import Retention, SqlStore

ALERTS_SINCE = timedelta(days=3)  # how far back it is looked for what staff were not told, where nobody looked lately


def run_due_work(store: SqlStore, context: Context, rules: Retention, at: datetime, now: datetime) -> dict[str, int]:
    """How many of what. `at`: the time that is passed to; `now`: the real one, at which what is released may leave."""
    done = process_due_deadlines(store, context, at)
    told = tell_staff(store, context, at, at - ALERTS_SINCE)
    released = store.upkeep.release(at, now)
    published = {}
    if context.publishing.at_once:
        Recounting().pass_to(store, context, at)
    else:
        published = {"published": publish_due_batches(store, context, at)}
    erased = sum(store.upkeep.purge(at, rules).values())
    alerts = {"alerts": told} if told else {}
    return {"deadlines": done, **alerts, "released": released, **published, "erased": erased}


def tell_staff(store: SqlStore, context: Context, at: datetime, since: datetime) -> int:
    """What happened since then and what is due tomorrow, by mail to those who want it; how many mails."""
    if not store.read(lambda tx: tx.alerts.choices()):
        return 0
    while store.read(lambda tx: tx.alerts.happened(since, 1)):
        if store.run(lambda tx: casework.note_happened(Turn(tx, at, context), since)) < casework.ALERTS_A_TURN:
            break
    waiting = store.read(lambda tx: casework.accounts_to_tell(Turn(tx, at, context)))
    return sum(store.run(partial(_told, staff=staff, at=at, context=context)) for staff in waiting)


def _told(tx: UnitOfWork, staff: StaffId, at: datetime, context: Context) -> bool:
    return casework.tell(Turn(tx, at, context), staff)


def publish_due_batches(store: SqlStore, context: Context, at: datetime) -> int:
    """Every batch that has ended, one a turn; how many reports were published."""
    done = 0
    while (count := store.run(lambda tx: publication.publish(Turn(tx, at, context)))) is not None:
        done += count
    return done


def process_due_deadlines(store: Store, context: Context, at: datetime) -> int:
    """A hundred reports a turn, so that citizens' turns come in between."""
    done = 0
    while count := store.run(lambda tx: casework.process_deadlines(Turn(tx, at, context))):
        done += count
        if count < casework.MOST:
            break
    return done
