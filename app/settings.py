"""Settings: environment over .env, prefix RESI_, composed of the house's own and of what each channel declares."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from pydantic import create_model
from pydantic_settings import BaseSettings, SettingsConfigDict

from bots.channels import CHANNELS
from core.messages import Problem, Setting, Values
from core.phrases import LANGUAGES
from core.scrub import Limits

PREFIX = "RESI_"
_LIMITS = Limits()
# What an operator may move of core/scrub/limits: setting, field, what it bounds.
_FILE_LIMITS = (
    ("FILE_MAX_BYTES", "file_bytes", "bytes of a file that a citizen sends"),
    ("FILE_MAX_PIXELS", "pixels", "pixels of a picture"),
    ("FILE_MAX_PAGES", "pages", "pages of a document"),
    ("FILE_MAX_SECONDS", "seconds", "seconds of a recording"),
    ("FILE_MAX_INFLATED", "inflated_bytes", "bytes of everything packed inside a document"),
    ("FILE_PATIENCE", "patience", "seconds that cleaning one file may take before it is refused"),
)
HOUSE: tuple[Setting, ...] = (
    Setting("MODE", "development, or production: then nothing half-configured is started", "development"),
    Setting("DATA_DIR", "folder of all that is kept: database, files, keys of development, outbox/", "var"),
    Setting("DATABASE_URL", "an SQLAlchemy URL, postgresql+psycopg://user@host/name; unset: SQLite in DATA_DIR"),
    Setting(
        "KEYS", "id:key,id:key made by `resi keys new`; the first seals, all open; never beside the data", secret=True
    ),
    Setting("WEB_LISTEN", "host:port of pages and hooks", "127.0.0.1:8000"),
    Setting(
        "PUBLIC_URL", "base of every address we give out and of the one that Twilio signs", "http://127.0.0.1:8000"
    ),
    Setting("TRUSTED_PROXIES", "addresses or networks, by commas, whose X-Forwarded-For is believed"),
    Setting("LANGUAGE", "what people read until they choose otherwise: " + " or ".join(LANGUAGES), "id"),
    Setting("TIMEZONE", "where days begin and end", "Asia/Jakarta"),
    Setting("NEWS_DELAY", "minutes, from-to, that news of a change waits by chance; answers never wait", ""),
    Setting("CONTACT_DAYS", "days after closing that the address for news is kept", "30"),
    Setting("LOG_LEVEL", "DEBUG, INFO, WARNING or ERROR", "INFO"),
    *(Setting(name, f"most {about}", str(getattr(_LIMITS, field))) for name, field, about in _FILE_LIMITS),
)


class Mode(StrEnum):
    """How strict the house is."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


@dataclass(frozen=True, slots=True)
class Settings:
    """What was set, read and checked. `problems`: all that is wrong, in one go."""

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
    contact_days: int
    log_level: str
    limits: Limits = _LIMITS
    unknown: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def production(self) -> bool:
        """Whether half a configuration is refused."""
        return self.mode is Mode.PRODUCTION


def declared() -> tuple[Setting, ...]:
    """Every setting there is, the house's own first."""
    return HOUSE + tuple(setting for channel in CHANNELS for setting in channel.settings)


def load(env_file: Path | None = None) -> Settings:
    """Reads the environment and .env; never raises for a bad value: it stands among the problems."""
    file = env_file or Path(".env")
    values, unknown = _read(file)
    notes: list[Problem] = []
    mode = _one_of(values["MODE"], tuple(Mode), Mode.DEVELOPMENT, "MODE", notes)
    lang = _one_of(values["LANGUAGE"], LANGUAGES, "id", "LANGUAGE", notes)
    level = _one_of(values["LOG_LEVEL"].upper(), ("DEBUG", "INFO", "WARNING", "ERROR"), "INFO", "LOG_LEVEL", notes)
    data_dir = Path(values["DATA_DIR"] or "var")
    host, port = _listen(values["WEB_LISTEN"], notes)
    settings = Settings(
        values=values,
        mode=Mode(mode),
        data_dir=data_dir,
        database_url=values["DATABASE_URL"] or f"sqlite:///{data_dir.absolute() / 'resi.db'}",
        web_host=host,
        web_port=port,
        public_url=values["PUBLIC_URL"].rstrip("/"),
        proxies=tuple(each.strip() for each in values["TRUSTED_PROXIES"].split(",") if each.strip()),
        lang=lang,
        zone=_zone(values["TIMEZONE"], notes),
        contact_days=_whole(values["CONTACT_DAYS"], 30, "CONTACT_DAYS", notes),
        log_level=level,
        limits=_limits(values, notes),
        unknown=unknown,
    )
    _check_delay(values["NEWS_DELAY"], notes)
    notes += _house_problems(settings)
    notes += (problem for channel in CHANNELS for problem in channel.problems(values))
    return Settings(
        **{name: getattr(settings, name) for name in settings.__slots__ if name != "problems"}, problems=tuple(notes)
    )


def _read(file: Path) -> tuple[Mapping[str, str], tuple[str, ...]]:
    rows = declared()
    model = create_model(
        "Environment",
        __base__=BaseSettings,
        **{row.name: (str, row.default) for row in rows},  # type: ignore[call-overload]  # names come from the table
    )
    model.model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=file, env_file_encoding="utf-8", extra="ignore", case_sensitive=True
    )
    read = model()
    values = {row.name: str(getattr(read, row.name)).strip() or row.default for row in rows}
    return values, _unknown(file, {PREFIX + row.name for row in rows})


def _unknown(file: Path, known: set[str]) -> tuple[str, ...]:
    import os  # noqa: PLC0415 - the one look at names that no setting declares

    named = set(os.environ) | set(dotenv_values(file) if file.exists() else ())
    return tuple(sorted(name for name in named if name.startswith(PREFIX) and name not in known))


def _one_of(value: str, allowed: tuple[str, ...], default: str, name: str, notes: list[Problem]) -> str:
    if value in allowed:
        return str(value)
    notes.append(Problem(name, "is none of " + ", ".join(allowed), f"Set RESI_{name} to one of them."))
    return str(default)


def _whole(value: str, default: int, name: str, notes: list[Problem]) -> int:
    if value.isdecimal():
        return int(value)
    notes.append(Problem(name, "is no whole number", f"Set RESI_{name} to a number such as {default}."))
    return default


def _limits(values: Values, notes: list[Problem]) -> Limits:
    """Nought would refuse everything: that is a slip, and said."""
    moved = {}
    for name, limit, _ in _FILE_LIMITS:
        default = int(getattr(_LIMITS, limit))
        moved[limit] = _whole(values[name], default, name, notes) or default
        if values[name] == "0":
            notes.append(Problem(name, "is 0", f"Set RESI_{name} to a number such as {default}, or leave it out."))
    return replace(_LIMITS, **moved)


def _zone(value: str, notes: list[Problem]) -> ZoneInfo:
    try:
        return ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        notes.append(Problem("TIMEZONE", "is no zone that is known", "Set RESI_TIMEZONE, for example Asia/Jakarta."))
        return ZoneInfo("Asia/Jakarta")


def _listen(value: str, notes: list[Problem]) -> tuple[str, int]:
    host, _, port = value.rpartition(":")
    if host and port.isdecimal() and int(port) < 65536:  # noqa: PLR2004 - ports end there
        return host.strip("[]"), int(port)
    notes.append(Problem("WEB_LISTEN", "is not host:port", "Set RESI_WEB_LISTEN, for example 127.0.0.1:8000."))
    return "127.0.0.1", 8000


def _check_delay(value: str, notes: list[Problem]) -> None:
    low, _, high = value.partition("-")
    if value and not (low.isdecimal() and (not high or (high.isdecimal() and int(low) <= int(high)))):
        notes.append(Problem("NEWS_DELAY", "is not minutes", "Set RESI_NEWS_DELAY to 0, or to a span such as 0-30."))


def _house_problems(settings: Settings) -> list[Problem]:
    notes = []
    url = urlsplit(settings.public_url)
    if url.scheme not in {"http", "https"} or not url.hostname:
        notes.append(Problem("PUBLIC_URL", "is no address", "Set RESI_PUBLIC_URL, for example https://resi.example."))
    elif settings.production and url.scheme != "https":
        notes.append(
            Problem("PUBLIC_URL", "is not https", "Put a proxy with TLS in front and set RESI_PUBLIC_URL to it.")
        )
    if settings.production and not settings.values["KEYS"]:
        notes.append(
            Problem(
                "KEYS", "is not set", "Run `resi keys new`, keep the line apart from the data, set RESI_KEYS to it."
            )
        )
    return notes
