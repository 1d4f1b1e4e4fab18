"""A citizen's message arrives: one turn from "seen before?" to the reply in the outbox.

Nothing here commits.
Who calls: app/turns for a message; the tracking page and the command line for a code alone.
Who lives here: `received` (the turn), `filing` (what becomes a report), `codes` (what a code answers).
"""

from core.intake.codes import Answer, Asker, day, forget, look_up
from core.intake.received import PATIENCE, answer, apology, message

__all__ = ["PATIENCE", "Answer", "Asker", "answer", "apology", "day", "forget", "look_up", "message"]
