"""Which connections may stay open when there are too many: who waits longest in the largest crowd gives way.

Pure, and the same for every listener: it is told who came, who waits for the peer and who is worked for, and says whom
to end. A connection that waits for its peer costs little and may be ended; one that is worked for is owed an answer.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from itertools import islice
from typing import Generic, TypeVar

T = TypeVar("T")
IPv4OrIPv6 = IPv4Address | IPv6Address

_HOUSEHOLD = 64  # bits: one line gets a whole /64, and could use a new address for each connection
_SITE = 48  # bits: what one customer of a provider may get at most
_SITES_SHARE = 4  # an IPv6 /48 may have so many times what one address may
_GRACE_SECONDS = 1.0  # in which a newcomer can say what it wants, however many come behind it
_HANDFUL = 8  # what one browser opens at once makes no crowd
UNKNOWN = "unknown"


def address_of(text: str) -> IPv4OrIPv6 | None:
    """An address as a socket or a header names it; one of IPv4 in IPv6's clothes is IPv4; None: it is none."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def household(address: IPv4OrIPv6 | None) -> str:
    """What counts as one address: an IPv4 address, or an IPv6 /64."""
    if isinstance(address, IPv6Address):
        return str(IPv6Network((int(address), _HOUSEHOLD), strict=False))
    return str(address or UNKNOWN)


def site(address: IPv4OrIPv6 | None) -> str:
    """What counts as one network: an IPv6 /48; an IPv4 address is alone."""
    if isinstance(address, IPv6Address):
        return str(IPv6Network((int(address), _SITE), strict=False))
    return str(address or UNKNOWN)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Most connections at once: of all, and of one address."""

    total: int
    address: int


@dataclass(slots=True)
class _Group(Generic[T]):
    """The connections of one address or network; those that wait with the second since when they do."""

    all: set[T] = field(default_factory=set)
    strangers: OrderedDict[T, float] = field(default_factory=OrderedDict)  # for whom nothing was done yet
    known: OrderedDict[T, float] = field(default_factory=OrderedDict)

    def oldest(self, before: float) -> tuple[int, float, T] | None:
        """Strangers go before those that asked something, but all that wait since before that second come first."""
        first = [next(iter(each.items())) if each else None for each in (self.strangers, self.known)]
        found = [(2 * (each[1] > before) + order, each[1], each[0]) for order, each in enumerate(first) if each]
        return min(found, key=lambda each: each[0], default=None)

    def waiting(self, count: int, before: float) -> list[T]:
        """The first so many, of those that have waited since before that second."""
        found = [each for waiting in (self.strangers, self.known) for each in islice(waiting.items(), count)]
        return [one for one, since in found if since <= before][:count]

    def rests(self, one: T, now: float, *, known: bool) -> None:
        """It waits from now on."""
        self.works(one)
        (self.known if known else self.strangers)[one] = now

    def works(self, one: T) -> None:
        """It waits no more."""
        self.strangers.pop(one, None)
        self.known.pop(one, None)


@dataclass(frozen=True, slots=True, repr=False)
class _Place:
    household: str
    site: str
    exempt: bool


class Admission(Generic[T]):
    """Every open connection of one listener. Not for several threads. A connection is anything that can be hashed.

    `exempt` ones (of a proxy or relay of ours, which brings everybody) have no bound of their own address, and give
    way last. `now` is in seconds, of any clock that only goes forward.
    """

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self._places: dict[T, _Place] = {}
        self._households: dict[str, _Group[T]] = {}
        self._sites: dict[tuple[bool, str], _Group[T]] = {}

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, one: object) -> bool:
        return one in self._places

    def enter(self, one: T, peer: IPv4OrIPv6 | None, now: float, *, exempt: bool = False) -> tuple[T, ...] | None:
        """Whom to end so that this one may come in, which then have left; None: there is no place for it.

        Of an address that has its share already the one that has waited longest gives way; where all are worked for,
        or came just now, the address may have more as long as there is room for everybody.
        """
        place = _Place(household(peer), site(peer), exempt)
        ended = [] if exempt else self._of_its_own(place, now)
        for each in ended:
            self.leave(each)
        if len(self) >= self.bounds.total:
            last = self._of_the_largest(now)
            if last is None:
                return None
            self.leave(last)
            ended.append(last)
        self._places[one] = place
        for group in self._groups(place):
            group.all.add(one)
        self.rests(one, now, known=False)
        return tuple(ended)

    def leave(self, one: T) -> None:
        """It is closed, or about to be."""
        place = self._places.pop(one, None)
        if place is None:
            return
        for group in self._groups(place):
            group.works(one)
            group.all.discard(one)
        if not self._households[place.household].all:
            del self._households[place.household]
        if not self._sites[place.exempt, place.site].all:
            del self._sites[place.exempt, place.site]

    def rests(self, one: T, now: float, *, known: bool = True) -> None:
        """From now on it waits for its peer; `known`: something was done for it before."""
        if place := self._places.get(one):
            for group in self._groups(place):
                group.rests(one, now, known=known)

    def works(self, one: T) -> None:
        """From now on something is done for it: it is not ended."""
        if place := self._places.get(one):
            for group in self._groups(place):
                group.works(one)

    def _groups(self, place: _Place) -> tuple[_Group[T], _Group[T]]:
        return (
            self._households.setdefault(place.household, _Group()),
            self._sites.setdefault((place.exempt, place.site), _Group()),
        )

    def _of_its_own(self, place: _Place, now: float) -> list[T]:
        """Who gives way in an address or network that has its share; two, so that an overflow ebbs away."""
        own, near = self._households.get(place.household), self._sites.get((False, place.site))
        for group, most in ((own, self.bounds.address), (near, self.bounds.address * _SITES_SHARE)):
            if group is not None and len(group.all) >= most:
                return group.waiting(2 if len(group.all) > most else 1, now - _GRACE_SECONDS)
        return []

    def _of_the_largest(self, now: float) -> T | None:
        """The one that has waited longest in the largest networks with any that wait; those of our own proxies last."""
        crowds = [
            (exempt, -(len(group.all) // _HANDFUL), *oldest)
            for (exempt, _), group in self._sites.items()
            if (oldest := group.oldest(now - _GRACE_SECONDS)) is not None
        ]
        return min(crowds, key=lambda each: each[:4])[4] if crowds else None
