"""One transaction with all that lies in it, time and randomness, and what stays from turn to turn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Protocol, TypeVar

from core.messages import ChannelProfile, Envelope
from core.model import AT_ONCE, Publishing
from core.ports.conversations import ConversationRepositories
from core.ports.maps import NO_MAP, CityMap
from core.ports.reports import ReportRepositories
from core.ports.staff import StaffRepositories

T = TypeVar("T")


class Clock(Protocol):
    """The current time, which a turn asks for once."""

    def now(self) -> datetime:
        """UTC, aware."""


class RandomSource(Protocol):
    """Random values that nobody can guess."""

    def token(self) -> str:
        """128 random bits, 26 lower-case base32 characters."""

    def below(self, end: int) -> int:
        """A whole number, 0 <= n < end."""


class UnitOfWork(ConversationRepositories, ReportRepositories, StaffRepositories, Protocol):
    """One open transaction with all its repositories; nothing in it commits.

    What needs one group alone asks for that group: its signature tells what it can touch.
    """


class Store(Protocol):
    """Where turns run: all of a turn is kept, or nothing of it."""

    def run(self, turn: Callable[[UnitOfWork], T], *, ordering_key: bytes = b"") -> T:
        """Calls `turn` in one transaction and returns its result after the commit.

        Calls it again where the database rolled back because of another transaction.

        `ordering_key`: turns of the same ordering key run one after the other, on any number of processes.
        Raises StoreAway when the database cannot be reached or written.
        """

    def read(self, turn: Callable[[UnitOfWork], T]) -> T:
        """Calls a turn that only reads: it sees the last commit, takes no lock and waits for none.

        What it writes is refused or lost. Raises StoreAway.
        """


@dataclass(frozen=True, slots=True)
class Context:
    """What stays the same from turn to turn."""

    rng: RandomSource
    zone: tzinfo
    lang: str
    profiles: Mapping[str, ChannelProfile]
    quiet_nights: bool = True  # False: news of what somebody just did is not held until the morning; the clock's always
    second_person: bool = False  # what one alone does to an account that sees much waits for another
    named: tuple[str, ...] = ()  # the city's own numbers and addresses, which words of staff may hold
    news_delay: tuple[int, int] = (0, 0)  # minutes, from and to: chance between them, so that no wire tells who acted
    publishing: Publishing = AT_ONCE  # how often, and among how many others
    city_map: CityMap = NO_MAP
    desk_url: str = ""  # where the desk is reached: what staff are told by mail links there

    def profile_of(self, envelope: Envelope) -> ChannelProfile:
        """How its channel speaks, with what is known of this very message's sender."""
        profile = self.profiles[envelope.channel]
        return profile.with_proved_senders() if envelope.proved else profile
