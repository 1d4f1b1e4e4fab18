"""Single sign-on as a client: metadata, keys and codes of a provider that may be another one, be away, or lie."""

import logging
from collections.abc import Callable, Mapping
from itertools import count
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
import pytest

from app.oidc import Asks, OidcLogin
from app.oidc_settings import OidcSetup
from app.outside_web import CannotReach
from core.casework.sign_on import Identity
from core.errors import Refused
from core.model import AgencyId, SessionToken, StaffRole
from tests.fakes.oidc_provider import CLIENT, ISSUER, PUBLIC, Claims, Key, Provider, elliptic
from web import SignOnBegun

BEGUN = SignOnBegun(SessionToken("a" * 26), "/petugas", 27_095_234)


async def came_back(provider: Provider, begun: SignOnBegun = BEGUN, roles: str = "", **claims: object) -> Identity:
    login = provider.login(roles)
    answer = dict(parse_qsl(urlsplit(provider.lets_in(await login.start(begun), claims=claims)).query))
    assert login.is_answer(begun, answer["state"])
    return await login.finish(begun, answer)


async def test_who_it_is_is_known_by_issuer_and_subject() -> None:
    provider = Provider()
    found = await came_back(provider, preferred_username="siti")
    assert (found.issuer, found.subject, found.name, found.account, found.mapped) == (
        ISSUER,
        "siti-1",
        "siti",
        None,
        False,
    )
    assert provider.known["redirect_uri"] == f"{PUBLIC}/petugas/masuk/oidc/kembali"
    assert provider.known["scope"] == "openid"
    assert provider.asked == ["/.well-known/openid-configuration", "/token", "/keys"]


async def test_a_claim_gives_role_and_office_the_first_on_the_list_first() -> None:
    roles = "groups:admins=admin@biro_pemerintahan,tebet=officer@kel:31.74.01.1001"
    found = await came_back(Provider(), roles=roles, groups=["other", "tebet", "admins"])
    assert found.account == (StaffRole.ADMIN, AgencyId("biro_pemerintahan"))
    assert (await came_back(Provider(), roles=roles, groups="tebet")).account == (
        StaffRole.OFFICER,
        AgencyId("kel:31.74.01.1001"),
    )
    for none in (["x"], "x", None, 1, {"tebet": 1}, [["tebet"]]):
        found = await came_back(Provider(), roles=roles, groups=none)
        assert (found.account, found.mapped) == (None, True)


async def test_state_nonce_and_verifier_are_of_one_browser_and_one_login() -> None:
    provider = Provider()
    login = provider.login()
    other = SignOnBegun(SessionToken("b" * 26), BEGUN.wanted, BEGUN.at)
    later = SignOnBegun(BEGUN.secret, BEGUN.wanted, BEGUN.at + 1)
    asked = [dict(parse_qsl(urlsplit(await login.start(each)).query)) for each in (BEGUN, other, later)]
    for name in ("state", "nonce", "code_challenge"):
        assert len({each[name] for each in asked}) == 3
    assert not login.is_answer(other, asked[0]["state"])
    assert not login.is_answer(BEGUN, "")
    answer = dict(parse_qsl(urlsplit(provider.lets_in(await login.start(BEGUN))).query))
    with pytest.raises(Refused, match="desk_oidc_failed"):
        await login.finish(other, answer)  # PKCE: the code is good for the browser alone that began


async def test_a_code_is_good_once() -> None:
    provider = Provider()
    login = provider.login()
    answer = dict(parse_qsl(urlsplit(provider.lets_in(await login.start(BEGUN))).query))
    await login.finish(BEGUN, answer)
    with pytest.raises(Refused, match="desk_oidc_failed"):
        await login.finish(BEGUN, answer)


@pytest.mark.parametrize("said", ["https://evil.test", "", None])
async def test_an_answer_of_another_provider_is_not_taken_for_ones_own(said: str | None) -> None:
    provider = Provider()
    login = provider.login()
    answer = dict(parse_qsl(urlsplit(provider.lets_in(await login.start(BEGUN))).query))
    answer = {**answer, "iss": said} if said is not None else {"code": answer["code"]}
    with pytest.raises(Refused, match="desk_oidc_failed"):
        await login.finish(BEGUN, answer)
    assert "/token" not in provider.asked, "the code was shown to nobody"


async def test_metadata_of_another_issuer_or_without_https_are_no_provider() -> None:
    for twisted in (
        {"issuer": "https://evil.test"},
        {"token_endpoint": "http://login.city.test/token"},
        {"jwks_uri": ""},
        {"authorization_endpoint": None},
        {"token_endpoint": "https://[login.city.test/token"},
        {"jwks_uri": "https://\u2100.test/keys"},
        {"authorization_endpoint": "https://login.city.test:port/"},
        {"authorization_endpoint": "https://"},
    ):
        with pytest.raises(Refused, match="desk_oidc_away"):
            await Provider(metadata=twisted).login().start(BEGUN)


async def test_a_provider_that_is_away_is_said_to_be_and_asked_again() -> None:
    provider, beat = Provider(away=True), [0.0]
    login = provider.login(seconds=lambda: beat[0])
    for _ in range(100):
        with pytest.raises(Refused, match="desk_oidc_away"):
            await login.start(BEGUN)
    assert await login.check()
    assert len(provider.asked) == 1, "a crowd does not wait for it one after the other"
    provider.away, beat[0] = False, 5.0
    assert (await login.start(BEGUN)).startswith(f"{ISSUER}/authorize?")
    assert not await login.check()


async def test_new_keys_are_looked_for_once_a_minute_and_old_ones_prove_nothing_any_more() -> None:
    provider, beat = Provider(), [0.0]
    login = provider.login(seconds=lambda: beat[0])

    async def tries() -> None:
        begun = SignOnBegun(BEGUN.secret, BEGUN.wanted, len(provider.asked))
        await login.finish(begun, dict(parse_qsl(urlsplit(provider.lets_in(await login.start(begun))).query)))

    await tries()
    provider.keys.append(elliptic("two"))
    with pytest.raises(Refused):
        await tries()
    beat[0] += 61
    await tries()
    assert provider.asked.count("/keys") == 2
    provider.keys = [Key("three")]
    for _ in range(3):
        with pytest.raises(Refused):
            await tries()
    assert provider.asked.count("/keys") == 2, "nobody makes us ask the provider again and again"
    beat[0] += 61
    await tries()


async def test_what_a_provider_forges_lets_nobody_in_and_the_log_says_why_in_a_word(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    for twisted in (
        Provider(twisted=lambda claims: {**claims, "aud": "other"}),
        Provider(signed=lambda _: "a.b.c"),
        Provider(signed=lambda _: None),  # type: ignore[arg-type,return-value]  # it says nothing
    ):
        with pytest.raises(Refused, match="desk_oidc_failed"):
            await came_back(twisted, sub="a-subject-nobody-logs")
    assert "a-subject-nobody-logs" not in caplog.text


async def test_who_shall_show_it_again_is_asked_to_and_must_have() -> None:
    provider = Provider()
    again = SignOnBegun(BEGUN.secret, BEGUN.wanted, BEGUN.at, anew=True)
    assert (await came_back(provider, again)).subject == "siti-1"
    assert (provider.known["prompt"], provider.known["max_age"]) == ("login", "0")
    with pytest.raises(Refused):
        await came_back(provider, again, auth_time=provider.now - 600)


async def test_out_of_the_provider_leads_its_own_page_if_it_has_one() -> None:
    asked = parse_qs(urlsplit(await Provider().login().end_address()).query)
    assert asked == {"client_id": [CLIENT], "post_logout_redirect_uri": [f"{PUBLIC}/petugas/masuk"]}
    assert await Provider(metadata={"end_session_endpoint": "javascript:alert(1)"}).login().end_address() == ""
    assert await Provider(away=True).login().end_address() == ""


class Strange:
    """Answers that are none, one after the other."""

    def __init__(self) -> None:
        self.answers = [(302, b""), (200, b"["), (200, b"[]"), (200, b"[" * 100_000), None]

    async def ask(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes, *, most: int, seconds: float
    ) -> tuple[int, bytes]:
        assert (method, body) == ("GET", b"")
        assert url
        assert most * seconds + len(headers)
        answer = self.answers.pop()
        if answer is None:
            raise CannotReach("size")
        return answer


async def test_redirects_broken_and_endless_answers_are_no_provider() -> None:
    strange = Strange()
    beat = count(0.0, 10.0)
    login = OidcLogin(OidcSetup(ISSUER, CLIENT), PUBLIC, web=lambda _: strange, seconds=lambda: next(beat))
    while strange.answers:
        with pytest.raises(Refused, match="desk_oidc_away"):
            await login.start(BEGUN)


async def test_only_the_issuers_own_host_may_lie_in_a_private_network() -> None:
    own: list[bool] = []
    provider = Provider(metadata={"jwks_uri": "https://keys.elsewhere.test/keys"})

    def web(mine: bool) -> Asks:  # noqa: FBT001 - as it is asked
        own.append(mine)
        return provider

    login = provider.login()
    login._web = web  # noqa: SLF001 - to see what it asks
    await login.check()
    assert own == [True, False]


ROLES = "groups:tebet=officer@kel:31.74.01.1001"
OFFICER = (StaffRole.OFFICER, AgencyId("kel:31.74.01.1001"))


async def test_a_role_that_the_token_does_not_tell_is_asked_for_at_userinfo() -> None:
    provider = Provider(userinfo={"sub": "siti-1", "groups": ["tebet"], "preferred_username": "siti"})
    found = await came_back(provider, roles=ROLES)
    assert (found.subject, found.name, found.account) == ("siti-1", "siti", OFFICER)
    assert provider.asked[-1] == "/userinfo"


async def test_what_the_token_tells_counts_and_without_roles_userinfo_is_not_asked() -> None:
    provider = Provider(userinfo={"sub": "siti-1", "groups": ["tebet"]})
    assert (await came_back(provider, roles=ROLES, groups=["other"])).account is None
    assert (await came_back(provider)).account is None
    assert "/userinfo" not in provider.asked


@pytest.mark.parametrize("said", [{"sub": "budi-1", "groups": ["tebet"]}, {"groups": ["tebet"]}, {"sub": ["siti-1"]}])
async def test_what_userinfo_says_of_another_or_of_nobody_lets_nobody_in(said: dict[str, object]) -> None:
    with pytest.raises(Refused, match="desk_oidc_failed"):
        await came_back(Provider(userinfo=said), roles=ROLES)


async def test_userinfo_that_is_away_lets_nobody_in_and_one_that_is_not_there_gives_no_role() -> None:
    provider = Provider(metadata={"userinfo_endpoint": f"{ISSUER}/nowhere"})
    with pytest.raises(Refused, match="desk_oidc_failed"):
        await came_back(provider, roles=ROLES)
    assert (await came_back(Provider(), roles=ROLES)).account is None
    assert (await came_back(Provider(metadata={"userinfo_endpoint": "http://x.test/"}), roles=ROLES)).account is None


async def test_userinfo_may_be_signed_and_then_counts_by_the_providers_own_keys_alone() -> None:
    said: Claims = {"sub": "siti-1", "groups": ["tebet"]}
    own = {"iss": ISSUER, "aud": ["resi", "other"], "iat": 1_625_714_055, "exp": 1_625_714_355}
    for more in ({}, own):
        provider = Provider(userinfo=said | more)
        provider.signs_userinfo = provider.sign
        assert (await came_back(provider, roles=ROLES)).account == OFFICER


@pytest.mark.parametrize(
    "lie",
    [{"iss": "https://other.test"}, {"aud": "other"}, {"aud": ["other"]}, {"aud": {}}, {"exp": 1}, {"iat": 2**33},
     {"nbf": 2**33}, {"sub": "budi-1"}],
)  # fmt: skip
async def test_a_signed_userinfo_of_others_or_of_another_time_lets_nobody_in(lie: Claims) -> None:
    provider = Provider(userinfo={"sub": "siti-1", "groups": ["tebet"], **lie})
    provider.signs_userinfo = provider.sign
    with pytest.raises(Refused, match="desk_oidc_failed"):
        await came_back(provider, roles=ROLES)


@pytest.mark.parametrize(
    "sign",
    [
        lambda claims: jwt.encode(claims, "", algorithm="none"),
        lambda claims: jwt.encode(claims, "x" * 32, algorithm="HS256", headers={"kid": "one"}),
        Provider(keys=[elliptic("one")]).sign,
        lambda claims: f"{jwt.encode(claims, 'x' * 32)}.a.b",
        lambda _: "ey.ey.ey",
    ],
    ids=["unsigned", "shared secret", "a key of somebody", "encrypted", "no token"],
)
async def test_a_userinfo_that_is_not_signed_as_it_must_be_lets_nobody_in(sign: Callable[[Claims], str]) -> None:
    provider = Provider(userinfo={"sub": "siti-1", "groups": ["tebet"]}, signs_userinfo=sign)
    with pytest.raises(Refused, match="desk_oidc_failed"):
        await came_back(provider, roles=ROLES)


async def test_which_session_of_the_provider_it_is_is_known_where_it_says_so() -> None:
    assert (await came_back(Provider(), sid="s-1")).session == "s-1"
    assert (await came_back(Provider(), sid=["s-1"])).session == ""
