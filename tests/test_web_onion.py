"""The onion service: told to who comes over https, of its own listener, for citizens alone, counted by circuit."""

import asyncio

import pytest

from core.attempt_limits import around
from tests.fakes.patience import PATIENCE
from tests.fakes.web_server import connected, serving
from tests.fakes.web_services import KNOWN, Behind, client, get
from web.onion import circuit_of
from web.request_limits import HELD_BYTES

NAME = "a" * 55 + "d.onion"
THERE = f"http://{NAME}"
HERE = "https://resi.test"
LINE = b"PROXY TCP6 fc00:dead:beef:4dad::1:2f ::1 65535 80\r\n"


@pytest.mark.parametrize("path", ["/", "/lacak", "/statistik", "/statistik/peta?bagian=1", "/lacak?lang=en"])
async def test_public_pages_say_where_they_are_as_an_onion(path: str) -> None:
    app = Behind().app(onion=THERE, public_url=HERE)
    assert (await get(app, path)).headers["onion-location"] == THERE + path


@pytest.mark.parametrize(
    "path", ["/petugas", "/petugas/masuk", "/open311/v2/services.json", "/healthz", "/metrics", "/nothing"]
)
async def test_nothing_else_does(path: str) -> None:
    assert "onion-location" not in (await get(Behind().app(onion=THERE, public_url=HERE), path)).headers


async def test_it_is_told_over_https_at_our_own_name_and_only_where_there_is_one() -> None:
    for settings in ({"onion": THERE, "public_url": "http://resi.test"}, {"onion": "", "public_url": HERE}):
        assert "onion-location" not in (await get(Behind().app(**settings), "/")).headers
    app = Behind().app(onion=THERE, public_url=HERE)
    async with client(app) as browser:
        assert "onion-location" not in (await browser.get("/", headers={"Host": "else.example"})).headers
        assert "onion-location" not in (await browser.post("/lacak", data={"kode": KNOWN})).headers
    assert "onion-location" not in (await get(app, "/", peer="onion.00010002")).headers


@pytest.mark.parametrize("path", ["/petugas", "/petugas/masuk", "/hooks/sms", "/metrics", "/readyz"])
async def test_staff_providers_and_monitors_find_nothing_there(path: str) -> None:
    assert (await get(Behind().app(onion=THERE, public_url=HERE), path, peer="onion.00010002")).status_code == 404


async def test_whoever_comes_by_tor_is_counted_by_circuit_whatever_a_header_says() -> None:
    behind = Behind()
    app = behind.app(onion=THERE, trusted_proxies=("127.0.0.1",))
    async with client(app, "onion.00010002") as browser:
        await browser.post("/lacak", data={"kode": KNOWN}, headers={"X-Forwarded-For": "203.0.113.9"})
    assert [peer for _, peer, _ in behind.asked] == ["onion.00010002"]
    assert [each.who for each in around("onion.00010002")] == ["onion.00010002"], "and no network around it"


@pytest.mark.parametrize(
    ("line", "circuit"),
    [
        (LINE.rstrip(b"\n"), "onion.0001002f"),
        (b"PROXY TCP6 fc00:dead:beef:4dad::ffff:0 ::1 1 2", "onion.ffff0000"),
        (b"PROXY TCP6 fc00:dead:beef:4dae::1:1 ::1 1 2", None),
        (b"PROXY TCP4 203.0.113.9 127.0.0.1 1 2", None),
        (b"PROXY UNKNOWN", None),
        (b"GET / HTTP/1.1", None),
        (b"", None),
    ],
)
def test_a_line_of_tor_names_its_circuit_and_no_other_line_does(line: bytes, circuit: str | None) -> None:
    assert circuit_of(line) == circuit


async def test_the_listener_of_tor_reads_its_line_in_pieces_and_everybody_else_is_let_go() -> None:
    behind = Behind()
    body = f"kode={KNOWN}".encode()
    head = b"POST /lacak HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    post = head + f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body
    async with serving(behind.app(onion=THERE), onion=True) as listener:
        assert listener.onion_port is not None
        whole = LINE + post
        for pieces in ([whole], [whole[:9], whole[9:60], whole[60:]], [LINE, post]):
            assert b"200 OK" in await _said(listener.onion_port, *pieces)
        for other in (post, b"x" * 200, b"PROXY TCP4 127.0.0.1 127.0.0.1 1 2\r\n" + post):
            assert not await _said(listener.onion_port, other)
        async with connected(listener) as (reader, writer):
            writer.write(post)
            assert b"200 OK" in await reader.read()
    assert [peer for _, peer, _ in behind.asked] == ["onion.0001002f"] * 3 + ["127.0.0.1"]


async def _said(port: int, *pieces: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        async with asyncio.timeout(PATIENCE):
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0)
            return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


async def test_metrics_are_no_business_of_who_comes_by_tor_even_with_the_name_of_this_machine() -> None:
    async with serving(Behind().app(onion=THERE), onion=True) as listener:
        assert listener.onion_port is not None
        ask = b"GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        assert b" 404 " in await _said(listener.onion_port, LINE + ask)


def test_all_who_come_by_tor_hold_a_share_of_memory_and_no_more() -> None:
    assert HELD_BYTES // 4 > 61 << 20, "one form with photos has room in it"
