"""What an ID token must say, and what forgers make of one."""

import base64
import json
import warnings
from collections.abc import Callable
from typing import Any

import jwt
import pytest

from app.id_token import LEEWAY, Expected, NotProved, UnknownKey, claims_of
from tests.fakes.oidc_provider import CLIENT, ISSUER, Claims, Key, elliptic, without

NOW = 1_625_714_055.0
ONE, TWO = Key("one"), elliptic("two")
EXPECTED = Expected(ISSUER, CLIENT, "a nonce", NOW)
SOUND: Claims = {
    "iss": ISSUER, "aud": CLIENT, "sub": "siti-1", "nonce": "a nonce", "iat": int(NOW), "exp": int(NOW) + 300,
}  # fmt: skip


def signed(claims: Claims, key: Key = ONE, **header: object) -> str:
    return jwt.encode(claims, key.private, algorithm=key.algorithm, headers={"kid": key.id, **header})


def read(token: str, *keys: Key, expected: Expected = EXPECTED) -> str:
    return str(claims_of(token, [each.public for each in keys or (ONE, TWO)], expected)["sub"])


def test_a_sound_token_is_read_whatever_kind_its_key_is() -> None:
    assert read(signed(SOUND)) == read(signed(SOUND, TWO)) == "siti-1"
    assert read(jwt.encode(SOUND, ONE.private, algorithm="RS256"), ONE) == "siti-1"


TWISTS: dict[str, tuple[str, Callable[[Claims], Claims]]] = {
    "another issuer": ("issuer", lambda c: {**c, "iss": "https://evil.test"}),
    "an issuer that only begins alike": ("issuer", lambda c: {**c, "iss": f"{ISSUER}/"}),
    "for somebody else": ("audience", lambda c: {**c, "aud": "other"}),
    "for several, by nobody": ("audience", lambda c: {**c, "aud": [CLIENT, "other"]}),
    "asked for by another": ("audience", lambda c: {**c, "azp": "other"}),
    "of another login": ("nonce", lambda c: {**c, "nonce": "another"}),
    "of no login": ("nonce", lambda c: without(c, "nonce")),
    "a nonce that is no text": ("nonce", lambda c: {**c, "nonce": 1}),
    "over": ("expired", lambda c: {**c, "exp": int(NOW) - LEEWAY}),
    "from the future": ("early", lambda c: {**c, "iat": int(NOW) + LEEWAY + 1}),
    "not yet": ("early", lambda c: {**c, "nbf": int(NOW) + LEEWAY + 1}),
    "without an end": ("missing", lambda c: without(c, "exp")),
    "of nobody": ("missing", lambda c: without(c, "sub")),
    "an empty subject": ("subject", lambda c: {**c, "sub": ""}),
    "an endless subject": ("subject", lambda c: {**c, "sub": "x" * 256}),
    "a subject of two lines": ("subject", lambda c: {**c, "sub": "a\nb"}),
    "a time that is none": ("malformed", lambda c: {**c, "exp": "soon"}),
    "a time that is never over": ("malformed", lambda c: {**c, "exp": float("nan")}),
    "a time without an end": ("malformed", lambda c: {**c, "exp": float("inf")}),
    "half a letter for a nonce": ("nonce", lambda c: {**c, "nonce": "\ud800"}),
    "asked for by several": ("audience", lambda c: {**c, "azp": [CLIENT]}),
    "a time that is true": ("malformed", lambda c: {**c, "exp": True}),
}


@pytest.mark.parametrize("name", sorted(TWISTS))
def test_what_says_something_else_proves_nothing(name: str) -> None:
    why, twist = TWISTS[name]
    with pytest.raises(NotProved) as refused:
        read(signed(twist(SOUND)))
    assert refused.value.why in {why, "malformed"}


def test_two_clocks_may_differ_by_a_minute() -> None:
    assert read(signed({**SOUND, "exp": int(NOW) - LEEWAY + 1})) == "siti-1"
    assert read(signed({**SOUND, "iat": int(NOW) + LEEWAY})) == "siti-1"
    assert read(signed({**SOUND, "aud": [CLIENT, "other"], "azp": CLIENT})) == "siti-1"


def part(said: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")


@pytest.mark.parametrize("algorithm", ["none", "None", "", None, "HS256", "RS1", 1])
def test_no_algorithm_is_taken_whose_key_everybody_has(algorithm: object) -> None:
    for signature in ("", "AAAA"):
        with pytest.raises(NotProved):
            read(f"{part({'alg': algorithm, 'kid': 'one'})}.{part(SOUND)}.{signature}")


def test_a_public_key_is_no_shared_secret() -> None:
    import hmac  # noqa: PLC0415 - for this one forgery

    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat  # noqa: PLC0415 - the same

    public = ONE.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    whole = f"{part({'alg': 'HS256', 'kid': 'one'})}.{part(SOUND)}"
    proof = base64.urlsafe_b64encode(hmac.digest(public, whole.encode(), "sha256")).decode().rstrip("=")
    with pytest.raises(NotProved, match="algorithm"):
        read(f"{whole}.{proof}")


def test_a_key_of_the_set_that_is_a_shared_secret_is_no_key() -> None:
    shared = {"kty": "oct", "k": "c2VjcmV0", "kid": "one", "alg": "RS256"}
    with pytest.raises(UnknownKey):
        claims_of(signed(SOUND), [shared], EXPECTED)


def test_a_signature_by_another_key_or_of_other_words_proves_nothing() -> None:
    token = signed(SOUND)
    head, _, proof = token.split(".")
    with pytest.raises(NotProved, match="signature"):
        read(f"{head}.{part({**SOUND, 'sub': 'budi-2'})}.{proof}")
    other = elliptic("one")
    other.algorithm = "ES256"
    with pytest.raises(UnknownKey):
        read(signed(SOUND, other), ONE)


def test_a_key_that_is_not_there_is_told_apart_for_it_may_be_new() -> None:
    with pytest.raises(UnknownKey):
        read(signed(SOUND, TWO), ONE)


STRANGE = [{"use": ["sig"]}, {"alg": ["RS256"]}, {"alg": {}}, {"kid": ["one"]}, {"kid": {}}, {"kty": ["RSA"]}]


@pytest.mark.parametrize("changed", [{"use": "enc"}, {"alg": "RS512"}, {"kty": "EC"}, {"d": "AQ"}, *STRANGE])
def test_a_key_for_something_else_signs_nothing(changed: dict[str, object]) -> None:
    with pytest.raises(NotProved):
        claims_of(signed(SOUND), [{**ONE.public, **changed}], EXPECTED)


def test_which_of_two_keys_it_was_must_be_said() -> None:
    token = jwt.encode(SOUND, ONE.private, algorithm="RS256")
    with pytest.raises(NotProved, match="key"):
        claims_of(token, [ONE.public, {**ONE.public, "kid": "other"}], EXPECTED)


def test_what_must_be_understood_and_is_not_is_refused() -> None:
    with pytest.raises(NotProved):
        read(signed(SOUND, crit=["x"], x=1))


def test_whoever_shall_show_it_again_showed_it_lately() -> None:
    again = Expected(ISSUER, CLIENT, "a nonce", NOW, fresh_since=NOW - 100)
    assert read(signed({**SOUND, "auth_time": int(NOW) - 90}), expected=again) == "siti-1"
    for late in ({"auth_time": int(NOW) - 161}, {}):
        with pytest.raises(NotProved, match="stale"):
            read(signed({**SOUND, **late}), expected=again)


@pytest.mark.parametrize(
    "token", ["", ".", "..", "a.b.c", "\u00e9.\u00e9.\u00e9", "\ud800.\ud800.\ud800", "x" * 70_000, "e30.e30.e30"]
)
def test_what_is_no_token_is_refused_and_raises_nothing_else(token: str) -> None:
    with warnings.catch_warnings(), pytest.raises(NotProved):
        read(token)
