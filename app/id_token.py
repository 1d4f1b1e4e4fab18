"""What a provider's ID token says, once its signature, issuer, audience, time and nonce are found to be right.

Only algorithms with a public and a private half are taken, whatever a token or a key asks for: neither `none`, nor one
whose key would be what everybody can read.
"""

import hmac
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import jwt

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
LEEWAY = 60  # seconds that two clocks may differ
_LONGEST_SUBJECT = 255
_LONGEST = 65_536  # characters of a token
_NEEDED = ["exp", "iat", "iss", "aud", "sub"]


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


def claims_of(token: str, keys: Sequence[Mapping[str, object]], expected: Expected) -> Mapping[str, object]:
    """Raises NotProved, or UnknownKey."""
    if len(token) > _LONGEST:
        raise NotProved("long")
    if not token.isascii():
        raise NotProved("malformed")
    key = _key_for(token, keys)
    claims = _decoded(token, key, expected)
    _check(claims, expected)
    return claims


def _key_for(token: str, keys: Sequence[Mapping[str, object]]) -> jwt.PyJWK:
    try:
        header = jwt.get_unverified_header(token)
    except jwt.PyJWTError:
        raise NotProved("malformed") from None
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


def _decoded(token: str, key: jwt.PyJWK, expected: Expected) -> Mapping[str, object]:
    """Times are compared below, by our own clock."""
    options: Any = {"require": _NEEDED, "verify_exp": False, "verify_iat": False, "verify_nbf": False}
    try:
        return dict(
            jwt.decode(
                token,
                key,
                algorithms=[key.algorithm_name],
                audience=expected.client_id,
                issuer=expected.issuer,
                options=options,
            )
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
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT or not subject.isprintable():
        raise NotProved("subject")
    if not isinstance(nonce, str) or not hmac.compare_digest(nonce.encode(errors="replace"), expected.nonce.encode()):
        raise NotProved("nonce")
    if _time(claims, "exp") <= expected.now - LEEWAY:
        raise NotProved("expired")
    if max(_time(claims, "iat"), _time(claims, "nbf", 0)) > expected.now + LEEWAY:
        raise NotProved("early")
    if expected.fresh_since is not None and _time(claims, "auth_time", 0) < expected.fresh_since - LEEWAY:
        raise NotProved("stale")


def _time(claims: Mapping[str, object], name: str, default: float | None = None) -> float:
    value = claims.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotProved("malformed")
    if isinstance(value, float) and not math.isfinite(value):  # NaN is neither before nor after anything
        raise NotProved("malformed")
    return value
