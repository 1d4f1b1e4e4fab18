"""What a provider's tokens say, once signature, issuer, audience, time and the rest are found to be right.

Only algorithms with a public and a private half are taken, whatever a token or a key asks for: neither `none`, nor one
whose key would be what everybody can read.
"""

import hmac
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import jwt

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
LEEWAY = 60  # seconds that two clocks may differ
_LONGEST_SUBJECT = 255
_LONGEST = 65_536  # characters of a token
_NEEDED = ("exp", "iat", "iss", "aud", "sub")
_NEEDED_TO_END = ("iat", "iss", "aud", "jti", "events")
_LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
_LOGOUT_TYPES = frozenset({"logout+jwt", "application/logout+jwt", "jwt"})
_LOGOUT_SECONDS = 600  # for which a logout token is good, whatever it says itself


class NotProved(Exception):
    """A token that proves nothing; `why` is a word for a log."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class UnknownKey(NotProved):
    """It names a key that we have not seen: the provider may have changed its keys."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token must say. `nonce`: of the very login that was begun. `fresh_since`: seconds of the epoch."""

    issuer: str
    client_id: str
    nonce: str = field(repr=False)
    now: float
    fresh_since: float | None = None  # the person must have shown who they are since then


@dataclass(frozen=True, slots=True)
class Logout:
    """Whose sessions end: of a subject, or of one session of the provider's; one of the two is there. `id`: jti."""

    id: str
    subject: str = field(default="", repr=False)
    session: str = field(default="", repr=False)


def claims_of(token: str, keys: Sequence[Mapping[str, object]], expected: Expected) -> Mapping[str, object]:
    """Of an ID token. Raises NotProved, or UnknownKey."""
    claims = _decoded(token, _key_for(_header(token), keys), expected, _NEEDED)
    _check(claims, expected)
    return claims


def logout_of(token: str, keys: Sequence[Mapping[str, object]], expected: Expected) -> Logout:
    """Of a logout token (OpenID Connect Back-Channel Logout 1.0); its nonce is nobody's. Raises NotProved, UnknownKey.

    No ID token is taken for one: that has no such event, and has a nonce.
    """
    header = _header(token)
    if str(header.get("typ", "jwt")).lower() not in _LOGOUT_TYPES:
        raise NotProved("type")
    claims = _decoded(token, _key_for(header, keys), expected, _NEEDED_TO_END)
    events = claims["events"]
    if not isinstance(events, dict) or not isinstance(events.get(_LOGOUT), dict) or "nonce" in claims:
        raise NotProved("no logout")
    issued = _time(claims, "iat")
    if issued > expected.now + LEEWAY:
        raise NotProved("early")
    ends = _time(claims, "exp", issued + _LOGOUT_SECONDS)
    if min(ends, issued + _LOGOUT_SECONDS) <= expected.now - LEEWAY:
        raise NotProved("expired")
    named = Logout(_word(claims, "jti"), *(_word(claims, name) if name in claims else "" for name in ("sub", "sid")))
    if not named.subject and not named.session:
        raise NotProved("subject")
    return named


def userinfo_of(token: str, keys: Sequence[Mapping[str, object]], expected: Expected) -> Mapping[str, object]:
    """Of what a provider signs at its userinfo (OpenID Connect Core 5.3.2); it has no nonce, and often no time.

    Issuer and audience may be missing there, but are never those of others. Raises NotProved, UnknownKey.
    """
    claims = _signed(token, _key_for(_header(token), keys), {"require": ["sub"], "verify_aud": False})
    audience = claims.get("aud", expected.client_id)
    if claims.get("iss", expected.issuer) != expected.issuer:
        raise NotProved("issuer")
    if expected.client_id not in (audience if isinstance(audience, list) else [audience]):
        raise NotProved("audience")
    if "exp" in claims and _time(claims, "exp") <= expected.now - LEEWAY:
        raise NotProved("expired")
    if max(_time(claims, "iat", 0), _time(claims, "nbf", 0)) > expected.now + LEEWAY:
        raise NotProved("early")
    return claims


def shown_at(claims: Mapping[str, object]) -> datetime | None:
    """When somebody last showed the provider who they are; None: it does not say, or no time that there is."""
    try:
        return datetime.fromtimestamp(_time(claims, "auth_time"), UTC)
    except (NotProved, ValueError, OverflowError, OSError):
        return None


def _header(token: str) -> Mapping[str, object]:
    if len(token) > _LONGEST:
        raise NotProved("long")
    if not token.isascii():
        raise NotProved("malformed")
    try:
        return jwt.get_unverified_header(token)
    except jwt.PyJWTError:
        raise NotProved("malformed") from None


def _key_for(header: Mapping[str, object], keys: Sequence[Mapping[str, object]]) -> jwt.PyJWK:
    algorithm, kid = header.get("alg"), header.get("kid")
    if algorithm not in ALGORITHMS or "crit" in header:
        raise NotProved("algorithm")
    fitting = [each for each in keys if _may_sign(each, algorithm) and (kid is None or kid == each.get("kid"))]
    if not fitting:
        raise UnknownKey("key")
    if len(fitting) > 1:
        raise NotProved("key")  # which one it was, it does not say
    try:
        return jwt.PyJWK(dict(fitting[0]), algorithm)
    except jwt.PyJWTError:
        raise NotProved("key") from None


def _may_sign(key: Mapping[str, object], algorithm: str) -> bool:
    """Whatever stands in place of a word is compared alone, for not all of JSON can be in a set."""
    kinds = {"RS": "RSA", "PS": "RSA", "ES": "EC", "Ed": "OKP"}
    return (
        key.get("kty") == kinds[algorithm[:2]]
        and key.get("alg", algorithm) in (None, algorithm)
        and key.get("use", "sig") in (None, "sig")
        and "d" not in key  # a private half that lies open is nobody's any more
    )


def _decoded(token: str, key: jwt.PyJWK, expected: Expected, needed: Sequence[str]) -> Mapping[str, object]:
    return _signed(token, key, {"require": list(needed)}, expected)


def _signed(
    token: str,
    key: jwt.PyJWK,
    options: Any,  # noqa: ANN401 - PyJWT's
    expected: Expected | None = None,
) -> Mapping[str, object]:
    """Times are compared by our own clock, by who calls. `expected`: whose issuer and audience it must have."""
    untimed: Any = {"verify_exp": False, "verify_iat": False, "verify_nbf": False, **options}
    own = (None, None) if expected is None else (expected.client_id, expected.issuer)
    try:
        return dict(
            jwt.decode(token, key, algorithms=[key.algorithm_name], audience=own[0], issuer=own[1], options=untimed)
        )
    except jwt.InvalidIssuerError:
        raise NotProved("issuer") from None
    except jwt.InvalidAudienceError:
        raise NotProved("audience") from None
    except jwt.InvalidSignatureError:
        raise NotProved("signature") from None
    except jwt.MissingRequiredClaimError:
        raise NotProved("missing") from None
    except (jwt.PyJWTError, ValueError, TypeError):
        raise NotProved("malformed") from None


def _check(claims: Mapping[str, object], expected: Expected) -> None:
    subject, nonce, audience = claims["sub"], claims.get("nonce"), claims["aud"]
    party = claims.get("azp")
    several = isinstance(audience, list) and len(audience) > 1
    if (several and party is None) or (party is not None and party != expected.client_id):
        raise NotProved("audience")
    if not _is_word(subject):
        raise NotProved("subject")
    if not isinstance(nonce, str) or not hmac.compare_digest(nonce.encode(errors="replace"), expected.nonce.encode()):
        raise NotProved("nonce")
    if _time(claims, "exp") <= expected.now - LEEWAY:
        raise NotProved("expired")
    if max(_time(claims, "iat"), _time(claims, "nbf", 0)) > expected.now + LEEWAY:
        raise NotProved("early")
    if expected.fresh_since is not None and _time(claims, "auth_time", 0) < expected.fresh_since - LEEWAY:
        raise NotProved("stale")


def _is_word(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _LONGEST_SUBJECT and value.isprintable()


def _word(claims: Mapping[str, object], name: str) -> str:
    value = claims[name]
    if not isinstance(value, str) or not _is_word(value):
        raise NotProved("malformed")
    return value


def _time(claims: Mapping[str, object], name: str, default: float | None = None) -> float:
    value = claims.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotProved("malformed")
    if isinstance(value, float) and not math.isfinite(value):  # NaN is neither before nor after anything
        raise NotProved("malformed")
    return value
