"""What core asks of the outside: Protocols, named for what they give.

Who calls: use cases and their turns.
Who lives here: `conversations` (messages seen, dialogues, deliveries, awaited answers), `reports` (reports, who has
their code, what leaves), `publication` (what the public sees), `staff` (accounts, sessions, rows, the trail), `store`
(one transaction, and the context of turns).
"""

from core.ports.conversations import AwaitedAnswers, Capabilities, ConversationRepositories, Dialogues, Inbox
from core.ports.publication import Publications
from core.ports.reports import (
    CodeHolders,
    Counts,
    Duty,
    Outbox,
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
    Accounts,
    Audit,
    CannedAnswers,
    Factors,
    Mentions,
    Notices,
    Overview,
    PageViewer,
    PageViewers,
    Partners,
    Routes,
    Sessions,
    StaffRepositories,
    Views,
)
from core.ports.store import Clock, Context, RandomSource, Store, T, UnitOfWork

__all__ = [
    "Accounts",
    "Audit",
    "AwaitedAnswers",
    "CannedAnswers",
    "Capabilities",
    "Clock",
    "CodeHolders",
    "Context",
    "ConversationRepositories",
    "Counts",
    "Dialogues",
    "Duty",
    "Factors",
    "Inbox",
    "Mentions",
    "Notices",
    "Outbox",
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
    "StaffRepositories",
    "Store",
    "T",
    "Texts",
    "UnitOfWork",
    "UnlockedReports",
    "Views",
    "Visibility",
]
