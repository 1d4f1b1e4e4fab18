"""What the Telegram channel reads from the settings, and what can be wrong with it, so that the doctor can say it."""

import ipaddress
import re
from urllib.parse import urlsplit

from core.messages import Problem, Setting, Values

API_ROOT = "https://api.telegram.org"
HOOK_PATH = "/hooks/telegram"

SETTINGS = (
    Setting("TELEGRAM_TOKEN", "token of the bot, from @BotFather; unset: Telegram is off", secret=True),
    Setting("TELEGRAM_API_URL", "root of the Bot API, without /bot", default=API_ROOT),
    Setting(
        "TELEGRAM_WEBHOOK_SECRET",
        "set: Telegram calls us at PUBLIC_URL/hooks/telegram with this secret; unset: we poll",
        secret=True,
    ),
)

_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


def has_token(values: Values) -> bool:
    """Whether the channel is on; the same token opens the way in and the way out."""
    return bool(values.get("TELEGRAM_TOKEN"))


def api_root(values: Values) -> str:
    """Root of the Bot API without a trailing slash."""
    return (values.get("TELEGRAM_API_URL") or API_ROOT).rstrip("/")


def hook_url(values: Values) -> str:
    """Where Telegram shall call us; empty when there is no public address."""
    public = values.get("PUBLIC_URL", "").rstrip("/")
    return public + HOOK_PATH if public else ""


def problems(values: Values) -> tuple[Problem, ...]:
    """What is missing or contradicts another setting; nothing while the channel is off."""
    if not has_token(values):
        return ()
    found = (_token_problem(values), _root_problem(values), _secret_problem(values), _public_problem(values))
    return tuple(problem for problem in found if problem is not None)


def _token_problem(values: Values) -> Problem | None:
    if _TOKEN.fullmatch(values["TELEGRAM_TOKEN"]):
        return None
    return Problem(
        "TELEGRAM_TOKEN",
        "is not a bot's token (digits, a colon, then letters, digits, _ and -)",
        "copy it again from @BotFather, without spaces or quotes",
    )


def _root_problem(values: Values) -> Problem | None:
    root = api_root(values)
    if _is_url(root, ("https", "http")) and not root.endswith("/bot") and not set(root) & set("{}?#"):
        return None
    return Problem("TELEGRAM_API_URL", "is not the root of a Bot API", f"leave it unset for {API_ROOT}")


def _secret_problem(values: Values) -> Problem | None:
    secret = values.get("TELEGRAM_WEBHOOK_SECRET", "")
    if not secret or _SECRET.fullmatch(secret):
        return None
    return Problem(
        "TELEGRAM_WEBHOOK_SECRET",
        "holds characters that Telegram refuses, or more than 256",
        "use 1-256 characters of A-Z a-z 0-9 _ -",
    )


def _public_problem(values: Values) -> Problem | None:
    if not values.get("TELEGRAM_WEBHOOK_SECRET"):
        return None
    public = values.get("PUBLIC_URL", "")
    if _is_url(public, ("https",)) or (_is_url(public, ("http",)) and _is_loopback(public)):
        return None
    return Problem(
        "PUBLIC_URL",
        "a webhook needs an address that begins with https://",
        "set PUBLIC_URL, or unset TELEGRAM_WEBHOOK_SECRET to poll instead",
    )


def _is_url(url: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in schemes and bool(parts.hostname)


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
