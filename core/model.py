"""The nouns of DESIGN section 2 as frozen dataclasses; what is secret prints as a placeholder."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from core.messages import Address, Point, Say, Secret, StoredFile, Thread

ReportId = NewType("ReportId", str)
ContactId = NewType("ContactId", str)
DeliveryId = NewType("DeliveryId", str)
Number = NewType("Number", str)  # public: R + 8 Crockford characters
CategoryId = NewType("CategoryId", str)
AgencyId = NewType("AgencyId", str)  # an agency's id, or kel:CODE, kec:CODE for an area's office
AreaCode = NewType("AreaCode", str)  # Kemendagri code of a kelurahan or a kecamatan


class TrackingCode(Secret):
    """Sixteen digits, the citizen's secret; whoever holds it may read, answer and erase."""

    __slots__ = ()
    shown = "<code>"


class Status(StrEnum):
    """Where a report stands; meanings in DOMAIN section 3."""

    MENUNGGU = "menunggu"
    KOORDINASI = "koordinasi"
    DISPOSISI = "disposisi"
    PROSES = "proses"
    EWS = "ews"
    MENUNGGU_VALIDASI = "menunggu_validasi"
    TL_DITOLAK = "tl_ditolak"
    SELESAI = "selesai"
    DITOLAK = "ditolak"
    DICABUT = "dicabut"
    DITERUSKAN = "diteruskan"


ENDED = frozenset({Status.SELESAI, Status.DITOLAK, Status.DICABUT, Status.DITERUSKAN})


class Role(StrEnum):
    """Why a holder may speak for a report."""

    REPORTER = "reporter"
    FOLLOWER = "follower"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem is: what was matched, and what was said. `area` None: not known (yet)."""

    area: AreaCode | None = None
    name: str = ""  # of the area, as people read it
    words: str = field(default="", repr=False)
    point: Point | None = None


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Draft:
    """A report that is not filed yet."""

    text: str = field(default="", repr=False)
    category: CategoryId | None = None
    place: Place | None = None  # None: not asked yet; NOWHERE: asked, and left open
    files: tuple[StoredFile, ...] = ()
    hinted: bool = False  # the emergency number was said
    doubted: bool = False  # what may or may not point at the writer was asked about
    kept: tuple[str, ...] = field(default=(), repr=False)  # of that, the very words that the writer insists on
    found: Point | None = None  # where a photo was taken; gone once the citizen has said whether to use it


class Step(StrEnum):
    """What a conversation waits for."""

    IDLE = "idle"  # nothing
    STORY = "story"
    CATEGORY = "category"  # one of a few suggestions
    GROUP = "group"
    LEAF = "leaf"
    PLACE = "place"
    WHICH_PLACE = "which_place"  # one of a few areas of that name
    PHOTO_PLACE = "photo_place"  # whether the place where a photo was taken is the one that is meant
    DOUBT = "doubt"  # whether words that may point at the writer shall be closed
    SUMMARY = "summary"
    CHANGE = "change"  # what shall be changed
    RESUME = "resume"  # go on with the draft, after something else was answered
    FILED = "filed"  # a correction of what was just filed


@dataclass(frozen=True, slots=True)
class Filed:
    """The report that this dialogue just filed, for a correction within the day."""

    report: ReportId
    placed: bool  # has an area, or needs none
    alternatives: tuple[CategoryId, ...] = ()  # what else the words may have meant
    options: tuple[str, ...] = ()  # ids of the corrections that were offered with the code
    found: Point | None = None  # where the photo of a one-shot report was taken, until the citizen says to use it


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Where a conversation stands; knows no identity and no clock."""

    lang: str
    step: Step = Step.IDLE
    draft: Draft = Draft()
    back: Step = Step.IDLE  # where RESUME and CHANGE return to
    offered: tuple[str, ...] = ()  # ids of the options last shown, in order
    menu: str = ""  # the group whose leaves are shown
    page: int = 0  # of a menu that is longer than the channel shows
    misses: int = 0  # answers in a row that could not be read
    revision: int = 0  # of the last question
    group: str = field(default="", repr=False)  # the album whose first part was answered
    filed: Filed | None = None


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One step in the life of a report; never changed, never deleted. `at` in minutes, UTC."""

    at: datetime
    status: Status
    agency: AgencyId
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Report:
    """What an agency handles. Times in minutes, UTC."""

    id: ReportId
    number: Number
    channel: str
    status: Status
    category: CategoryId
    agency: AgencyId
    received: datetime
    due: datetime
    text: str = field(repr=False)
    place: Place = NOWHERE
    files: tuple[StoredFile, ...] = ()
    restricted: bool = False
    closed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """An address that news of one report goes to."""

    id: ContactId
    channel: str
    address: Address
    lang: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Who may speak for a report. `last4` of the code: news must say which report it is about."""

    report: ReportId
    role: Role
    last4: str = field(repr=False)
    contact: ContactId | None = None


class Kind(StrEnum):
    """Of a delivery."""

    REPLY = "reply"
    QUESTION = "question"
    NEWS = "news"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One outgoing message, a row of the outbox. `lane`: deliveries of one lane leave in order."""

    id: DeliveryId
    lane: bytes = field(repr=False)
    kind: Kind
    channel: str
    to: Address
    say: Say
    lang: str
    not_before: datetime
    thread: Thread | None = None
    contact: ContactId | None = None  # erased when the wire refuses for good
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """A delivery as an operator may see it."""

    id: str
    kind: Kind
    channel: str
    state: str  # waiting | dead
    attempts: int
    not_before: datetime
