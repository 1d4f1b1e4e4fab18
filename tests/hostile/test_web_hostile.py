"""Bad input over HTTP: whatever comes, a short answer, no trace of it, and nobody else is kept waiting."""

import asyncio
import logging
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.model import Phase
from tests.fakes.web_server import connected, said, serving
from tests.fakes.web_services import Behind, Ear, client, get, post
from web import Statistics, Table, Tracked

pytestmark = pytest.mark.hostile

KINDS = st.sampled_from(
    [
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "multipart/form-data; boundary=" + "x" * 300,
        'multipart/form-data; boundary="',
        "multipart/form-data; boundary=x; charset=idna",
        "multipart/form-data; boundary=x; charset=base64",
        "text/plain",
        "",
        ";;;",
    ]
)
PIECES = st.sampled_from(
    [
        b"--x", b"\r\n", b"--x--", b"Content-Disposition: form-data", b'; name="kode"', b'; filename="a"', b":",
        b"kode=", b"&", b"%", b"%00", b"\x00", b"\xff", b"+", b"=" * 50, b"4821000011112222",
    ]
)  # fmt: skip
BODIES = st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=30).map(b"".join))


@settings(max_examples=150)
@given(BODIES, KINDS)
def test_no_body_of_the_form_is_a_fault_of_ours(body: bytes, kind: str) -> None:
    answer = asyncio.run(post(Behind().app(), "/lacak", body, kind=kind))
    assert answer.status_code in {200, 415, 422}


@settings(max_examples=60)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=200))
def test_no_address_is_a_fault_of_ours_nor_said_again(path: str) -> None:
    async def ask() -> httpx.Response:
        async with client(Behind().app()) as browser:
            return await browser.get("/kanari" + quote(path, safe=""), params={"lang": path})

    answer = asyncio.run(ask())
    assert answer.status_code == 404
    assert "kanari" not in answer.text


@settings(max_examples=60)
@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_no_words_become_markup(words: str) -> None:
    evil = f'"><img src=x onerror=1>{words}<script>'
    tracked = Tracked(found=True, words=(evil,), status=evil, phase=Phase.ENDED, history=((evil, evil),))
    html = asyncio.run(post(Behind(tracked=tracked).app(), "/lacak", "kode=1")).text
    assert "<script" not in html
    assert "<img src=x" not in html


async def test_no_label_of_a_table_becomes_markup() -> None:
    evil = "</caption><script>"
    html = (await get(Behind(counted=Statistics(9, (Table(evil, ((evil, 9),)),))).app(), "/statistik")).text
    assert "<script" not in html


@pytest.mark.parametrize("name", ["Host", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-URL", "Forwarded"])
async def test_no_header_turns_a_link_to_another_host(name: str) -> None:
    async with client(Behind().app()) as browser:
        for path in ("/", "/lacak", "/nothing"):
            answer = await browser.get(path, headers={name: "kanari.example"})
            assert "kanari" not in answer.text + str(answer.headers)


async def test_a_thousand_fields_are_refused() -> None:
    assert (await post(Behind().app(), "/lacak", "&".join(["a=1"] * 1000))).status_code == 422


async def test_a_hook_that_fails_does_not_stop_the_next_message(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    ear = Ear(raises=RuntimeError("x"))
    app = Behind().app(ear.hook())
    assert (await post(app, "/hooks/sms")).status_code == 500
    ear.raises = None
    assert (await post(app, "/hooks/sms")).status_code == 200


NONSENSE = [
    b"\x16\x03\x01\x02\x00\x01\x00",  # TLS on a plain port
    b"GET / HTTP/9.9\r\nConnection: close\r\n\r\n",
    b"GET  /  HTTP/1.1\r\n\r\n",
    b"POST /lacak HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    b"POST /lacak HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
    b"POST /lacak HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"POST /lacak HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    b"GET /lacak HTTP/1.1\r\nHost: x\r\nX: a\x00b\r\n\r\n",
    b"GET /lacak HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"GET /lacak HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 20_000,
]


async def test_nonsense_on_the_wire_is_answered_or_cut_and_the_next_one_served() -> None:
    async with serving(Behind().app(), head_seconds=0.3) as listener:
        for nonsense in NONSENSE:
            try:
                answer = await said(listener, nonsense)
            except ConnectionResetError:
                continue
            assert answer[:12] in {b"", b"HTTP/1.1 200", b"HTTP/1.1 400", b"HTTP/1.1 404"}
        answer = await said(listener, b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200 ")


async def test_a_request_for_a_socket_upgrade_gets_a_page_or_a_refusal() -> None:
    upgrade = (
        b"GET /lacak HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n"
        b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    async with serving(Behind().app()) as listener:
        answer = await said(listener, upgrade)
    assert answer.startswith(b"HTTP/1.1 200 ")


async def test_a_hundred_that_only_hold_the_line_keep_nobody_waiting() -> None:
    async with serving(Behind().app(), head_seconds=3) as listener, asyncio.TaskGroup() as crowd:
        leave = asyncio.Event()

        async def hold() -> None:
            async with connected(listener) as (_, writer):
                writer.write(b"GET / HTTP/1.1\r\nX: ")
                await leave.wait()

        for _ in range(100):
            crowd.create_task(hold())
        answer = await said(listener, b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        leave.set()
    assert answer.startswith(b"HTTP/1.1 200 ")


async def test_many_requests_in_one_breath_are_each_answered() -> None:
    one = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    last = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    async with serving(Behind().app()) as listener:
        answer = await said(listener, one * 49 + last)
    assert answer.count(b"HTTP/1.1 200 ") == 50
