"""What core asks of the outside: Protocols, named for what they give.

Who calls: use cases and their turns.
Who lives here: `conversations` (messages seen, dialogues, deliveries, awaited answers), `reports` (reports, who has
their code, their lists), `publication` and `figures` (what the public sees), `accounts` (with sessions), `staff`
(what they arranged and are told, the trail), `maps` (what an operator's map tells), `store` (one transaction, and the
context of turns).
"""

from core.ports.accounts import Accounts, Factors, Sessions
from core.ports.conversations import AwaitedAnswers, Capabilities, ConversationRepositories, Dialogues, Inbox, Outbox
from core.ports.figures import KeptFigures
from core.ports.maps import BORDER, NO_MAP, AtPoint, Boundaries, Box, CityMap, Gazetteer, KnownPlace, Outline, Sheet
from core.ports.publication import Publications
from core.ports.reports import (
    CodeHolders,
    Counts,
    Duty,
    PerceptualHashes,
    Queues,
    ReportQuery,
    ReportRepositories,
    Reports,
    Texts,
    UnlockedReports,
    Visibility,
)
from core.ports.staff import (
    Alerts,
    Audit,
    CannedAnswers,
    Mentions,
    Notices,
    Overview,
    PageViewer,
    PageViewers,
    Partners,
    Routes,
    StaffRepositories,
    Views,
)
from core.ports.store import Clock, Context, RandomSource, Store, T, UnitOfWork

__all__ = [
    "BORDER",
    "NO_MAP",
    "Accounts",
    "Alerts",
    "AtPoint",
    "Audit",
    "AwaitedAnswers",
    "Boundaries",
    "Box",
    "CannedAnswers",
    "Capabilities",
    "CityMap",
    "Clock",
    "CodeHolders",
    "Context",
    "ConversationRepositories",
    "Counts",
    "Dialogues",
    "Duty",
    "Factors",
    "Gazetteer",
    "Inbox",
    "KeptFigures",
    "KnownPlace",
    "Mentions",
    "Notices",
    "Outbox",
    "Outline",
    "Overview",
    "PageViewer",
    "PageViewers",
    "Partners",
    "PerceptualHashes",
    "Publications",
    "Queues",
    "RandomSource",
    "ReportQuery",
    "ReportRepositories",
    "Reports",
    "Routes",
    "Sessions",
    "Sheet",
    "StaffRepositories",
    "Store",
    "T",
    "Texts",
    "UnitOfWork",
    "UnlockedReports",
    "Views",
    "Visibility",
]
