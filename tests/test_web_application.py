"""The whole application: its addresses, and what it refuses to start with."""

from dataclasses import replace

import pytest

from tests.fakes.web_services import Behind, Ear, get
from web import create_app


@pytest.mark.parametrize("path", ["/", "/lacak", "/statistik", "/healthz", "/readyz", "/metrics"])
async def test_every_promised_address_answers(path: str) -> None:
    assert (await get(Behind().app(), path, peer="127.0.0.1")).status_code == 200


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/docs/oauth2-redirect"])
async def test_the_framework_shows_no_pages_of_its_own(path: str) -> None:
    assert (await get(Behind().app(), path)).status_code == 404


async def test_a_slash_too_many_sends_nobody_to_another_host() -> None:
    app = Behind().app(Ear().hook())
    assert (await get(app, "/lacak/")).headers["location"] == "/lacak"
    answer = await get(app, "/healthz/")
    assert answer.status_code == 404
    assert "location" not in answer.headers


@pytest.mark.parametrize("wrong", [{"default_lang": "xx"}, {"trusted_proxies": ("proxy.example",)}])
def test_an_unknown_language_or_proxy_is_refused_at_the_start(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"default_lang|proxy\.example"):
        create_app(replace(Behind().services(), **wrong))  # type: ignore[arg-type] # wrong on purpose


def test_the_framework_sends_no_telemetry() -> None:
    telemetry = Behind().app()._telemetry  # noqa: SLF001 no public way to ask, and a release may rename the switch
    assert not any(telemetry[switch] for switch in ("auto_configure", "tracing", "metrics", "logs"))
