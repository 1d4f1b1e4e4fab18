"""Every table: what is clear because queues and figures need it, and `sealed` for all else; declares, never queries.

Who lives here: `citizens` (reports and what belongs to them), `staff` (who acts), `shapes` (what they share).
"""

from storage.tables.citizens import (
    AWAITED,
    CONTACT,
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
from storage.tables.staff import AUDIT, CANNED, CHAIN_HEAD, FACTOR, NOTICE, PARTNER, ROUTE, SESSION, STAFF

__all__ = [
    "AUDIT",
    "AWAITED",
    "CANNED",
    "CHAIN_HEAD",
    "CONTACT",
    "DATA_KEY",
    "DIALOGUE",
    "FACTOR",
    "FAILING",
    "HELD",
    "HISTORY",
    "HOLDER",
    "LOOK",
    "NOTICE",
    "OUTBOX",
    "PARTNER",
    "PHOTO",
    "REPORT",
    "ROUTE",
    "SECRET",
    "SEEN",
    "SESSION",
    "STAFF",
    "TALLY",
    "AnyRow",
]
