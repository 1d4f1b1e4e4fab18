"""How a mail was handed to us, as its SMTP conversation said it: nothing of this stands in the mail itself."""

from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address, ip_network

_IPV4_NETWORK = 24  # bits that are kept of a peer's address: its network, not its house
_IPV6_NETWORK = 48


@dataclass(frozen=True, slots=True)
class Submission:
    """`peer`: the address at the other end of the connection; `recipients`: as RCPT gave them, with their tags."""

    peer: str = field(default="", repr=False)
    recipients: tuple[str, ...] = field(default=(), repr=False)

    @property
    def path(self) -> str:
        """The network of the peer; empty where that tells nothing: a mail server in front of us, on loopback."""
        return network_of(self.peer)


def network_of(peer: str) -> str:
    """The IPv4 /24 or IPv6 /48 of an address; empty for loopback and for what is none."""
    try:
        address = ip_address(peer.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if address.is_loopback:
        return ""
    bits = _IPV6_NETWORK if isinstance(address, IPv6Address) else _IPV4_NETWORK
    return str(ip_network(f"{address}/{bits}", strict=False))


def host_of(peername: object) -> str:
    """The address in what a socket calls its peer; empty where there is none."""
    return peername[0] if isinstance(peername, tuple) and peername and isinstance(peername[0], str) else ""
