"""One transaction with all that lies in it, time and randomness, and what stays from turn to turn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Protocol, TypeVar

from core.messages import ChannelProfile, Envelope
from core.model import AT_ONCE, Publishing
from core.ports.publication import Publications
from core.ports.reports import CodeHolders, Outbox, PerceptualHashes, Queues, Reports, Texts, UnlockedReports
from core.ports.staff import (
    Accounts,
    Audit,
    CannedAnswers,
    Factors,
    Mentions,
    Notices,
    Overview,
    PageViewers,
    Partners,
    Routes,
    Sessions,
    Views,
)
from core.ports.talk import AwaitedAnswers, Capabilities, Dialogues, Inbox

T = TypeVar("T")


class Clock(Protocol):
    """The time, asked once a turn."""

    def now(self) -> datetime:
        """UTC, aware."""
        ...


class RandomSource(Protocol):
    """Random values that nobody can guess."""

    def token(self) -> str:
        """128 random bits, 26 lower-case base32 characters."""
        ...

    def below(self, end: int) -> int:
        """A whole number, 0 <= n < end."""
        ...


class UnitOfWork(Protocol):
    """One open transaction; nothing in it commits."""

    @property
    def inbox(self) -> Inbox: ...
    @property
    def dialogues(self) -> Dialogues: ...
    @property
    def reports(self) -> Reports: ...
    @property
    def unlocked_reports(self) -> UnlockedReports: ...
    @property
    def queues(self) -> Queues: ...
    @property
    def texts(self) -> Texts: ...
    @property
    def code_holders(self) -> CodeHolders: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def awaited(self) -> AwaitedAnswers: ...
    @property
    def capabilities(self) -> Capabilities: ...
    @property
    def perceptual_hashes(self) -> PerceptualHashes: ...
    @property
    def notices(self) -> Notices: ...
    @property
    def overview(self) -> Overview: ...
    @property
    def accounts(self) -> Accounts: ...
    @property
    def page_viewers(self) -> PageViewers: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def factors(self) -> Factors: ...
    @property
    def views(self) -> Views: ...
    @property
    def mentions(self) -> Mentions: ...
    @property
    def routes(self) -> Routes: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def partners(self) -> Partners: ...
    @property
    def canned(self) -> CannedAnswers: ...
    @property
    def publications(self) -> Publications: ...


class Store(Protocol):
    """Where turns run: all of a turn is kept, or nothing of it."""

    def run(self, turn: Callable[[UnitOfWork], T], *, ordering_key: bytes = b"") -> T:
        """Calls `turn` in one transaction, again if the database asks for it; returns after the commit.

        `ordering_key`: turns of the same ordering key run one after the other, on any number of processes.
        Raises StoreAway when the database cannot be reached or written.
        """
        ...

    def read(self, turn: Callable[[UnitOfWork], T]) -> T:
        """A turn that only reads: it sees the last commit, and neither waits for who writes nor holds them up.

        What it writes is refused or lost. Raises StoreAway.
        """
        ...


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

    def profile_of(self, envelope: Envelope) -> ChannelProfile:
        """How its channel speaks, with what is known of this very message's sender."""
        profile = self.profiles[envelope.channel]
        return profile.with_proved_senders() if envelope.proved else profile
