"""What core asks of the outside: Protocols, named for what they give.

Who calls: use cases and their turns.
Who lives here: `conversations` (messages seen, dialogues, deliveries, awaited answers), `reports` (reports, who has
their code, their lists), `publication` and `figures` (what the public sees), `accounts` (with sessions), `staff`
(what they arranged and are told, the trail), `maps` (what an operator's map tells), `store` (one transaction, and the
context of turns).
"""

from core.ports.conversations import ConversationRepositories, Inbox
from core.ports.maps import BORDER, NO_MAP, AtPoint, Boundaries, Box, CityMap, Gazetteer, KnownPlace, Outline, Sheet
from core.ports.reports import (
    Counts,
    Duty,
    Queues,
    ReportQuery,
    ReportRepositories,
    Reports,
    Visibility,
)
from core.ports.staff import (
    PageViewer,
    StaffRepositories,
)
from core.ports.store import Clock, Context, RandomSource, Store, UnitOfWork

__all__ = [
    "BORDER",
    "NO_MAP",
    "AtPoint",
    "Boundaries",
    "Box",
    "CityMap",
    "Clock",
    "Context",
    "ConversationRepositories",
    "Counts",
    "Duty",
    "Gazetteer",
    "Inbox",
    "KnownPlace",
    "Outline",
    "PageViewer",
    "Queues",
    "RandomSource",
    "ReportQuery",
    "ReportRepositories",
    "Reports",
    "Sheet",
    "StaffRepositories",
    "Store",
    "UnitOfWork",
    "Visibility",
]
