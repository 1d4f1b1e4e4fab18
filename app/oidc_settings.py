"""What an operator says of single sign-on: the provider, who we are there, and which of its claims gives which role."""

import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from core import workflow
from core.errors import Refused
from core.messages import Problem, Setting, Values
from core.model import AgencyId, StaffRole

LOGINS = ("password", "oidc", "both")
SETTINGS = (
    Setting("LOGIN", "how staff log in: password, oidc (single sign-on alone), or both", "password"),
    Setting(
        "OIDC_ISSUER", "address of the OpenID Connect provider, exactly as it calls itself: https://login.city.example"
    ),
    Setting("OIDC_CLIENT_ID", "what the provider calls this service"),
    Setting(
        "OIDC_CLIENT_SECRET", "the secret that the provider gave it; unset: a public client, PKCE alone", secret=True
    ),
    Setting("OIDC_SCOPES", "what is asked for, by spaces; openid among it", "openid"),
    Setting(
        "OIDC_ROLES",
        "which claim gives which account: CLAIM:VALUE=ROLE@OFFICE,VALUE=ROLE@OFFICE; "
        "unset: an administrator ties each account",
    ),
    Setting(
        "OIDC_CA", "PEM file with the authority that signed the provider's certificate; unset: those that all trust"
    ),
)


@dataclass(frozen=True, slots=True)
class Roles:
    """The first value of the claim that is on the list decides."""

    claim: str = ""
    accounts: Mapping[str, tuple[StaffRole, AgencyId]] = field(default_factory=dict)

    def of(self, claims: Mapping[str, object]) -> tuple[StaffRole, AgencyId] | None:
        """What the claims give; None: nothing."""
        said = claims.get(self.claim) if self.claim else None
        values = said if isinstance(said, list) else [said]
        held = {each for each in values if isinstance(each, str)}
        return next((account for value, account in self.accounts.items() if value in held), None)


@dataclass(frozen=True, slots=True)
class OidcSetup:
    """All of it, once it is known to be sound."""

    issuer: str
    client_id: str
    secret: str = field(default="", repr=False)
    scopes: str = "openid"
    roles: Roles = Roles()
    trusted: ssl.SSLContext | None = field(default=None, repr=False)


def wanted(values: Values) -> bool:
    """Whether single sign-on is switched on."""
    return values["LOGIN"] in {"oidc", "both"}


def setup_of(values: Values) -> OidcSetup:
    """Raises ValueError with the name of a setting that cannot be understood."""
    issuer = values["OIDC_ISSUER"]
    if not _is_issuer(issuer):
        raise ValueError("OIDC_ISSUER")
    if not values["OIDC_CLIENT_ID"]:
        raise ValueError("OIDC_CLIENT_ID")
    scopes = " ".join(values["OIDC_SCOPES"].split())
    if "openid" not in scopes.split():
        raise ValueError("OIDC_SCOPES")
    roles, trusted = roles_of(values["OIDC_ROLES"]), _trusted(values["OIDC_CA"])
    return OidcSetup(issuer, values["OIDC_CLIENT_ID"], values["OIDC_CLIENT_SECRET"], scopes, roles, trusted)


def roles_of(text: str) -> Roles:
    """Of CLAIM:VALUE=ROLE@OFFICE,…; nothing gives nothing. Raises ValueError."""
    if not text.strip():
        return Roles()
    from core import casework  # noqa: PLC0415 - much to load, for an operator who gives roles by claims alone

    claim, colon, rest = text.partition(":")
    accounts = {}
    for each in rest.split(","):
        value, _, account = each.strip().rpartition("=")
        role, _, office = account.partition("@")
        if not value or role not in set(StaffRole) or value in accounts:
            raise ValueError("OIDC_ROLES")
        try:
            casework.placed(StaffRole(role), AgencyId(office))
        except Refused:
            raise ValueError("OIDC_ROLES") from None
        accounts[value] = (StaffRole(role), AgencyId(office))
    if not colon or not claim.strip():
        raise ValueError("OIDC_ROLES")
    return Roles(claim.strip(), accounts)


def problems(values: Values) -> Iterator[Problem]:
    """What is missing or cannot be read."""
    if values["LOGIN"] not in LOGINS:
        yield Problem("LOGIN", "is none of " + ", ".join(LOGINS), "Set RESI_LOGIN to one of them.")
    elif wanted(values):
        try:
            setup_of(values)
        except ValueError as error:
            name = str(error)
            yield Problem(name, *_SAID[name])
        if not values["OIDC_CLIENT_SECRET"]:
            mend = "Set it, or RESI_OIDC_CLIENT_SECRET_FILE, if the provider gave one."
            yield Problem("OIDC_CLIENT_SECRET", "is not set: PKCE alone proves who asks", mend, fatal=False)
    elif values["OIDC_ISSUER"]:
        yield Problem("OIDC_ISSUER", "is set, and RESI_LOGIN does not use it", "Set RESI_LOGIN=both.", fatal=False)


_SAID = {
    "OIDC_ISSUER": ("is no https address", "Copy it from the provider; it ends as the provider writes it."),
    "OIDC_CLIENT_ID": ("is missing", "Register this service at the provider, and set what it is called there."),
    "OIDC_SCOPES": ("does not hold openid", "Set RESI_OIDC_SCOPES, for example: openid profile."),
    "OIDC_ROLES": (
        "is not CLAIM:VALUE=ROLE@OFFICE,… with roles and offices that there are",
        f"Write it as groups:heads=head@OFFICE,resi-admin=admin@{workflow.BIRO}.",
    ),
    "OIDC_CA": ("names no file with certificates", "Give the path of a PEM file that this user may read."),
}


def _is_issuer(text: str) -> bool:
    try:
        url = urlsplit(text)
        return bool(
            url.scheme == "https" and url.hostname and not url.query and not url.fragment and "@" not in url.netloc
        )
    except ValueError:
        return False


def _trusted(path: str) -> ssl.SSLContext | None:
    if not path:
        return None
    try:
        return ssl.create_default_context(cafile=path)
    except OSError:  # an SSLError is one
        raise ValueError("OIDC_CA") from None


def is_own_host(url: str, issuer: str) -> bool:
    """Whether an address lies on the issuer's own host, which the operator named, wherever it stands."""
    return urlsplit(url).hostname == urlsplit(issuer).hostname
