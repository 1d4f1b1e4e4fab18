"""What anybody may know of reports: as they are, or in batches of which none points at one person."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.model.identifiers import AgencyId, AreaCode, CategoryId, Number, ReportId
from core.model.status import Status

ANY_KIND, ANYWHERE, NO_OFFICE = CategoryId(""), AreaCode(""), AgencyId("")


@dataclass(frozen=True, slots=True)
class Publishing:
    """How often reports are published, and with how many others at least each shares its kind and place."""

    every: timedelta = timedelta(0)
    least: int = 1

    @property
    def at_once(self) -> bool:
        """Each as it is, as soon as it is filed."""
        return not self.every and self.least <= 1


AT_ONCE = Publishing()


@dataclass(frozen=True, slots=True)
class Published:
    """What anybody may know of a report that is not restricted: no words, no point, no photo.

    One of a batch tells no agency and no due date, its times are the batch's, and its kind and place may be coarse:
    `category` None: no more than its `group` (a field of kinds; empty: not even that); `area` None: somewhere.
    """

    number: Number
    status: Status
    category: CategoryId | None
    agency: AgencyId | None
    area: AreaCode | None
    received: datetime
    updated: datetime
    due: datetime | None
    group: str = ""


@dataclass(frozen=True, slots=True)
class PublishedQuery:
    """Which of them; empty: all. `ended` None: those that have ended and those that have not.

    `groups`: coarse ones of these too; None: all coarse ones. `most` after the first `skip`.
    """

    numbers: tuple[Number, ...] = ()
    categories: tuple[CategoryId, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    ended: bool | None = None
    most: int = 100
    groups: tuple[str, ...] | None = None
    changed_since: datetime | None = None
    changed_until: datetime | None = None
    skip: int = 0


@dataclass(frozen=True, slots=True)
class Unpublished:
    """A report that waits for its batch, as it stands now.

    `sender`: a mark of who sent it, the same for reports of one sender and now and then for others; empty where that
    was only claimed, or may not be told any more.
    """

    report: ReportId
    number: Number
    status: Status
    category: CategoryId
    area: AreaCode | None
    received: datetime
    restricted: bool = False
    sender: bytes = field(default=b"", repr=False)
    agency: AgencyId = NO_OFFICE
    channel: str = ""


@dataclass(frozen=True, slots=True, order=True)
class PublicClass:
    """What published reports of a batch share: kind and place. Empty: coarser than that."""

    group: str = ""
    category: CategoryId = ANY_KIND
    area: AreaCode = ANYWHERE


@dataclass(frozen=True, slots=True)
class Pack:
    """Reports of one class and batch that are published, and taken back, together; enough senders by itself.

    `office`: who holds them all, or which kind of office; empty: that is not told. `proved`: those that are the first
    of a proved sender in their batch.
    """

    id: str  # chance
    shared: PublicClass
    reports: tuple[Unpublished, ...]
    office: str = ""
    proved: frozenset[ReportId] = frozenset()
