"""The conversation with a citizen as a pure function: `step(dialogue, event, manner) -> Outcome`.

No I/O, no clock, no identity: frozen data in, frozen data out. A step asks (`asking`), an answer is read (`answers`,
with the tables of `words`), and a move goes on to what is still missing (`moves`):

    IDLE -> STORY -> CATEGORY [-> GROUP -> LEAF] -> PLACE [-> WHICH_PLACE] -> SUMMARY -> filed [-> FILED]

A slot that is known is not asked for. From anywhere: a command, a code (then RESUME), a change of mind (CHANGE),
silence (IDLE). What shall be done outside is an effect, at most one a turn.
"""

from core.conversation.events import (
    At,
    Choice,
    Command,
    Event,
    Files,
    PatienceEnded,
    Strange,
    Text,
    event_of,
)
from core.conversation.shapes import Correct, Effect, FileReport, Forget, LookUp, Outcome
from core.conversation.turn import after_filing, step

__all__ = [
    "At",
    "Choice",
    "Command",
    "Correct",
    "Effect",
    "Event",
    "FileReport",
    "Files",
    "Forget",
    "LookUp",
    "Outcome",
    "PatienceEnded",
    "Strange",
    "Text",
    "after_filing",
    "event_of",
    "step",
]
