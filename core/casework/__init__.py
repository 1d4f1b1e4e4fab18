"""Staff act on reports, and time passes: one turn each, under the table of moves, with its news and its trail.

Who calls: `resi case`, `resi staff`, `resi clock` and the clock of a running service; the staff desk.
Who lives here: `acts` (one act), `reading` (lists and one report), `queue` (the list that is worked through), `clock`
(what is due), `accounts` (who acts), `entrance` and `factor` (who is let in), `evaluation` (the figures of a month),
`checks` (the second pair of eyes), `lateness` (what is late, by agency), `arranging` (what operators arrange).
"""

from core.casework.accounts import Actor, account, add_staff, change_password, disable, office_of
from core.casework.acts import do
from core.casework.arranging import add_partner, add_route, disable_partner, drop_route
from core.casework.checks import CheckList, Checks, Comparison, checks, comparison, to_check
from core.casework.clock import MOST, pass_time
from core.casework.entrance import Knock, Stage, Visitor
from core.casework.evaluation import Evaluated, Evaluation, evaluated, evaluation, evaluator, month, next_month
from core.casework.lateness import Late, late, late_of
from core.casework.queue import Part, Queue, Wanted, When, Which, queue, when
from core.casework.reading import Seen, as_listed, climbed, lines, listing, photo, readable, show, steps
from core.record import Question, Turn, questions

__all__ = [
    "MOST",
    "Actor",
    "CheckList",
    "Checks",
    "Comparison",
    "Evaluated",
    "Evaluation",
    "Knock",
    "Late",
    "Part",
    "Question",
    "Queue",
    "Seen",
    "Stage",
    "Turn",
    "Visitor",
    "Wanted",
    "When",
    "Which",
    "account",
    "add_partner",
    "add_route",
    "add_staff",
    "as_listed",
    "change_password",
    "checks",
    "climbed",
    "comparison",
    "disable",
    "disable_partner",
    "do",
    "drop_route",
    "evaluated",
    "evaluation",
    "evaluator",
    "late",
    "late_of",
    "lines",
    "listing",
    "month",
    "next_month",
    "office_of",
    "pass_time",
    "photo",
    "questions",
    "queue",
    "readable",
    "show",
    "steps",
    "to_check",
    "when",
]
