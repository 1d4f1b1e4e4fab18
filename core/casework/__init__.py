"""Staff act on reports, and time passes: one turn each, under the table of moves, with its news and its trail.

Who calls: `resi case`, `resi staff`, `resi clock` and the clock of a running service; the staff desk.
Who lives here: `acts` (one act), `reading` (lists and one report), `clock` (what is due), `accounts` (who acts),
`evaluation` (the figures of a month).
"""

from core.casework.accounts import Actor, account, add_staff, change_password, disable, office_of
from core.casework.acts import do
from core.casework.clock import MOST, pass_time
from core.casework.evaluation import Evaluation, evaluated, evaluator, month
from core.casework.reading import Seen, as_listed, climbed, listing, show
from core.record import Question, Turn, questions

__all__ = [
    "MOST",
    "Actor",
    "Evaluation",
    "Question",
    "Seen",
    "Turn",
    "account",
    "add_staff",
    "as_listed",
    "change_password",
    "climbed",
    "disable",
    "do",
    "evaluated",
    "evaluator",
    "listing",
    "month",
    "office_of",
    "pass_time",
    "questions",
    "show",
]
