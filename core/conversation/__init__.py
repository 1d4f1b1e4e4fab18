"""The conversation with a citizen as a pure function: `step(dialogue, event, profile) -> Outcome`.

No I/O, no clock, no identity: frozen data in, frozen data out. A step asks (`questions`). What comes is read by the
table of the step (`transition`, drawn in docs/conversation.md), whose rules know words (`command_words`, `intents`,
`topics`) and where the dialogue stands; a move goes on to what is still missing (`moves`):

    IDLE -> STORY [-> SEVERAL] -> CATEGORY [-> GROUP -> LEAF] -> PLACE [-> WHICH_PLACE] [-> ATTRIBUTE] -> SUMMARY
    -> filed [-> FILED or, with a second problem, SECOND -> CATEGORY ...]

A slot that is known is not asked for. From anywhere: a command, a code (then RESUME), a change of mind (CHANGE),
silence (IDLE). What shall be done outside is an effect, at most one a turn.
"""

from core.conversation.answering import overtaken, waits_for
from core.conversation.attachments import complained, complaints
from core.conversation.closing import as_it_stands, closed, closed_place, corrections, hidden_in, kinds_of
from core.conversation.code_words import added_by, holds_code
from core.conversation.confirmation import after_filing, offered
from core.conversation.draft_attributes import kept as attributes_kept
from core.conversation.draft_attributes import shown as attributes_shown
from core.conversation.events import At, Choice, Command, Event, Files, PatienceEnded, Strange, Text, event_of
from core.conversation.fallback import as_told, ready, tells
from core.conversation.form_pages import MOST_PHOTOS, FormLook, look
from core.conversation.form_place import UNKNOWN, PlaceFields
from core.conversation.intents import is_asking, is_greeting
from core.conversation.leaning import filed_as, place_leans, surely_restricted
from core.conversation.outcomes import (
    Add,
    ByCode,
    CloseMore,
    Correct,
    Effect,
    FileReport,
    Follow,
    Forget,
    Heard,
    Hold,
    LookUp,
    Outcome,
    Withdraw,
    code_of,
)
from core.conversation.transition import step
from core.conversation.unproved import confirmed, held
from core.conversation.verdicts import verdict_of

__all__ = [
    "MOST_PHOTOS",
    "UNKNOWN",
    "Add",
    "At",
    "ByCode",
    "Choice",
    "CloseMore",
    "Command",
    "Correct",
    "Effect",
    "Event",
    "FileReport",
    "Files",
    "Follow",
    "Forget",
    "FormLook",
    "Heard",
    "Hold",
    "LookUp",
    "Outcome",
    "PatienceEnded",
    "PlaceFields",
    "Strange",
    "Text",
    "Withdraw",
    "added_by",
    "after_filing",
    "as_it_stands",
    "as_told",
    "attributes_kept",
    "attributes_shown",
    "closed",
    "closed_place",
    "code_of",
    "complained",
    "complaints",
    "confirmed",
    "corrections",
    "event_of",
    "filed_as",
    "held",
    "hidden_in",
    "holds_code",
    "is_asking",
    "is_greeting",
    "kinds_of",
    "look",
    "offered",
    "overtaken",
    "place_leans",
    "ready",
    "step",
    "surely_restricted",
    "tells",
    "verdict_of",
    "waits_for",
]
