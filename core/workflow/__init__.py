"""Who holds a report, who may move it to where, and what that comes to.

A status is a row of `STATUSES` (core/model/status.py, since the clock and the store read it too).
Who lives here: `table` (the one table of moves), `orders` (what a row needs), `question_limits` (how often a citizen is
asked), `effects` (what it comes to), `relation` (how somebody stands to a report), `possible_acts` (what could be done
now), `offices` (who holds, who stands above).
"""

from core.model import ORDERS, Next
from core.workflow.effects import Doing, after, moved, with_alarm
from core.workflow.offices import (
    BIRO,
    agency_name,
    branches,
    checked_within,
    external,
    first_holder,
    has_staff,
    in_service,
    known,
    offices_for,
    reads_restricted,
    rungs,
)
from core.workflow.orders import REOPENS, REOPENS_WITHIN, TOLD_LONGEST, Order, allowed, checked, sayable, sent, told
from core.workflow.possible_acts import CHECKS, FIELDS, PossibleAct, awaits, next_step, possible_acts, waits
from core.workflow.question_limits import QUESTIONS, UNANSWERED, QuestionsAsked, reason_of
from core.workflow.relation import may_read, relations
from core.workflow.table import BY_ACT, MOVES, STAFF, Move, Relation, Target, TextRule

__all__ = [
    "BIRO",
    "BY_ACT",
    "CHECKS",
    "FIELDS",
    "MOVES",
    "ORDERS",
    "QUESTIONS",
    "REOPENS",
    "REOPENS_WITHIN",
    "STAFF",
    "TOLD_LONGEST",
    "UNANSWERED",
    "Doing",
    "Move",
    "Next",
    "Order",
    "PossibleAct",
    "QuestionsAsked",
    "Relation",
    "Target",
    "TextRule",
    "after",
    "agency_name",
    "allowed",
    "awaits",
    "branches",
    "checked",
    "checked_within",
    "external",
    "first_holder",
    "has_staff",
    "in_service",
    "known",
    "may_read",
    "moved",
    "next_step",
    "offices_for",
    "possible_acts",
    "reads_restricted",
    "reason_of",
    "relations",
    "rungs",
    "sayable",
    "sent",
    "told",
    "waits",
    "with_alarm",
]
