"""A step in the life of a report is written down: the report, its history, who is told; all in the turn that is open.

Who calls: casework (staff and the clock) and intake (citizens).
Who lives here: `steps` (the writing), `news` (who is told what, and when), `awaiting` (whose answer is awaited),
`staff_questions` (what was asked and answered), `capabilities` (what a reply has to show).
"""

from core.record.awaiting import asked, asking, forgotten, settled, settled_here, settled_with, unasked
from core.record.capabilities import DIGITS, LIVES, drawn, needs_digits, tag_of_code, tag_of_digits
from core.record.staff_questions import Question, asked_of, closed_question, open_question, questions
from core.record.steps import ActedBy, act, join, unlink_duplicates
from core.record.turn import Turn

__all__ = [
    "DIGITS",
    "LIVES",
    "ActedBy",
    "Question",
    "Turn",
    "act",
    "asked",
    "asked_of",
    "asking",
    "closed_question",
    "drawn",
    "forgotten",
    "join",
    "needs_digits",
    "open_question",
    "questions",
    "settled",
    "settled_here",
    "settled_with",
    "tag_of_code",
    "tag_of_digits",
    "unasked",
    "unlink_duplicates",
]
