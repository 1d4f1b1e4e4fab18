"""A provider of single sign-on that signs, with the faults that a hostile one would have; nothing of it listens."""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from app.oidc import OidcLogin
from app.oidc_settings import OidcSetup, roles_of
from app.outside_web import CannotReach

ISSUER = "https://login.city.test"
CLIENT, SECRET = "resi", "a secret of the client"
PUBLIC = "https://resi.test"
Claims = dict[str, Any]
_RSA = rsa.generate_private_key(public_exponent=65_537, key_size=2048)


@dataclass
class Key:
    """A pair of the provider; `id` is what tokens call it."""

    id: str
    private: Any = field(repr=False, default=_RSA)
    algorithm: str = "RS256"

    @property
    def public(self) -> dict[str, Any]:
        """As its JWKS has it."""
        public = self.private.public_key()
        shown: dict[str, Any] = (
            jwt.algorithms.RSAAlgorithm.to_jwk(public, as_dict=True)
            if self.algorithm.startswith("RS")
            else jwt.algorithms.ECAlgorithm.to_jwk(public, as_dict=True)
        )
        return {**shown, "kid": self.id, "alg": self.algorithm, "use": "sig"}


def elliptic(name: str) -> Key:
    """Another kind, made at once."""
    return Key(name, ec.generate_private_key(ec.SECP256R1()), "ES256")


@dataclass(frozen=True)
class _Code:
    nonce: str
    challenge: str
    back: str
    claims: Claims


@dataclass
class Provider:
    """app.outside_web.OutsideWeb whose only host is the provider."""

    issuer: str = ISSUER
    keys: list[Key] = field(default_factory=lambda: [Key("one")])
    now: float = 1_625_714_055.0
    asked: list[str] = field(default_factory=list)
    metadata: dict[str, Any] = field(default_factory=dict)  # in place of what it would say
    twisted: Callable[[Claims], Claims] = lambda claims: claims
    signed: Callable[[Claims], str] | None = None  # in place of its own signature
    away: bool = False
    userinfo: dict[str, Any] | None = None  # what it says there; None: it has no such address
    signs_userinfo: Callable[[Claims], str] | None = None  # None: it says that in plain JSON
    codes: dict[str, _Code] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)  # what the last authorisation was asked

    def login(self, roles: str = "", seconds: Callable[[], float] = lambda: 0.0) -> OidcLogin:
        """Resi's side of it."""
        setup = OidcSetup(ISSUER, CLIENT, SECRET, roles=roles_of(roles))
        return OidcLogin(setup, PUBLIC, web=lambda _: self, now=lambda: self.now, seconds=seconds)

    def lets_in(self, url: str, subject: str = "siti-1", claims: Mapping[str, object] | None = None) -> str:
        """Somebody opens the address and proves who they are; the path that the browser is sent back to."""
        self.known = asked = dict(parse_qsl(urlsplit(url).query))
        code = f"code-{len(self.codes)}"
        self.codes[code] = _Code(
            asked["nonce"], asked["code_challenge"], asked["redirect_uri"], {"sub": subject, **(claims or {})}
        )
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        back = urlsplit(asked["redirect_uri"]).path
        return f"{back}?code={code}&state={asked['state']}&iss={self.issuer.replace(':', '%3A').replace('/', '%2F')}"

    async def ask(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes, *, most: int, seconds: float
    ) -> tuple[int, bytes]:
        assert most <= 1 << 20
        assert seconds <= 30
        self.asked.append(urlsplit(url).path)
        if self.away:
            raise CannotReach("network")
        match method, urlsplit(url).path:
            case "GET", "/.well-known/openid-configuration":
                return 200, json.dumps(self._metadata()).encode()
            case "GET", "/keys":
                return 200, json.dumps({"keys": [each.public for each in self.keys]}).encode()
            case "POST", "/token":
                return self._token(headers, {name: each[0] for name, each in parse_qs(body.decode()).items()})
            case "GET", "/userinfo" if headers.get("Authorization") == "Bearer x" and self.userinfo is not None:
                signs = self.signs_userinfo or json.dumps
                return 200, signs(self.userinfo).encode()
            case _:
                return 404, b""

    def _metadata(self) -> dict[str, Any]:
        names = ("authorization_endpoint", "token_endpoint", "end_session_endpoint")
        paths = dict(zip(names, ("/authorize", "/token", "/end"), strict=True))
        said = {name: f"{self.issuer}{path}" for name, path in paths.items()}
        more: dict[str, Any] = {
            "jwks_uri": f"{self.issuer}/keys",
            "authorization_response_iss_parameter_supported": True,
        }
        if self.userinfo is not None:
            more["userinfo_endpoint"] = f"{self.issuer}/userinfo"
        return {"issuer": self.issuer, **said, **more, **self.metadata}

    def _token(self, headers: Mapping[str, str], form: Mapping[str, str]) -> tuple[int, bytes]:
        code = self.codes.pop(form["code"], None)  # each is good once
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        verified = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        pair = base64.b64encode(f"{CLIENT}:{SECRET.replace(' ', '%20')}".encode()).decode()
        fits = code is not None and code.challenge == verified and code.back == form["redirect_uri"]
        if code is None or not fits or headers.get("Authorization") != f"Basic {pair}":
            return 400, b'{"error": "invalid_grant"}'
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "nonce": code.nonce,
            "iat": int(self.now),
            "exp": int(self.now) + 300,
            "auth_time": int(self.now),
            **code.claims,
        }
        token = (self.signed or self.sign)(self.twisted(claims))
        return 200, json.dumps({"id_token": token, "access_token": "x", "token_type": "Bearer"}).encode()

    def sign(self, claims: Claims, **header: str) -> str:
        """As an honest one does."""
        key = self.keys[-1]
        return jwt.encode(claims, key.private, algorithm=key.algorithm, headers={"kid": key.id, **header})

    def logout(self, **claims: object) -> str:
        """A logout token; a claim that is None is left out."""
        said: Claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": int(self.now),
            "exp": int(self.now) + 120,
            "jti": "logout-1",
            "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
            **claims,
        }
        typ = str(said.pop("typ", "logout+jwt"))
        return self.sign({name: value for name, value in said.items() if value is not None}, typ=typ)


def without(claims: Claims, name: str) -> Claims:
    return {key: value for key, value in claims.items() if key != name}


__all__ = ["CLIENT", "ISSUER", "PUBLIC", "SECRET", "Claims", "Key", "Provider", "elliptic", "without"]
