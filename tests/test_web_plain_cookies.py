"""A cookie in quotes is none of ours, and is opened nowhere; those beside it are read."""

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from tests.fakes.web_services import Behind, client
from web.errors import Guard
from web.plain_cookies import PlainCookies


async def shown(scope: Scope, receive: Receive, send: Send) -> None:
    request = Request(scope)
    await JSONResponse({"cookies": request.cookies, "agent": request.headers["user-agent"]})(scope, receive, send)


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("resi_petugas=abc; resi_bahasa=en", {"resi_petugas": "abc", "resi_bahasa": "en"}),
        ('a="\\\\"; resi_bahasa=en; b="x', {"resi_bahasa": "en"}),
        ('resi_petugas="abc"', {}),
        ('"', {}),
        ("", {}),
    ],
)
async def test_only_a_cookie_without_quotes_is_read(sent: str, read: dict[str, str]) -> None:
    async with client(PlainCookies(shown)) as browser:  # type: ignore[arg-type]  # any application will do
        answer = await browser.get("/", headers={"Cookie": sent, "User-Agent": 'a="b"'})
    assert answer.json() == {"cookies": read, "agent": 'a="b"'}


async def test_it_stands_in_front_of_all_that_makes_an_answer() -> None:
    """An error's page reads the cookie of the language too."""
    order = [each.cls for each in Behind().app().user_middleware]
    assert order.index(PlainCookies) < order.index(Guard)  # type: ignore[arg-type]  # what a list of classes is typed as
    cookie = {"Cookie": 'resi_bahasa="en"'}
    async with client(Behind().app()) as browser:
        for path in ("/petugas/masuk", "/petugas/nowhere"):
            assert 'lang="id"' in (await browser.get(path, headers=cookie, follow_redirects=True)).text
