"""Single sign-on by OpenID Connect: the code flow with PKCE; what the provider publishes is kept for an hour.

Nothing is remembered of a login that was begun but what the browser brings back: state, nonce and the verifier of PKCE
are made of a secret in its cookie, so that a code is good for this browser alone.
"""

import asyncio
import base64
import hashlib
import hmac
import json
import logging
import re
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Protocol, TypeVar
from urllib.parse import quote, urlencode, urlsplit

from app.id_token import Expected, Logout, NotProved, UnknownKey, claims_of, logout_of, shown_at, userinfo_of
from app.oidc_settings import OidcSetup, is_own_host
from app.outside_web import CannotReach, OutsideWeb, address_of, is_public
from core.casework.sign_on import Identity
from core.errors import Refused
from web import SignOnBegun

_log = logging.getLogger(__name__)
T = TypeVar("T")
_KEPT = 3600.0  # seconds
_KEYS_AGAIN = 60.0  # seconds between two looks for keys that were not there
_AWAY = 5.0  # seconds for which it counts as away that was: whoever comes meanwhile is told so at once
_MOST = 262_144  # bytes of an answer
_PATIENCE = 10.0  # seconds for one
_FRESH = 120  # seconds: what is asked for once more is that of this moment
_LONGEST_CODE = 4096
_BEARER = re.compile(r"[A-Za-z0-9._~+/-]{1,8192}=*")
_TOKEN = re.compile(rb"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]*){2,4}")  # signed, or encrypted; no JSON looks so
_ADDRESSES = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class Asks(Protocol):
    """What of app.outside_web.OutsideWeb is called."""

    def ask(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes, *, most: int, seconds: float
    ) -> Awaitable[tuple[int, bytes]]:
        """Status and body; raises CannotReach."""


@dataclass(frozen=True, slots=True)
class Provider:
    """What its metadata say."""

    authorization: str
    token: str
    keys: str
    end: str = ""
    userinfo: str = ""
    says_issuer: bool = False  # in its answer (RFC 9207)
    basic: bool = True  # how the client's secret is shown


@dataclass(slots=True)
class _Kept:
    provider: Provider | None = None
    until: float = 0.0
    keys: Sequence[Mapping[str, object]] = ()
    looked: float = field(default=float("-inf"))
    away: float = field(default=float("-inf"))  # until then


class OidcLogin:
    """web.sign_on_provider.SignOn: one provider."""

    def __init__(
        self,
        setup: OidcSetup,
        public_url: str,
        *,
        web: Callable[[bool], Asks] | None = None,
        seconds: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
    ) -> None:
        """`web`: calls, given whether the address lies on the issuer's own host, which may stand in any network."""
        self._setup = setup
        self._back = f"{public_url}/petugas/masuk/oidc/kembali"
        self._after = f"{public_url}/petugas/masuk"
        self._web = web or (lambda own: OutsideWeb(may=(lambda _: True) if own else is_public, trusted=setup.trusted))
        self._seconds, self._now = seconds, now
        self._kept = _Kept()
        self._asking = asyncio.Lock()

    @property
    def issuer(self) -> str:
        """As it calls itself."""
        return self._setup.issuer

    async def start(self, begun: SignOnBegun) -> str:
        """Where the browser is sent; raises Refused where the provider does not answer."""
        provider = await self._provider()
        verifier = _made(begun, "verifier")
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
        asked = {
            "response_type": "code",
            "client_id": self._setup.client_id,
            "redirect_uri": self._back,
            "scope": self._setup.scopes,
            "state": _made(begun, "state"),
            "nonce": _made(begun, "nonce"),
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            **({"prompt": "login", "max_age": "0"} if begun.anew else {}),
        }
        return f"{provider.authorization}{'&' if '?' in provider.authorization else '?'}{urlencode(asked)}"

    def is_answer(self, begun: SignOnBegun, state: str) -> bool:
        """Whether an answer belongs to what this browser began; compared in constant time."""
        return hmac.compare_digest(state.encode(errors="replace"), _made(begun, "state").encode())

    async def finish(self, begun: SignOnBegun, answer: Mapping[str, str]) -> Identity:
        """Who it is; raises Refused("desk_oidc_failed") for what proves nothing, or where the provider is away."""
        try:
            return await self._finished(begun, answer)
        except NotProved as none:
            _log.warning("sign_on_refused", extra={"why": none.why})
            raise Refused("desk_oidc_failed") from None

    async def _finished(self, begun: SignOnBegun, answer: Mapping[str, str]) -> Identity:
        provider, code = await self._provider(), answer.get("code", "")
        said = answer.get("iss")
        if (said is None and provider.says_issuer) or said not in {None, self.issuer}:
            raise NotProved("answer of another issuer")
        if not 0 < len(code) <= _LONGEST_CODE:
            raise NotProved("no code")
        token, access = await self._token(provider, code, _made(begun, "verifier"))
        now = self._now()
        fresh = now - _FRESH if begun.anew else None
        expected = Expected(self.issuer, self._setup.client_id, _made(begun, "nonce"), now, fresh)
        claims = await self._read_token(claims_of, token, expected)
        shown = shown_at(claims)
        if self._by_claim and self._setup.roles.claim not in claims and provider.userinfo and access:
            claims = {**await self._userinfo(provider, access, str(claims["sub"])), **claims}
        given, session = claims.get("preferred_username"), claims.get("sid")
        name = given if isinstance(given, str) else ""
        account = self._setup.roles.of(claims)
        sid = session if isinstance(session, str) else ""
        return Identity(self.issuer, str(claims["sub"]), name[:64], account, self._by_claim, sid, shown)

    async def logged_out(self, token: str) -> Logout:
        """Whose sessions the provider says have ended. Raises NotProved; Refused where its keys cannot be had."""
        expected = Expected(self.issuer, self._setup.client_id, "", self._now())
        return await self._read_token(logout_of, token, expected)

    async def _read_token(
        self, read: Callable[[str, Sequence[Mapping[str, object]], Expected], T], token: str, expected: Expected
    ) -> T:
        provider = await self._provider()
        try:
            return read(token, await self._keys(provider), expected)
        except UnknownKey:
            return read(token, await self._keys(provider, anew=True), expected)

    async def _userinfo(self, provider: Provider, access: str, subject: str) -> Mapping[str, object]:
        """What it says of the person of the token, and of nobody else. Raises NotProved."""
        headers = {"Authorization": f"Bearer {access}", "Accept": "application/json, application/jwt"}
        answer = await self._answer(provider.userinfo, headers)
        if _TOKEN.fullmatch(answer):
            expected = Expected(self.issuer, self._setup.client_id, "", self._now())
            found = await self._read_token(userinfo_of, answer.decode(), expected)
        else:
            found = _object(answer)
        if found.get("sub") != subject:
            raise NotProved("userinfo of another")
        return found

    @property
    def _by_claim(self) -> bool:
        return bool(self._setup.roles.claim)

    async def end_address(self) -> str:
        """Where somebody logs out of the provider, too; empty: it has no such page, or is away."""
        try:
            end = (await self._provider()).end
        except Refused:
            return ""
        asked = {"client_id": self._setup.client_id, "post_logout_redirect_uri": self._after}
        return f"{end}{'&' if '?' in end else '?'}{urlencode(asked)}" if end else ""

    async def check(self) -> str:
        """Why nobody could log in now, in a word for the operator; empty: the provider and its keys are there."""
        try:
            await self._keys(await self._provider())
        except (Refused, NotProved) as why:
            return str(why.args[0]) if isinstance(why, NotProved) else "it does not answer as a provider"
        return ""

    async def _token(self, provider: Provider, code: str, verifier: str) -> tuple[str, str]:
        """The ID token, and what opens userinfo; empty: nothing that could stand in a header."""
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._back,
            "code_verifier": verifier,
            "client_id": self._setup.client_id,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        if self._setup.secret and provider.basic:
            pair = f"{quote(self._setup.client_id, safe='')}:{quote(self._setup.secret, safe='')}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        elif self._setup.secret:
            asked["client_secret"] = self._setup.secret
        answer = await self._asked(provider.token, headers, urlencode(asked).encode())
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise NotProved("no token")
        access = answer.get("access_token")
        return token, access if isinstance(access, str) and _BEARER.fullmatch(access) else ""

    async def _provider(self) -> Provider:
        """Raises Refused("desk_oidc_away")."""
        async with self._asking:
            if self._kept.provider is not None and self._seconds() < self._kept.until:
                return self._kept.provider
            if self._seconds() < self._kept.away:
                raise Refused("desk_oidc_away")
            try:
                found = await self._asked(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
                provider = self._read(found)
            except NotProved as none:
                _log.warning("provider_away", extra={"why": none.why})
                self._kept.away = self._seconds() + _AWAY
                raise Refused("desk_oidc_away") from None
            self._kept = _Kept(provider, self._seconds() + _KEPT)
            return provider

    def _read(self, found: Mapping[str, object]) -> Provider:
        if found.get("issuer") != self.issuer:
            raise NotProved("metadata of another issuer")
        named = {name: str(found.get(name, "")) for name in _ADDRESSES}
        end, userinfo = (str(found.get(f"{name}_endpoint", "")) for name in ("end_session", "userinfo"))
        if not all(map(_is_address, named.values())):
            raise NotProved("metadata")
        ways = found.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        return Provider(
            authorization=named["authorization_endpoint"],
            token=named["token_endpoint"],
            keys=named["jwks_uri"],
            end=end if _is_address(end) else "",
            userinfo=userinfo if _is_address(userinfo) else "",
            says_issuer=found.get("authorization_response_iss_parameter_supported") is True,
            basic=not isinstance(ways, list) or "client_secret_basic" in ways,
        )

    async def _keys(self, provider: Provider, *, anew: bool = False) -> Sequence[Mapping[str, object]]:
        """Looked for again where one is missing, once a minute at most. Raises NotProved."""
        async with self._asking:
            kept = self._kept
            if kept.keys and not (anew and self._seconds() - kept.looked >= _KEYS_AGAIN):
                return kept.keys
            kept.looked = self._seconds()
            found = (await self._asked(provider.keys)).get("keys")
            kept.keys = [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
            return kept.keys

    async def _asked(
        self, url: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Mapping[str, object]:
        """One answer in JSON. Raises NotProved."""
        return _object(await self._answer(url, headers or {}, body))

    async def _answer(self, url: str, headers: Mapping[str, str], body: bytes | None = None) -> bytes:
        """Of bounded length and time, without redirects. Raises NotProved."""
        web = self._web(is_own_host(url, self.issuer))
        method = "GET" if body is None else "POST"
        try:
            status, answer = await web.ask(method, url, headers, body or b"", most=_MOST, seconds=_PATIENCE)
        except CannotReach as none:
            raise NotProved(none.why) from None
        if status != HTTPStatus.OK:
            raise NotProved(str(status))
        return answer


def _object(answer: bytes) -> Mapping[str, object]:
    """Raises NotProved."""
    try:
        found = json.loads(answer)
    except (ValueError, RecursionError):
        raise NotProved("no JSON") from None
    if not isinstance(found, dict):
        raise NotProved("no object")
    return found


def _is_address(text: str) -> bool:
    """Of https, for whoever reads it: one parser calls it, another compares its host."""
    try:
        address_of(text)
        return text.isascii() and text.isprintable() and bool(urlsplit(text).hostname)
    except (CannotReach, ValueError):
        return False


def _made(begun: SignOnBegun, what: str) -> str:
    """43 characters that only who has the browser's secret can make."""
    about = "\0".join((what, begun.wanted, str(begun.at), str(begun.anew)))
    digest = hmac.digest(begun.secret.reveal().encode(), about.encode(), "sha256")
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
