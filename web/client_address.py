"""Who is at the other end, for limits and for what this machine alone may ask: never stored, never logged."""

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network

from starlette.requests import Request
from starlette.types import Scope

from core.admission import UNKNOWN, IPv4OrIPv6, address_of, household

CIRCUIT = "onion."
"""Begins what stands for the address of who comes by the onion service; no socket's address begins so."""
Network = IPv4Network | IPv6Network
_HANDED_ON = ("forwarded", "via", "x-forwarded-", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip")


def networks(trusted: tuple[str, ...]) -> tuple[Network, ...]:
    """Raises ValueError for what is neither an address nor a network."""
    return tuple(ip_network(one, strict=False) for one in trusted)


def _read(text: str) -> IPv4OrIPv6 | None:
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    return address_of(text)


def nearest_untrusted(direct: str, forwarded: Sequence[str], trusted: tuple[Network, ...]) -> str:
    """The nearest address that is not one of ours; `forwarded` are the X-Forwarded-For headers in their order."""
    nearest = _read(direct)
    if nearest is None:
        return UNKNOWN
    hops = [hop for header in forwarded for hop in header.split(",")]
    while hops and any(nearest in network for network in trusted):
        further = _read(hops.pop())
        if further is None:
            break
        nearest = further
    return household(nearest)


def by_onion(scope: Scope) -> bool:
    """Whether it came by the listener of the onion service."""
    return bool(scope.get("client")) and str(scope["client"][0]).startswith(CIRCUIT)


def client_address(request: Request) -> str:
    """An IPv4 address, an IPv6 /64, a circuit of Tor's, or "unknown"."""
    trusted: tuple[Network, ...] = request.app.state.trusted
    direct = request.client.host if request.client else ""
    if by_onion(request.scope):
        return direct
    return nearest_untrusted(direct, request.headers.getlist("x-forwarded-for"), trusted)


def crowd(request: Request) -> str:
    """Whose requests wait for each other: all who come by the onion together, for a circuit costs nobody anything."""
    return CIRCUIT if by_onion(request.scope) else client_address(request)


def is_here(request: Request) -> bool:
    """Whether this machine itself asks. What a proxy hands on comes from this machine too, and for anybody.

    One that adds no header is known by the name that was asked for, or by the old HTTP that nginx speaks unless told.
    """
    if any(name.startswith(_HANDED_ON) for name in request.headers) or request.scope["http_version"] < "1.1":
        return False
    named = request.headers.get("host", "localhost").lower()
    here = (_read(named), address_of(request.client.host) if request.client else None)
    asked, direct = (each is not None and each.is_loopback for each in here)
    return direct and (asked or named.partition(":")[0] == "localhost")
