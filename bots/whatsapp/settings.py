"""What the WhatsApp channel reads from the settings, and what can be wrong with it, so that the doctor can say it."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from core.messages import Problem, Setting, Values

GRAPH = "https://graph.facebook.com/v23.0"
TWILIO = "https://api.twilio.com"
HOOK_PATH = "/hooks/whatsapp"
RECEIPT_PATH = "/hooks/whatsapp/receipt"
DELETED_AFTER = (60.0, 600.0, 3_600.0)  # seconds: what is still under way at a provider cannot be deleted at once

SETTINGS = (
    Setting("WHATSAPP_PROVIDER", "who carries WhatsApp: meta, twilio or none", "none"),
    Setting("WHATSAPP_NUMBER", "the number that people write to (+62...)"),
    Setting("WHATSAPP_TOKEN", "Meta: access token of a system user that never ends", secret=True),
    Setting("WHATSAPP_APP_SECRET", "Meta: the app's secret, with which Meta signs what it sends us", secret=True),
    Setting("WHATSAPP_VERIFY_TOKEN", "Meta: what you make up and type in beside the webhook's address", secret=True),
    Setting("WHATSAPP_PHONE_NUMBER_ID", "Meta: the id of the number, digits (not the number itself)"),
    Setting("WHATSAPP_API_URL", "Meta: root of the Graph API with its version", GRAPH),
    Setting("WHATSAPP_TWILIO_SID", "Twilio: the account (AC...)"),
    Setting("WHATSAPP_TWILIO_TOKEN", "Twilio: the account's auth token, which also signs its calls", secret=True),
    Setting("WHATSAPP_TWILIO_TEMPLATES", "Twilio: approved content, as news_started.id=HX...,news_started.en=HX..."),
    Setting("WHATSAPP_TWILIO_API_URL", "Twilio: root of the API, without /2010-04-01", TWILIO),
)

_NEEDS: Mapping[str, tuple[str, ...]] = {
    "meta": ("WHATSAPP_TOKEN", "WHATSAPP_APP_SECRET", "WHATSAPP_VERIFY_TOKEN", "WHATSAPP_PHONE_NUMBER_ID"),
    "twilio": ("WHATSAPP_TWILIO_SID", "WHATSAPP_TWILIO_TOKEN", "WHATSAPP_NUMBER"),
}
_DEFAULTS = {setting.name: setting.default for setting in SETTINGS}
_DIGITS = re.compile(r"[0-9]{1,32}")
_CONTENT = re.compile(r"[a-z0-9_]+\.[a-z]{2,3}=HX[0-9a-f]{32}")
_PLAIN = re.compile(r"[!-~]+")
_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")


def value(values: Values, name: str) -> str:
    """As it was set, without spaces around it, else its default."""
    return values.get(name, "").strip() or _DEFAULTS.get(name, "")


def provider(values: Values) -> str:
    """Its name in small letters; "none" where none was chosen."""
    return value(values, "WHATSAPP_PROVIDER").lower()


def configured(values: Values) -> bool:
    """Whether a provider is chosen and has all that it needs; the same opens the way in and the way out."""
    needs = _NEEDS.get(provider(values))
    return needs is not None and all(value(values, name) for name in needs)


def number(values: Values) -> str:
    """The number that people write to, or nothing while the channel is off."""
    return value(values, "WHATSAPP_NUMBER") if configured(values) else ""


def content_sids(values: Values) -> Mapping[str, str]:
    """Sids of approved content by phrase and language (`news_started.id`); what is no such pair is left out."""
    pairs = (pair.partition("=") for pair in value(values, "WHATSAPP_TWILIO_TEMPLATES").split(","))
    named = {name.strip(): sid.strip() for name, _, sid in pairs}
    return {name: sid for name, sid in named.items() if _CONTENT.fullmatch(f"{name}={sid}")}


def problems(values: Values) -> tuple[Problem, ...]:
    """What is missing or contradicts another setting."""
    chosen = provider(values)
    needs = _NEEDS.get(chosen)
    if chosen != "none" and needs is None:
        return (Problem("WHATSAPP_PROVIDER", "is no provider that we know", "set it to meta, twilio or none"),)
    if needs is None:
        return _leftovers(values, chosen, ())
    missing = tuple(
        Problem(name, f"is missing, {chosen} needs it", "set it (docs/whatsapp.md says where it is found)")
        for name in needs
        if not value(values, name)
    )
    shapes = tuple(found for name, check in _SHAPES.items() if (found := check(name, value(values, name))))
    return (*missing, *shapes, *_public(values), *_leftovers(values, chosen, needs))


def _leftovers(values: Values, chosen: str, used: tuple[str, ...]) -> tuple[Problem, ...]:
    what = f"is set, but RESI_WHATSAPP_PROVIDER is {chosen}"
    return tuple(
        Problem(name, what, "unset it, or choose its provider", fatal=False)
        for name in dict.fromkeys(each for needs in _NEEDS.values() for each in needs)
        if name not in {*used, "WHATSAPP_NUMBER"} and value(values, name)
    )


def _public(values: Values) -> tuple[Problem, ...]:
    if _is_url(value(values, "PUBLIC_URL")):
        return ()
    what = "is missing: WhatsApp's provider has no address to call"
    return (Problem("PUBLIC_URL", what, "set it to the https:// address of this server"),)


def _id_problem(name: str, given: str) -> Problem | None:
    if not given or _DIGITS.fullmatch(given):
        return None
    return Problem(name, "is no id", "copy the digits below *Phone number ID*, not the number itself")


def _number_problem(name: str, given: str) -> Problem | None:
    if not given or _NUMBER.fullmatch(given):
        return None
    return Problem(name, "is no international number", "write it as +6281234567890, without spaces")


def _url_problem(name: str, given: str) -> Problem | None:
    if _is_url(given) and not set(given) & set("?#"):
        return None
    return Problem(name, "is no root of an API", f"leave it unset for {_DEFAULTS[name]}")


def _content_problem(name: str, given: str) -> Problem | None:
    if not given or all(_CONTENT.fullmatch(pair.strip()) for pair in given.split(",")):
        return None
    return Problem(name, "is no list of templates", "write phrase.language=HX..., the next behind a comma")


def _secret_problem(name: str, given: str) -> Problem | None:
    if not given or _PLAIN.fullmatch(given):
        return None
    return Problem(name, "has a space or a letter that no such secret has", "copy it again, without quotes")


_SHAPES: Mapping[str, Callable[[str, str], Problem | None]] = {
    "WHATSAPP_PHONE_NUMBER_ID": _id_problem,
    "WHATSAPP_NUMBER": _number_problem,
    "WHATSAPP_API_URL": _url_problem,
    "WHATSAPP_TWILIO_API_URL": _url_problem,
    "WHATSAPP_TWILIO_TEMPLATES": _content_problem,
    "WHATSAPP_TWILIO_SID": _secret_problem,
    "WHATSAPP_TWILIO_TOKEN": _secret_problem,
    "WHATSAPP_TOKEN": _secret_problem,
    "WHATSAPP_APP_SECRET": _secret_problem,
    "WHATSAPP_VERIFY_TOKEN": _secret_problem,
}


def _is_url(given: str) -> bool:
    try:
        parts = urlsplit(given)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
