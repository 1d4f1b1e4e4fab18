"""`resi seed`: a city to look at, made up: weeks of reports with their handling, and staff of every role."""

from collections.abc import Callable
from threading import Event

from app.errors import CannotStart
from app.runtime import opened_runtime
from app.seed import Wanted, fill
from app.seed.staff import accounts
from app.settings import Settings
from app.time_and_random import SystemRandomSource
from storage import hashed

Print = Callable[[str], None]
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH = 14
_ELSEWHERE = (
    "Set RESI_DATA_DIR to another folder (and RESI_DATABASE_URL, if it is set, to an empty database), then seed that."
)

_ENDED = "Ended in the middle: nothing of it was kept. Call `resi seed` again."


def seed(settings: Settings, wanted: Wanted, say: Print) -> None:
    """Fills an empty database; raises CannotStart in production and where something is there already.

    All accounts share one password, made now and shown once: a demonstration is looked at by changing chairs.
    """
    if settings.production:
        raise CannotStart("`resi seed` makes up reports: it is for development only.")
    with opened_runtime(settings) as opened:
        if opened.store.figures.total():
            raise CannotStart(f"There are reports already. {_ELSEWHERE}")
        if opened.store.run(lambda tx: len(tx.accounts.all())):
            raise CannotStart(f"There are accounts already. {_ELSEWHERE}")
        rng = SystemRandomSource()
        password = "".join(_ALPHABET[rng.below(len(_ALPHABET))] for _ in range(_LENGTH))
        digest = hashed(password)
        ended = Event()  # the turn runs in a thread of the store, which Ctrl-C does not reach

        def go_on(_: int) -> None:
            if ended.is_set():
                raise CannotStart(_ENDED)

        try:
            made = fill(opened, wanted, {each.name: digest for each in accounts()}, go_on)
        except KeyboardInterrupt:
            ended.set()
            raise CannotStart(_ENDED) from None
    say(f"{made} reports in {wanted.days} days. Accounts, all with the same password:")
    for each in accounts():
        say(f"  {each.name:24} {each.role.value:8} {each.agency}")
    say("Password, shown this once:")
    say(password)
