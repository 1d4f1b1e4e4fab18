"""core.ports.Store in dictionaries: the second implementation of the storage contract, fast enough for every test."""

import threading
from collections.abc import Callable
from typing import TypeVar, get_type_hints

from core.errors import StoreAway
from tests.fakes.memory_accounts import (
    MemoryAccounts,
    MemoryFactors,
    MemoryIdentities,
    MemoryPageViewers,
    MemorySessions,
)
from tests.fakes.memory_alerts import MemoryAlerts
from tests.fakes.memory_conversations import (
    MemoryAwaitedAnswers,
    MemoryCapabilities,
    MemoryDialogues,
    MemoryInbox,
    MemoryOutbox,
)
from tests.fakes.memory_publications import MemoryKeptFigures, MemoryPublications
from tests.fakes.memory_reports import (
    MemoryCodeHolders,
    MemoryPerceptualHashes,
    MemoryQueues,
    MemoryReports,
    MemoryTexts,
    MemoryUnlockedReports,
)
from tests.fakes.memory_staff import (
    MemoryAudit,
    MemoryCanned,
    MemoryCityChanges,
    MemoryMentions,
    MemoryNotices,
    MemoryOverview,
    MemoryPartners,
    MemoryRoutes,
    MemoryViews,
)
from tests.fakes.memory_state import State

T = TypeVar("T")


class MemoryUnitOfWork:
    """A part of it is made when a turn first asks for it, which most do for few."""

    inbox: MemoryInbox
    dialogues: MemoryDialogues
    reports: MemoryReports
    unlocked_reports: MemoryUnlockedReports
    queues: MemoryQueues
    texts: MemoryTexts
    code_holders: MemoryCodeHolders
    outbox: MemoryOutbox
    awaited: MemoryAwaitedAnswers
    capabilities: MemoryCapabilities
    perceptual_hashes: MemoryPerceptualHashes
    notices: MemoryNotices
    overview: MemoryOverview
    accounts: MemoryAccounts
    page_viewers: MemoryPageViewers
    sessions: MemorySessions
    factors: MemoryFactors
    identities: MemoryIdentities
    views: MemoryViews
    mentions: MemoryMentions
    routes: MemoryRoutes
    partners: MemoryPartners
    audit: MemoryAudit
    canned: MemoryCanned
    city_changes: MemoryCityChanges
    publications: MemoryPublications
    alerts: MemoryAlerts
    figures: MemoryKeptFigures

    def __init__(self, state: State) -> None:
        self._state = state

    def __getattr__(self, name: str) -> object:
        if name not in _PARTS:
            raise AttributeError(name)
        made = _PARTS[name](self._state)
        setattr(self, name, made)
        return made


_PARTS = get_type_hints(MemoryUnitOfWork)


class MemoryStore:
    """Turns one after the other; one that raises leaves nothing. Look at `state` to see what was kept."""

    def __init__(self) -> None:
        self.state = State()
        self.away = False  # set: every turn raises StoreAway, as when the disk is full
        self.ordering_keys: list[bytes] = []  # of the turns that were kept, in order
        self._one = threading.RLock()

    def run(self, turn: Callable[[MemoryUnitOfWork], T], *, ordering_key: bytes = b"") -> T:
        with self._one:
            if self.away:
                raise StoreAway
            trial = self.state.copy()
            result = turn(MemoryUnitOfWork(trial))
            self.state = trial
            self.ordering_keys.append(ordering_key)
            return result

    def read(self, turn: Callable[[MemoryUnitOfWork], T]) -> T:
        with self._one:
            if self.away:
                raise StoreAway
            return turn(MemoryUnitOfWork(self.state.copy()))
