"""How much may come by the public form from one network: counted in memory for an hour, and kept nowhere."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from enum import StrEnum
from ipaddress import IPv4Network, ip_network
from types import MappingProxyType
from typing import Final

from core.intake import Slope
from core.ports import RandomSource

WAIT: Final = 600  # seconds, after which it is worth trying again
_HOUR: Final = timedelta(hours=1)
_SLICE: Final = 300.0  # seconds
_MOST_KEPT: Final = 20_000
_WIDER_4: Final = ((24, 4),)  # bits of a network around an address, and how many times as much may come from it
_WIDER_6: Final = ((48, 4), (32, 16))
_CROWD_SHARE: Final = 16  # of all who come by an onion service, or by a proxy of ours that is not named


class Limited(StrEnum):
    """What is counted."""

    PAGE = "page"
    BEGUN = "begun"
    SENT = "sent"


# No edge, as docs/decisions/0031 has it: a stranger in the same network could tell by one whether somebody reported.
# Tries are counted, not reports, so that trying moves what it would measure.
_SLOPES: Final[Mapping[Limited, Slope]] = MappingProxyType(
    {
        Limited.PAGE: Slope(_HOUR, 2400, 120),
        Limited.BEGUN: Slope(_HOUR, 240, 12),
        Limited.SENT: Slope(_HOUR, 120, 8),
    }
)


class FormLimits:
    """One process's counts. `seconds`: a clock that only goes forward."""

    def __init__(self, rng: RandomSource, seconds: Callable[[], float]) -> None:
        self._rng = rng
        self._seconds = seconds
        self._counts: OrderedDict[tuple[Limited, str], dict[int, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._counts)

    def puts_off(self, what: Limited, peer: str) -> bool:
        """Counts one more of that network and of those around it; whether it is one too many."""
        each = [self._one_more(what, network, share) for network, share in _around(peer)]
        return any(each)

    def _one_more(self, what: Limited, network: str, share: int) -> bool:
        slope = _SLOPES[what]
        now = int(self._seconds() / _SLICE)
        first = now - int(slope.span.total_seconds() / _SLICE)
        slices = self._counts.setdefault((what, network), {})
        for old in [each for each in slices if each <= first]:
            del slices[old]
        before = sum(slices.values())
        slices[now] = slices.get(now, 0) + 1
        self._counts.move_to_end((what, network))
        while len(self._counts) > _MOST_KEPT:
            self._counts.popitem(last=False)
        return Slope(slope.span, slope.middle * share, slope.width * share).puts_off(before, self._rng)


def _around(peer: str) -> Iterator[tuple[str, int]]:
    """The address and the networks around it, each with its share; `peer`: `crowd` of web/client_address."""
    try:
        network = ip_network(peer)
    except ValueError:
        yield peer, _CROWD_SHARE
        return
    yield peer, _CROWD_SHARE if network.is_loopback else 1
    if network.is_loopback:
        return
    wider = _WIDER_4 if isinstance(network, IPv4Network) else _WIDER_6
    for bits, share in wider:
        yield str(network.supernet(new_prefix=bits)), share
