"""The onion service's settings: which address it has, and where Tor brings its visitors."""

import re
from collections.abc import Iterator
from ipaddress import ip_address

from core.messages import Problem, Setting, Values

_LISTEN = "127.0.0.1:8001"
SETTINGS = (
    Setting("ONION", "address of the onion service (deploy/tor), which public pages name to Tor Browser"),
    Setting("ONION_LISTEN", "host:port, of this machine alone, to which Tor brings its visitors", _LISTEN),
)
_ADDRESS = re.compile(r"https?://[a-z2-7]{56}\.onion/?")
_PLACE = re.compile(r"(?:\[([0-9a-fA-F:]{2,39})\]|([0-9.]{7,15})):([0-9]{1,5})")
_LAST_PORT = 65_535


def address(values: Values) -> str:
    """Its base, without a slash at the end; empty: there is none."""
    said = values["ONION"].strip().lower()
    return said.rstrip("/") if _ADDRESS.fullmatch(said) else ""


def listens(values: Values) -> tuple[str, int] | None:
    """Where Tor finds us; None: there is no onion service."""
    return _place(values["ONION_LISTEN"]) if address(values) else None


def problems(values: Values) -> Iterator[Problem]:
    """What is no address of an onion, and what others than this machine could reach."""
    if values["ONION"].strip() and not address(values):
        mend = "Set RESI_ONION to http:// and the 56 letters and digits that stand in Tor's file hostname, with .onion."
        yield Problem("ONION", "is no address of an onion service", mend)
    if _place(values["ONION_LISTEN"]) is None:
        mend = f"Set RESI_ONION_LISTEN, for example {_LISTEN}."
        yield Problem("ONION_LISTEN", "is not host:port of this machine's own addresses", mend)
    there = listens(values)
    # Which listener somebody came by is told by its port: whoever came by that of the web could name any circuit.
    if there is not None and values.get("WEB_LISTEN", "").strip().rpartition(":")[2].lstrip("0") == str(there[1]):
        mend = f"Set RESI_ONION_LISTEN to a port of its own, for example {_LISTEN}."
        yield Problem("ONION_LISTEN", "has the port of RESI_WEB_LISTEN", mend)


def _place(text: str) -> tuple[str, int] | None:
    """Only of a loopback address: whoever else reached it could say that they come by any circuit."""
    found = _PLACE.fullmatch(text.strip())
    if found is None or not 0 < int(found[3]) <= _LAST_PORT:
        return None
    host = found[1] or found[2]
    try:
        return (host, int(found[3])) if ip_address(host).is_loopback else None
    except ValueError:
        return None
