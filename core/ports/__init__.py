"""What core asks of the outside: Protocols, named for what they give.

Who calls: use cases and their turns.
Who lives here: `talk` (what conversations keep), `reports` (reports, their holders, what leaves), `staff` (accounts,
sessions, rows, the trail), `store` (one transaction, and the house around it).
"""

from core.ports.reports import Counts, Duty, Holders, Looks, Outbox, Queues, Reports, Sight, Sought
from core.ports.staff import Accounts, Audit, CannedAnswers, Factors, Notices, Overview, Partners, Routes, Sessions
from core.ports.store import Clock, Dice, House, Store, T, Tx
from core.ports.talk import AwaitedAnswers, Dialogues, Inbox

__all__ = [
    "Accounts",
    "Audit",
    "AwaitedAnswers",
    "CannedAnswers",
    "Clock",
    "Counts",
    "Dialogues",
    "Dice",
    "Duty",
    "Factors",
    "Holders",
    "House",
    "Inbox",
    "Looks",
    "Notices",
    "Outbox",
    "Overview",
    "Partners",
    "Queues",
    "Reports",
    "Routes",
    "Sessions",
    "Sight",
    "Sought",
    "Store",
    "T",
    "Tx",
]
