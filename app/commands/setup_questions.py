"""What `resi setup` asks, in which order, what it proposes, and what is wrong with an answer."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from app.city import folder_of
from app.city_pack.check import checked
from app.folders import unwritable
from app.runtime import why_away
from app.settings import PREFIX, declared, of_values
from core.city.folder import DEFAULT
from core.errors import StoreAway
from core.messages import Setting, Values
from storage import schema_current

_HOUSE = ("MODE", "CITY", "DATA_DIR", "DATABASE_URL", "PUBLIC_URL", "TRUSTED_PROXIES", "MAIL_LISTEN")
_MAIL = ("MAIL_ADDRESS", "MAIL_HOSTNAME", "MAIL_RELAY_URL")
_OTHERS = ("TELEGRAM_TOKEN", "SMS_PROVIDER")
_PROVIDERS = {
    "twilio": ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM"),
    "kannel": ("KANNEL_SEND_URL", "KANNEL_USERNAME", "KANNEL_PASSWORD", "KANNEL_FROM", "KANNEL_SECRET"),
}
_NO_MAIL = frozenset({"off", "none", "no"})


def questions(values: Mapping[str, str]) -> tuple[Setting, ...]:
    """What is asked, by what is known so far."""
    mail = () if values.get("MAIL_LISTEN", "").lower() in _NO_MAIL else _MAIL
    names = (*_HOUSE, *mail, *_OTHERS, *_PROVIDERS.get(values.get("SMS_PROVIDER", "").lower(), ()))
    rows = {each.name: each for each in declared()}
    return tuple(rows[name] for name in names)


def default_of(row: Setting, values: Mapping[str, str]) -> str:
    """What is proposed where nothing was set."""
    if row.name == "MODE":
        return "production"
    if row.name == "PUBLIC_URL" and values.get("MODE") == "production":
        return ""  # what development has is refused there
    if row.name == "TRUSTED_PROXIES":
        return "127.0.0.1" if values.get("PUBLIC_URL", "").startswith("https:") else ""
    if row.name == "MAIL_HOSTNAME":
        return values.get("MAIL_ADDRESS", "").rpartition("@")[2].lower()
    return row.default


def wrong_with(name: str, values: Mapping[str, str]) -> list[str]:
    """Sentences on the answer to one question; a default that only production refuses is good in development."""
    checks = {"CITY": _city, "DATA_DIR": _folder, "DATABASE_URL": _database}
    return [f"{PREFIX}{name} {each}" for each in _settings(name, values) or checks.get(name, _nothing)(values)]


def _settings(name: str, values: Mapping[str, str]) -> list[str]:
    settings = of_values(values)
    default = next((row.default for row in declared() if row.name == name), "")
    changed = settings.values.get(name, "") != default
    return [
        f"{each.what}. {each.mend[:1].upper()}{each.mend[1:].rstrip('.')}."
        for each in settings.problems
        if each.setting == name and each.fatal and (settings.production or changed)
    ]


def _nothing(_: Values) -> list[str]:
    return []


def _city(values: Values) -> list[str]:
    folder = folder_of(values.get("CITY", "")) if values.get("CITY") else DEFAULT
    wrong = [] if folder == DEFAULT else [each.shown() for each in checked(folder) if each.fatal]
    return [f"cannot be served: {wrong[0]} `resi city check` tells all."] if wrong else []


def _folder(values: Values) -> list[str]:
    if unwritable(Path(values.get("DATA_DIR") or "var")) is None:
        return []
    return ["is a folder to which this user cannot write. Name one of ours."]


def _database(values: Values) -> list[str]:
    """Asks the server, so that a wrong password is told now."""
    url = values.get("DATABASE_URL", "")
    if not url:
        return []
    try:
        scheme = urlsplit(url).scheme
        schema_current(url)
    except StoreAway as error:
        return [f"cannot be used. {why_away(error)}"]
    except ValueError as error:  # ours, in a sentence
        return [f"cannot be used: {error}."]
    except Exception as error:  # noqa: BLE001 - the driver's words may hold the password
        return [f"cannot be used ({type(error).__name__}). Write it as postgresql+psycopg://user:password@host/name."]
    return [] if scheme.startswith(("postgresql", "sqlite")) else ["is neither of PostgreSQL nor of SQLite."]
