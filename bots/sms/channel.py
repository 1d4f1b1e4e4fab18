"""The SMS channel: its settings, what can be wrong with them, and which provider they choose."""

import re
from dataclasses import dataclass

from bots.sms.sender_list import listed, malformed
from core.messages import (
    Address,
    Channel,
    ChannelCallbacks,
    ChannelProfile,
    Connection,
    OneShot,
    Problem,
    Setting,
    Values,
)

_API_URL = "https://api.twilio.com"
_CARRIER = "carrier"
_ON = "set RESI_SMS_PROVIDER to twilio or kannel, and the settings of that provider"

_SETTINGS = (
    Setting("SMS_PROVIDER", "who carries SMS: twilio, kannel or none", "none"),
    Setting(
        "SMS_SENDER",
        "carrier: the carrier vouches for who sends, so that a number alone may answer; claimed: four digits or a code",
        "claimed",
    ),
    Setting("TWILIO_ACCOUNT_SID", "Twilio: the account (AC...)"),
    Setting(
        "TWILIO_AUTH_TOKEN", "Twilio: the account's auth token, which also signs what Twilio sends us", secret=True
    ),
    Setting("TWILIO_FROM", "Twilio: our number there (+1...); several by commas: each answers who wrote to it"),
    Setting("TWILIO_API_URL", "Twilio: root of the API, without /2010-04-01", _API_URL),
    Setting("KANNEL_SEND_URL", "Kannel: whole address of smsbox's sendsms (http://127.0.0.1:13013/cgi-bin/sendsms)"),
    Setting("KANNEL_USERNAME", "Kannel: username of the sendsms-user group"),
    Setting("KANNEL_PASSWORD", "Kannel: password of the sendsms-user group", secret=True),
    Setting("KANNEL_FROM", "Kannel: our short number; several by commas: each answers who wrote to it"),
    Setting("KANNEL_SECRET", "Kannel: the secret in the get-url of the sms-service group", secret=True),
)


@dataclass(frozen=True, slots=True)
class _Row:
    """What one provider needs; `addresses` of those are addresses on the web."""

    name: str
    needs: tuple[str, ...]
    addresses: tuple[str, ...]


_PROVIDERS = (
    _Row("twilio", ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM"), ("TWILIO_API_URL",)),
    _Row(
        "kannel",
        ("KANNEL_SEND_URL", "KANNEL_USERNAME", "KANNEL_PASSWORD", "KANNEL_FROM", "KANNEL_SECRET"),
        ("KANNEL_SEND_URL",),
    ),
)
_DEFAULTS = {setting.name: setting.default for setting in _SETTINGS}
_PLAIN = re.compile(r"[A-Za-z0-9._~-]+")


def _value(values: Values, name: str) -> str:
    return values.get(name, "").strip() or _DEFAULTS.get(name, "")


def _chosen(values: Values) -> _Row | None:
    name = _value(values, "SMS_PROVIDER").lower()
    return next((row for row in _PROVIDERS if row.name == name), None)


def _configured(values: Values) -> bool:
    row = _chosen(values)
    return row is not None and all(_value(values, name) for name in row.needs)


def _is_web(address: str) -> bool:
    return address.startswith(("http://", "https://"))


def _leftovers(values: Values, row: _Row | None) -> list[Problem]:
    chosen = row.name if row else "none"
    return [
        Problem(name, f"is set, but RESI_SMS_PROVIDER is {chosen}", f"unset it, or choose {other.name}", fatal=False)
        for other in _PROVIDERS
        if other is not row
        for name in dict.fromkeys(other.needs + other.addresses)
        if _value(values, name) != _DEFAULTS[name]
    ]


def _of_twilio(values: Values) -> list[Problem]:
    if _is_web(_value(values, "PUBLIC_URL")):
        return []
    what = "is missing: Twilio signs that address, and without it every SMS is refused"
    return [Problem("PUBLIC_URL", what, "set it to the https:// address at which Twilio reaches this server")]


def _of_kannel(values: Values) -> list[Problem]:
    found = []
    if not _is_web(_value(values, "PUBLIC_URL")):
        what = "is missing: Kannel is not asked whether a message arrived"
        found.append(Problem("PUBLIC_URL", what, "set it to the address at which smsbox reaches us", fatal=False))
    secret = _value(values, "KANNEL_SECRET")
    if secret and not _PLAIN.fullmatch(secret):
        what = "has characters that mean something else in an address of Kannel's configuration"
        found.append(Problem("KANNEL_SECRET", what, "use letters and digits only, as `openssl rand -hex 24` gives"))
    return found


def _of_numbers(values: Values, name: str) -> list[Problem]:
    if not malformed(_value(values, name)):
        return []
    what = "has several senders, and one of them is no number"
    return [Problem(name, what, "write digits, with + where the provider wants it, and commas between numbers")]


_CHECKS = {"twilio": _of_twilio, "kannel": _of_kannel}


def _problems(values: Values) -> tuple[Problem, ...]:
    name, row = _value(values, "SMS_PROVIDER").lower(), _chosen(values)
    found = []
    if row is None and name != "none":
        found.append(Problem("SMS_PROVIDER", "is no provider that we know", "set it to twilio, kannel or none"))
    if _value(values, "SMS_SENDER").lower() not in {_CARRIER, "claimed"}:
        found.append(Problem("SMS_SENDER", "is neither of both", "set it to carrier or claimed"))
    if row is not None:
        found += [
            Problem(need, f"is missing, {row.name} needs it", "set it (deploy/ and README say where it is found)")
            for need in row.needs
            if not _value(values, need)
        ]
        found += [
            Problem(address, "is no web address", "begin it with http:// or https://")
            for address in row.addresses
            if _value(values, address) and not _is_web(_value(values, address))
        ]
        found += _CHECKS[row.name](values)
        found += _of_numbers(values, f"{row.name.upper()}_FROM")
    return tuple(found + _leftovers(values, row))


def _number(values: Values) -> str:
    chosen = _value(values, "SMS_PROVIDER").upper()
    return ", ".join(listed(_value(values, f"{chosen}_FROM"))) if _configured(values) else ""


def _connect(values: Values, callbacks: ChannelCallbacks) -> Connection:
    """Imports what the chosen provider needs, and only that."""
    row = _chosen(values)
    if row is None:
        raise ValueError("no SMS provider is chosen")
    from bots.sms.connection import SmsConnection  # noqa: PLC0415 - a channel that is off costs no import

    known = {setting.name: _value(values, setting.name) for setting in _SETTINGS}
    known["PUBLIC_URL"] = _value(values, "PUBLIC_URL")
    if row.name == "twilio":
        from bots.provider_copies import ProviderCopies  # noqa: PLC0415 - likewise
        from bots.sms.twilio import DELETED_AFTER, Twilio  # noqa: PLC0415 - likewise
        from bots.twilio_messages import TwilioMessages  # noqa: PLC0415 - likewise

        api = TwilioMessages(known["TWILIO_API_URL"], known["TWILIO_ACCOUNT_SID"], known["TWILIO_AUTH_TOKEN"])
        return SmsConnection(Twilio(known, api, ProviderCopies(api.delete, DELETED_AFTER)), callbacks)
    from bots.sms.kannel import Kannel  # noqa: PLC0415 - likewise

    return SmsConnection(Kannel(known), callbacks)


def _typed(_: Values, typed: str) -> Address | None:
    from bots.sms.phone_numbers import own_number  # noqa: PLC0415 - likewise

    return own_number(typed)


CHANNEL = Channel(
    name="sms",
    profile=ChannelProfile(
        name="sms",
        limit=160,
        long_limit=2 * 153,  # two segments, each of which gives seven septets to the joining of them
        gsm7=True,
        terse=True,
        echo=False,
        one_shot=OneShot.KEYWORD,
        options=5,
        label_limit=40,
        people="phone",  # as by WhatsApp
    ),
    settings=_SETTINGS,
    configured=_configured,
    sends=_configured,
    problems=_problems,
    connect=_connect,
    reached_at=_number,
    typed=_typed,
    proves=lambda values: _value(values, "SMS_SENDER").lower() == _CARRIER,
    off=_ON,
    silent_loggers=("twilio", "httpx", "httpcore", "urllib3"),
)
