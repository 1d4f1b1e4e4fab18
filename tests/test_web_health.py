"""What a monitor asks."""

from dataclasses import replace

import httpx
import pytest

from core.errors import StoreAway
from tests.fakes.web_server import connected, serving
from tests.fakes.web_services import Behind, client, get
from web import create_app


async def test_alive_asks_nobody() -> None:
    answer = await get(Behind(raises=StoreAway()).app(), "/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


async def test_ready_is_said_in_a_word() -> None:
    answer = await get(Behind().app(), "/readyz")
    assert (answer.status_code, answer.text) == (200, "ready\n")


async def test_what_pages_do_without_is_named_and_makes_nothing_unready() -> None:
    async def lacking() -> tuple[str, ...]:
        return ("search",)

    answer = await get(create_app(replace(Behind().services(), lacking=lacking)), "/readyz")
    assert (answer.status_code, answer.text) == (200, "ready\nwithout search\n")


async def test_what_is_not_ready_is_named() -> None:
    answer = await get(Behind(missing=("telegram", "mail")).app(), "/readyz")
    assert (answer.status_code, answer.text) == (503, "telegram\nmail\n")


async def test_a_store_that_is_away_is_not_ready() -> None:
    answer = await get(Behind(raises=StoreAway()).app(), "/readyz")
    assert (answer.status_code, answer.text) == (503, "store\n")


async def test_metrics_come_as_they_are_with_their_type() -> None:
    app = Behind(text=b'resi_reports{channel="sms"} 3\n').app(metrics_type="text/plain; v=9")
    answer = await get(app, "/metrics", peer="127.0.0.1")
    assert answer.content == b'resi_reports{channel="sms"} 3\n'
    assert answer.headers["content-type"] == "text/plain; v=9"


async def test_a_monitor_may_ask_for_the_head_alone() -> None:
    async with client(Behind(missing=("mail",)).app()) as monitor:
        assert (await monitor.head("/healthz")).status_code == 200
        assert (await monitor.head("/readyz")).status_code == 503


async def asked_as(host: str) -> httpx.Response:
    async with client(Behind().app(), "127.0.0.1") as monitor:
        return await monitor.get("/metrics", headers={"Host": host})


SECRET = "a-token-of-the-monitor"


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"])
async def test_this_machine_reads_metrics_without_a_token(peer: str) -> None:
    for app in (Behind().app(), Behind().app(metrics_token=SECRET)):
        assert (await get(app, "/metrics", peer=peer)).status_code == 200


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1", "127.0.0.1:8000", "[::1]", "[::1]:8000"])
async def test_this_machine_is_asked_by_a_name_of_its_own(host: str) -> None:
    assert (await asked_as(host)).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["resi.test", "resi.test:443", "localhost.resi.test", "127.0.0.1.resi.test", "10.0.0.1:8000", "[x", "", "resi"],
)
async def test_what_comes_by_a_proxy_that_says_nothing_is_known_by_the_name_that_was_asked_for(host: str) -> None:
    assert (await asked_as(host)).status_code == 403


async def test_the_old_http_that_nginx_speaks_unless_told_is_not_of_this_machine() -> None:
    app = Behind(text=b"resi_reports 3\n").app()
    async with serving(app) as listener:
        for version, status in ((b"1.0", b"403"), (b"1.1", b"200")):
            async with connected(listener) as (reader, writer):
                asked = b"GET /metrics HTTP/%s\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n"
                writer.write(asked % (version, listener.port))
                assert (await reader.read()).split(b" ")[1] == status


@pytest.mark.parametrize("peer", ["198.51.100.7", "10.0.0.1", "::2", "2001:db8::1", "testclient", ""])
async def test_from_afar_metrics_need_the_token(peer: str) -> None:
    behind = Behind(text=b"resi_reports 3\n")
    for app, given, status in (
        (behind.app(), "", 403),
        (behind.app(), "Bearer ", 403),  # no token is set: none fits
        (behind.app(metrics_token=SECRET), "", 403),
        (behind.app(metrics_token=SECRET), f"Bearer {SECRET}x", 403),
        (behind.app(metrics_token=SECRET), f"Basic {SECRET}", 403),
        (behind.app(metrics_token=SECRET), SECRET, 403),
        (behind.app(metrics_token=SECRET), f"Bearer {SECRET}", 200),
        (behind.app(metrics_token=SECRET), f"bearer  {SECRET} ", 200),
    ):
        async with client(app, peer) as monitor:
            answer = await monitor.get("/metrics", headers={"Authorization": given} if given else {})
        assert (answer.status_code, b"resi_reports" in answer.content) == (status, status == 200)


@pytest.mark.parametrize(
    "handed_on",
    [
        {"X-Forwarded-For": "203.0.113.9"},
        {"X-Forwarded-For": "127.0.0.1"},
        {"X-Forwarded-For": ""},
        {"Forwarded": "for=127.0.0.1"},
        {"X-Real-IP": "127.0.0.1"},
        {"Via": "1.1 proxy"},
        {"X-Forwarded-Proto": "https"},
        {"X-Forwarded-Server": "front"},
        {"CF-Connecting-IP": "203.0.113.9"},
    ],
)
@pytest.mark.parametrize("trusted", [(), ("127.0.0.1",)])
async def test_what_a_proxy_of_this_machine_hands_on_is_not_of_this_machine(
    handed_on: dict[str, str], trusted: tuple[str, ...]
) -> None:
    async with client(Behind().app(trusted_proxies=trusted, metrics_token=SECRET), "127.0.0.1") as somebody:
        assert (await somebody.get("/metrics", headers=handed_on)).status_code == 403
        with_token = handed_on | {"Authorization": f"Bearer {SECRET}"}
        assert (await somebody.get("/metrics", headers=with_token)).status_code == 200


async def test_a_wrong_token_is_refused_though_this_machine_asks() -> None:
    async with client(Behind().app(metrics_token=SECRET), "127.0.0.1") as monitor:
        assert (await monitor.get("/metrics", headers={b"Authorization": b"Bearer \xe9"})).status_code == 403
