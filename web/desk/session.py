"""Who is at the desk: the cookie of a session, the token of its forms, and where somebody wanted to go."""

import re
from dataclasses import dataclass, field, replace

from starlette.requests import Request
from starlette.responses import Response

from core.casework import Actor, Visitor, login
from core.model import Number, SessionToken, Staff
from core.phrases import LANGUAGES
from web.form_body import NOTHING, Filled
from web.services import DeskServices, services_of

ROOT = "/petugas"
SESSION, BEFORE, LANGUAGE = "resi_petugas", "resi_masuk", "resi_bahasa"
_OURS_ALONE = "__Host-"  # a browser takes such a cookie from this very host and over https alone
_TOKEN = re.compile(r"[a-z2-7]{26}")
# Not the pages of login and logout: a link to the desk would lead in and out again, at the provider of a sign-on too.
_OWN_PATH = re.compile(
    rf"{ROOT}(?!/(?:masuk|keluar)(?:[/?]|$))(?:/[A-Za-z0-9_-]+)*(?:\.pdf)?(?:\?[A-Za-z0-9_=&.:%-]*)?"
)
_DIGITS = 7  # no list has as many pages
_A_YEAR = 365 * 86_400


@dataclass(frozen=True, slots=True)
class Visit:
    """One request at the desk, after it was seen who makes it. `visitor` None: a stranger, at the login."""

    request: Request
    desk: DeskServices
    lang: str
    visitor: Visitor | None = None
    form_token: str = field(default="", repr=False)
    form: Filled = NOTHING
    menu: tuple[tuple[str, str], ...] = ()  # of its navigation: address, phrase

    @property
    def there(self) -> Visitor:
        """Who is there; only for pages that no stranger sees."""
        if self.visitor is None:
            raise LookupError("a stranger")
        return self.visitor

    @property
    def staff(self) -> Staff:
        """Same as `there`: the account."""
        return self.there.staff

    @property
    def actor(self) -> Actor:
        """Same as `there`: the account as an actor of the desk."""
        return Actor(self.staff.name, "desk")

    @property
    def number(self) -> Number:
        """Of the report that the path names; there may be none."""
        return Number(self.part("number").upper())

    def with_token(self, form_token: str) -> "Visit":
        """For forms that another token guards."""
        return replace(self, form_token=form_token)

    def part(self, name: str) -> str:
        """A part of the path."""
        return str(self.request.path_params.get(name, ""))

    def asked_page(self) -> int:
        """Which page of a list; what cannot be read is the first."""
        page = self.asked("hal")
        return int(page) if page.isascii() and page.isdigit() and len(page) < _DIGITS else 1

    def asked(self, name: str) -> str:
        """A part of the query, empty where it is missing."""
        return self.request.query_params.get(name, "").strip()


def session_token(request: Request) -> SessionToken | None:
    """What the browser shows; None where that can be no token of ours."""
    return _read(request, SESSION)


def before_token(request: Request) -> SessionToken | None:
    """The same of somebody who is not logged in yet."""
    return _read(request, BEFORE)


def _https(request: Request) -> bool:
    return services_of(request).public_url.startswith("https://")


def cookie(request: Request, name: str) -> str:
    """As it is called in the browser: over https no other host, and no page without https, can have set it."""
    return _OURS_ALONE + name if _https(request) else name


def _read(request: Request, name: str) -> SessionToken | None:
    shown = request.cookies.get(cookie(request, name), "")
    return SessionToken(shown) if _TOKEN.fullmatch(shown) else None


def form_is_ours(given: str, token: SessionToken | None) -> bool:
    """Whether a form was made for who sends it; compared in constant time."""
    return token is not None and login.is_form_token(given, token)


def language_of(request: Request) -> str:
    """What the address asks for, else what was chosen before, else the city's."""
    for asked in (request.query_params.get("lang", ""), request.cookies.get(cookie(request, LANGUAGE), "")):
        if asked in LANGUAGES:
            return asked
    return services_of(request).default_lang


def own_path(asked: str) -> str:
    """A path of the desk, or its front page: nobody is sent anywhere else."""
    return asked if _OWN_PATH.fullmatch(asked) else ROOT


def remember(response: Response, name: str, value: str, request: Request) -> None:
    """Sets a cookie of the desk; that of the language lasts, the others end with the browser."""
    https = _https(request)
    response.set_cookie(
        cookie(request, name),
        value,
        path="/" if https else ROOT,  # which such a name demands
        httponly=True,
        samesite="lax",
        secure=https,
        max_age=_A_YEAR if name == LANGUAGE else None,
    )


def forget(response: Response, name: str, request: Request) -> None:
    """Takes a cookie back."""
    https = _https(request)
    path = "/" if https else ROOT
    response.delete_cookie(cookie(request, name), path=path, httponly=True, samesite="lax", secure=https)
