"""Single sign-on in a browser: out to the provider and back, once, in this browser, and nowhere else afterwards."""

from urllib.parse import urlsplit

import httpx
import pytest

from core import casework
from core.model import AgencyId, StaffRole
from tests.fakes.office import GAMBIR, ROOT, Browser, Office, cookie_of
from tests.fakes.oidc_provider import ISSUER, PUBLIC, Provider

OIDC, BACK = f"{ROOT}/masuk/oidc", f"{ROOT}/masuk/oidc/kembali"
ROLES = "groups:gambir=officer@kel:31.71.01.1001"


def office_of(provider: Provider, roles: str = "", *, passwords: bool = True) -> Office:
    return Office(sign_on=provider.login(roles), passwords=passwords, public_url=PUBLIC)


def tied(office: Office, name: str = "siti", subject: str = "siti-1") -> None:
    office.hire(name)
    office.turn(lambda turn: casework.tie_identity(turn, name, ISSUER, subject))


async def begins(browser: Browser, to: str = "", **more: str) -> str:
    """The address at the provider."""
    answer = await browser.opens(f"{OIDC}?{httpx.QueryParams({'ke': to, **more})}")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"{ISSUER}/authorize?")
    return str(answer.headers["location"])


async def test_a_tied_account_comes_in_and_goes_where_it_wanted() -> None:
    provider = Provider()
    office = office_of(provider)
    tied(office)
    browser = office.browser()
    assert "Masuk lewat login.city.test" in (await browser.opens(f"{ROOT}/masuk")).text
    back = provider.lets_in(await begins(browser, f"{ROOT}/akun"))
    answer = await browser.opens(back)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{ROOT}/akun")
    session = cookie_of(answer, "__Host-resi_petugas")
    assert session["httponly"]
    assert session["secure"]
    page = (await browser.opens(f"{ROOT}/akun")).text
    assert "diatur layanan masuk instansi Anda" in page
    assert f"{ROOT}/akun/sandi" not in page
    assert (await browser.opens(OIDC)).headers["location"] == ROOT, "who is in is not sent out again"


@pytest.mark.parametrize(
    "to", ["https://evil.test", "//evil.test", "/\\evil.test", "/petugas/../x", "/statistik", "javascript:alert(1)"]
)
async def test_nobody_is_sent_anywhere_else_after_it(to: str) -> None:
    provider = Provider()
    office = office_of(provider)
    tied(office)
    browser = office.browser()
    answer = await browser.opens(provider.lets_in(await begins(browser, to)))
    assert answer.headers["location"] == ROOT


async def test_an_answer_is_taken_once_by_the_browser_that_began_within_ten_minutes() -> None:
    provider = Provider()
    office = office_of(provider)
    tied(office)
    browser, other = office.browser(), office.browser("203.0.113.9")
    back = provider.lets_in(await begins(browser))
    kept = httpx.Cookies(browser.cookies)
    await begins(other)
    for stranger in (other, office.browser()):
        answer = await stranger.opens(back)
        assert answer.status_code == 401
        assert "dimulai di peramban lain" in answer.text
        assert "code-0" not in answer.text, "the address of the answer stands in no link"
    assert (await browser.opens(back)).status_code == 303
    browser.cookies.clear()
    browser.cookies.update(kept)
    assert (await browser.opens(back)).status_code == 401, "the state was used"
    late = provider.lets_in(await begins(browser))
    office.town.clock.passes(minutes=11)
    assert (await browser.opens(late)).status_code == 401
    assert not any("token" in asked for asked in provider.asked[3:]), "no code was shown to the provider again"


async def test_a_replayed_code_lets_nobody_in() -> None:
    provider = Provider()
    office = office_of(provider)
    tied(office)
    first, thief = office.browser(), office.browser("203.0.113.9")
    back = provider.lets_in(await begins(first))
    code = httpx.URL(back).params["code"]
    own = provider.lets_in(await begins(thief), "budi-2")
    stolen = str(httpx.URL(own).copy_set_param("code", code))
    answer = await thief.opens(stolen)
    assert answer.status_code == 401, "the code was asked for by another browser"
    assert "tidak membuktikan siapa Anda" in answer.text


async def test_whom_nobody_knows_is_told_what_to_do_and_a_refusal_is_told_too() -> None:
    provider = Provider()
    office = office_of(provider, ROLES)
    browser = office.browser()
    answer = await browser.opens(provider.lets_in(await begins(browser)))
    assert answer.status_code == 401
    assert "belum diberi akun" in answer.text
    state = httpx.URL(await begins(browser)).params["state"]
    denied = await browser.opens(f"{BACK}?error=access_denied&error_description=%3Cscript%3E&state={state}")
    assert "tidak mengizinkan Anda masuk" in denied.text
    assert "script>" not in denied.text.replace("</script>", "").replace("<script src", "")
    provider.away = True
    office = office_of(provider)
    assert (await office.browser().opens(OIDC)).status_code == 503


async def test_a_claim_makes_an_account_at_the_first_login() -> None:
    provider = Provider()
    office = office_of(provider, ROLES)
    browser = office.browser()
    back = provider.lets_in(await begins(browser), claims={"groups": ["gambir"], "preferred_username": "tuti"})
    assert (await browser.opens(back)).status_code == 303
    assert "tuti" in (await browser.opens(ROOT)).text
    (staff,) = office.town.store.state.staff.values()
    assert (staff.role, staff.agency) == (StaffRole.OFFICER, GAMBIR)
    wrong = await office.browser().logs_in("tuti", "a hash")
    assert wrong.status_code == 401


async def test_where_single_sign_on_is_all_there_is_a_password_opens_nothing() -> None:
    provider = Provider()
    office = office_of(provider, passwords=False)
    tied(office)
    browser = office.browser()
    page = (await browser.opens(f"{ROOT}/masuk")).text
    assert 'type="password"' not in page
    answer = await browser.logs_in("siti")
    assert answer.status_code == 403
    assert not office.compared
    assert (await browser.opens(ROOT)).status_code == 303


async def test_whoever_came_in_with_a_password_is_out_once_single_sign_on_is_all_there_is() -> None:
    provider = Provider()
    office = office_of(provider)
    tied(office)
    browser = office.browser()
    assert (await browser.logs_in("siti")).status_code == 303
    assert (await browser.opens(f"{ROOT}/akun")).status_code == 200
    alone = Office(office.town, sign_on=provider.login(), passwords=False, public_url=PUBLIC)
    later = alone.browser().copies(browser)
    assert (await later.opens(f"{ROOT}/akun")).status_code == 303
    await later.opens(provider.lets_in(await begins(later)))
    assert (await later.opens(f"{ROOT}/akun")).status_code == 200


async def test_who_misses_again_and_again_locks_no_colleague_at_the_same_address_out() -> None:
    provider = Provider()
    office = office_of(provider)
    tied(office)
    for _ in range(8):
        stranger = office.browser()
        assert (await stranger.opens(provider.lets_in(await begins(stranger), subject="x"))).status_code == 401
    browser = office.browser()
    assert (await browser.opens(provider.lets_in(await begins(browser)))).status_code == 303


async def test_an_answer_that_says_something_twice_is_none() -> None:
    provider = Provider()
    office = office_of(provider)
    tied(office)
    browser = office.browser()
    back = provider.lets_in(await begins(browser))
    assert (await browser.opens(f"{back}&code=another")).status_code == 401


async def test_without_a_provider_there_are_no_such_pages() -> None:
    office = Office()
    for path in (OIDC, BACK, f"{OIDC}/keluar"):
        assert (await office.browser().opens(path)).status_code == 404


async def test_out_of_the_desk_says_that_one_may_still_be_in_at_the_provider() -> None:
    provider = Provider()
    office = office_of(provider)
    tied(office)
    browser = office.browser()
    await browser.opens(provider.lets_in(await begins(browser)))
    out = await browser.sends(ROOT, f"{ROOT}/keluar")
    assert out.headers["location"] == f"{ROOT}/masuk?keluar=oidc"
    assert "Mungkin Anda masih masuk di login.city.test" in (await browser.opens(out.headers["location"])).text
    left = await browser.opens(f"{OIDC}/keluar")
    assert urlsplit(left.headers["location"]).path == "/end"
    assert (await browser.opens(ROOT)).status_code == 303


async def test_what_guards_accounts_and_lists_asks_the_provider_once_more() -> None:
    provider = Provider()
    office = office_of(provider)
    office.hire("admin", StaffRole.ADMIN, AgencyId("biro_pemerintahan"))
    siti = office.hire("siti")
    office.turn(lambda turn: casework.tie_identity(turn, "admin", ISSUER, "admin-1"))
    browser = office.browser()
    await browser.opens(provider.lets_in(await begins(browser), "admin-1"))
    person = f"{ROOT}/akun-petugas/orang/{siti.id}"
    office.town.clock.passes(minutes=15)
    provider.now += 900
    asked = await browser.sends(person, f"{person}/identitas", {"sub": "siti-1"})
    assert asked.status_code == 401
    again = f"{OIDC}?ulang=1&amp;ke={person}"
    assert again in asked.text
    assert 'type="password"' not in asked.text
    stale = provider.lets_in(
        await begins(browser, person, ulang="1"), "admin-1", {"auth_time": int(provider.now) - 900}
    )
    assert (await browser.opens(stale)).status_code == 401
    back = provider.lets_in(await begins(browser, person, ulang="1"), "admin-1")
    before = office.browser().copies(browser)
    assert (await browser.opens(back)).headers["location"] == person
    assert (await before.opens()).status_code == 303, "the session before has ended"
    assert (await browser.sends(person, f"{person}/identitas", {"sub": "siti-1"})).status_code == 303
    page = (await browser.opens(person)).text
    assert "Terhubung dengan subjek siti-1" in page
    assert (await browser.sends(person, f"{person}/identitas", {"sub": ""})).status_code == 422
    assert (await browser.sends(person, f"{person}/identitas", {"sub": "admin-1"})).status_code == 422
    assert (await browser.sends(person, f"{person}/tanpa-identitas")).status_code == 303
    assert "Terhubung" not in (await browser.opens(person)).text


@pytest.mark.parametrize("said", [-900, None, 10**400, "now"])
async def test_who_comes_in_by_a_provider_they_were_in_long_ago_shows_it_once_more_who_they_are(
    said: int | str | None,
) -> None:
    """Else a screen that was left alone opens all of it: out of the desk, and in again without a question."""
    provider = Provider()
    office = office_of(provider)
    office.hire("admin", StaffRole.ADMIN, AgencyId("biro_pemerintahan"))
    office.turn(lambda turn: casework.tie_identity(turn, "admin", ISSUER, "admin-1"))
    browser, page = office.browser(), f"{ROOT}/akun-petugas"
    at = int(provider.now) + said if isinstance(said, int) and said < 0 else said
    await browser.opens(provider.lets_in(await begins(browser), "admin-1", {"auth_time": at}))
    assert (await browser.sends(page, page, {"nama": "budi"})).status_code == 401
    await browser.opens(provider.lets_in(await begins(browser, page, ulang="1"), "admin-1"))
    assert (await browser.sends(page, page, {"nama": "budi"})).status_code == 422


@pytest.mark.parametrize(
    "value", ["", "x", "a.b.c.d", "a.1.0.%%%", "a.1.0." + "A" * 5000, "a.\u0661.0.AA", "a.1.0.gICA"]
)
async def test_a_cookie_that_is_none_of_ours_began_nothing(value: str) -> None:
    office = office_of(Provider())
    browser = office.browser()
    browser.headers["cookie"] = f"__Host-resi_oidc={value.encode().decode('latin-1')}" if value.isascii() else "x=y"
    assert (await browser.opens(f"{BACK}?code=c&state=s")).status_code == 401
