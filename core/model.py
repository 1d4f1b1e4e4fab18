"""The nouns of DESIGN section 2 as frozen dataclasses; what is secret prints as a placeholder."""

from dataclasses import dataclass, field
from datetime import date, datetime
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
StaffId = NewType("StaffId", str)


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
    SUMMARY = "summary"  # shall it be sent, or does a report that is there already say the same
    CHANGE = "change"  # what shall be changed
    RESUME = "resume"  # go on with the draft, after something else was answered
    FILED = "filed"  # a correction of what was just filed
    ANSWER = "answer"  # the words or photos of an answer to staff
    ADD = "add"  # words or photos that are added to a report
    WHICH = "which"  # which of several reports the words in the draft are about


@dataclass(frozen=True, slots=True)
class Filed:
    """The report that this dialogue just filed, for a correction within the day."""

    report: ReportId
    placed: bool  # has an area, or needs none
    alternatives: tuple[CategoryId, ...] = ()  # what else the words may have meant
    options: tuple[str, ...] = ()  # ids of the corrections that were offered with the code
    found: Point | None = None  # where the photo of a one-shot report was taken, until the citizen says to use it


class Asking(StrEnum):
    """What a message of ours waits for."""

    ANSWER = "answer"  # words or a photo, for staff
    FEEDBACK = "feedback"  # solved, or not


@dataclass(frozen=True, slots=True)
class Awaited:
    """An answer that is awaited from somebody: kept, sealed, from the moment its question was delivered."""

    report: ReportId
    last4: str = field(repr=False)
    asking: Asking
    until: datetime
    message: str = field(default="", repr=False)  # what the wire calls the message that asked


@dataclass(frozen=True, slots=True)
class About:
    """The report that the next words, or the rest of an album, belong to."""

    report: ReportId
    last4: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Where a conversation stands; knows no identity and no clock."""

    lang: str
    step: Step = Step.IDLE
    draft: Draft = Draft()
    back: Step = Step.IDLE  # where RESUME, CHANGE, ANSWER and ADD return to
    offered: tuple[str, ...] = ()  # ids of the options last shown, in order
    menu: str = ""  # the group whose leaves are shown
    page: int = 0  # of a menu that is longer than the channel shows
    misses: int = 0  # answers in a row that could not be read
    revision: int = 0  # of the last question
    group: str = field(default="", repr=False)  # the album whose first part was answered
    filed: Filed | None = None
    about: About | None = None  # what ANSWER and ADD wait for
    alike: ReportId | None = None  # the report that can be followed instead of sending this one
    awaited: tuple[Awaited, ...] = ()  # read at each turn, and kept elsewhere: an answer from anywhere ends it


class Act(StrEnum):
    """What can happen to a report; what staff order is called as on the command line."""

    FILED = "filed"
    CORRECTED = "corrected"  # category or place, by the citizen
    # staff
    START = "start"
    COORDINATE = "coordinate"
    DELEGATE = "delegate"
    RETURN = "return"
    PLAN = "plan"
    APPROVE_PLAN = "approve-plan"
    REJECT_PLAN = "reject-plan"
    ESTIMATE = "estimate"
    APPROVE_ESTIMATE = "approve-estimate"
    REFUSE_ESTIMATE = "refuse-estimate"
    ASK = "ask"
    NOTE = "note"
    RESULT = "result"
    VALIDATE = "validate"
    REJECT_RESULT = "reject-result"
    REJECT = "reject"
    FORWARD = "forward"
    LINK = "link"
    # citizens
    ANSWER = "answer"
    ADD = "add"
    SOLVED = "solved"
    NOT_SOLVED = "not-solved"
    DISPUTE = "dispute"  # "not solved" once more than it reopens
    WITHDRAW = "withdraw"
    # the clock
    LATE = "late"
    CLIMB = "climb"
    EVALUATION = "evaluation"


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One step in the life of a report; never changed, never deleted. `at` in minutes, UTC.

    Its agency ends with the report's words: it is empty then.
    """

    at: datetime
    status: Status
    agency: AgencyId
    text: str = field(default="", repr=False)
    act: Act = Act.FILED
    files: tuple[StoredFile, ...] = ()


class Check(StrEnum):
    """Where something stands that another office has to approve."""

    NONE = ""
    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"


class Feedback(StrEnum):
    """What a citizen says of a solution."""

    SOLVED = "solved"
    NOT_SOLVED = "not_solved"


@dataclass(frozen=True, slots=True)
class Handling:
    """What the handling of a report has come to."""

    plan: Check = Check.NONE
    planner: StaffId | None = None
    estimate: Check = Check.NONE
    until: date | None = None  # the day that was asked for
    estimator: StaffId | None = None
    result: tuple[StoredFile, ...] = ()
    doer: StaffId | None = None  # who sent the result
    lookalikes: tuple[Number, ...] = ()  # reports whose result photo looks the same
    main: ReportId | None = None  # the report about the same problem that this one goes along with
    feedback: Feedback | None = None
    reopened: int = 0
    disputed: bool = False  # it was said that it is not solved once more than that reopens it: the Biro decides
    looked: bool = False  # its first receiver has opened it
    marked: datetime | None = None  # marks of time up to here were dealt with


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
    late: bool = False  # a mark that stays
    evaluation: bool = False  # likewise
    alarm: datetime | None = None  # when the clock has to look at it next
    handling: Handling = Handling()


@dataclass(frozen=True, slots=True)
class Listed:
    """A report as a line of a list: what it says stays sealed, and is not opened for a list."""

    number: Number
    channel: str
    status: Status
    category: CategoryId
    agency: AgencyId
    area: AreaCode | None
    received: datetime
    due: datetime
    late: bool
    evaluation: bool


@dataclass(frozen=True, slots=True)
class Contact:
    """An address that news of one report goes to."""

    id: ContactId
    channel: str
    address: Address
    lang: str
    thread: str = field(default="", repr=False)  # id of our first message to it: what later ones refer to


@dataclass(frozen=True, slots=True)
class Holder:
    """Who may speak for a report. `last4` of the code: news must say which report it is about."""

    report: ReportId
    role: Role
    last4: str = field(repr=False)
    contact: ContactId | None = None
    told: datetime | None = None  # when the last news was, or will be, due


class Kind(StrEnum):
    """Of a delivery."""

    REPLY = "reply"
    QUESTION = "question"
    NEWS = "news"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One outgoing message, a row of the outbox.

    `lane`: deliveries of one lane leave in order. Empty: the lane of its contact, so that news which waits for its hour
    holds up no reply.
    """

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
    awaits: Awaited | None = None  # what its answer is about


@dataclass(frozen=True, slots=True)
class Waiting:
    """A delivery as an operator may see it."""

    id: str
    kind: Kind
    channel: str
    state: str  # waiting | dead
    attempts: int
    not_before: datetime


class StaffRole(StrEnum):
    """What an account may do; the names of the command line."""

    OFFICER = "officer"
    HEAD = "head"  # of an agency
    BIRO = "biro"  # Biro Pemerintahan: checks and validates
    CLERK = "clerk"  # files for citizens at a counter
    ADMIN = "admin"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class Staff:
    """An account."""

    id: StaffId
    name: str
    agency: AgencyId
    role: StaffRole
    active: bool = True


class Mark(StrEnum):
    """A moment that deadlines make."""

    LOOK = "look"  # a day has passed, and nobody has opened it
    HALF = "half"  # of the time
    LATE = "late"  # all of the time
    CLIMB = "climb"  # half as much again, and each half after it: one rung up
    EVALUATION = "evaluation"  # thirty days


@dataclass(frozen=True, slots=True)
class Notice:
    """What an office is told of time that passes: number, office and days, never what a report says."""

    to: AgencyId
    report: ReportId
    number: Number
    holder: AgencyId
    mark: Mark
    at: datetime
    days: int  # since it was received


@dataclass(frozen=True, slots=True)
class Handled:
    """A report as its agency's evaluation counts it; `restricted`: in no other figure than that agency's own."""

    agency: AgencyId
    received: datetime
    closed: datetime | None
    evaluation: bool
    reopened: int
    feedback: Feedback | None
    restricted: bool


@dataclass(frozen=True, slots=True)
class Route:
    """A row of automatic forwarding: such reports go to that agency at once. None: any."""

    to: AgencyId
    category: CategoryId | None = None
    area: AreaCode | None = None  # a kelurahan, or all of a kecamatan or a city


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing that somebody did; `who` is an account's name or "clock". Sealed as a whole."""

    at: datetime
    who: str
    act: str
    number: Number | None = None
    via: str = "terminal"
