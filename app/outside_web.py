"""Calls to addresses that partners name: to public networks alone, resolved once, without redirects, in bounded time.

What a name means is asked once, and the connection goes to that address: a name that means another one a moment later
(DNS rebinding) leads nowhere. The certificate is still that of the name.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

_LAST_PORT = 65_535
Ip = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Awaitable[tuple[str, ...]]]
# All that is given out to the world. Python 3.11 calls public what lies outside of it: networks of a site (fec0::/10),
# and addresses of IPv4 of any network, as they are or behind a gateway (::/96, ::ffff:0:0:0/96, 64:ff9b::/32).
_WORLD = IPv6Network("2000::/3")


class CannotReach(Exception):
    """No answer that counts; `why` is a word for a log: address, network, time, size, or a status."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


async def resolved(host: str, port: int) -> tuple[str, ...]:
    """All addresses of a name; raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(each[4][0]) for each in found))


def is_public(address: str) -> bool:
    """Whether it lies in a network of the whole world; what wraps another address counts as that one, or as none."""
    try:
        ip: Ip = ip_address(address)
    except ValueError:
        return False  # such as one with a zone
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is None and (ip not in _WORLD or ip.teredo is not None):
            return False
        ip = inner or ip
    return ip.is_global and not ip.is_multicast


def address_of(url: str) -> "httpx.URL":
    """Of https, with a host, without a name and password; raises CannotReach."""
    import httpx  # noqa: PLC0415 - a twentieth of a start, and loaded behind it (app/warm_up.py)

    try:
        found = httpx.URL(url)
        host = found.host
    except (httpx.InvalidURL, ValueError, TypeError):
        raise CannotReach("address") from None
    if found.scheme != "https" or not host or found.userinfo or (found.port or 443) > _LAST_PORT:
        raise CannotReach("address")
    return found


@cache
def _known_to_all() -> ssl.SSLContext:
    """The certificates that all trust: to read them takes 43 ms, in which nobody else is served."""
    import httpx  # noqa: PLC0415 - as above

    return httpx.create_ssl_context(trust_env=False)


@dataclass(frozen=True, slots=True)
class OutsideWeb:
    """`may`: whether an address may be called; `trusted`: certificates, those that all trust where it is None."""

    resolve: Resolve = resolved
    may: Callable[[str], bool] = is_public
    trusted: ssl.SSLContext | None = field(default=None, repr=False)

    async def get(self, url: str, *, most: int, seconds: float) -> bytes:
        """What lies there, of so many bytes at most; raises CannotReach."""
        async with self._called("GET", url, {}, b"", seconds) as answer:
            if answer.status_code != HTTPStatus.OK:
                raise CannotReach(str(answer.status_code))
            return await _read(answer, most)

    async def ask(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes, *, most: int, seconds: float
    ) -> tuple[int, bytes]:
        """The status of the answer and its body, of so many bytes at most; raises CannotReach."""
        async with self._called(method, url, headers, body, seconds) as answer:
            return answer.status_code, await _read(answer, most)

    async def post(self, url: str, headers: Mapping[str, str], body: bytes, *, seconds: float) -> int:
        """The status of the answer, whose body is not read; raises CannotReach."""
        async with self._called("POST", url, headers, body, seconds) as answer:
            return answer.status_code

    @asynccontextmanager
    async def _called(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes, seconds: float
    ) -> "AsyncIterator[httpx.Response]":
        import httpx  # noqa: PLC0415 - as above

        named = address_of(url)
        try:
            async with asyncio.timeout(seconds):
                at = named.copy_with(host=await self._where(named))
                given = {"Accept-Encoding": "identity", "User-Agent": "resi", **headers, "Host": named.netloc.decode()}
                # No proxy of the environment: it would resolve the name once more.
                async with httpx.AsyncClient(
                    verify=self.trusted or _known_to_all(),
                    trust_env=False,
                    follow_redirects=False,
                    timeout=seconds,
                ) as client:
                    named_so = {"sni_hostname": named.host}
                    async with client.stream(method, at, headers=given, content=body, extensions=named_so) as answer:
                        yield answer
        except TimeoutError:
            raise CannotReach("time") from None
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError, UnicodeError) as error:
            raise CannotReach("time" if isinstance(error, httpx.TimeoutException) else "network") from None

    async def _where(self, named: "httpx.URL") -> str:
        """The one address that is called; all that the name has must be allowed."""
        found = await self.resolve(named.host, named.port or 443)
        if not found or not all(map(self.may, found)):
            raise CannotReach("address")
        return found[0]


async def _read(answer: "httpx.Response", most: int) -> bytes:
    if answer.headers.get("content-encoding", "identity") != "identity":
        raise CannotReach("size")  # a few bytes may unpack to millions
    body = bytearray()
    async for chunk in answer.aiter_raw():
        body += chunk
        if len(body) > most:
            raise CannotReach("size")
    return bytes(body)
