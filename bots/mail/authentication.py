"""What the operator's own mail exchanger (MX) says of a mail's sender and of where it came from (RFC 8601).

Believed only where RESI_MAIL_AUTHSERV names that server, which takes away what others wrote in its name; and of several
results in its name the topmost, for it writes above what came with the mail.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import getaddresses

from bots.mail.address import is_sound, is_stand_in, normal
from bots.mail.submission import network_of

_HEAD_LIMIT = 65_536  # bytes
_MOST_HEADERS = 400
_NAMES = ("authentication-results", "from", "received")
_COMMENT = re.compile(r"\([^()]*\)")
_MOST_NESTED = 8
_QUOTED = re.compile(r'"[^"]*"')
_RESULT = re.compile(r"\s*dmarc\s*=\s*([a-z]+)\b", re.IGNORECASE)
_FROM = re.compile(r"\bheader\.from\s*=\s*([\w.-]+)", re.IGNORECASE)
_PEER = re.compile(r"\[(?:IPv6:)?([0-9A-Fa-f:.]{2,45})\]")


@dataclass(frozen=True, slots=True)
class Authenticated:
    """`proved`: the domain vouches for the very address that sent it; `path`: the network it came from, else empty."""

    proved: bool = False
    path: str = field(default="", repr=False)


def authenticated(raw: bytes, person: str, authserv: str) -> Authenticated:
    """Of the mail that somebody at `person` (normal) is said to have sent; nothing where no server is named."""
    if not authserv:
        return Authenticated()
    headers = list(_headers(raw))
    return Authenticated(_proved(headers, person, authserv), _path(headers))


def answered_at(raw: bytes, sender: str, authserv: str) -> str:
    """The address of whoever is answered: the envelope's, unless that only stands in for the one in From."""
    headers, person = list(_headers(raw)), normal(sender)
    named = _named(headers)
    if len(named) != 1 or not is_sound(named[0]):
        return person
    vouched = bool(authserv) and _passed(headers, authserv) == named[0].rpartition("@")[2].casefold()
    return named[0] if is_stand_in(person, named[0], vouched=vouched) else person


def _headers(raw: bytes) -> Iterator[tuple[str, str]]:
    """Those three, unfolded, in their order."""
    head = raw[:_HEAD_LIMIT].replace(b"\r\n", b"\n").replace(b"\r", b"\n").partition(b"\n\n")[0]
    lines = re.sub(r"\n[ \t]+", " ", head.decode("latin-1")).split("\n")[:_MOST_HEADERS]
    for line in lines:
        name, colon, value = line.partition(":")
        if colon and name.strip().lower() in _NAMES:
            yield name.strip().lower(), value.strip()


def _proved(headers: list[tuple[str, str]], person: str, authserv: str) -> bool:
    named = [each.casefold() for each in _named(headers)]
    domain = person.rpartition("@")[2].casefold()
    return named == [person.casefold()] and _passed(headers, authserv) == domain


def _named(headers: list[tuple[str, str]]) -> list[str]:
    """The addresses in From; none where there are two such headers, or one that nests brackets without end."""
    written = [value for name, value in headers if name == "from"]
    try:
        return [normal(address) for _, address in getaddresses(written) if address] if len(written) == 1 else []
    except RecursionError:
        return []


def _passed(headers: list[tuple[str, str]], authserv: str) -> str:
    """The domain that passed DMARC, by the topmost result of that server; empty where none did."""
    received = 0
    for name, value in headers:
        received += name == "received"
        if received > 1:
            return ""  # from here on, others wrote
        if name != "authentication-results":
            continue
        server, _, results = _bare(value).partition(";")
        if (server.split() or [""])[0].casefold() != authserv.casefold():
            continue
        for result in results.split(";"):
            found = _RESULT.match(result)
            if found is not None:
                named = _FROM.search(result)
                return named[1].casefold() if found[1].lower() == "pass" and named is not None else ""
    return ""


def _bare(value: str) -> str:
    """Without comments and quoted words, which may hold anything."""
    for _ in range(_MOST_NESTED):
        value, before = _COMMENT.sub(" ", value), value
        if value == before:
            break
    return _QUOTED.sub(" ", value)


def _path(headers: list[tuple[str, str]]) -> str:
    """The network of whom the exchanger took it from, as it wrote above all others."""
    first = next((value for name, value in headers if name == "received"), "")
    found = _PEER.search(first.partition(" by ")[0])
    return network_of(found[1]) if found is not None else ""
