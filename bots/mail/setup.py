"""What the operator set for mail, read and checked in one place, so that a mistake is a sentence and no traceback."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import unquote, urlsplit

from core.messages import Problem, Setting, Values

SETTINGS = (
    Setting("MAIL_LISTEN", "host:port where mail comes in; off: no mail", "127.0.0.1:8025"),
    Setting("MAIL_ADDRESS", "the address that citizens write to, and that answers", "lapor@localhost"),
    Setting("MAIL_HOSTNAME", "what this server calls itself to other mail servers; unset: the domain of MAIL_ADDRESS"),
    Setting(
        "MAIL_AUTHSERV",
        "name (authserv-id) by which our own mail server states DMARC results; unset: every sender is only claimed",
    ),
    Setting("MAIL_TLS_CERT", "PEM file with the certificate; with MAIL_TLS_KEY, STARTTLS is offered"),
    Setting("MAIL_TLS_KEY", "PEM file with the key of that certificate"),
    Setting("MAIL_RELAY_URL", "where mail goes out: smtp://[user:password@]host:port, or smtps://", secret=True),
    Setting("MAIL_MAX_BYTES", "largest mail that is taken, in bytes", "26214400"),
    Setting("MAIL_CONNECTIONS", "most SMTP connections at once; those that idle give way", "500"),
    Setting("MAIL_CONNECTIONS_PER_ADDRESS", "of one address; beyond it the one that idles longest is closed", "50"),
    Setting("MAIL_FRONT", "addresses or networks, by commas, of mail servers of ours in front; loopback always is one"),
    Setting(
        "MAIL_RELAY_TLS",
        "verify: what the relay shows is checked, and without TLS nothing is sent; opportunistic: TLS where it is "
        "offered, unchecked; on loopback there is none",
        "verify",
    ),
)
DEFAULTS = {setting.name: setting.default for setting in SETTINGS}
SILENT = ("mail.log", "aiosmtpd", "aiosmtplib")  # they write addresses and texts: aiosmtpd at INFO already
PORTS = {"smtp": 25, "smtps": 465}
TLS = ("verify", "opportunistic")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A host and a port of ours to listen on."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Relay:
    """The server that takes our mail to the world."""

    host: str
    port: int
    tls: bool = False  # from the first byte; else STARTTLS
    verify: bool = True  # who it says it is; else STARTTLS where it is offered, with whomever
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class MailSetup:
    """All of it, once it is known to be sound."""

    listen: Endpoint
    address: str
    hostname: str
    relay: Relay | None = None
    certificate: tuple[str, str] | None = None
    max_bytes: int = 26_214_400
    connections: int = 500
    of_one: int = 50  # connections of one address
    front: tuple[IPv4Network | IPv6Network, ...] = ()
    authserv: str = ""

    @property
    def domain(self) -> str:
        """The domain of our address: Message-IDs of ours end with it."""
        return domain_of(self.address)

    @property
    def domains(self) -> frozenset[str]:
        """Every domain by which we may know our own Message-IDs again."""
        return frozenset({self.domain, self.hostname.lower()})


def setting(values: Values, name: str) -> str:
    """The value, or the default where it is unset."""
    return (values.get(name) or DEFAULTS[name]).strip()


def listens(values: Values) -> bool:
    """Whether mail has a way in: it has, unless the operator emptied MAIL_LISTEN or said off."""
    return values.get("MAIL_LISTEN", DEFAULTS["MAIL_LISTEN"]).strip().lower() not in {"", "off", "none", "no"}


def endpoint_of(text: str) -> Endpoint:
    """`host:port`, `[v6]:port` or `:port`; raises ValueError."""
    host, colon, port = text.rpartition(":")
    if not colon or not port.isascii() or not port.isdigit() or int(port) > 65_535:  # noqa: PLR2004 - the last port there is
        raise ValueError("MAIL_LISTEN")
    return Endpoint(host.strip("[]") or "127.0.0.1", int(port))


def front_of(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Networks, by commas; raises ValueError."""
    try:
        return tuple(ip_network(each.strip(), strict=False) for each in text.split(",") if each.strip())
    except ValueError:
        raise ValueError("MAIL_FRONT") from None


def verifies(text: str) -> bool:
    """Whether the relay's certificate is checked; raises ValueError."""
    if text not in TLS:
        raise ValueError("MAIL_RELAY_TLS")
    return text == TLS[0]


def relay_of(url: str, *, verify: bool = True) -> Relay:
    """The relay that the URL names; raises ValueError, never with the URL in it: it may hold a password."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("MAIL_RELAY_URL")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Relay(parts.hostname, port or PORTS[parts.scheme], parts.scheme == "smtps", verify, user, password)


def setup_of(values: Values) -> MailSetup:
    """Everything at once; raises ValueError with the setting's name where `problems` has a sentence."""
    certificate = (setting(values, "MAIL_TLS_CERT"), setting(values, "MAIL_TLS_KEY"))
    url = setting(values, "MAIL_RELAY_URL")
    address = setting(values, "MAIL_ADDRESS")
    return MailSetup(
        listen=endpoint_of(setting(values, "MAIL_LISTEN")),
        address=address,
        hostname=setting(values, "MAIL_HOSTNAME") or domain_of(address),
        relay=relay_of(url, verify=verifies(setting(values, "MAIL_RELAY_TLS"))) if url else None,
        certificate=certificate if all(certificate) else None,
        max_bytes=_count(values, "MAIL_MAX_BYTES"),
        connections=_count(values, "MAIL_CONNECTIONS"),
        of_one=_count(values, "MAIL_CONNECTIONS_PER_ADDRESS"),
        front=front_of(setting(values, "MAIL_FRONT")),
        authserv=setting(values, "MAIL_AUTHSERV"),
    )


def problems(values: Values) -> tuple[Problem, ...]:
    """What is missing or contradicts itself, with the mend; nothing where mail is off."""
    return tuple(_problems(values)) if listens(values) else ()


def _problems(values: Values) -> Iterator[Problem]:
    yield from _address_problems(values)
    yield from _certificate_problems(values)
    try:
        endpoint_of(setting(values, "MAIL_LISTEN"))
    except ValueError:
        yield Problem("MAIL_LISTEN", "is not host:port", "write it as 127.0.0.1:8025, or off for no mail")
    yield from _relay_problems(values)
    try:
        front_of(setting(values, "MAIL_FRONT"))
    except ValueError:
        yield Problem("MAIL_FRONT", "holds what is no address and no network", "write it as 10.0.0.25,10.1.0.0/16")
    for name in ("MAIL_MAX_BYTES", "MAIL_CONNECTIONS", "MAIL_CONNECTIONS_PER_ADDRESS"):
        try:
            _count(values, name)
        except ValueError:
            yield Problem(name, "is not a whole number above 0", f"unset it, or set {DEFAULTS[name]}")


def _address_problems(values: Values) -> Iterator[Problem]:
    address = setting(values, "MAIL_ADDRESS")
    local, at, domain = address.rpartition("@")
    if not (local and at and domain) or any(mark in address for mark in " <>,;\r\n") or not address.isascii():
        yield Problem("MAIL_ADDRESS", "is not a mail address", "set the address that citizens write to")
    elif domain.lower() == "localhost":
        yield Problem("MAIL_ADDRESS", "is still the one for development", "set the address that citizens write to")
    if not setting(values, "MAIL_HOSTNAME"):
        yield Problem("MAIL_HOSTNAME", "is missing", "set the name that other mail servers know this one by")


def _certificate_problems(values: Values) -> Iterator[Problem]:
    pair = {name: setting(values, name) for name in ("MAIL_TLS_CERT", "MAIL_TLS_KEY")}
    for name, path in pair.items():
        if not path and any(pair.values()):
            yield Problem(name, "is missing, and the other half is set", "set both, or neither for no STARTTLS")
        elif path and not os.path.isfile(path):  # noqa: PTH113 - pathlib raises where the name is too long
            yield Problem(name, "names no file", "give the path of a PEM file that this user may read")


def _relay_problems(values: Values) -> Iterator[Problem]:
    url = setting(values, "MAIL_RELAY_URL")
    if not url:
        yield Problem("MAIL_RELAY_URL", "is missing: answers have no way out", "set smtp://user:password@host:587")
        return
    try:
        relay = relay_of(url, verify=verifies(setting(values, "MAIL_RELAY_TLS")))
    except ValueError as error:
        if "MAIL_RELAY_TLS" in error.args:
            yield Problem("MAIL_RELAY_TLS", "is none of " + ", ".join(TLS), "unset it: then the relay is verified")
        else:
            yield Problem("MAIL_RELAY_URL", "is not a relay's address", "write it as smtp://user:password@host:587")
        return
    if not relay.verify and not is_loopback(relay.host):
        what = "is opportunistic: whoever stands between us and the relay can read every answer"
        mend = "give the relay a certificate for the name in RESI_MAIL_RELAY_URL, then unset it"
        yield Problem("MAIL_RELAY_TLS", what, mend, fatal=False)


def is_loopback(host: str) -> bool:
    """Whether the relay runs on this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _count(values: Values, name: str) -> int:
    text = setting(values, name)
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise ValueError(name)
    return int(text)


def domain_of(address: str) -> str:
    """What stands behind the last @, in lower case."""
    return address.rpartition("@")[2].lower()
