"""Who is at the other end, for limits alone: never stored, never logged."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.requests import Request

Network = IPv4Network | IPv6Network
_UNKNOWN = "unknown"
_HOUSEHOLD = 64  # bits: one line gets a whole /64, and could use a new address for each try


def networks(trusted: tuple[str, ...]) -> tuple[Network, ...]:
    """Raises ValueError for what is neither an address nor a network."""
    return tuple(ip_network(one, strict=False) for one in trusted)


def _read(text: str) -> IPv4Address | IPv6Address | None:
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _cut(address: IPv4Address | IPv6Address) -> str:
    if isinstance(address, IPv4Address):
        return str(address)
    return str(IPv6Network((int(address), _HOUSEHOLD), strict=False))


def behind(direct: str, forwarded: Sequence[str], trusted: tuple[Network, ...]) -> str:
    """The nearest address that is not one of ours; `forwarded` are the X-Forwarded-For headers in their order."""
    nearest = _read(direct)
    if nearest is None:
        return _UNKNOWN
    hops = [hop for header in forwarded for hop in header.split(",")]
    while hops and any(nearest in network for network in trusted):
        further = _read(hops.pop())
        if further is None:
            break
        nearest = further
    return _cut(nearest)


def peer(request: Request) -> str:
    """An IPv4 address, an IPv6 /64, or "unknown"."""
    trusted: tuple[Network, ...] = request.app.state.trusted
    direct = request.client.host if request.client else ""
    return behind(direct, request.headers.getlist("x-forwarded-for"), trusted)
