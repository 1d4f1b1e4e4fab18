"""Every table: what is clear because queues and figures need it, and `sealed` for all else; declares, never queries.

Who lives here: `citizens` (reports and what belongs to them), `staff` (who acts), `shapes` (what they share).
"""

from storage.tables.citizens import (
    AWAITED,
    CONTACT,
    CORRECTION,
    DATA_KEY,
    DIALOGUE,
    FAILING,
    HELD,
    HISTORY,
    HOLDER,
    LOOK,
    OUTBOX,
    PHOTO,
    REPORT,
    SECRET,
    SEEN,
    TALLY,
)
from storage.tables.shapes import AnyRow
from storage.tables.staff import (
    AUDIT,
    CANNED,
    CHAIN_HEAD,
    FACTOR,
    MENTION,
    NOTICE,
    PARTNER,
    ROUTE,
    SAVED_VIEW,
    SESSION,
    STAFF,
)

__all__ = [
    "AUDIT",
    "AWAITED",
    "CANNED",
    "CHAIN_HEAD",
    "CONTACT",
    "CORRECTION",
    "DATA_KEY",
    "DIALOGUE",
    "FACTOR",
    "FAILING",
    "HELD",
    "HISTORY",
    "HOLDER",
    "LOOK",
    "MENTION",
    "NOTICE",
    "OUTBOX",
    "PARTNER",
    "PHOTO",
    "REPORT",
    "ROUTE",
    "SAVED_VIEW",
    "SECRET",
    "SEEN",
    "SESSION",
    "STAFF",
    "TALLY",
    "AnyRow",
]
