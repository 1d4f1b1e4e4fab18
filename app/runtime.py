"""Opens what every command needs: keys, a migrated database, the files, and what stays the same from turn to turn."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from app.address_keys import sealer_of
from app.city_present import begin
from app.disk import Disk
from app.errors import CannotStart
from app.file_places import files_of
from app.keyfile import key_file, keys_of
from app.maps import city_map
from app.settings import Settings
from app.time_and_random import SystemClock, SystemRandomSource
from bots.channels import CHANNELS
from core.categories import KEEP_DAYS
from core.errors import StoreAway
from core.messages import ChannelProfile, Values
from core.ports import Context
from storage import (
    AddressSealer,
    Files,
    Keys,
    KeysWrong,
    Retention,
    SqlStore,
    is_sqlite,
    made_later,
    migrate,
    open_store,
    schema_current,
    sqlite_path,
)

if TYPE_CHECKING:
    from core.record import Turn

T = TypeVar("T")
_DAMAGED = (
    "The database file is damaged, or is none of ours ({why}). Keep it, look at RESI_DATABASE_URL and RESI_DATA_DIR, "
    "else restore a backup: docs/backup.md says how."
)
_NO_RIGHT = (
    "The user in RESI_DATABASE_URL may not make or use tables there ({why}). Make it the owner of the database and of "
    "what is in it: ALTER DATABASE ... OWNER TO ..."
)
_AWAY = {
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_NOTADB": _DAMAGED,
    "42501": _NO_RIGHT,
    "3F000": _NO_RIGHT,
    "28P01": (
        "PostgreSQL refuses the user or the password in RESI_DATABASE_URL ({why}). Write them there as the server has "
        "them, user:password@host, and what is neither letter nor digit in them as %40 is written for @."
    ),
    "28000": (
        "PostgreSQL does not let in the user of RESI_DATABASE_URL from here ({why}). Look whether that role exists, "
        "and what pg_hba.conf says of this machine."
    ),
    "3D000": (
        "PostgreSQL answers, and has no database of the name in RESI_DATABASE_URL ({why}). Mend the name, or make it: "
        "CREATE DATABASE name OWNER user."
    ),
    "TLS": (
        "PostgreSQL answers, and not by TLS as sslmode in RESI_DATABASE_URL wants it ({why}). Switch ssl on at the "
        "server, and look at its certificate, its name, and sslrootcert."
    ),
    "53300": "PostgreSQL has no connection left ({why}). Each process takes up to 11: raise max_connections.",
    "NoHost": "The host in RESI_DATABASE_URL has no address ({why}). Look at its spelling, and at the name server.",
}


@dataclass(frozen=True, slots=True)
class Runtime:
    """What was opened; `new_keys`: the key file was made just now."""

    settings: Settings
    store: SqlStore
    files: Files
    context: Context
    clock: SystemClock
    new_keys: bool
    disk: Disk

    def rules(self) -> Retention:
        """How long things are kept."""
        return retention(self.settings)

    def turn(self, work: Callable[["Turn"], T]) -> T:
        """Work of staff or an operator in one transaction, now. Raises what it raises, and then nothing was written."""
        from core.record import Turn  # noqa: PLC0415 - its tables are read by those alone who do something

        now = self.clock.now()
        return self.store.run(lambda tx: work(Turn(tx, now, self.context)))

    def close(self) -> None:
        """Waits for the turns that were handed in."""
        self.store.close()


def retention(settings: Settings) -> Retention:
    """How long things are kept."""
    return Retention(contact_days=settings.contact_days, text_days=KEEP_DAYS)


def profiles(values: Values, changed: Mapping[str, ChannelProfile] | None = None) -> dict[str, ChannelProfile]:
    """How each channel speaks, and how well it proves its senders as the operator declares it."""
    own = {each.name: each.profile.with_proved_senders() if each.proves(values) else each.profile for each in CHANNELS}
    return own | dict(changed or {})


def refuse_half_configured(settings: Settings) -> None:
    """Production starts whole or not at all."""
    fatal = [problem for problem in settings.problems if problem.fatal]
    if settings.production and fatal:
        told = "\n".join(f"  RESI_{problem.setting} {problem.what}. {problem.mend}" for problem in fatal)
        raise CannotStart(f"Production does not start half-configured:\n{told}\n`resi doctor` shows everything.")


def open_runtime(settings: Settings, *, changed: Mapping[str, ChannelProfile] | None = None) -> Runtime:
    """Raises CannotStart with a sentence."""
    refuse_half_configured(settings)
    opened = open_unchecked(settings, changed=changed)
    try:
        begin(opened.store, opened.context.rng)
    except BaseException:
        opened.close()
        raise
    return opened


@contextmanager
def opened_runtime(settings: Settings) -> Iterator[Runtime]:
    """The same, closed at the end."""
    opened = open_runtime(settings)
    try:
        yield opened
    finally:
        opened.close()


def open_unchecked(settings: Settings, *, changed: Mapping[str, ChannelProfile] | None = None) -> Runtime:
    """The same without a look at the rest of the configuration: for the doctor, who has his own."""
    clock, rng = SystemClock(), SystemRandomSource()
    store, new_keys = open_database(settings, clock)
    context = Context(
        rng=rng,
        zone=settings.zone,
        lang=settings.lang,
        profiles=profiles(settings.values, changed),
        quiet_nights=settings.production,
        second_person=settings.production,
        named=settings.named,
        news_delay=settings.news_delay,
        publishing=settings.publishing,
        city_map=city_map(settings.values, settings.data_dir),
        desk_url=f"{settings.public_url}/petugas",
    )
    disk, files = Disk.of(settings.data_dir, settings.values), files_of(settings.values, settings.data_dir)
    return Runtime(settings, store, files, context, clock, new_keys, disk)


def open_database(settings: Settings, clock: SystemClock) -> tuple[SqlStore, bool]:
    """The store alone, and whether its keys were made just now. Raises CannotStart."""
    try:
        keys, new_keys = keys_of(settings, f"{clock.now():%Y%m%d}")
    except ValueError as error:
        raise CannotStart(f"RESI_KEYS: {error}. `resi keys new` prints a value for it.") from None
    except OSError as error:
        raise CannotStart(f"{key_file(settings)}: {error.strerror}. Set RESI_DATA_DIR to a folder of ours.") from None
    sealer = sealer_of(settings.values)
    with database_troubles_told(settings):
        try:
            return _open_store(settings, keys, sealer), new_keys
        except KeysWrong:
            if settings.values["KEYS"]:
                raise
            if not new_keys:
                raise CannotStart(
                    f"{key_file(settings)} holds other keys than the database has, and RESI_KEYS is not set. Set it, "
                    "or bring the file of before back."
                ) from None
            key_file(settings).unlink()  # it fits nothing, and who finds it would take it for the one that is lost
            raise CannotStart(no_keys(settings)) from None


def why_away(error: StoreAway) -> str:
    """What is wrong with the database, and what to do."""
    said = "The database cannot be reached ({why}). Look whether it is up, and at host and port in RESI_DATABASE_URL."
    return _AWAY.get(str(error), said).format(why=error)


@contextmanager
def database_troubles_told(settings: Settings) -> Iterator[None]:
    """The data folder is there; what goes wrong with it or the database is raised as CannotStart, with its mend."""
    with troubles_told(settings):
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        yield


@contextmanager
def troubles_told(settings: Settings) -> Iterator[None]:
    """The same for who makes nothing."""
    try:
        yield
    except KeysWrong as error:
        raise CannotStart(f"The keys do not fit the database: {error}. Add the old key to RESI_KEYS.") from None
    except StoreAway as error:
        raise CannotStart(why_away(error)) from None
    except ValueError as error:
        raise CannotStart(f"RESI_DATABASE_URL: {error}. `resi doctor` tells more.") from None
    except OSError as error:
        raise CannotStart(f"{settings.data_dir}: {error.strerror}. Set RESI_DATA_DIR to a folder of ours.") from None


def refuse_a_later_database(url: str) -> None:
    """Who goes back to an older version must not be told to migrate. Raises CannotStart, StoreAway."""
    if made_later(url):
        raise CannotStart(
            "A later version of Resi brought the database up to date. Install that version, and start it."
        )


def stale(settings: Settings) -> str:
    """Why production goes no further: nobody must make an empty database because a disk is not there."""
    url = settings.database_url
    if is_sqlite(url) and not sqlite_path(url).exists():
        return f"There is no database at {sqlite_path(url)}: look whether that is its place, and its disk there."
    return "The database is not up to date."


def no_keys(settings: Settings) -> str:
    """Where there is a database already, and nothing that opens it."""
    return f"The database has no keys: {key_file(settings)} is missing. Bring it back, or set RESI_KEYS."


def _open_store(settings: Settings, keys: Keys, sealer: AddressSealer | None) -> SqlStore:
    if not schema_current(settings.database_url):
        refuse_a_later_database(settings.database_url)
        if settings.production:
            raise CannotStart(f"{stale(settings)} Run `resi migrate`, then start again.")
        migrate(settings.database_url)
    return open_store(settings.database_url, keys, sealer)
