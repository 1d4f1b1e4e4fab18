"""Settings: environment over .env, prefix RESI_, composed of the service's own and of what each channel declares."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from app import address_keys, connection_limits, disk, file_places, maps, onion_settings, public, search_settings
from app.env_lines import lines_of, unknown_names
from app.environment import texts
from app.errors import CannotStart
from app.oidc_settings import SETTINGS as OIDC_SETTINGS
from app.oidc_settings import problems as oidc_problems
from app.publishing import read_publishing
from app.secret_files import FILE, read_secret
from app.whole_numbers import whole
from bots.channels import CHANNELS
from core.city.folder import DEFAULT
from core.city.profile import CITY
from core.limits import Limits
from core.messages import Problem, Setting, Values
from core.model import Publishing
from core.phrases import LANGUAGES
from storage import is_sqlite, parse_keys, sqlite_path, sqlite_url

PREFIX = "RESI_"
_LONGEST_KEPT = 3650  # days
_LONGEST_DELAY = 24 * 60  # minutes
_LAST_PORT = 65_535
_CHILDREN = range(2, 65)
_LARGEST_LIMIT = 2**32  # bytes, pixels, seconds: for more no thread can wait
_LIMITS = Limits()
# What an operator may move of core/scrub/limits: setting, field, what it bounds.
_FILE_LIMITS = (
    ("FILE_MAX_BYTES", "file_bytes", "bytes of a file that a citizen sends"),
    ("FILE_MAX_PIXELS", "pixels", "pixels of a picture"),
    ("FILE_MAX_PAGES", "pages", "pages of a document"),
    ("FILE_MAX_SECONDS", "seconds", "seconds of a recording"),
    ("FILE_MAX_INFLATED", "inflated_bytes", "bytes of everything packed inside a document"),
    ("FILE_PATIENCE", "patience", "seconds that cleaning one file may take before it is refused"),
    ("FILE_DOCUMENT_PATIENCE", "document_patience", "seconds that cleaning one document may take"),
    ("FILE_MESSAGE_PATIENCE", "message_patience", "seconds that cleaning all files of one message may take"),
    (
        "FILE_SENDER_SECONDS",
        "sender_seconds",
        "seconds of cleaning for one sender in ten minutes; then others go first",
    ),
    ("FILE_PATH_SECONDS", "path_seconds", "seconds of cleaning for one network in ten minutes; then others go first"),
)
SERVICE_SETTINGS: tuple[Setting, ...] = (
    Setting("MODE", "development, or production: then nothing half-configured is started", "development"),
    Setting("DATA_DIR", "folder of all that is kept: database, files, keys of development, outbox/", "var"),
    Setting(
        "DATABASE_URL", "an SQLAlchemy URL, postgresql+psycopg://user@host/name; unset: SQLite in DATA_DIR", secret=True
    ),
    Setting(
        "KEYS", "id:key,id:key made by `resi keys new`; the first seals, all open; never beside the data", secret=True
    ),
    Setting(
        "BACKUP_KEY",
        "id:key made by `resi keys backup`: seals backups; none of KEYS, and not kept with them",
        secret=True,
    ),
    *address_keys.SETTINGS,
    *file_places.SETTINGS,
    Setting("WEB_LISTEN", "host:port of pages and hooks", "127.0.0.1:8000"),
    Setting(
        "PUBLIC_URL", "base of every address we give out and of the one that Twilio signs", "http://127.0.0.1:8000"
    ),
    Setting("TRUSTED_PROXIES", "addresses or networks, by commas, whose X-Forwarded-For is believed"),
    *onion_settings.SETTINGS,
    *connection_limits.SETTINGS,
    *disk.SETTINGS,
    *search_settings.SETTINGS,
    Setting("CITY", "the city that is served: a name in cities/, or the path of a folder", DEFAULT.name),
    Setting("LANGUAGE", "what people read until they choose otherwise: " + " or ".join(LANGUAGES), CITY.language),
    Setting("TIMEZONE", "where days begin and end", CITY.timezone),
    Setting(
        "NEWS_DELAY",
        "minutes, or from-to, that news of a change waits by chance; answers never wait; "
        "unset: 0 in development, 0-30 in production",
    ),
    Setting(
        "PUBLISH_EVERY",
        "how often reports are published, all of a batch together: minutes, or 6h, 1d, daily; 0: each at once; "
        "unset: 0 in development, daily in production",
    ),
    Setting(
        "PUBLISH_LEAST",
        "how many proved senders at least share the kind and place of each published report; "
        "unset: 1 in development, 5 in production",
    ),
    Setting(
        "METRICS_TOKEN", "bearer token that opens /metrics from afar; unset: only this machine reads it", secret=True
    ),
    Setting(
        "STAFF_MAY_NAME",
        "the city's own public numbers and addresses, by commas: words of staff to citizens may hold these alone",
        public.DEFAULT,
    ),
    *maps.SETTINGS,
    *OIDC_SETTINGS,
    Setting("CONTACT_DAYS", "days after closing that the address for news is kept", "30"),
    Setting("CASE_TERMINAL", "1: `resi case` may be used in production, where whoever has a shell can be anybody"),
    Setting("LOG_LEVEL", "DEBUG, INFO, WARNING or ERROR", "INFO"),
    *(Setting(name, f"most {about}", str(getattr(_LIMITS, field))) for name, field, about in _FILE_LIMITS),
    Setting(
        "FILE_CHILDREN",
        "children that clean citizens' files, 2 to 64; one for staff and two that wait come with them",
        "4",
    ),
)


class Mode(StrEnum):
    """How strict the service is."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


@dataclass(frozen=True, slots=True)
class Settings:
    """What was set, read and checked. `problems`: all that is wrong, in one go.

    `refused`: those of secrets that lie where they must not be taken from, and of folders that would be others than
    they seem; nothing runs with them, in any mode.
    """

    values: Values = field(repr=False)
    mode: Mode
    data_dir: Path
    database_url: str = field(repr=False)
    web_host: str
    web_port: int
    public_url: str
    proxies: tuple[str, ...]
    lang: str
    zone: ZoneInfo
    news_delay: tuple[int, int]  # minutes, from and to
    publishing: Publishing
    named: tuple[str, ...]  # the city's own numbers and addresses
    contact_days: int
    log_level: str
    limits: Limits = _LIMITS
    file_children: int = 4
    unknown: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    refused: tuple[Problem, ...] = ()

    @property
    def production(self) -> bool:
        """Whether half a configuration is refused."""
        return self.mode is Mode.PRODUCTION


def declared() -> tuple[Setting, ...]:
    """Every setting there is, the service's own first."""
    return SERVICE_SETTINGS + tuple(setting for channel in CHANNELS for setting in channel.settings)


def load(env_file: Path | None = None) -> Settings:
    """Reads the environment and .env; a bad value stands among the problems, and the default in its place.

    Raises CannotStart for a .env that is no text.
    """
    return _checked(*_read(env_file or Path(".env")))


def of_values(values: Values) -> Settings:
    """What these would be as settings, before they are set anywhere; the default where one is missing or empty."""
    return _checked({row.name: values.get(row.name, "") or row.default for row in declared()})


def _checked(values: Values, unknown: tuple[str, ...] = (), filed: tuple[Problem, ...] = ()) -> Settings:
    notes: list[Problem] = [*filed, *_homes(values)]
    refused = tuple(each for each in notes if each.fatal)
    # A mode that cannot be read is taken for the strict one: a mistyped word must open nothing.
    mode = Mode(_one_of(values["MODE"], tuple(Mode), Mode.PRODUCTION, "MODE", notes))
    lang = _one_of(values["LANGUAGE"], LANGUAGES, CITY.language, "LANGUAGE", notes)
    level = _one_of(values["LOG_LEVEL"].upper(), ("DEBUG", "INFO", "WARNING", "ERROR"), "INFO", "LOG_LEVEL", notes)
    data_dir = Path(values["DATA_DIR"])
    host, port = _listen(values["WEB_LISTEN"], notes)
    settings = Settings(
        values=values,
        mode=mode,
        data_dir=data_dir,
        database_url=values["DATABASE_URL"] or sqlite_url(data_dir / "resi.db"),
        web_host=host,
        web_port=port,
        public_url=values["PUBLIC_URL"].rstrip("/"),
        proxies=_proxies(values["TRUSTED_PROXIES"], notes),
        lang=lang,
        zone=_zone(values["TIMEZONE"], notes),
        news_delay=_delay(values["NEWS_DELAY"], mode, notes),
        publishing=read_publishing(values, mode is Mode.PRODUCTION, notes),
        named=public.named(values["STAFF_MAY_NAME"], notes),
        contact_days=_days(values["CONTACT_DAYS"], notes),
        log_level=level,
        limits=_limits(values, notes),
        file_children=_children(values["FILE_CHILDREN"], notes),
        unknown=unknown,
        refused=refused,
    )
    notes += _house_problems(settings)
    notes += (problem for channel in CHANNELS for problem in channel.problems(values))
    return replace(settings, problems=tuple(notes))


def _read(file: Path) -> tuple[Mapping[str, str], tuple[str, ...], tuple[Problem, ...]]:
    rows = declared()
    # A secret may lie in a file of its own, which another setting names.
    files = tuple(Setting(row.name + FILE, "") for row in rows if row.secret)
    try:
        lines = lines_of(file)
        values = texts(PREFIX, tuple((row.name, row.default) for row in rows + files), file)
        unknown = unknown_names(lines, PREFIX, {PREFIX + row.name for row in rows + files})
    except (OSError, UnicodeDecodeError):
        raise CannotStart(f"{file} cannot be read, or is not UTF-8 text. Mend it, or remove it.") from None
    notes: list[Problem] = []
    secrets = {row.name: read_secret(row.name, values, notes) for row in rows if row.secret}
    return {row.name: secrets.get(row.name, values[row.name]) or row.default for row in rows}, unknown, tuple(notes)


def _homes(values: Values) -> Iterator[Problem]:
    for name in ("DATA_DIR", "FILES", "FILES_BEFORE"):
        if values[name].startswith("~"):
            what = "begins with ~, which a shell alone knows: it would be a folder of that name"
            yield Problem(name, what, f"Set RESI_{name} to the whole path.")


def _one_of(value: str, allowed: tuple[str, ...], default: str, name: str, notes: list[Problem]) -> str:
    if value in allowed:
        return str(value)
    notes.append(Problem(name, "is none of " + ", ".join(allowed), f"Set RESI_{name} to one of them."))
    return str(default)


def _days(value: str, notes: list[Problem]) -> int:
    if (days := whole(value)) is not None and days <= _LONGEST_KEPT:
        return days
    notes.append(
        Problem("CONTACT_DAYS", f"is no number from 0 to {_LONGEST_KEPT}", "Set RESI_CONTACT_DAYS, for example 30.")
    )
    return 30


def _proxies(value: str, notes: list[Problem]) -> tuple[str, ...]:
    sound = []
    for each in (part.strip() for part in value.split(",")):
        try:
            sound += [str(ip_network(each, strict=False))] if each else []
        except ValueError:
            what = "holds something that is neither an address nor a network"
            notes.append(Problem("TRUSTED_PROXIES", what, "Write them as 10.0.0.1,10.1.0.0/16."))
    return tuple(sound)


def _limits(values: Values, notes: list[Problem]) -> Limits:
    """Nought would refuse everything, and nobody can wait for ever: those are slips, and said."""
    moved = {}
    for name, limit, _ in _FILE_LIMITS:
        value, default = values[name], int(getattr(_LIMITS, limit))
        number = whole(value) or 0
        sound = 0 < number <= _LARGEST_LIMIT
        moved[limit] = number if sound else default
        if not sound:
            what = f"is no number from 1 to {_LARGEST_LIMIT}"
            notes.append(Problem(name, what, f"Set RESI_{name} to a number such as {default}."))
    return replace(_LIMITS, **moved)


def _children(value: str, notes: list[Problem]) -> int:
    """One alone would hold up everybody when a file hangs."""
    if (children := whole(value) or 0) in _CHILDREN:
        return children
    what = f"is no number from {_CHILDREN[0]} to {_CHILDREN[-1]}"
    notes.append(Problem("FILE_CHILDREN", what, "Set RESI_FILE_CHILDREN, for example 4."))
    return 4


def _zone(value: str, notes: list[Problem]) -> ZoneInfo:
    try:
        return ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        notes.append(
            Problem("TIMEZONE", "is no zone that is known", f"Set RESI_TIMEZONE, for example {CITY.timezone}.")
        )
        return ZoneInfo(CITY.timezone)


def _listen(value: str, notes: list[Problem]) -> tuple[str, int]:
    host, _, port = value.rpartition(":")
    if host and (number := whole(port)) is not None and number <= _LAST_PORT:
        return host.strip("[]"), number
    notes.append(Problem("WEB_LISTEN", "is not host:port", "Set RESI_WEB_LISTEN, for example 127.0.0.1:8000."))
    return "127.0.0.1", 8000


def _delay(value: str, mode: Mode, notes: list[Problem]) -> tuple[int, int]:
    default = (0, 30) if mode is Mode.PRODUCTION else (0, 0)
    if not value:
        return default
    low, dash, high = value.partition("-")
    ends = (low.strip(), high.strip() if dash else low.strip())
    least, most = map(whole, ends)
    if least is not None and most is not None and least <= most <= _LONGEST_DELAY:
        return least, most
    notes.append(Problem("NEWS_DELAY", "is not minutes", "Set RESI_NEWS_DELAY to 0, or to a span such as 0-30."))
    return default


def _house_problems(settings: Settings) -> Iterator[Problem]:
    yield from oidc_problems(settings.values)
    yield from _url_problems(settings)
    yield from _key_problems(settings)
    yield from _backup_key_problems(settings)
    yield from address_keys.problems(settings.values)
    yield from onion_settings.problems(settings.values)
    yield from connection_limits.problems(settings.values)
    yield from maps.problems(settings.values)
    yield from disk.problems(settings.values)
    yield from search_settings.problems(settings.values)
    yield from file_places.problems(settings.values)
    try:
        _known_database(settings.database_url)
    except ValueError as error:
        yield Problem("DATABASE_URL", f"cannot be used: {error}", "Set RESI_DATABASE_URL, or unset it for SQLite.")


def _known_database(url: str) -> None:
    if is_sqlite(url):
        sqlite_path(url)


def _backup_key_problems(settings: Settings) -> Iterator[Problem]:
    """No service needs it: half a key stops nobody but who backs up."""
    keys, key = settings.values["KEYS"], settings.values["BACKUP_KEY"]
    mend = "Run `resi keys backup` and set RESI_BACKUP_KEY to what it prints."
    try:
        if key and keys and set(parse_keys(key).by_id.values()) & set(parse_keys(keys).by_id.values()):
            yield Problem("BACKUP_KEY", "is a key of RESI_KEYS: who finds one would have both", mend, fatal=False)
    except ValueError as error:
        yield Problem("BACKUP_KEY", f"cannot be read: {error}", mend, fatal=False)


def _url_problems(settings: Settings) -> Iterator[Problem]:
    try:
        url = urlsplit(settings.public_url)
        sound = url.scheme in {"http", "https"} and bool(url.hostname)
    except ValueError:
        sound = False
    if not sound:
        yield Problem("PUBLIC_URL", "is no address", "Set RESI_PUBLIC_URL, for example https://resi.example.")
    elif settings.production and not settings.public_url.startswith("https:"):
        yield Problem("PUBLIC_URL", "is not https", "Put a proxy with TLS in front and set RESI_PUBLIC_URL to it.")


def _key_problems(settings: Settings) -> Iterator[Problem]:
    mend = "Run `resi keys new`, keep the line apart from the data, set RESI_KEYS to it."
    if not settings.values["KEYS"]:
        if settings.production:
            yield Problem("KEYS", "is not set", mend)
        return
    try:
        parse_keys(settings.values["KEYS"])
    except ValueError as error:
        yield Problem("KEYS", f"cannot be read: {error}", mend)
