"""The headers of every answer."""

import pytest

from tests.fakes.web_services import Behind, Ear, get, post

EVERYWHERE = ["/", "/lacak", "/statistik", "/healthz", "/readyz", "/metrics", "/static/resi.css", "/nothing/here"]


@pytest.mark.parametrize("path", EVERYWHERE)
async def test_every_answer_is_walled(path: str) -> None:
    headers = (await get(Behind().app(), path)).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "geolocation=()" in headers["permissions-policy"]
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "set-cookie" not in headers
    assert not [name for name in headers if name.startswith("access-control-")]
    assert "server" not in headers


@pytest.mark.parametrize("path", EVERYWHERE)
async def test_every_answer_with_a_body_tells_its_type(path: str) -> None:
    kind = (await get(Behind().app(), path)).headers["content-type"]
    assert "charset=utf-8" in kind or not kind.startswith("text/")


async def test_a_fault_of_ours_is_walled_too() -> None:
    answer = await post(Behind(raises=RuntimeError("x")).app(), "/lacak", "kode=1")
    assert answer.status_code == 500
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


async def test_a_hook_is_walled_too() -> None:
    answer = await post(Behind().app(Ear().hook()), "/hooks/sms")
    assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_only_a_public_https_address_promises_https() -> None:
    plain = await get(Behind().app(public_url="http://127.0.0.1:8000"), "/")
    https = await get(Behind().app(public_url="https://resi.example"), "/")
    assert "strict-transport-security" not in plain.headers
    assert https.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize(
    ("path", "keep"),
    [
        ("/", "public, max-age=300"),
        ("/statistik", "public, max-age=60"),
        ("/lacak", "no-store"),
        ("/metrics", "no-store"),
        ("/nothing", "no-store"),
    ],
)
async def test_only_what_is_the_same_for_everybody_may_be_kept(path: str, keep: str) -> None:
    assert (await get(Behind().app(), path)).headers["cache-control"] == keep
