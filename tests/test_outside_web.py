"""Calls to addresses that strangers name: nothing but public networks, the name asked once, no redirect, bounded."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from app.outside_web import CannotReach, OutsideWeb, address_of, is_public
from tests.fakes.certificate import Certificate, made
from tests.fakes.patience import PATIENCE

PLAIN = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.0.9", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104 - it is refused
        "224.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "2002:7f00:1::", "2002:a00:1::",
        "2001:0:53aa:64c:0:fbff:f5ff:fffe", "2001:db8::1", "nonsense", "",
        "fec0::1", "::127.0.0.1", "::ffff:0:10.0.0.1", "5f00::1",
    ],
)  # fmt: skip
def test_no_private_network_is_public_however_it_is_wrapped(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "103.4.5.6", "2606:4700::1111", "::ffff:8.8.8.8", "2002:808:808::"])
def test_the_rest_of_the_world_is(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://city.test/x", "ftp://city.test/x", "file:///etc/passwd", "https://", "https:///x", "", "city.test",
        "https://user:secret@city.test/x", "https://city.test:99999/x", "https://[::1/x", "https://ci\nty.test/",
    ],
)  # fmt: skip
def test_an_address_is_of_https_with_a_host_and_nothing_of_a_login(url: str) -> None:
    with pytest.raises(CannotReach, match="address"):
        address_of(url)


class Names:
    """A name server that says something else each time."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def resolve(self, _host: str, _port: int) -> tuple[str, ...]:
        self.asked += 1
        return tuple(self.answers.pop(0).split())


@pytest.mark.parametrize("found", ["127.0.0.1", "8.8.8.8 10.0.0.1", ""])
async def test_a_name_that_means_a_private_network_too_is_not_called(found: str) -> None:
    names = Names(found)
    with pytest.raises(CannotReach, match="address"):
        await OutsideWeb(resolve=names.resolve).get("https://city.test/x", most=10, seconds=5)


@pytest.mark.parametrize("host", ["127.0.0.1", "0x7f000001", "2130706433", "localhost", "[::1]", "[::ffff:127.0.0.1]"])
async def test_no_way_to_write_this_machine_leads_to_it(host: str) -> None:
    with pytest.raises(CannotReach):
        await OutsideWeb().get(f"https://{host}/x", most=10, seconds=5)


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    return made(tmp_path)


@asynccontextmanager
async def answering(certificate: Certificate, answer: bytes, heard: list[bytes]) -> AsyncIterator[int]:
    """A server that says the same to everybody; nothing: it never says anything."""
    end = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readuntil(b"\r\n\r\n"))
        if not answer:
            await end.wait()
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=certificate.server())
    async with server:
        yield server.sockets[0].getsockname()[1]
        end.set()


def web(certificate: Certificate, names: Names) -> OutsideWeb:
    """On this machine, for the test alone."""
    trusted = ssl.create_default_context(cafile=str(certificate.certificate))
    return OutsideWeb(names.resolve, lambda address: address == "127.0.0.1", trusted)


async def test_the_name_is_asked_once_and_the_connection_goes_to_that_address(certificate: Certificate) -> None:
    names, heard = Names("127.0.0.1", "10.0.0.1"), list[bytes]()
    async with answering(certificate, PLAIN, heard) as port:
        got = await web(certificate, names).get(f"https://mx.kota.test:{port}/a?b=c", most=10, seconds=PATIENCE)
    assert (got, names.asked) == (b"hello", 1)
    assert heard[0].startswith(b"GET /a?b=c HTTP/1.1\r\n")
    assert f"Host: mx.kota.test:{port}".encode() in heard[0]


async def test_the_certificate_must_be_of_the_name(certificate: Certificate) -> None:
    async with answering(certificate, PLAIN, []) as port:
        with pytest.raises(CannotReach, match="network"):
            await web(certificate, Names("127.0.0.1")).get(
                f"https://other.kota.test:{port}/", most=10, seconds=PATIENCE
            )


REDIRECT = b"HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1/\r\nContent-Length: 0\r\n\r\n"
PACKED = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello"
ENDLESS = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b"x" * 5_000


@pytest.mark.parametrize(
    ("answer", "why"), [(REDIRECT, "302"), (PACKED, "size"), (ENDLESS, "size"), (b"nonsense\r\n\r\n", "network")]
)
async def test_what_redirects_unpacks_or_never_ends_brings_nothing(
    certificate: Certificate, answer: bytes, why: str
) -> None:
    async with answering(certificate, answer, []) as port:
        with pytest.raises(CannotReach, match=why):
            await web(certificate, Names("127.0.0.1")).get(
                f"https://mx.kota.test:{port}/", most=1_000, seconds=PATIENCE
            )


async def test_what_answers_too_slowly_is_left(certificate: Certificate) -> None:
    async with answering(certificate, b"", []) as port:
        with pytest.raises(CannotReach, match="time"):
            await web(certificate, Names("127.0.0.1")).get(f"https://mx.kota.test:{port}/", most=10, seconds=1.0)


async def test_a_post_brings_its_words_and_comes_back_with_a_status(certificate: Certificate) -> None:
    heard: list[bytes] = []
    async with answering(certificate, b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n", heard) as port:
        status = await web(certificate, Names("127.0.0.1")).post(
            f"https://mx.kota.test:{port}/in", {"webhook-id": "msg_1"}, b"{}", seconds=10
        )
    assert status == 410
    assert b"webhook-id: msg_1" in heard[0]
