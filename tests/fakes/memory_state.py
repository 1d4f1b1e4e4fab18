"""What the store in memory keeps: dictionaries of frozen values."""

from dataclasses import dataclass, field, fields
from datetime import datetime
from operator import attrgetter

from core.messages import PerceptualHash, Tag, WireId
from core.model import (
    AgencyId,
    Alert,
    AlertChoice,
    AuditEntry,
    Awaited,
    Canned,
    CannedId,
    Capability,
    CategoryId,
    CityChange,
    CityPart,
    CodeHolder,
    Contact,
    ContactId,
    Delivery,
    DeliveryId,
    Dialogue,
    Factor,
    FigureClass,
    FigureOutcome,
    HistoryEntry,
    Mark,
    Mention,
    Missed,
    Notice,
    Number,
    OutcomeEvent,
    Pack,
    Partner,
    Report,
    ReportId,
    Route,
    SavedView,
    Session,
    SessionToken,
    Staff,
    StaffId,
    StaffIdentity,
    Status,
    TrackingCode,
    Unpublished,
)


def minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


@dataclass(frozen=True, slots=True)
class Sent:
    """What stays of a delivery: neither address nor words."""

    delivery: DeliveryId
    state: str  # sent | dead
    at: datetime | None = None
    provider_id: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A report as it is published."""

    pack: Pack
    batch: datetime
    status: Status
    updated: datetime
    report: Unpublished


@dataclass(slots=True)
class State:
    """Everything that is kept; all values are frozen, so that a copy of the dictionaries is a copy of it all."""

    seen: dict[tuple[str, WireId], datetime] = field(default_factory=dict)
    failing: dict[tuple[str, WireId], datetime] = field(default_factory=dict)
    counts: dict[tuple[str, str], tuple[datetime, ...]] = field(default_factory=dict)
    dialogues: dict[bytes, tuple[Dialogue, datetime]] = field(default_factory=dict)
    reports: dict[ReportId, Report] = field(default_factory=dict)
    history: dict[ReportId, tuple[HistoryEntry, ...]] = field(default_factory=dict)
    holders: dict[TrackingCode, CodeHolder] = field(default_factory=dict)
    contacts: dict[ContactId, Contact] = field(default_factory=dict)
    waiting: dict[DeliveryId, Delivery] = field(default_factory=dict)  # in the order they were added
    leases: dict[DeliveryId, datetime] = field(default_factory=dict)
    done: dict[DeliveryId, Sent] = field(default_factory=dict)
    corrections: dict[tuple[CategoryId, CategoryId], int] = field(default_factory=dict)
    closings: dict[tuple[str, str], int] = field(default_factory=dict)
    held: dict[ReportId, frozenset[AgencyId]] = field(default_factory=dict)
    awaited: dict[bytes, tuple[Awaited, ...]] = field(default_factory=dict)
    capabilities: dict[Tag, Capability] = field(default_factory=dict)
    perceptual_hashes: dict[tuple[ReportId, PerceptualHash, str], None] = field(default_factory=dict)
    notices: dict[tuple[ReportId, Mark, datetime, AgencyId], Notice] = field(default_factory=dict)
    staff: dict[StaffId, Staff] = field(default_factory=dict)
    passwords: dict[StaffId, str] = field(default_factory=dict)
    sessions: dict[SessionToken, Session] = field(default_factory=dict)
    factors: dict[StaffId, Factor] = field(default_factory=dict)
    missed: dict[StaffId, Missed] = field(default_factory=dict)
    routes: dict[tuple[str, str], Route] = field(default_factory=dict)
    partners: dict[str, Partner] = field(default_factory=dict)
    partner_keys: dict[str, str] = field(default_factory=dict)
    views: dict[tuple[StaffId, str], SavedView] = field(default_factory=dict)
    mentions: dict[tuple[StaffId, Number], Mention] = field(default_factory=dict)
    audit: dict[int, AuditEntry] = field(default_factory=dict)
    canned: dict[CannedId, Canned] = field(default_factory=dict)
    city_changes: dict[tuple[CityPart, str], CityChange] = field(default_factory=dict)
    unpublished: dict[ReportId, bytes] = field(default_factory=dict)
    published: dict[ReportId, "Listing"] = field(default_factory=dict)
    outcomes: dict[tuple[ReportId, str], tuple[OutcomeEvent, bool]] = field(default_factory=dict)
    figures: dict[tuple[str, FigureOutcome, FigureClass, int], int] = field(default_factory=dict)
    figure_channels: dict[tuple[str, str], int] = field(default_factory=dict)
    shown: dict[Status, int] = field(default_factory=dict)
    until: dict[str, datetime] = field(default_factory=dict)
    partner_reports: dict[ReportId, str] = field(default_factory=dict)
    identities: dict[tuple[str, str], StaffIdentity] = field(default_factory=dict)
    alert_choices: dict[StaffId, AlertChoice] = field(default_factory=dict)
    alerts: dict[tuple[StaffId, ReportId, int], tuple[Alert, bool]] = field(default_factory=dict)  # whether it was told

    def copy(self) -> "State":
        return State(*map(dict.copy, _ALL(self)))

    def sharing(self) -> "State":
        """Another with the same dictionaries."""
        return State(*_ALL(self))


_ALL = attrgetter(*(each.name for each in fields(State)))
