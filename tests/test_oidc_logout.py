"""Back-channel logout: what the provider signed ends its sessions, once, and nothing else ends anybody's."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from app.oidc_logout import PATH, OidcLogout
from core import casework, record
from core.casework import LoginAttempt, sign_on
from core.casework.sign_on import Identity
from core.errors import StoreAway
from core.messages import HookAnswer, HookRequest
from core.model import SessionToken
from storage import Files, Keys
from tests.fakes import nouns
from tests.fakes.cued_house import CuedStore, Inside
from tests.fakes.oidc_provider import CLIENT, ISSUER, Key, Provider, without

FROM = LoginAttempt("sso x", "198.51.100.7")


@pytest.fixture
def inside(sqlite_url: str, keys: Keys, tmp_path: Path) -> Iterator[Inside]:
    house = Inside(CuedStore(sqlite_url, keys), Files(tmp_path / "files"))
    for name in ("siti", "budi"):
        house.store.run(lambda tx, name=name: tx.accounts.add(nouns.staff(name), "hash"))  # type: ignore[misc]  # bound now
        house.store.run(lambda tx, name=name: casework.tie_identity(turn(house, tx), name, ISSUER, f"{name}-1"))  # type: ignore[misc]  # bound now
    yield house
    house.close()


def turn(inside: Inside, tx: object) -> record.Turn:
    return record.Turn(tx, inside.clock.now(), inside.turns.context)  # type: ignore[arg-type]  # of the real store


def logs_in(inside: Inside, subject: str = "siti-1", sid: str = "") -> SessionToken:
    who = Identity(ISSUER, subject, session=sid)
    entered = inside.store.run(lambda tx: sign_on.enter(turn(inside, tx), who, FROM, "hash"))
    assert not isinstance(entered, str)
    return entered[0]


def lives(inside: Inside, token: SessionToken) -> bool:
    return inside.store.read(lambda tx: tx.sessions.by_token(token)) is not None


async def told(inside: Inside, provider: Provider, token: str | None = None, **claims: Any) -> HookAnswer:  # noqa: ANN401 - claims of any shape
    body = urlencode({"logout_token": provider.logout(**claims) if token is None else token}).encode()
    hook = OidcLogout(provider.login(), inside.turns).hook
    assert (hook.method, hook.path) == ("POST", PATH)
    return await hook.answer(HookRequest(body, "", {}))


async def test_a_subject_that_left_the_provider_is_out_everywhere_and_nobody_else_is(inside: Inside) -> None:
    first, second, other = logs_in(inside, sid="s-1"), logs_in(inside), logs_in(inside, "budi-1", "s-1")
    provider = Provider()
    answer = await told(inside, provider, sub="siti-1")
    assert (answer.status, answer.body) == (200, b"")
    assert [lives(inside, each) for each in (first, second, other)] == [False, False, True]
    trail = inside.store.read(lambda tx: tx.audit.since(inside.clock.now().replace(hour=0)))
    assert [(each.who, each.act) for each in trail][:1] == [("siti", "logout-oidc")]


async def test_one_session_of_the_provider_ends_what_was_begun_in_it(inside: Inside) -> None:
    first, second, budi = logs_in(inside, sid="s-1"), logs_in(inside, sid="s-2"), logs_in(inside, "budi-1", "s-3")
    assert (await told(inside, Provider(), sid="s-1")).status == 200
    assert [lives(inside, each) for each in (first, second, budi)] == [False, True, True]
    assert (await told(inside, Provider(), sub="budi-1", sid="s-2", jti="another")).status == 200
    assert lives(inside, second), "the session is of another subject"


async def test_a_session_of_which_the_provider_never_said_where_it_began_ends_with_any_of_its_subject(
    inside: Inside,
) -> None:
    unknown, elsewhere = logs_in(inside), logs_in(inside, sid="s-2")
    assert (await told(inside, Provider(), sub="siti-1", sid="s-1")).status == 200
    assert [lives(inside, each) for each in (unknown, elsewhere)] == [False, True]


async def test_a_session_that_was_begun_with_a_password_is_none_of_the_providers(inside: Inside) -> None:
    session, token = nouns.session(nouns.staff("siti"), inside.clock.now())
    siti = inside.store.read(lambda tx: tx.accounts.by_name("siti"))
    assert siti is not None
    session = session.__class__(session.id, siti.id, session.began, session.seen)
    inside.store.run(lambda tx: tx.sessions.add(session, token))
    assert (await told(inside, Provider(), sub="siti-1")).status == 200
    assert lives(inside, token)


async def test_a_token_ends_sessions_once(inside: Inside) -> None:
    provider = Provider()
    token = provider.logout(sub="siti-1")
    assert (await told(inside, provider, token)).status == 200
    later = logs_in(inside)
    answer = await told(inside, provider, token)
    assert (answer.status, json.loads(answer.body)) == (400, {"error": "invalid_request"})
    assert lives(inside, later)


async def test_somebody_who_has_no_account_here_leaves_and_nothing_happens(inside: Inside) -> None:
    assert (await told(inside, Provider(), sub="nobody")).status == 200
    assert (await told(inside, Provider(), sid="nothing", jti="2")).status == 200


@pytest.mark.parametrize(
    "claims",
    [
        {}, {"sub": "siti-1", "nonce": "n"}, {"sub": "siti-1", "events": None}, {"sub": "siti-1", "events": {}},
        {"sub": "siti-1", "events": ["http://schemas.openid.net/event/backchannel-logout"]},
        {"sub": "siti-1", "events": {"http://schemas.openid.net/event/backchannel-logout": True}},
        {"sub": "siti-1", "jti": None}, {"sub": "siti-1", "jti": 1}, {"sub": "siti-1", "jti": ""},
        {"sub": "siti-1", "iat": None}, {"sub": "siti-1", "aud": "another"}, {"sub": "siti-1", "iss": "https://evil.test"},
        {"sub": "siti-1", "iat": 1, "exp": 10**12}, {"sub": "siti-1", "exp": 1}, {"sub": "siti-1", "iat": 10**12},
        {"sub": "siti-1", "iat": float("nan")}, {"sub": "siti-1", "typ": "at+jwt"},
        {"sub": ["siti-1"]}, {"sub": "siti\u0000-1"}, {"sub": "x" * 256}, {"sid": 7}, {"sub": "", "sid": ""},
    ],
)  # fmt: skip
async def test_what_is_no_logout_token_ends_nothing(inside: Inside, claims: dict[str, Any]) -> None:
    mine = logs_in(inside, sid="s-1")
    answer = await told(inside, Provider(), **claims)
    assert (answer.status, json.loads(answer.body)) == (400, {"error": "invalid_request"})
    assert lives(inside, mine)


async def test_what_another_signed_or_nobody_ends_nothing(inside: Inside) -> None:
    mine, provider = logs_in(inside), Provider()
    stranger = Provider(keys=[Key("another")])
    head, body, signature = provider.logout(sub="siti-1").split(".")
    forged = [stranger.logout(sub="siti-1"), f"{head}.{body}.", f"{head}.{body}.{signature[:-4]}AAAA", "", "x", "a.b.c"]
    forged.append("eyJhbGciOiJub25lIn0." + body + ".")
    for token in forged:
        assert (await told(inside, provider, token)).status == 400
    hook = OidcLogout(provider.login(), inside.turns).hook
    good = urlencode([("logout_token", provider.logout(sub="siti-1"))] * 2).encode()
    for sent in (good, b"", b"\xff", b"logout_token", b"&" * 60_000):
        assert (await hook.answer(HookRequest(sent, "", {}))).status == 400
    assert lives(inside, mine)


async def test_an_id_token_is_no_logout_token(inside: Inside) -> None:
    mine, provider = logs_in(inside), Provider()
    claims = {"iss": ISSUER, "aud": CLIENT, "sub": "siti-1", "iat": int(provider.now), "exp": int(provider.now) + 300}
    for token in (provider.sign({**claims, "nonce": "n"}), provider.sign(without(claims, "exp"))):
        assert (await told(inside, provider, token)).status == 400
    assert lives(inside, mine)


async def test_where_keys_or_the_store_are_away_the_provider_may_tell_it_again(inside: Inside) -> None:
    mine = logs_in(inside)
    assert (await told(inside, Provider(away=True), Provider().logout(sub="siti-1"))).status == 503
    inside.store.trouble.append(StoreAway("disk"))
    with pytest.raises(StoreAway):
        await told(inside, Provider(), sub="siti-1")
    assert (await told(inside, Provider(), sub="siti-1")).status == 200
    assert not lives(inside, mine)
