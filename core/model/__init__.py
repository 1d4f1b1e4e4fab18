"""The nouns of DESIGN section 2 as frozen dataclasses; what is secret prints as a placeholder.

Who calls: everybody.
Who lives here: `names` (ids), `report` (what an agency handles), `talk` (where a conversation stands), `post` (who is
written to, and what), `staff` (who acts, and what offices are told).
"""

from core.model.names import (
    AgencyId,
    AreaCode,
    CategoryId,
    ContactId,
    DeliveryId,
    Number,
    ReportId,
    SessionId,
    SessionToken,
    StaffId,
    TrackingCode,
)
from core.model.post import Contact, Delivery, Holder, Kind, Role, Waiting
from core.model.report import (
    ENDED,
    NOWHERE,
    Act,
    Check,
    Feedback,
    Handling,
    HistoryEntry,
    Place,
    Published,
    PublishedQuery,
    Report,
    Status,
)
from core.model.staff import AuditEntry, Factor, Handled, Mark, Notice, Partner, Route, Session, Staff, StaffRole
from core.model.talk import About, Asking, Awaited, Dialogue, Draft, Filed, Step

__all__ = [
    "ENDED",
    "NOWHERE",
    "About",
    "Act",
    "AgencyId",
    "AreaCode",
    "Asking",
    "AuditEntry",
    "Awaited",
    "CategoryId",
    "Check",
    "Contact",
    "ContactId",
    "Delivery",
    "DeliveryId",
    "Dialogue",
    "Draft",
    "Factor",
    "Feedback",
    "Filed",
    "Handled",
    "Handling",
    "HistoryEntry",
    "Holder",
    "Kind",
    "Mark",
    "Notice",
    "Number",
    "Partner",
    "Place",
    "Published",
    "PublishedQuery",
    "Report",
    "ReportId",
    "Role",
    "Route",
    "Session",
    "SessionId",
    "SessionToken",
    "Staff",
    "StaffId",
    "StaffRole",
    "Status",
    "Step",
    "TrackingCode",
    "Waiting",
]
